"""The command line on real listings, and with wrong input."""

import json
import unicodedata
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.actions.citations import LISTS
from bot.archive.writer import STYLES
from bot.cli import run_command_line
from bot.cli.commands import export, saved
from bot.cli.context import is_wide
from bot.cli.run import command_names
from bot.clock import utc_now
from bot.digests import Week, compose_daily, compose_weekly
from bot.digests.wish import WEEKLY, Wish
from bot.languages import LANGUAGES
from bot.operations.watch import HEARTBEAT
from bot.workspace import validate_blocks
from storage import open_storage
from tests.outputs import LINES
from tests.replay import HuggingFaceReplay
from tests.shared_data import shared_data

UNREACHABLE = "http://127.0.0.1:9"
WEEK = ("--from", "2025-03-17", "--to", "2025-03-21")


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return environment_in(tmp_path)


def environment_in(folder: Path) -> dict[str, str]:
    return {
        "PAPERBOY_DATABASE": str(folder / "paperboy.db"),
        "PAPERBOY_LANGUAGE": "en",
        "PAPERBOY_LOG_LEVEL": "error",
        "PAPERBOY_HF_URL": UNREACHABLE,
        "PAPERBOY_ARXIV_API_URL": UNREACHABLE,
        "PAPERBOY_ARXIV_URL": UNREACHABLE,
    }


@pytest.fixture(scope="module")
def collected_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with a week of same-day listings, made once."""
    folder = tmp_path_factory.mktemp("collected")
    with HuggingFaceReplay(shared_data("hf_daily/same_day")) as server:
        environment = environment_in(folder) | {"PAPERBOY_HF_URL": server.base_url}
        assert run_command_line(["collect", *WEEK], environment) == 0
    return Path(environment["PAPERBOY_DATABASE"])


@pytest.fixture
def collected(environment: dict[str, str], collected_file: Path) -> dict[str, str]:
    """A week of same-day listings in the database."""
    with closing(open_storage(collected_file)) as made:
        made.backup(Path(environment["PAPERBOY_DATABASE"]))
    return environment


def stats(environment: dict[str, str], capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    capsys.readouterr()
    assert run_command_line(["stats", "--json"], environment) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_a_week_is_collected_and_its_later_state_added(
    collected: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert stats(collected, capsys)["papers"] == 85
    with HuggingFaceReplay(shared_data("hf_daily/next_day")) as server:
        later = {**collected, "PAPERBOY_HF_URL": server.base_url}
        assert run_command_line(["collect", *WEEK], later) == 0
    assert stats(collected, capsys)["papers"] == 136


@pytest.mark.parametrize(
    "command", [["digest", "--date", "2025-03-19"], ["weekly", "--week", "2025-W12"]]
)
def test_summaries_are_made_of_the_papers_that_are_shown(
    collected: dict[str, str], command: list[str]
) -> None:
    """The most voted ones, which need not be the first of the source's list."""
    assert run_command_line([*command, "--language", "en", "--count", "3"], collected) == 0
    with closing(open_storage(Path(collected["PAPERBOY_DATABASE"]))) as storage:
        day, week = date(2025, 3, 19), Week(2025, 12)
        shown = (
            compose_daily(storage, day, Wish("en", "brief", 3))
            if command[0] == "digest"
            else compose_weekly(storage, week, Wish("en", WEEKLY, 3))
        )
        assert len(shown.entries) == 3
        assert all(one.summary is not None for one in shown.entries)
        assert storage.counts()["summaries"] == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_dry_run_prints_valid_block_kit(
    collected: dict[str, str], capsys: pytest.CaptureFixture[str], language: str
) -> None:
    capsys.readouterr()
    arguments = ["digest", "--date", "2025-03-19", "--language", language, "--dry-run"]
    assert run_command_line(arguments, collected) == 0
    messages = json.loads(capsys.readouterr().out)
    assert messages
    for message in messages:
        assert set(message) == {"channel", "text", "blocks", "metadata"}
        assert validate_blocks(message["blocks"], "message") == []
        assert message["text"]


def test_a_source_that_is_down_is_told_and_what_is_stored_stays(
    collected: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command_line(["collect", "--date", "2025-03-19"], collected) == 1
    told = capsys.readouterr()
    assert "2025-03-19 Hugging Face: 18 papers (0 new, 0 updated)" in told.out
    assert "continuing with stored data" in told.err


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["collect", "--date", "2999-01-01"], 1, "in the future"),
        (["collect", "--date", "yesterdayish"], 2, "not a date"),
        (["collect", "--date", "2025-13-40"], 2, "not a date"),
        (["collect", "--from", "2025-03-21", "--to", "2025-03-17"], 2, "--from is after --to"),
        (["digest", "--date", "2025-03-18"], 1, "no list for 2025-03-18"),
        (["digest"], 1, "paperboy collect"),
        (["search", " "], 1, "words to search for"),
        (["ask", "2503.14476", " "], 1, "Please give a question"),
        (["ask", "not-a-paper", "Why?"], 1, "No papers are stored yet"),
        (["nonsense"], 2, "nonsense"),
        (["summarize", "--language", "fr"], 2, "fr"),
    ],
)
def test_wrong_input_gets_a_clear_sentence_and_stores_nothing(
    environment: dict[str, str],
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    status: int,
    words: str,
) -> None:
    assert run_command_line(arguments, environment) == status
    told = capsys.readouterr().err
    assert words in told
    assert "Traceback" not in told
    counts = stats(environment, capsys)
    assert (counts["papers"], counts["listings"], counts["questions"]) == (0, 0, 0)


def test_every_wrong_setting_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    wrong = {"LANG": "en_US.UTF-8", "PAPERBOY_TIMEZONE": "Mars", "PAPERBOY_STILE": "brief"}
    assert run_command_line(["stats"], wrong) == 1
    told = capsys.readouterr().err
    assert "PAPERBOY_TIMEZONE" in told
    assert "Did you mean PAPERBOY_STYLE?" in told


def test_a_database_that_is_none_is_told(
    environment: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(environment["PAPERBOY_DATABASE"]).write_text("this is a letter, not a database\n" * 99)
    assert run_command_line(["stats"], environment) == 1
    assert "cannot be used" in capsys.readouterr().err


def test_a_backup_is_a_database_and_never_overwrites(
    environment: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "copy.db"
    assert run_command_line(["backup", str(copy)], environment) == 0
    assert run_command_line(["backup", str(copy)], environment) == 2
    assert stats({**environment, "PAPERBOY_DATABASE": str(copy)}, capsys)["papers"] == 0


def test_search_prints_its_hits_best_first(
    collected: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert run_command_line(["search", "DAPO", "--json"], collected) == 0
    hits = json.loads(capsys.readouterr().out)
    assert hits[0]["paper"] == "2503.14476"
    assert set(hits[0]) == {"paper", "title", "date", "score", "snippet"}
    assert [hit["score"] for hit in hits] == sorted((hit["score"] for hit in hits), reverse=True)


def test_ask_answers_from_what_is_stored(
    collected: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    asked = ["ask", "https://arxiv.org/abs/2503.14476v2", "How many points on AIME?", "--json"]
    assert run_command_line(asked, collected) == 0
    answer = json.loads(capsys.readouterr().out)
    assert set(answer) == {"answer", "found", "maker", "citations"}
    assert "50" in answer["answer"]
    assert answer["citations"][0]["url"].startswith("https://arxiv.org/")


def test_typed_hangul_is_composed_before_it_is_looked_for(
    environment: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        run_command_line(["search", unicodedata.normalize("NFD", "강화  학습")], environment) == 0
    )
    assert "강화 학습" in capsys.readouterr().err


def test_nothing_to_import_and_nothing_to_migrate_are_told_by_their_own_names(
    environment: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    assert run_command_line(["import", str(tmp_path / "empty")], environment) == 1
    assert f"no Markdown file and no zip file of Markdown in {tmp_path / 'empty'}" in (
        capsys.readouterr().err
    )
    assert run_command_line(["migrate", "--from", str(tmp_path / "gone.db")], environment) == 1
    assert "no file" in capsys.readouterr().err


@pytest.mark.parametrize(("language", "words"), [("ko", "혹시 'search'인가요?"), ("en", "search")])
def test_a_mistyped_command_gets_the_nearest_one(
    environment: dict[str, str], capsys: pytest.CaptureFixture[str], language: str, words: str
) -> None:
    wanted = {**environment, "PAPERBOY_LANGUAGE": language}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LANGUAGE", language)
        assert run_command_line(["serch", "x"], wanted) == 2
    assert words in capsys.readouterr().err


def test_each_command_is_among_those_whose_words_are_read() -> None:
    assert set(command_names()) <= {word for line in LINES.splitlines() for word in line.split()}


def test_help_names_what_is_imported_only_when_it_is_used() -> None:
    assert export.STYLES == STYLES
    assert set(saved.FORMATS) == set(LISTS)


def test_help_in_korean_fits_the_terminal(
    environment: dict[str, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("import", "export"):
        assert run_command_line([name, "--help"], {**environment, "PAPERBOY_LANGUAGE": "ko"}) == 0
    for line in capsys.readouterr().out.splitlines():
        assert sum(1 + is_wide(one) for one in line) <= 80
        assert all(unicodedata.category(one) != "Cf" for one in line)


def test_numbers_for_people_tell_moments_and_problems_in_words(
    environment: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(open_storage(Path(environment["PAPERBOY_DATABASE"]))) as storage:
        storage.moments.mark(HEARTBEAT, now=datetime(2025, 3, 19, 9, 30, tzinfo=UTC))
        storage.incidents.begin("disk-full", "", detail="3", now=utc_now())
    assert run_command_line(["stats"], environment) == 0
    told = capsys.readouterr().out
    assert "2025-03-19 09:30 UTC" in told
    assert "the disk is nearly full" in told
    assert stats(environment, capsys)["incidents"] == ["disk-full"]


def test_asking_about_an_unknown_paper_names_it(
    collected: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command_line(["ask", "not-a-paper", "Why?"], collected) == 1
    assert "could not find “not-a-paper”" in capsys.readouterr().err
