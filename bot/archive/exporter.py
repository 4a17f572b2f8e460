"""Writes digests into a folder as Markdown: imported ones as they were, others as composed."""

import logging
import os
import re
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from bot.archive.content import archive_of
from bot.archive.files import system_reason
from bot.archive.marks import note_text
from bot.archive.original import copy_pictures, folder_for, with_notes
from bot.archive.writer import STYLES, front_matter_of, render, with_chart
from bot.digests import DigestContent, Week, compose_daily, compose_weekly, weekly_languages
from bot.digests.chart import can_draw, chart_of, chart_text, draw
from bot.digests.wish import Wish
from bot.errors import InputError
from bot.languages import LANGUAGES
from bot.sources.kinds import DEFAULT_SOURCE
from storage import (
    ArchiveDigest,
    ArchiveEdition,
    ArchiveEntry,
    Listing,
    ListingEntry,
    Paper,
    Storage,
    Summary,
    member_of,
)
from storage.listings import NEVER
from storage.summaries import IMPORTED

log = logging.getLogger(__name__)

_EVERYTHING = 1000


class Exporter:
    """Exports from one database. ``summarize`` makes missing summaries in a language before a
    digest is composed; without it what is stored must do."""

    def __init__(
        self,
        storage: Storage,
        *,
        summarize: Callable[[Sequence[Paper], str], object] | None = None,
    ) -> None:
        self._storage = storage
        self._summarize = summarize

    def export(
        self,
        style: str,
        *,
        day: date | None = None,
        week: Week | None = None,
        language: str = "ko",
        out: Path,
        front_matter: bool = False,
    ) -> list[Path]:
        """Write one day's or week's digest into the folder *out*, with the pictures it shows from
        beside its file, and return the file; there are several where an archive had several
        editions of it. An imported digest is written as it came, byte for byte, but for notes
        that members added since.

        Raises:
            InputError: nothing is stored for that day or week, or the folder cannot be written.
        """
        period = str(week) if week else day.isoformat() if day else ""
        archive = self._storage.archive
        editions = archive.editions(style, period)
        sources = [one.source for other in STYLES for one in archive.editions(other, period)]
        try:
            if editions:
                return [self._as_it_came(one, out, front_matter) for one in editions]
            content = self.composed(style, day=day, week=week, language=language)
            text = render(self.written(content), front_matter=front_matter)
            path = folder_for(text, sources, out) / f"{style}_{period}.md"
            _write(path, _illustrated(text, path, content))
            copy_pictures(text, sources, path.parent, out)
        except OSError as error:
            raise InputError(
                f"{out}: {error}",
                message_id="archive-not-written",
                folder=str(out),
                **system_reason(error),
            ) from error
        return [path]

    def _as_it_came(self, edition: ArchiveEdition, out: Path, front_matter: bool) -> Path:
        digest = edition.digest
        number = f"_{edition.number}" if edition.number > 1 else ""
        shown = digest.original.decode("utf-8", "replace")
        folder = folder_for(shown, [edition.source], out)
        path = folder / f"{digest.style}_{digest.period}{number}.md"
        body = with_notes(digest, [self._new_notes(entry) for entry in digest.entries])
        if front_matter and not body.startswith(b"---"):
            body = front_matter_of(digest).encode() + body
        _write(path, body)
        copy_pictures(shown, [edition.source], folder, out)
        return path

    def write_morning(
        self, content: DigestContent, folder: Path, *, channel: str = ""
    ) -> Path | None:
        """Write a digest that was just composed for a channel into *folder*, in place of an
        earlier version of it. What goes wrong is logged, never raised: the post matters more."""
        name = "_".join(filter(None, (content.style, content.period, _in_file_name(channel))))
        path = folder / f"{name}.md"
        try:
            text = render(self.written(content))
            _write(path, _illustrated(text, path, content))
        except Exception:
            log.exception("the digest could not be written to %s", path)
            return None
        return path

    def composed(
        self, style: str, *, day: date | None = None, week: Week | None = None, language: str
    ) -> DigestContent:
        """A day's or week's content from what is stored, as it is before :meth:`written` makes an
        archive's digest of it.

        Raises:
            InputError: nothing is stored for that day or week.
        """
        content = self._compose(style, day=day, week=week, language=language)
        if self._summarize is not None:
            papers = [entry.paper for entry in content.entries]
            imported = self._imported(papers)
            for one in weekly_languages(language) if week else (language,):
                if missing := [paper for paper in papers if paper.id not in imported]:
                    self._summarize(missing, one)
            content = self._compose(style, day=day, week=week, language=language)
        if not content.entries:
            raise InputError(
                f"no papers for {content.period}",
                message_id="archive-nothing",
                period=content.period,
            )
        return content

    def _imported(self, papers: Sequence[Paper]) -> dict[str, Summary]:
        """What imports say of these papers, in whichever language."""
        ids = [paper.id for paper in papers]
        return {
            paper_id: summary
            for language in reversed(LANGUAGES)
            for paper_id, summary in self._storage.summaries.get_many(ids, language).items()
            if summary.basis == IMPORTED
        }

    def written(self, content: DigestContent) -> ArchiveDigest:
        """A composed digest with the notes and Korean titles of its papers: what the whole team
        may see, since nobody knows who reads a file."""
        content = self._for_everybody(content)
        ids = [entry.paper.id for entry in content.entries]
        titles = self._storage.archive.titles_in("ko", ids)
        notes = self._storage.notes.of_papers(ids)
        return archive_of(content, notes=notes, titles=titles)

    def _for_everybody(self, content: DigestContent) -> DigestContent:
        imported = self._imported([one.paper for one in content.entries])
        entries = []
        for one in content.entries:
            shown = tuple(filter(None, map(self._open, one.others)))
            summary = self._open(one.summary or imported.get(one.paper.id))
            entries.append(replace(one, summary=summary, others=shown))
        return replace(content, entries=tuple(entries))

    def _open(self, summary: Summary | None) -> Summary | None:
        """In a correction's place, what the whole team sees."""
        if summary is None or member_of(summary.maker) is None:
            return summary
        return self._storage.summaries.get(summary.paper_id, summary.language)

    def _compose(
        self, style: str, *, day: date | None = None, week: Week | None = None, language: str
    ) -> DigestContent:
        if week is not None:
            return compose_weekly(self._storage, week, Wish(language, style))
        if day is None:
            raise InputError("neither day nor week", message_id="archive-nothing", period="-")
        listings = self._storage.listings.on(day) or self._archived(day)
        return compose_daily(
            self._storage, day, Wish(language, style, _EVERYTHING), listings=listings
        )

    def _archived(self, day: date) -> list[Listing]:
        """The papers of a day that only reviews tell of, which are no listing."""
        told = self._storage.archive.ids_on(day.isoformat(), STYLES)
        entries = tuple(ListingEntry(one, rank, votes) for rank, (one, votes) in enumerate(told, 1))
        return [Listing(DEFAULT_SOURCE, day, entries, False, NEVER, NEVER)] if entries else []

    def _new_notes(self, entry: ArchiveEntry) -> list[tuple[str, str]]:
        """What members wrote about a paper since it was imported, in Slack."""
        if entry.paper_id is None:
            return []
        written = [
            (note.author, note_text(note))
            for note in self._storage.notes.of_paper(entry.paper_id)
            if note.origin == "slack"
        ]
        return [one for one in dict.fromkeys(written) if one not in entry.notes]


def _illustrated(text: str, path: Path, content: DigestContent) -> str:
    """The text of a week with its trends as a picture, which is written beside the file, where
    pictures can be drawn."""
    chart = chart_of(content) if content.kind == "weekly" else None
    if chart is None or not can_draw():
        return text
    name = f"{path.stem}_trends.png"
    _write(path.with_name(name), draw(chart))
    return with_chart(text, name, chart_text(chart))


def _write(path: Path, content: str | bytes) -> None:
    """The whole file or nothing of it, for readers and after a crash."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _in_file_name(text: str) -> str:
    return re.sub(r"[^\w-]+", "-", text).strip("-")[:60]
