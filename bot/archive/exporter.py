"""Writes digests into a folder as Markdown: imported ones as they were, others as composed."""

import logging
import os
import re
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from bot.archive.content import archive_of, as_markdown
from bot.archive.markdown import render
from bot.archive.markdown.weekly import with_chart
from bot.digests import DigestContent, Week, compose_daily, compose_weekly, weekly_languages
from bot.digests.chart import chart_of, chart_text, draw
from bot.errors import InputError
from storage import ArchiveDigest, ArchiveEntry, Paper, Storage, Summary, member_of

log = logging.getLogger(__name__)

STYLES = ("brief", "highlights", "sections", "review", "weekly")
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
        """Write one day's or week's digest into the folder *out* and return the file; there are
        several where an archive had several editions of it.

        Raises:
            InputError: nothing is stored for that day or week.
            OSError: a file cannot be written.
        """
        paths = []
        digests = self.digests(style, day=day, week=week, language=language)
        for number, digest in enumerate(digests, start=1):
            edition = f"_{number}" if number > 1 else ""
            path = out / f"{style}_{digest.period}{edition}.md"
            text = render(digest, front_matter=front_matter)
            content = compose_weekly(self._storage, week, language=language) if week else None
            _write(path, text if content is None else _illustrated(text, path, content))
            paths.append(path)
        return paths

    def write_morning(
        self, content: DigestContent, folder: Path, *, channel: str = "", front_matter: bool = False
    ) -> Path | None:
        """Write a digest that was just composed for a channel into *folder*, in place of an
        earlier version of it. What goes wrong is logged, never raised: the post matters more."""
        name = "_".join(filter(None, (content.style, content.period, _in_file_name(channel))))
        path = folder / f"{name}.md"
        try:
            text = render(self.written(content), front_matter=front_matter)
            _write(path, _illustrated(text, path, content))
        except Exception:
            log.exception("the digest could not be written to %s", path)
            return None
        return path

    def digests(
        self, style: str, *, day: date | None = None, week: Week | None = None, language: str
    ) -> list[ArchiveDigest]:
        """The imported editions of this style and period, or a composed digest.

        Raises:
            InputError: nothing is stored for that day or week.
        """
        period = str(week) if week else day.isoformat() if day else ""
        editions = self._storage.archive.editions(style, period)
        if editions:
            return [self._with_new_notes(one.digest) for one in editions]
        content = self._compose(style, day=day, week=week, language=language)
        if self._summarize is not None and content.entries:
            papers = [entry.paper for entry in content.entries]
            for one in weekly_languages(language) if week else (language,):
                self._summarize(papers, one)
            content = self._compose(style, day=day, week=week, language=language)
        if not content.entries:
            raise InputError(f"no papers for {period}", message_id="archive-nothing", period=period)
        return [self.written(content)]

    def written(self, content: DigestContent) -> ArchiveDigest:
        """A composed digest with the notes and Korean titles of its papers: what the whole team
        may see, since nobody knows who reads a file."""
        content = self._for_everybody(content)
        ids = [entry.paper.id for entry in content.entries]
        titles = {one: self._storage.archive.title(one, "ko") or "" for one in ids}
        notes = {one: self._storage.notes.of_paper(one) for one in ids}
        return archive_of(content, notes=notes, titles=titles)

    def _for_everybody(self, content: DigestContent) -> DigestContent:
        entries = tuple(
            replace(
                one,
                summary=self._open(one.summary),
                others=tuple(filter(None, map(self._open, one.others))),
            )
            for one in content.entries
        )
        return replace(content, entries=entries)

    def _open(self, summary: Summary | None) -> Summary | None:
        """In a correction's place, what the whole team sees."""
        if summary is None or member_of(summary.maker) is None:
            return summary
        return self._storage.summaries.get(summary.paper_id, summary.language)

    def _compose(
        self, style: str, *, day: date | None, week: Week | None, language: str
    ) -> DigestContent:
        if week is not None:
            return compose_weekly(self._storage, week, language=language, style=style)
        if day is None:
            raise InputError("neither day nor week", message_id="archive-nothing", period="-")
        return compose_daily(self._storage, day, language=language, style=style, count=_EVERYTHING)

    def _with_new_notes(self, digest: ArchiveDigest) -> ArchiveDigest:
        """An imported review with what was added in Slack since."""
        if digest.style != "review":
            return digest
        entries = tuple(self._noted(entry) for entry in digest.entries)
        return replace(digest, entries=entries)

    def _noted(self, entry: ArchiveEntry) -> ArchiveEntry:
        if entry.paper_id is None:
            return entry
        written = [
            (note.author, as_markdown(note))
            for note in self._storage.notes.of_paper(entry.paper_id)
            if note.origin == "slack"
        ]
        notes = tuple(dict.fromkeys((*entry.notes, *written)))
        return replace(entry, notes=notes)


def _illustrated(text: str, path: Path, content: DigestContent) -> str:
    """The text of a week with its trends as a picture, which is written beside the file."""
    chart = chart_of(content) if content.kind == "weekly" else None
    if chart is None:
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
