"""Each small archive moved in and out by itself, as it was and as it is now:

    python -m tests.benchmarks.archive_cases [FOLDER] [--beside CHECKOUT]

FOLDER holds Markdown files (the shared small cases by default). A row a case tells how many papers
it has, which share of its words an export in its own style gives back, and which share is stored
with its papers, where a search finds it (headings and labels are not). With ``--beside``, another
checkout of Paperboy reads the same files first, and each figure stands as ``before → now``.
"""

import argparse
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from bot.archive.exporter import Exporter
from bot.archive.importer import Importer
from bot.archive.report import ImportReport, Remark
from bot.digests import Week
from storage import open_storage

_STORED = ("papers", "abstracts", "titles", "notes", "summaries", "extras")


@dataclass(frozen=True)
class Row:
    """One case; shares are in percent of its different words."""

    case: str
    papers: int
    exported: int
    stored: int
    styles: str
    remark: str


def main() -> None:
    """Print the table, or the rows as JSON for the other checkout's sake."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--beside", type=Path)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    folder = (options.folder or _shared()).resolve()
    rows = list(rows_of(folder))
    if options.json:
        print(json.dumps([asdict(one) for one in rows]))
        return
    show(rows, _rows_of_other(options.beside, folder) if options.beside else [])


def show(rows: list[Row], before: list[Row]) -> None:
    """Print a row a case, and the sums."""
    old = {one.case: one for one in before}
    print("| case | papers | % exported | % stored | styles | remark |")
    print("|---|---|---|---|---|---|")
    for one in rows:
        was = old.get(one.case, one)
        cells = [
            f"{getattr(was, name)} → {getattr(one, name)}" if old else str(getattr(one, name))
            for name in ("papers", "exported", "stored")
        ]
        print(f"| {one.case} | {' | '.join(cells)} | {one.styles} | {one.remark} |")
    for name, told in (("before", before), ("now", rows)):
        whole = sum(one.exported == 100 for one in told)
        papers = sum(one.papers for one in told)
        if told:
            print(f"\n{name}: {len(told)} cases, {papers} papers, {whole} come back whole")


def rows_of(folder: Path) -> Iterator[Row]:
    """Each file of *folder*, moved in and out by the checkout that this runs in."""
    for path in sorted(one for one in folder.rglob("*") if one.suffix in (".md", ".txt", ".mdx")):
        with tempfile.TemporaryDirectory() as name:
            yield _row(path, str(path.relative_to(folder)), Path(name))


def _row(path: Path, case: str, folder: Path) -> Row:
    database = folder / "case.db"
    with closing(open_storage(database)) as storage:
        report = Importer(storage, lambda: datetime.now(UTC)).run([path])
        exporter, exported = Exporter(storage), ""
        for style, period in storage.archive.periods():
            with suppress(ValueError):  # a day that there is not was stored once
                week = Week.parse(period, today=date.max) if style == "weekly" else None
                day = None if week else date.fromisoformat(period)
                for one in exporter.export(style, day=day, week=week, out=folder / "out"):
                    exported += _text(one)
        styles = " ".join(style for style, _ in storage.archive.periods())
    words = _words(_text(path))
    came, stored = (
        100 * len(words & _words(one)) // max(1, len(words)) for one in (exported, _rows(database))
    )
    return Row(case, report.counts["entries"], came, stored, styles, _remark(report))


def _text(path: Path) -> str:
    body = path.read_bytes()
    encoding = "utf-16" if body[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    return body.decode(encoding, "replace")


def _remark(report: ImportReport) -> str:
    remarks = (*report.skipped, *getattr(report, "asked", ()), *report.unclear)
    return "; ".join(map(_said, remarks)).replace("\n", " ")


def _said(remark: Remark) -> str:
    if not hasattr(remark, "said"):  # of the other checkout, which may have no catalogues
        return remark.text
    from bot.languages import catalog

    return remark.said(catalog("en"))


def _rows(database: Path) -> str:
    """All texts that are stored with papers."""
    with closing(sqlite3.connect(database)) as db:
        cells = (
            cell
            for table in _STORED
            for row in db.execute(f"SELECT * FROM {table}")
            for cell in row
            if isinstance(cell, str)
        )
        return "\n".join(map(_readable, cells))


def _readable(cell: str) -> str:
    with suppress(ValueError):
        return json.dumps(json.loads(cell), ensure_ascii=False)
    return cell


def _words(text: str) -> set[str]:
    """The words with a letter: numbers also stand in dates and ids."""
    without_links = re.sub(r"https?://\S+", "", text)
    found = (word.lower() for word in re.findall(r"[^\W_]+", without_links))
    return {word for word in found if not word.isdigit()}


def _shared() -> Path:
    from tests.benchmarks.qasper import need  # not in the other checkout's way

    return need("archives")


def _rows_of_other(checkout: Path, folder: Path) -> list[Row]:
    """The same by the code of another checkout."""
    told = subprocess.run(
        [sys.executable, __file__, str(folder), "--json"],
        cwd=checkout,
        env={**os.environ, "PYTHONPATH": str(checkout)},
        capture_output=True,
        check=True,
    )
    return [Row(**one) for one in json.loads(told.stdout)]


if __name__ == "__main__":
    main()
