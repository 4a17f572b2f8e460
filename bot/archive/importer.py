"""Moves Markdown archives into the database, by content: names and folders only tell dates.

Running it again changes nothing; a newer version of a digest takes the place of the older one.
Files are read and papers identified before the database is locked, and one file at a time, so
that a running bot goes on.
"""

import logging
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.archive import meaning
from bot.archive.dates import Origin
from bot.archive.editions import Place, ids_in, joined, place_of
from bot.archive.files import (
    ArchiveFile,
    archive_files,
    forget_dates,
    name_of,
    system_reason,
    text_of,
)
from bot.archive.keeper import Keeper
from bot.archive.reader import NoPapersError, Parsed, parse_file
from bot.archive.report import LIST_OF, DigestRead, ImportReport, Remark
from bot.archive.titles import Titles, key_of, normalised
from bot.clock import Clock
from bot.errors import SourceError
from bot.text.decoding import UnreadableError, decoded
from storage import ArchiveDigest, ArchiveEdition, ArchiveEntry, Storage, open_storage

log = logging.getLogger(__name__)

# Ten times what the fullest weeks bring.
MOST_PAPERS = 2_000

FindTitle = Callable[[str], str | None]
# How many files of how many are done, the latest, and how many papers were read so far.
Progress = Callable[[int, int, ArchiveFile, int], None]


class Importer:
    """``find_title`` may look a title up at the sources and return an arXiv id, or None."""

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        *,
        find_title: FindTitle | None = None,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._find_title = find_title

    def run(
        self,
        paths: Sequence[Path],
        *,
        dry_run: bool = False,
        year: int | None = None,
        progress: Progress | None = None,
    ) -> ImportReport:
        """Import files, folders, Git checkouts and zip files. *year* is that of the dates which
        have none. A dry run reports the same, worked out on a copy of the database, and writes
        nothing."""
        if not dry_run:
            return self._run(self._storage, paths, year, progress)
        with _copy_of(self._storage) as copy:
            return replace(self._run(copy, paths, year, progress), dry_run=True)

    def _run(
        self, storage: Storage, paths: Sequence[Path], year: int | None, progress: Progress | None
    ) -> ImportReport:
        report = ImportReport()
        report.skipped += [
            Remark(name_of(path), message_id="archive-no-such-file")
            for path in paths
            if not path.is_file() and not path.is_dir()
        ]
        forget_dates()
        files = list(archive_files(paths))
        work = _Run(storage, self._clock(), files, year, self._find_title)
        for done, file in enumerate(files, start=1):
            report.add(work.file(file))
            if progress is not None:
                progress(done, len(files), file, report.counts["entries"])
        report.add(work.reconcile())
        return report


class _Run:
    """One import: what it knows while it goes through the files."""

    def __init__(
        self,
        storage: Storage,
        now: datetime,
        files: Sequence[ArchiveFile],
        year: int | None,
        find_title: FindTitle | None,
    ) -> None:
        self._storage = storage
        self._now = now
        self._sources = {file.source for file in files}
        self._year = year
        self._find_title = find_title
        self._titles = Titles(storage.archive.titles())
        self._looked_up: dict[str, str | None] = {}

    def file(self, file: ArchiveFile) -> ImportReport:
        """Import one file; what fails is told in the report, and nothing of it is stored."""
        report = ImportReport()
        try:
            self._file(file, report)
        except NoPapersError:
            return _skipped(file, "archive-no-papers")
        except UnreadableError as error:
            return _skipped(file, error.message_id, **error.arguments)
        except OSError as error:
            return _skipped(file, "archive-not-opened", **system_reason(error))
        except Exception as error:  # one bad file never stops the rest
            log.warning("import of %s failed", file, exc_info=True)
            return _skipped(file, "archive-failed", reason=f"{type(error).__name__}: {error}")
        return report

    def reconcile(self) -> ImportReport:
        """Merge the papers that are known by title only and whose id has turned up since."""
        merged = merge_identified(self._storage, self._titles)
        return ImportReport(
            counts=Counter(merged=len(merged)) if merged else Counter(),
            paper_ids=dict.fromkeys(merged),
        )

    def _file(self, file: ArchiveFile, report: ImportReport) -> None:
        body = file.body()
        parsed = parse_file(text_of(body), Origin(file.name, self._year))
        name = str(file)
        for one in parsed.remarks:
            getattr(report, LIST_OF[one.message_id]).append(replace(one, file=name))
        digests = joined(_with_originals(parsed, body))
        if any(len(one.entries) > MOST_PAPERS for one in digests):
            raise UnreadableError(
                "too many papers", message_id="archive-too-many", count=str(MOST_PAPERS)
            )
        report.counts["files"] += 1
        written_at = file.written_at()
        told = {(one.style, one.period) for one in digests}
        own = self._storage.archive.of_source(file.source, besides=told)
        placed = [
            self._placed(replace(digest, written_at=written_at), file, own, report)
            for digest in digests
        ]
        with self._storage.transaction():
            for digest, place in placed:
                self._digest(digest, place, file, report)
        for digest, _ in placed:
            for entry in digest.entries:
                if entry.paper_id:
                    self._titles.add(entry.paper_id, meaning.full_title(entry))

    def _placed(
        self,
        digest: ArchiveDigest,
        file: ArchiveFile,
        own: Sequence[ArchiveEdition],
        report: ImportReport,
    ) -> tuple[ArchiveDigest, Place]:
        """The digest with its papers identified, and where it belongs."""
        editions = self._storage.archive.editions(digest.style, digest.period)
        entries = _alike([self._identified(one, editions, report) for one in digest.entries])
        digest = replace(digest, entries=entries)
        place = place_of(
            digest,
            editions,
            own,
            source=file.source,
            others={one.source for one in editions if self._is_there(one.source)} - {file.source},
            is_dated=bool(editions) and file.has_git_date(),
        )
        return digest, place

    def _is_there(self, source: str) -> bool:
        """Whether a file that was imported once still is where it was."""
        return source in self._sources or Path(source.partition("!/")[0]).is_file()

    def _digest(
        self, digest: ArchiveDigest, place: Place, file: ArchiveFile, report: ImportReport
    ) -> None:
        if place.message_id:
            report.unclear.append(Remark(str(file), 0, digest.period, place.message_id))
        contents = meaning.contents_of(digest)
        report.digests.append(
            DigestRead(
                str(file), digest.style, digest.period, digest.language, place.state, contents
            )
        )
        report.counts[f"digests_{place.state}"] += 1
        report.counts["entries"] += len(digest.entries)
        report.counts["stubs"] += contents.get("stubs", 0)
        report.unidentified += [
            Remark(str(file), entry.line, entry.title)
            for entry in digest.entries
            if entry.paper_id is None
        ]
        if place.state in ("new", "updated"):
            report.paper_ids |= dict.fromkeys(map(meaning.paper_id_of, digest.entries))
            keeper = Keeper(self._storage, self._now, report.counts)
            keeper.keep(digest, place.number, source=file.source, instead=place.instead)

    def _identified(
        self, entry: ArchiveEntry, editions: Sequence[ArchiveEdition], report: ImportReport
    ) -> ArchiveEntry:
        if entry.paper_id or not entry.title:
            return entry
        full = meaning.full_title(entry)
        found = (
            ids_in(editions).get(normalised(full))
            or self._titles.find(full)
            or self._titles.find(entry.title)
            or self._look_up(full, report)
        )
        return replace(entry, paper_id=found)

    def _look_up(self, title: str, report: ImportReport) -> str | None:
        """Ask the sources once a title; when they fail, the paper stays known by its title."""
        key = key_of(title)
        if self._find_title is not None and key not in self._looked_up:
            try:
                self._looked_up[key] = self._find_title(title)
            except SourceError as error:
                log.warning("%r could not be looked up: %s", title[:80], error)
                self._looked_up[key] = None
                report.counts["not_asked"] += 1
            else:
                report.counts["looked_up"] += 1
        return self._looked_up.get(key)


def _with_originals(parsed: Parsed, body: bytes) -> list[ArchiveDigest]:
    """The digests with the bytes they were read from: a file of one day as it is, of several days
    the lines of each."""
    if len(parsed.digests) == 1:
        return [replace(parsed.digests[0], original=body)]
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", decoded(body))
    return [
        replace(digest, original="".join(lines[first:end]).encode())
        for digest, (first, end) in zip(parsed.digests, parsed.spans, strict=True)
    ]


def _alike(entries: Sequence[ArchiveEntry]) -> tuple[ArchiveEntry, ...]:
    """The entries; a paper that stands in them twice, once without its id, has it both times."""
    keys = [key_of(meaning.full_title(one)) for one in entries]
    known = {key: one.paper_id for key, one in zip(keys, entries, strict=True) if one.paper_id}
    return tuple(
        one if one.paper_id else replace(one, paper_id=known.get(key))
        for key, one in zip(keys, entries, strict=True)
    )


def merge_identified(storage: Storage, titles: Titles | None = None) -> list[str]:
    """Merge the papers that are known by title only with those of the same title that have an id,
    and return these ids. Cheap when there are none; to be called after new papers were stored."""
    waiting = storage.archive.unidentified()
    if not waiting:
        return []
    titles = titles or Titles(storage.archive.titles())
    found = [(key, paper_id) for key, title in waiting if (paper_id := titles.find(title))]
    for key, paper_id in found:
        storage.papers.merge(key, paper_id)
    return [paper_id for _, paper_id in found]


@contextmanager
def _copy_of(storage: Storage) -> Iterator[Storage]:
    """A copy to try things on, so that the real database isn't locked meanwhile."""
    with TemporaryDirectory(prefix="paperboy-") as folder:
        path = Path(folder) / "copy.db"
        storage.backup(path)
        copy = open_storage(path, team=storage.team)
        try:
            yield copy
        finally:
            copy.close()


def _skipped(file: ArchiveFile, message_id: str, **arguments: object) -> ImportReport:
    return ImportReport(skipped=[Remark(str(file), message_id=message_id, arguments=arguments)])
