"""``paperboy import`` and ``paperboy export``."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.archive.writer import render
from bot.cli import run_command_line
from storage import ArchiveDigest, ArchiveEntry, ArchivePart
from tests.shared_data import shared_data

UNREACHABLE = "http://127.0.0.1:9"
ENTRY = ArchiveEntry(
    "논문 하나", "2503.12345", votes=7, parts=(ArchivePart("new", "새로운 글입니다."),)
)
DIGEST = ArchiveDigest("highlights", "2025-03-19", "ko", (ENTRY,))

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    environment = {
        "PAPERBOY_DATABASE": str(tmp_path / "paperboy.db"),
        "PAPERBOY_LANGUAGE": "en",
        "PAPERBOY_LOG_LEVEL": "error",
        "PAPERBOY_HF_URL": UNREACHABLE,
        "PAPERBOY_ARXIV_API_URL": UNREACHABLE,
        "PAPERBOY_ARXIV_URL": UNREACHABLE,
    }

    def run(*arguments: str | Path) -> tuple[int, str]:
        status = run_command_line([str(one) for one in arguments], environment)
        told = capsys.readouterr()
        return status, told.out if status == 0 else told.err or told.out

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "one.md").write_text(render(DIGEST), encoding="utf-8")
    return folder


def test_importing_the_real_files_tells_what_each_holds(run: Run) -> None:
    status, out = run("import", shared_data("digests"), "--json")
    report = json.loads(out)
    contents = {one["style"]: one["contents"] for one in report["digests"]}
    assert status == 0
    assert contents == {
        "highlights": {
            "papers": 8,
            "identified": 8,
            "votes": 8,
            "authors": 8,
            "three_highlights": 8,
        },
        "sections": {"papers": 16, "identified": 16, "sections": 112},
        "weekly": {
            "papers": 10,
            "trends": 3,
            "introductions_in_two_languages": 10,
            "abstracts_in_two_languages": 10,
            "readings": 7,
        },
        "review": {
            "papers": 9,
            "stubs": 3,
            "identified": 9,
            "organizations": 6,
            "tables": 1,
            "figures": 2,
            "links": 1,
        },
    }
    status, out = run("import", shared_data("digests"), "--json")
    assert (status, json.loads(out)["changes"]) == (0, 0)


def test_a_dry_run_stores_nothing(run: Run, folder: Path) -> None:
    status, out = run("import", folder, "--dry-run")
    assert status == 0
    assert "Dry run, nothing was stored: 1 file with 1 paper; 1 new" in out
    _, out = run("stats", "--json")
    assert json.loads(out)["papers"] == 0


def test_imported_papers_are_found_by_the_search(run: Run, folder: Path) -> None:
    run("import", folder)
    _, out = run("search", "새로운", "--json")
    assert [hit["paper"] for hit in json.loads(out)] == ["2503.12345"]


def test_what_was_kept_as_text_is_told_with_file_and_line(run: Run, folder: Path) -> None:
    text = render(DIGEST).replace("2025-03-19", "2025-03-20") + "\nstray words\n"
    (folder / "two.md").write_text(text, encoding="utf-8")
    (folder / "three.md").write_text("# A readme\n", encoding="utf-8")
    _, out = run("import", folder)
    assert "Not a known section, stored as text (1):" in out
    line = text.split("\n").index("stray words") + 1
    assert f"  {folder / 'two.md'}:{line}: stray words" in out
    assert f"  {folder / 'three.md'}: contains no papers" in out


def test_a_folder_without_any_digest_is_a_failure(run: Run, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    assert run("import", empty)[0] == 1
    assert run("import", tmp_path / "missing")[0] == 2


def test_an_export_reads_back_without_a_change(run: Run, folder: Path, tmp_path: Path) -> None:
    run("import", folder)
    out = tmp_path / "out"
    status, told = run(
        "export", "--style", "highlights", "--date", "2025-03-19", "--out", out, "--front-matter"
    )
    assert (status, told.strip()) == (0, str(out / "highlights_2025-03-19.md"))
    _, told = run("import", out, "--json")
    assert json.loads(told)["changes"] == 0


def test_a_style_that_was_not_imported_is_composed(run: Run, folder: Path, tmp_path: Path) -> None:
    run("import", folder)
    run("export", "--style", "brief", "--date", "2025-03-19", "--language", "ko", "--out", tmp_path)
    text = (tmp_path / "brief_2025-03-19.md").read_text(encoding="utf-8")
    assert "1. [논문 하나](https://arxiv.org/abs/2503.12345) · Vote: 7" in text


def test_a_week_goes_with_the_weekly_style_only(run: Run, tmp_path: Path) -> None:
    status, told = run("export", "--style", "weekly", "--date", "2025-03-19", "--out", tmp_path)
    assert (status, "--week" in told) == (2, True)
    status, told = run("export", "--style", "brief", "--week", "2025-W12", "--out", tmp_path)
    assert (status, "--date" in told) == (2, True)
    status, told = run("export", "--style", "brief", "--date", "2025-03-19", "--out", tmp_path)
    assert (status, "no papers to export" in told) == (1, True)
