"""Moves Markdown archives into the database, by content: names and folders don't matter.

Running it again changes nothing; a newer version of a digest takes the place of the older one.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from bot.archive import meaning
from bot.archive.keeper import Keeper
from bot.archive.markdown import UnknownFormatError, parse_file
from bot.archive.report import DigestRead, ImportReport, Remark
from storage import ArchiveDigest, ArchiveEntry, Storage
from storage.archive import UNIDENTIFIED

log = logging.getLogger(__name__)

SUFFIXES = frozenset({".md", ".mdx", ".markdown", ".txt"})
_LARGEST_FILE = 20_000_000
_NOT_ENTERED = frozenset({"node_modules"})


class _Undo(Exception):
    """Ends a dry run's transaction."""


class Importer:
    """``find_title`` may look a title up at the sources and return an arXiv id, or None."""

    def __init__(
        self,
        storage: Storage,
        clock: Callable[[], datetime],
        *,
        find_title: Callable[[str], str | None] | None = None,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._find_title = find_title
        self._known: dict[str, str] | None = None

    def run(
        self,
        paths: Sequence[Path],
        *,
        dry_run: bool = False,
        progress: Callable[[int, int, Path], None] | None = None,
    ) -> ImportReport:
        """Import files, folders and Git checkouts. *progress* is told how many files of how many
        are done, and the latest. A dry run reports the same and writes nothing."""
        report = ImportReport(dry_run=dry_run)
        files = list(archive_files(paths))
        for missing in (path for path in paths if not path.exists()):
            report.skipped.append(Remark(str(missing), 0, "no such file or folder"))
        try:
            if dry_run:
                with self._storage.transaction():
                    self._run(files, report, progress)
                    raise _Undo
            self._run(files, report, progress)
        except _Undo:
            self._known = None
        return report

    def _run(
        self,
        files: Sequence[Path],
        report: ImportReport,
        progress: Callable[[int, int, Path], None] | None,
    ) -> None:
        for done, path in enumerate(files, start=1):
            try:
                with self._storage.transaction():
                    self._file(path, report)
            except Exception as error:  # one bad file never stops the rest
                log.warning("import of %s failed", path, exc_info=True)
                report.skipped.append(Remark(str(path), 0, f"{type(error).__name__}: {error}"))
            if progress is not None:
                progress(done, len(files), path)
        self._reconcile(report)

    def _file(self, path: Path, report: ImportReport) -> None:
        if path.stat().st_size > _LARGEST_FILE:
            report.skipped.append(Remark(str(path), 0, "too large for a digest"))
            return
        try:
            parsed = parse_file(path.read_text(encoding="utf-8-sig"))
        except (UnknownFormatError, UnicodeDecodeError):
            report.skipped.append(Remark(str(path), 0, "not a digest of a known style"))
            return
        report.counts["files"] += 1
        report.unclear += [Remark(str(path), one.line, one.text) for one in parsed.problems]
        for digest in parsed.digests:
            self._digest(digest, path, report)

    def _digest(self, digest: ArchiveDigest, path: Path, report: ImportReport) -> None:
        digest = self._resolved(digest)
        report.counts["entries"] += len(digest.entries)
        report.counts["stubs"] += sum(map(meaning.is_stub, digest.entries))
        report.unidentified += [
            Remark(str(path), entry.line, entry.title)
            for entry in digest.entries
            if entry.paper_id is None
        ]
        before = self._storage.archive.get(digest.style, digest.period)
        state = "new" if before is None else "unchanged" if before == digest else "updated"
        report.counts[f"digests_{state}"] += 1
        contents = meaning.contents_of(digest)
        report.digests.append(DigestRead(str(path), digest.style, digest.period, state, contents))
        if state == "unchanged":
            return
        report.paper_ids |= dict.fromkeys(map(meaning.paper_id_of, digest.entries))
        Keeper(self._storage, self._clock(), report).keep(digest, before, source=path.name)
        if self._known is not None:
            for entry in digest.entries:
                if entry.paper_id:
                    self._known.setdefault(
                        meaning.normalised(meaning.full_title(entry)), entry.paper_id
                    )

    def _resolved(self, digest: ArchiveDigest) -> ArchiveDigest:
        entries = (
            entry if entry.paper_id else replace(entry, paper_id=self._identify(entry))
            for entry in digest.entries
        )
        return replace(digest, entries=tuple(entries))

    def _identify(self, entry: ArchiveEntry) -> str | None:
        for title in (meaning.full_title(entry), entry.title):
            found = self._titles().get(meaning.normalised(title))
            if found:
                return found
        return self._find_title(meaning.full_title(entry)) if self._find_title else None

    def _titles(self) -> Mapping[str, str]:
        """Ids of the identified papers by title, read once a run."""
        if self._known is None:
            self._known = {
                meaning.normalised(title): paper_id
                for paper_id, title in self._storage.archive.titles()
                if not paper_id.startswith(UNIDENTIFIED)
            }
        return self._known

    def _reconcile(self, report: ImportReport) -> None:
        """Papers that were known by title only, and whose id has turned up since."""
        for key, title in self._storage.archive.unidentified():
            found = self._titles().get(meaning.normalised(title))
            if found:
                self._storage.archive.merge(key, found)
                report.counts["merged"] += 1


def archive_files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files themselves, and those below folders that may be digests, in order of their names;
    hidden folders (such as Git's own) are left out."""
    for path in paths:
        if path.is_file():
            yield path
        elif path.is_dir():
            yield from sorted(_below(path))


def _below(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name.startswith(".") or path.name in _NOT_ENTERED:
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _below(path)
        elif path.suffix.lower() in SUFFIXES and path.is_file():
            yield path
