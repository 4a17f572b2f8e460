"""Stores what an imported digest says: papers, listing, summaries, notes and the rest.

What is stored from the sources or made by a model is never overwritten by an import.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, time

from bot.archive import meaning
from bot.archive.content import as_markdown
from bot.archive.editions import Place
from bot.archive.markdown.parts import language_of
from bot.archive.report import ImportReport
from bot.archive.titles import key_of
from storage import ArchiveDigest, ArchiveEntry, Extra, ListingEntry, Note, Paper, Storage
from storage.summaries import EXTRACTIVE, IMPORTED

_LISTED_STYLES = frozenset({"brief", "highlights", "sections"})


class Keeper:
    """Writes one digest after the other within the caller's transaction."""

    def __init__(self, storage: Storage, now: datetime, report: ImportReport) -> None:
        self._storage = storage
        self._now = now
        self._counts = report.counts

    def keep(self, digest: ArchiveDigest, place: Place, *, source: str) -> None:
        """Store *digest* at its *place*, instead of its earlier version if there was one."""
        origin = _origin(digest, place)
        ids = [meaning.paper_id_of(entry) for entry in digest.entries]
        for entry, paper_id in zip(digest.entries, ids, strict=True):
            self._merge(entry, paper_id)
            self._paper(entry, paper_id)
            self._summary(digest, entry, paper_id)
            self._note(digest, entry, paper_id, origin)
            self._extras(entry, paper_id, origin)
        self._forget(place.before, set(ids), origin)
        self._listing(digest, place.before, ids)
        self._storage.search.outdate(ids)
        self._storage.archive.save(digest, ids, edition=place.number, source=source, now=self._now)

    def _merge(self, entry: ArchiveEntry, paper_id: str) -> None:
        """An earlier version may have had this paper without its id."""
        key = key_of(meaning.full_title(entry))
        if key != paper_id and self._storage.papers.get(key) is not None:
            self._storage.papers.merge(key, paper_id)

    def _paper(self, entry: ArchiveEntry, paper_id: str) -> None:
        told = meaning.paper_of(entry, paper_id)
        known = self._storage.papers.get(paper_id)
        if known is None:
            self._storage.papers.save([told], now=self._now)
            self._counts["papers_new"] += 1
        else:
            self._counts["papers_known"] += 1
            self._fill(known, told)
        korean = entry.title_ko or (entry.title if language_of([entry.title]) == "ko" else "")
        if korean:
            self._storage.archive.save_title(paper_id, "ko", korean)
        for language, text in entry.abstracts:
            if self._storage.papers.abstract(paper_id, language) is None:
                self._storage.papers.save_abstract(
                    paper_id, language, meaning.unmarked(text), origin=IMPORTED
                )

    def _fill(self, known: Paper, told: Paper) -> None:
        filled = replace(
            known,
            abstract="",
            authors=known.authors or told.authors,
            organization=known.organization or told.organization,
            code_url=known.code_url or told.code_url,
            thumbnail_url=known.thumbnail_url or told.thumbnail_url,
        )
        if filled != replace(known, abstract=""):
            self._storage.papers.save([filled], now=self._now)

    def _summary(self, digest: ArchiveDigest, entry: ArchiveEntry, paper_id: str) -> None:
        for language in dict.fromkeys((digest.language, *dict(entry.introduction))):
            told = meaning.summary_of(replace(digest, language=language), entry, paper_id)
            known = self._storage.summaries.get(paper_id, language)
            if told is None or not (
                known is None
                or known.problem
                or known.prompt_hash == IMPORTED
                or known.maker == EXTRACTIVE
            ):
                continue
            if known is not None and known.prompt_hash == IMPORTED:
                told = meaning.merged(known, told)
            self._storage.summaries.save(told, now=_made(digest) or self._now)
            self._counts["summaries"] += 1

    def _note(self, digest: ArchiveDigest, entry: ArchiveEntry, paper_id: str, origin: str) -> None:
        written_at = _made(digest) or self._now
        notes = self._storage.notes.of_paper(paper_id)
        known = {(note.author, as_markdown(note)) for note in notes}
        if digest.style == "review" and not digest.maker:
            self._storage.notes.remove_imported(paper_id, origin)
            if not meaning.is_stub(entry):
                self._storage.notes.add(Note(paper_id, "", entry.prose, origin, written_at))
                self._counts["notes"] += 1
        for author, text in entry.notes:
            if (author, text) not in known:
                self._storage.notes.add(Note(paper_id, author, text, origin, written_at))
                self._counts["notes"] += 1

    def _extras(self, entry: ArchiveEntry, paper_id: str, origin: str) -> None:
        extras: list[Extra] = meaning.extras_of(entry)
        self._storage.archive.save_extras(paper_id, origin, extras)
        for extra in extras:
            self._counts[meaning.COUNTED[extra.kind]] += 1

    def _forget(self, before: ArchiveDigest | None, ids: set[str], origin: str) -> None:
        """What the digest said of papers that its newer version has no more."""
        for entry in before.entries if before else ():
            paper_id = meaning.paper_id_of(entry)
            if paper_id not in ids:
                self._storage.archive.save_extras(paper_id, origin, [])
                self._storage.notes.remove_imported(paper_id, origin)

    def _listing(self, digest: ArchiveDigest, before: ArchiveDigest | None, ids: list[str]) -> None:
        """A day that no source has told of becomes a listing; a known one is left alone, unless
        an earlier version of this digest made it."""
        day = meaning.day_of(digest)
        if day is None or digest.style not in _LISTED_STYLES:
            return
        listing = self._storage.listings.get(day)
        own = {entry.paper_id for entry in before.entries} if before else set()
        if listing is not None and not {one.paper_id for one in listing.entries} <= own:
            return
        entries = [
            ListingEntry(paper_id, rank, entry.votes or 0)
            for rank, (paper_id, entry) in enumerate(zip(ids, digest.entries, strict=True), start=1)
        ]
        self._storage.listings.save(day, entries, settled=True, now=self._now)
        self._counts["listings"] += 1


def _origin(digest: ArchiveDigest, place: Place) -> str:
    """What notes and extras are marked with: ``review:2025-10-27``, with a number if needed."""
    number = f":{place.number}" if place.number > 1 else ""
    return f"{digest.style}:{digest.period}{number}"


def _made(digest: ArchiveDigest) -> datetime | None:
    """When the digest says it was made, else its own day."""
    day = date.fromisoformat(digest.made_on) if digest.made_on else meaning.day_of(digest)
    return datetime.combine(day, time(), tzinfo=UTC) if day else None
