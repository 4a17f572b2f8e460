"""The four real archive files, moved in and out again; and many small ones, a step away from them.

    python -m tests.benchmarks.archive_formats

Imports the four into a new database and prints what each brought beside what is wanted; imports
them again, which must change nothing; exports each, imports the export into another database, and
compares the records. Then the small cases as ``archive_cases`` shows them. Ends with status 1 when
anything is not as wanted.
"""

import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import mean

from bot.archive.exporter import Exporter
from bot.archive.importer import Importer
from bot.archive.report import DigestRead
from bot.digests import Week
from bot.languages import catalog
from storage import ArchiveDigest, Storage, open_storage
from tests.benchmarks.archive_cases import rows_of, show
from tests.benchmarks.figures import Figure
from tests.benchmarks.qasper import need

DATA = "4 real archive files, 85 small ones as teams write them"
WANTED: Mapping[str, Mapping[str, int]] = {
    "highlights": {"papers": 8, "votes": 8, "authors": 8, "three_highlights": 8},
    "sections": {"papers": 16},
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
        "organizations": 6,
        "tables": 1,
        "figures": 2,
        "links": 1,
    },
}


@dataclass(frozen=True)
class Moved:
    """Of each real file whether it brought what is wanted and whether its export brings the same
    records; and what a second import changed."""

    as_wanted: tuple[bool, ...]
    equal: tuple[bool, ...]
    changes: int


def figures() -> Iterator[Figure]:
    """How much comes in, and back again."""
    moved, rows = move_real_files(), list(rows_of(need("archives")))
    yield Figure("real files read as wanted", sum(moved.as_wanted))
    yield Figure("real files whose export brings equal records", sum(moved.equal))
    yield Figure("changes by a second import", moved.changes, less_is_better=True)
    yield Figure("small files that come back whole", sum(one.exported == 100 for one in rows))
    yield Figure("% of their words exported", mean(one.exported for one in rows))
    yield Figure("% of their words stored with papers", mean(one.stored for one in rows))


def main() -> int:
    """Print the counts, the second import and the round trips; 0 when all is as wanted."""
    moved = move_real_files()
    print()
    show(list(rows_of(need("archives"))), [])
    is_good = all(moved.as_wanted) and moved.changes == 0 and all(moved.equal)
    return 0 if is_good and len(moved.equal) == len(WANTED) else 1


def move_real_files() -> Moved:
    """Move the real files in, in again, out, and in elsewhere, and print what happens."""
    files = sorted(need("digests").iterdir())
    with (
        tempfile.TemporaryDirectory() as name,
        closing(open_storage(Path(name) / "first.db")) as storage,
    ):
        importer = Importer(storage, lambda: datetime.now(UTC))
        first = importer.run(files)
        as_wanted = tuple(map(_told, first.digests))
        for remark in (*first.kept, *first.unclear, *first.skipped):
            print(f"  kept as text: {remark.line_in(catalog('en'))[:160]!r}")
        second = importer.run(files)
        print(f"\nsecond import: {second.changes} changes (wanted: 0)")
        equal = tuple(_round_trip(storage, one, Path(name)) for one in first.digests)
    return Moved(as_wanted, equal, second.changes)


def _told(read: DigestRead) -> bool:
    wanted = WANTED[read.style]
    wrong = {word: n for word, n in wanted.items() if read.contents.get(word, 0) != n}
    contents = ", ".join(f"{word} {number}" for word, number in read.contents.items())
    print(f"{read.style} {read.period} ({Path(read.file).name}): {contents}")
    print(f"  {'as wanted' if not wrong else f'WANTED {wrong}'}")
    return not wrong


def _round_trip(storage: Storage, read: DigestRead, folder: Path) -> bool:
    is_week = read.style == "weekly"
    (path,) = Exporter(storage).export(
        read.style,
        day=None if is_week else date.fromisoformat(read.period),
        week=Week.parse(read.period, today=date.max) if is_week else None,
        out=folder / "out",
    )
    again = open_storage(folder / f"{read.style}.db")
    Importer(again, lambda: datetime.now(UTC)).run([path])
    same = _record(again, read) == _record(storage, read)
    again.close()
    print(f"round trip of {read.style}: {'equal records' if same else 'OTHER RECORDS'}")
    return same


def _record(storage: Storage, read: DigestRead) -> ArchiveDigest | None:
    editions = storage.archive.editions(read.style, read.period)
    return editions[0].digest if editions else None


if __name__ == "__main__":
    sys.exit(main())
