"""Whatever an archive is written like: nothing under a paper is lost, and importing is steady."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.archive.exporter import Exporter
from bot.archive.importer import Importer
from bot.archive.report import ImportReport
from bot.archive.writer import STYLES
from bot.search import SearchIndex
from storage import Storage, open_storage
from tests.bot.archive.generated import Archive, archives
from tests.bot.digests.samples import NOW

# However slow the machine is just now.
SLOW = [HealthCheck.too_slow]
QUICK = settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=SLOW)
# What an import says of papers, without when and in which order it came to be.
TOLD = {
    "papers": "id, title, authors, organization, votes, code_url, thumbnail_url",
    "abstracts": "paper_id, language, text, origin",
    "titles": "paper_id, language, text",
    "summaries": "paper_id, language, maker, content",
    "notes": "paper_id, author, text, origin",
    "extras": "paper_id, origin, position, kind, text, url",
    "listing_papers": "date, paper_id, rank, votes",
    "archive_digests": "style, period, edition, language, texts, original",
    "archive_entries": "style, period, edition, position, paper_id, content",
}


@contextmanager
def room() -> Iterator[tuple[Path, Storage]]:
    """A folder with a new database."""
    with tempfile.TemporaryDirectory() as name:
        storage = open_storage(Path(name) / "paperboy.db")
        try:
            yield Path(name), storage
        finally:
            storage.close()


def bring_in(folder: Path, storage: Storage, text: str) -> ImportReport:
    """Import *text* as the one file of an archive."""
    path = folder / "day.md"
    path.write_text(text, encoding="utf-8", newline="")
    return Importer(storage, lambda: NOW).run([path])


def told(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows that an import may write."""
    with closing(sqlite3.connect(folder / "paperboy.db")) as db:
        return {
            table: sorted(db.execute(f"SELECT {columns} FROM {table}").fetchall(), key=repr)
            for table, columns in TOLD.items()
        }


@QUICK
@given(archives())
def test_every_paper_and_every_word_under_it_is_kept_and_found(archive: Archive) -> None:
    with room() as (folder, storage):
        report = bring_in(folder, storage, archive.text)
        (read,) = report.digests
        assert read.contents["papers"] == archive.papers
        index = SearchIndex(storage, None)
        index.index(list(report.paper_ids))
        for word in archive.words:
            assert index.papers(word, limit=5), f"{word} is not found"


@QUICK
@given(archives())
def test_an_export_is_byte_for_byte_what_came(archive: Archive) -> None:
    with room() as (folder, storage):
        (read,) = bring_in(folder, storage, archive.text).digests
        exporter = Exporter(storage)
        (path,) = exporter.export(
            read.style, day=date.fromisoformat(read.period), out=folder / "out"
        )
        assert path.read_bytes() == archive.text.encode()


@QUICK
@given(archives(), st.sampled_from([one for one in STYLES if one not in ("weekly", "brief")]))
def test_any_other_style_has_the_words_as_well(archive: Archive, style: str) -> None:
    with room() as (folder, storage):
        (read,) = bring_in(folder, storage, archive.text).digests
        if read.style == "review":  # a review is no list of a day
            return
        exporter = Exporter(storage)
        (path,) = exporter.export(style, day=date.fromisoformat(read.period), out=folder / "out")
        written = path.read_text(encoding="utf-8")
        assert [word for word in archive.words if word not in written] == []


@QUICK
@given(archives())
def test_a_second_import_changes_nothing(archive: Archive) -> None:
    with room() as (folder, storage):
        bring_in(folder, storage, archive.text)
        before = told(folder)
        assert bring_in(folder, storage, archive.text).changes == 0
        assert told(folder) == before


@QUICK
@given(archives(), archives())
def test_a_newer_version_over_an_older_one_is_the_newer_one_alone(
    old: Archive, new: Archive
) -> None:
    day = "2025-06-01 "
    texts = (one.text.replace("\r\n", "\n").split("\n\n", 1)[1] for one in (old, new))
    versions = [f"# {day}papers\n\n{text}" for text in texts]
    with room() as (folder, storage), room() as (other, alone):
        for text in versions:
            bring_in(folder, storage, text)
        bring_in(other, alone, versions[-1])
        if len(storage.archive.periods()) == 1:  # the two have papers in common
            assert told(folder) == told(other)
