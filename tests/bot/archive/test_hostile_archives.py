"""A folder in which everything is made to do harm: the good digests in it come in, the rest is told
in a line each, within bounds of time and memory that the system keeps."""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from bot.archive.files import LARGEST_FILE, MOST_LINES
from bot.archive.importer import MOST_PAPERS
from bot.archive.reader import NoPapersError, parse_file
from storage import open_storage
from tests.bot.archive.test_reading import HIGHLIGHTS, REVIEW, SECTIONS, WEEKLY
from tests.process import ROOT

GOOD = "# 2025-01-02 papers review\n\n## A paper that everybody can read\n\n좋은 논문입니다.\n"
NEARLY = LARGEST_FILE - 100_000


def of(unit: str, size: int = NEARLY) -> str:
    """*unit* again and again, up to *size* bytes."""
    return unit * (size // len(unit.encode()))


def lines(unit: str, count: int = MOST_LINES - 100) -> str:
    """*unit*, which ends its line, up to *count* lines."""
    return unit * (count // unit.count("\n"))


# As large as a file may be, in the two ways in which it can be large.
TEXTS: Mapping[str, Callable[[], str]] = {
    "quotes in quotes": lambda: REVIEW + of("> "),
    "lists in lists": lambda: REVIEW + of("- ", 1_000_000),
    "lists in quotes in lists": lambda: REVIEW + of("> - ", 1_000_000),
    "stairs of quotes": lambda: REVIEW + "".join(f"{'>' * (n % 400)} a\n" for n in range(5_000)),
    "stairs of lists": lambda: REVIEW + "".join(f"{' ' * (n % 400)}- a\n" for n in range(5_000)),
    "open brackets": lambda: REVIEW + of("["),
    "open pictures": lambda: REVIEW + of("!["),
    "open links in a title": lambda: REVIEW.replace("## t", "## " + of("[a](")),
    "open tags": lambda: REVIEW + of("<img "),
    "a line of four megabytes": lambda: REVIEW + of("a"),
    "a title of four megabytes": lambda: HIGHLIGHTS + "### " + of("a"),
    "a table of many rows": lambda: (
        REVIEW + "| a | b |\n|---|---|\n" + lines("| b | c |\n", 50_000)
    ),
    "a table of many columns": lambda: REVIEW + of("|a", 400_000) + "|\n" + of("|-", 400_000) + "|",
    "many short lists": lambda: HIGHLIGHTS + "### t\n\n" + lines("- b\n\nx\n\n", 60_000),
    "many names for addresses": lambda: REVIEW + lines("[a]: /b\n", 50_000),
    "very many authors": lambda: HIGHLIGHTS + "### t\n\nAuthors: " + of("\\,", 2_000_000),
    "very many chapters": lambda: SECTIONS + lines("```markdown\n# a\n## 1. b\nx\n```\n", 30_000),
    "very many readings": lambda: WEEKLY.format(lines("- a / b\n", 30_000)),
}


@pytest.mark.timeout(120)
@pytest.mark.parametrize("name", TEXTS)
def test_the_largest_hostile_text_is_read_or_refused_in_time(name: str) -> None:
    text = TEXTS[name]()
    assert len(text.encode()) <= LARGEST_FILE
    with suppress(NoPapersError):
        parse_file(text)


def fill(folder: Path) -> None:
    """The good files between all others: first, last and in the middle of their names."""
    for place, day in (("0", "01-02"), ("m", "01-03"), ("zz", "01-04")):
        text = GOOD.replace("01-02", day)
        (folder / f"{place}-good.md").write_text(text, encoding="utf-8")
    for name in ("open brackets", "stairs of lists"):
        (folder / f"{name}.md").write_text(TEXTS[name](), encoding="utf-8")
    many = "".join(f"## paper {n}\n\n" for n in range(MOST_PAPERS + 1))
    (folder / "many-papers.md").write_text(REVIEW + many, encoding="utf-8")
    (folder / "many-lines.md").write_text(REVIEW + "\n" * (MOST_LINES + 1), encoding="utf-8")
    (folder / "picture.md").write_bytes(b"\x89PNG\0\0")
    with (folder / "gigantic.md").open("wb") as file:
        file.truncate(50_000_000_000)  # a sparse one
    (folder / "itself.md").symlink_to("itself.md")
    (folder / "here").symlink_to(".", target_is_directory=True)
    (folder / "up").symlink_to("..", target_is_directory=True)
    os.mkfifo(folder / "pipe.md")
    nameless = Path(os.fsdecode(os.fsencode(folder) + b"/name-\xff\xfe.md"))
    nameless.write_text(GOOD.replace("01-02", "01-05"), encoding="utf-8")


def imported(folder: Path, database: Path) -> tuple[subprocess.CompletedProcess[str], Any]:
    """``paperboy import`` in a process with limits; and its report."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", "import", "--offline", "--json", str(folder)],
        env={
            "PYTHONPATH": str(ROOT),
            "PAPERBOY_DATABASE": str(database),
            "PAPERBOY_LANGUAGE": "en",
            "PAPERBOY_EMBEDDING_MODEL": "none",
        },
        cwd=folder.parent,
        preexec_fn=_limited,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    return done, json.loads(done.stdout) if done.stdout else None


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (100, 100))
    resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000, 2_000_000_000))


def test_good_digests_come_in_from_a_folder_of_bombs_and_loops(tmp_path: Path) -> None:
    folder, database = tmp_path / "in", tmp_path / "paperboy.db"
    folder.mkdir()
    fill(folder)
    done, report = imported(folder, database)
    assert done.returncode == 0, done.stderr[-2000:]
    assert "Traceback" not in done.stderr
    good = ["2025-01-02", "2025-01-03", "2025-01-04", "2025-01-05"]
    assert {one["period"] for one in report["digests"]} >= set(good)
    told = {Path(one["file"]).name: one["text"] for one in report["skipped"]}
    assert told == {
        "gigantic.md": "larger than 4 MB",
        "many-lines.md": f"more than {MOST_LINES} lines",
        "many-papers.md": f"more than {MOST_PAPERS} papers in one digest",
        "picture.md": "not a text file",
    }
    assert any("name-\\xff\\xfe.md" in one["file"] for one in report["digests"])
    again, second = imported(folder, database)
    assert (again.returncode, second["changes"]) == (0, 0)
    storage = open_storage(database)
    assert [storage.archive.get("review", one) is not None for one in good] == [True] * 4
    storage.close()
