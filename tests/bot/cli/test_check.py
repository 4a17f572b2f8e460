"""``paperboy check``: each thing that is wrong gets a line of its own with its remedy."""

import resource
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.cli import run_command_line
from bot.workspace import Workspace
from bot.workspace.seed import DAILY, MINJI, RANDOM
from storage import open_storage
from tests.bot.delivery.fakes import subscription
from tests.model_server import ModelServer, Said
from tests.process import ROOT
from tests.replay import ArxivReplay, HuggingFaceReplay
from tests.shared_data import shared_data

UNREACHABLE = "http://127.0.0.1:9"
NAMES = (
    "settings",
    "database",
    "disk",
    "SLACK_BOT_TOKEN",
    "SLACK_APP_TOKEN",
    "PAPERBOY_CHANNEL",
    "PAPERBOY_ADMINS",
    "Hugging Face",
    "arXiv",
    "model",
)


def answer(request: dict[str, Any]) -> Said:
    """A server that serves one model and one key's account."""
    if request.get("model") != "stub":
        return Said(status=404, error=f"no model {request.get('model')}", code="model_not_found")
    return Said("ok")


@pytest.fixture(scope="module")
def right(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """An environment in which everything is as it should be."""
    with ExitStack() as stack:
        slack = stack.enter_context(Workspace())
        listings = stack.enter_context(HuggingFaceReplay(shared_data("hf_daily/same_day")))
        arxiv = stack.enter_context(ArxivReplay())
        model = stack.enter_context(ModelServer(answer))
        yield {
            "PAPERBOY_LANGUAGE": "en",
            "PAPERBOY_DATABASE": str(tmp_path_factory.mktemp("check") / "paperboy.db"),
            "SLACK_API_URL": slack.api_url,
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token,
            "PAPERBOY_CHANNEL": DAILY.id,
            "PAPERBOY_ADMINS": MINJI.id,
            "PAPERBOY_HF_URL": listings.base_url,
            "PAPERBOY_ARXIV_API_URL": arxiv.base_url,
            "OPENAI_BASE_URL": model.url,
            "PAPERBOY_MODEL": "stub",
        }


def checked(
    environment: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> tuple[int, dict[str, str]]:
    """The exit status, and the lines by the name of what they are about."""
    status = run_command_line(["check"], environment)
    told = capsys.readouterr()
    assert "Traceback" not in told.out + told.err
    lines = told.out.splitlines()
    found = {line[6:].split(": ")[0]: line for line in lines}
    assert len(found) == len(lines), "one line for each thing"
    return status, found


def wrong(lines: dict[str, str]) -> set[str]:
    return {name for name, line in lines.items() if line.startswith("WRONG")}


def test_a_right_environment_is_fine(
    right: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    status, lines = checked(right, capsys)
    assert wrong(lines) == set()
    assert status == 0
    assert tuple(lines) == NAMES


@pytest.mark.parametrize(
    ("changes", "name", "words"),
    [
        ({"SLACK_BOT_TOKEN": ""}, "SLACK_BOT_TOKEN", "OAuth & Permissions"),
        ({"SLACK_BOT_TOKEN": "xoxb-wrong"}, "SLACK_BOT_TOKEN", "(invalid_auth). Copy"),
        ({"SLACK_APP_TOKEN": "xapp-wrong"}, "SLACK_APP_TOKEN", "connections:write"),
        ({"SLACK_APP_TOKEN": ""}, "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"),
        ({"PAPERBOY_CHANNEL": "C0NOWHERE1"}, "PAPERBOY_CHANNEL", "starts with C"),
        ({"PAPERBOY_CHANNEL": RANDOM.id}, "PAPERBOY_CHANNEL", "/invite @Paperboy"),
        ({"PAPERBOY_ADMINS": "minji"}, "PAPERBOY_ADMINS", "Copy member ID"),
        ({"PAPERBOY_HF_URL": UNREACHABLE}, "Hugging Face", "check the network"),
        ({"PAPERBOY_ARXIV_API_URL": UNREACHABLE}, "arXiv", "goes on with stored papers"),
        ({"PAPERBOY_MODEL": "stup"}, "model", "near ones: stub"),
        ({"PAPERBOY_DISK_FREE_MB": "900000000"}, "disk", "Make room"),
        ({"PAPERBOY_EXPORT_DIR": "/proc/nowhere"}, "PAPERBOY_EXPORT_DIR", "permissions"),
        (
            {"PAPERBOY_EMBEDDING_MODEL": "e", "OPENAI_BASE_URL": ""},
            "PAPERBOY_EMBEDDING_MODEL",
            "OPENAI_BASE_URL",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_remedy_and_the_rest_is_still_fine(
    right: dict[str, str],
    capsys: pytest.CaptureFixture[str],
    changes: dict[str, str],
    name: str,
    words: str,
) -> None:
    status, lines = checked({**right, **changes}, capsys)
    assert status == 1
    assert wrong(lines) == {name}
    assert words in lines[name]
    assert set(lines) >= set(NAMES)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (Said(status=401, error="bad key"), "OPENAI_API_KEY"),
        (Said(status=429, error="pay", code="insufficient_quota"), "Add credit"),
        (Said(status=403, error="no"), "OPENAI_API_KEY"),
    ],
)
def test_a_wrong_key_and_an_empty_account_are_told_apart(
    right: dict[str, str], capsys: pytest.CaptureFixture[str], said: Said, words: str
) -> None:
    with ModelServer(lambda _: said) as server:
        status, lines = checked({**right, "OPENAI_BASE_URL": server.url}, capsys)
    assert status == 1
    assert words in lines["model"]


def test_a_model_that_is_not_tried_for_want_of_money_is_not_wrong(
    right: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    poor = {"PAPERBOY_DAILY_BUDGET_USD": "0.01", "PAPERBOY_PRICES": "stub=9000/9000/9000"}
    status, lines = checked({**right, **poor}, capsys)
    assert status == 0
    assert "PAPERBOY_DAILY_BUDGET_USD" in lines["model"]


def test_missing_scopes_are_named(
    right: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    few = {"oauth_config": {"scopes": {"bot": ["chat:write", "channels:read"]}}}
    with Workspace(manifest=few) as slack:
        tokens = {
            "SLACK_API_URL": slack.api_url,
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token,
        }
        status, lines = checked({**right, **tokens}, capsys)
    assert status == 1
    assert "app_mentions:read" in lines["SLACK_BOT_TOKEN"]
    assert "install the app again" in lines["SLACK_BOT_TOKEN"]


def test_without_any_network_each_thing_that_needs_it_has_its_line(
    right: dict[str, str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    nowhere = {
        "SLACK_API_URL": f"{UNREACHABLE}/api/",
        "PAPERBOY_HF_URL": UNREACHABLE,
        "PAPERBOY_ARXIV_API_URL": UNREACHABLE,
        "OPENAI_BASE_URL": f"{UNREACHABLE}/v1",
    }
    status, lines = checked({**right, **nowhere}, capsys)
    assert status == 1
    assert wrong(lines) == set(NAMES) - {"settings", "database", "disk", "PAPERBOY_ADMINS"}
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "PAPERBOY_CHANNEL"):
        assert "Check the network and SLACK_API_URL" in lines[name]
    assert "Check OPENAI_BASE_URL" in lines["model"]


def damaged(path: Path) -> str:
    path.write_text("this is a letter, not a database\n" * 99)
    return "not a Paperboy database"


def in_no_folder(path: Path) -> str:
    path.parent.rmdir()
    return "check the path"


def newer(path: Path) -> str:
    open_storage(path).close()
    with sqlite3.connect(path) as raw:
        raw.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
            "VALUES ('paperboy', 'm999_future', '2030')"
        )
    raw.close()
    return "update Paperboy"


@pytest.mark.parametrize("spoil", [damaged, in_no_folder, newer])
def test_an_unusable_database_stops_no_other_check(
    right: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str], spoil: Any
) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    words = spoil(folder / "paperboy.db")
    environment = {**right, "PAPERBOY_DATABASE": str(folder / "paperboy.db")}
    status, lines = checked(environment, capsys)
    assert status == 1
    assert words in lines["database"]
    assert set(lines) >= set(NAMES)
    assert lines["model"].startswith("ok")


def test_a_disk_that_takes_nothing_more_is_told(right: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "paperboy.db"
    open_storage(path).close()
    limit = 16_000  # bytes that any file may have

    def full() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    checked_full = subprocess.run(
        # -B: byte code cut off by the limit would break every later run.
        [sys.executable, "-B", "-m", "bot", "check"],
        env={"PYTHONPATH": str(ROOT), **right, "PAPERBOY_DATABASE": str(path)},
        preexec_fn=full,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert checked_full.returncode == 1
    assert "Traceback" not in checked_full.stderr
    (line,) = [one for one in checked_full.stdout.splitlines() if "database: " in one]
    assert line.startswith("WRONG")
    assert "full" in line
    assert "ok    SLACK_BOT_TOKEN" in checked_full.stdout


def test_each_subscribed_channel_has_its_line(
    right: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "paperboy.db"
    storage = open_storage(path)
    storage.subscriptions.save(subscription(RANDOM.id), now=datetime(2025, 3, 1, tzinfo=UTC))
    storage.close()
    status, lines = checked({**right, "PAPERBOY_DATABASE": str(path)}, capsys)
    assert status == 1
    assert "/invite" in lines[RANDOM.id]
