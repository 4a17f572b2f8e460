"""Moves Markdown archives into the database, by content: names and folders don't matter.

Running it again changes nothing; a newer version of a digest takes the place of the older one.
Files are read and papers identified before the database is locked, and one file at a time, so
that a running bot goes on.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.archive import meaning
from bot.archive.editions import Place, ids_in, joined, place_of
from bot.archive.keeper import Keeper
from bot.archive.markdown import UnknownFormatError, parse_file
from bot.archive.reading import archive_files, name_of, read_text
from bot.archive.report import DigestRead, ImportReport, Remark
from bot.archive.titles import Titles, key_of, normalised
from bot.clock import Clock
from bot.errors import SourceError
from bot.text.decoding import UnreadableError
from storage import ArchiveDigest, ArchiveEdition, ArchiveEntry, Storage, open_storage

log = logging.getLogger(__name__)

# Ten times what the fullest weeks bring.
MOST_PAPERS = 2_000

FindTitle = Callable[[str], str | None]
Progress = Callable[[int, int, Path], None]


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
        progress: Progress | None = None,
    ) -> ImportReport:
        """Import files, folders and Git checkouts. *progress* is told how many files of how many
        are done, and the latest. A dry run reports the same, worked out on a copy of the
        database, and writes nothing."""
        if not dry_run:
            return self._run(self._storage, paths, progress)
        with _copy_of(self._storage) as copy:
            return replace(self._run(copy, paths, progress), dry_run=True)

    def _run(
        self, storage: Storage, paths: Sequence[Path], progress: Progress | None
    ) -> ImportReport:
        report = ImportReport()
        report.skipped += [
            Remark(name_of(path), 0, "no such file or folder")
            for path in paths
            if not path.is_file() and not path.is_dir()
        ]
        files = list(archive_files(paths))
        work = _Run(storage, self._clock(), set(map(_source, files)), self._find_title)
        for done, path in enumerate(files, start=1):
            report.add(work.file(path))
            if progress is not None:
                progress(done, len(files), path)
        report.add(work.reconcile())
        return report


class _Run:
    """One import: what it knows while it goes through the files."""

    def __init__(
        self,
        storage: Storage,
        now: datetime,
        sources: AbstractSet[str],
        find_title: FindTitle | None,
    ) -> None:
        self._storage = storage
        self._now = now
        self._sources = sources
        self._find_title = find_title
        self._titles = Titles(storage.archive.titles())
        self._looked_up: dict[str, str | None] = {}

    def file(self, path: Path) -> ImportReport:
        """Import one file; what fails is told in the report, and nothing of it is stored."""
        report = ImportReport()
        try:
            self._file(path, report)
        except UnknownFormatError:
            return _skipped(path, "not a digest of a known style")
        except (UnreadableError, OSError) as error:
            return _skipped(path, str(error) or type(error).__name__)
        except Exception as error:  # one bad file never stops the rest
            log.warning("import of %s failed", path, exc_info=True)
            return _skipped(path, f"{type(error).__name__}: {error}")
        return report

    def reconcile(self) -> ImportReport:
        """Merge the papers that are known by title only and whose id has turned up since."""
        merged = merge_identified(self._storage, self._titles)
        return ImportReport(
            counts=Counter(merged=len(merged)) if merged else Counter(),
            paper_ids=dict.fromkeys(merged),
        )

    def _file(self, path: Path, report: ImportReport) -> None:
        parsed = parse_file(read_text(path))
        report.counts["files"] += 1
        report.unclear += [Remark(name_of(path), one.line, one.text) for one in parsed.problems]
        digests = joined(parsed.digests)
        if any(len(one.entries) > MOST_PAPERS for one in digests):
            raise UnreadableError(f"more than {MOST_PAPERS} papers in one digest")
        placed = [self._placed(one, path, report) for one in digests]
        with self._storage.transaction():
            for digest, place in placed:
                self._digest(digest, place, path, report)
        for digest, _ in placed:
            for entry in digest.entries:
                if entry.paper_id:
                    self._titles.add(entry.paper_id, meaning.full_title(entry))

    def _placed(
        self, digest: ArchiveDigest, path: Path, report: ImportReport
    ) -> tuple[ArchiveDigest, Place]:
        """The digest with its papers identified, and where it belongs."""
        editions = self._storage.archive.editions(digest.style, digest.period)
        nameless = [one for one in digest.entries if not (one.paper_id or one.title)]
        report.unclear += [
            Remark(name_of(path), one.line, "a paper without title") for one in nameless
        ]
        entries = (
            self._identified(one, editions, report) for one in digest.entries if one not in nameless
        )
        digest = replace(digest, entries=_alike(list(entries)))
        source = _source(path)
        return digest, place_of(digest, editions, source=source, others=self._sources - {source})

    def _digest(
        self, digest: ArchiveDigest, place: Place, path: Path, report: ImportReport
    ) -> None:
        before = place.before
        state = "new" if before is None else "unchanged" if before == digest else "updated"
        contents = meaning.contents_of(digest)
        report.digests.append(
            DigestRead(name_of(path), digest.style, digest.period, state, contents)
        )
        report.counts[f"digests_{state}"] += 1
        report.counts["entries"] += len(digest.entries)
        report.counts["stubs"] += contents.get("stubs", 0)
        report.unidentified += [
            Remark(name_of(path), entry.line, entry.title)
            for entry in digest.entries
            if entry.paper_id is None
        ]
        if state != "unchanged":
            report.paper_ids |= dict.fromkeys(map(meaning.paper_id_of, digest.entries))
            Keeper(self._storage, self._now, report).keep(digest, place, source=_source(path))

    def _identified(
        self, entry: ArchiveEntry, editions: Sequence[ArchiveEdition], report: ImportReport
    ) -> ArchiveEntry:
        if entry.paper_id:
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


def _source(path: Path) -> str:
    return name_of(path.resolve())


def _skipped(path: Path, reason: str) -> ImportReport:
    return ImportReport(skipped=[Remark(name_of(path), 0, reason)])
