"""How fast archives move in: ``python -m tests.benchmarks.import_speed [PAPERS]``.

Writes days of highlights, sections and reviews as Markdown, reads them (without storing anything),
imports them into a new database and then a second time, which must change nothing. Beside it stands
the bare minimum: the same papers and texts put into one table by one ``executemany``, without
reading any Markdown.
"""

import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.archive.files import archive_files, text_of
from bot.archive.importer import Importer
from bot.archive.reader import parse_file
from bot.archive.writer import render
from storage import ArchiveDigest, ArchiveEntry, ArchivePart, open_storage

PAPERS_A_DAY = 20
READ, WANTED = 2_000, 615
TOLD = "제안한 방법은 **기존 방법**보다 {:.1%} 정확하고, 학습 시간은 {} GPU시간입니다. "


def main() -> None:
    """Measure as many papers as are asked for."""
    measure(int(sys.argv[1]) if len(sys.argv) > 1 else 6_000)


def measure(papers: int) -> None:
    """Print a table: papers, seconds and papers a second."""
    digests = list(_digests(papers // PAPERS_A_DAY))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archive = folder / "archive"
        archive.mkdir()
        for number, digest in enumerate(digests):
            (archive / f"{number}.md").write_text(render(digest), encoding="utf-8")
        storage = open_storage(folder / "paperboy.db")
        importer = Importer(storage, lambda: datetime.now(UTC))
        print("| run | papers | seconds | papers/s | of CPU time | peak MB | wanted | changes |")
        print("|---|---|---|---|---|---|---|---|")
        began = _now()
        for file in archive_files([archive]):
            parse_file(text_of(file.body()))
        _row("read", papers, began, f"≥ {READ} | -")
        for run in ("import", "import again", "dry run"):
            began = _now()
            report = importer.run([archive], dry_run=run == "dry run")
            _row(run, papers, began, f"≥ {WANTED} | {report.changes}")
        storage.close()
        began = _now()
        _insert(folder / "bare.db", digests)
        _row("bare executemany", papers, began, "baseline | -")


def _now() -> tuple[float, float]:
    """The time on the wall, and that of this process alone: others may be at work as well."""
    return time.perf_counter(), time.process_time()


def _row(run: str, papers: int, began: tuple[float, float], rest: str) -> None:
    wall, own = (now - then for now, then in zip(_now(), began, strict=True))
    rates = f"{papers / wall:.0f} | {papers / own:.0f}"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"| {run} | {papers} | {wall:.2f} | {rates} | {peak} | {rest} |")


def _insert(path: Path, digests: list[ArchiveDigest]) -> None:
    bare = sqlite3.connect(path)
    bare.execute("PRAGMA journal_mode = WAL")
    bare.execute("CREATE TABLE papers (id TEXT PRIMARY KEY, title TEXT, told TEXT)")
    rows = (
        (entry.paper_id, entry.title, repr(entry.parts))
        for digest in digests
        for entry in digest.entries
    )
    with bare:
        bare.executemany("INSERT INTO papers VALUES (?, ?, ?)", rows)
    bare.close()


def _digests(days: int) -> Iterator[ArchiveDigest]:
    first = date(2000, 1, 1)
    for number in range(days):
        style = ("highlights", "sections", "review")[number % 3]
        entries = tuple(_entry(style, number * PAPERS_A_DAY + one) for one in range(PAPERS_A_DAY))
        day = first + timedelta(days=number)
        yield ArchiveDigest(style, day.isoformat(), "ko", entries)


def _entry(style: str, number: int) -> ArchiveEntry:
    told = TOLD.format(number % 100 / 1000, number)
    plain = ArchiveEntry(
        title=f"논문 {number}의 제목: A study of case {number}",
        paper_id=f"{2001 + number // 90_000}.{10_000 + number % 90_000}",
    )
    if style == "highlights":
        return replace(
            plain,
            votes=number % 90,
            authors=("Ada One", "Bo Two", "Chae Three"),
            parts=tuple(
                ArchivePart(slot, (told * 2).strip())
                for slot in ("new", "technical", "performance")
            ),
        )
    if style == "sections":
        parts = tuple(
            ArchivePart(slot, f"- {told}\n- {told}".strip()) for slot in ("method", "results")
        )
        return replace(plain, parts=parts)
    prose = f"{told * 3}\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    return replace(plain, organization="lab", parts=(ArchivePart("", prose),))


if __name__ == "__main__":
    main()
