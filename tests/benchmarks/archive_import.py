"""How fast archives move in: ``python -m tests.benchmarks.archive_import [PAPERS]``.

Writes days of highlights, sections and reviews as Markdown, imports them into a new database, then
imports them a second time, which must change nothing.
"""

import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.archive import Importer, render
from storage import ArchiveDigest, ArchiveEntry, open_storage

PAPERS_A_DAY = 20
WANTED = 500
TOLD = "제안한 방법은 **기존 방법**보다 12.3% 정확하고, 학습 시간은 절반입니다. "


def main() -> None:
    """Print a table: papers, seconds and papers a second, for the first and the second time."""
    papers = int(sys.argv[1]) if len(sys.argv) > 1 else 6_000
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "archive"
        archive.mkdir()
        _write(archive, papers // PAPERS_A_DAY)
        storage = open_storage(Path(folder) / "paperboy.db")
        importer = Importer(storage, lambda: datetime.now(UTC))
        print("| run | entries | seconds | papers/s | wanted | changes |")
        print("|---|---|---|---|---|---|")
        for run in ("first", "second"):
            began = time.perf_counter()
            report = importer.run([archive])
            seconds = time.perf_counter() - began
            entries = report.counts["entries"]
            print(
                f"| {run} | {entries} | {seconds:.1f} | {entries / seconds:.0f} "
                f"| ≥ {WANTED} | {report.changes} |"
            )
        storage.close()


def _write(folder: Path, days: int) -> None:
    first = date(2020, 1, 1)
    for number in range(days):
        day = first + timedelta(days=number)
        style = ("highlights", "sections", "review")[number % 3]
        entries = tuple(_entry(style, number * PAPERS_A_DAY + one) for one in range(PAPERS_A_DAY))
        digest = ArchiveDigest(style, day.isoformat(), "ko", entries)
        (folder / f"{number}.md").write_text(render(digest), encoding="utf-8")


def _entry(style: str, number: int) -> ArchiveEntry:
    plain = ArchiveEntry(
        title=f"논문 {number}의 제목: A study of case {number}",
        paper_id=f"{2001 + number // 90_000}.{10_000 + number % 90_000}",
    )
    if style == "highlights":
        return replace(
            plain,
            votes=number % 90,
            authors=("Ada One", "Bo Two", "Chae Three"),
            highlights=tuple((slot, TOLD * 2) for slot in ("new", "technical", "performance")),
        )
    if style == "sections":
        sections = tuple((slot, f"- {TOLD}\n- {TOLD}") for slot in ("method", "results"))
        return replace(plain, sections=sections)
    prose = f"{TOLD * 3}\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    return replace(plain, organization="lab", prose=prose)


if __name__ == "__main__":
    main()
