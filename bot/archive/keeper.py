"""Stores what imported digests say: papers, listing, summaries, notes and the rest.

What a source told, a model made or a member wrote is never overwritten by an import; what an
import wrote follows the newest files.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.archive import meaning
from bot.archive.marks import note_text
from bot.archive.meaning import Facts, facts_of, paper_of
from bot.archive.titles import key_of
from bot.sources.kinds import DEFAULT_SOURCE
from storage import (
    ArchiveDigest,
    ArchivedPaper,
    ArchiveEdition,
    ListingEntry,
    Paper,
    Storage,
    Summary,
)
from storage.summaries import EXTRACTIVE, IMPORTED

_FIELDS = ("title", "authors", "organization", "code_url", "thumbnail_url", "votes")


# What imports say of papers otherwise than before: the paper, the language or digest, and what is
# told, which is None when it is nothing any more.
_Changes = Sequence[tuple[str, str, Any]]


class Keeper:
    """Writes one digest after the other within the caller's transaction."""

    def __init__(self, storage: Storage, now: datetime, counts: Counter[str]) -> None:
        self._storage = storage
        self._now = now
        self._counts = counts

    def keep(
        self,
        digest: ArchiveDigest,
        edition: int,
        *,
        source: str,
        instead: Sequence[ArchiveEdition],
    ) -> None:
        """Store *digest* as an *edition*. *instead* are the editions whose place it takes: earlier
        versions, also under a date that was corrected."""
        ids = [meaning.paper_id_of(entry) for entry in digest.entries]
        self._merge(digest, ids)
        replaced = [one.digest for one in instead]
        gone = [meaning.paper_id_of(entry) for old in replaced for entry in old.entries]
        concerned = list(dict.fromkeys([*ids, *gone]))
        before = self._facts(concerned)
        for one in instead:
            self._storage.archive.remove(one.digest.style, one.digest.period, one.number)
        new = self._new_papers(digest, ids)
        self._storage.archive.save(digest, ids, edition=edition, source=source, now=self._now)
        after = self._facts(concerned)
        self._papers(before, after)
        for kind, write in (
            ("titles", self._titles),
            ("abstracts", self._abstracts),
            ("summaries", self._summaries),
            ("notes", self._notes),
            ("extras", self._extras),
        ):
            if changes := list(_changes(before, after, concerned, kind)):
                write(changes, new)
        told = sorted([digest, *replaced], key=lambda one: one.style in meaning.LISTED_STYLES)
        for latest in {one.period: one for one in told}.values():
            self._listing(latest)
        self._storage.papers.remove_unused([one for one in concerned if one not in after])
        self._storage.search.outdate([one for one in concerned if one not in new])

    def _facts(self, ids: Sequence[str]) -> dict[str, Facts]:
        told: dict[str, list[ArchivedPaper]] = {}
        for one in self._storage.archive.told_of(ids):
            told.setdefault(one.paper_id, []).append(one)
        return {paper_id: facts_of(paper_id, found) for paper_id, found in told.items()}

    def _merge(self, digest: ArchiveDigest, ids: Sequence[str]) -> None:
        """An earlier version may have had a paper without its id."""
        keys = [key_of(meaning.full_title(entry)) for entry in digest.entries]
        known = {paper.id for paper in self._storage.papers.get_many(keys)}
        for key, paper_id in zip(keys, ids, strict=True):
            if key != paper_id and key in known:
                self._storage.papers.merge(key, paper_id)
                known.discard(key)

    def _new_papers(self, digest: ArchiveDigest, ids: Sequence[str]) -> set[str]:
        """Store the papers that were not known, and return their ids."""
        known = {paper.id for paper in self._storage.papers.get_many(ids)}
        new = {
            paper_id: paper_of(paper_id, [entry])
            for entry, paper_id in zip(digest.entries, ids, strict=True)
            if paper_id not in known
        }
        if known:
            self._counts["papers_known"] += len(known)
        self._counts["papers_new"] += len(new)
        self._storage.papers.save(new.values(), now=self._now)
        return set(new)

    def _papers(self, before: Mapping[str, Facts], after: Mapping[str, Facts]) -> None:
        """What an import wrote into a paper's row follows; what it lacks is filled in."""
        changed = []
        for stored in self._storage.papers.get_many(list(after)):
            told = after[stored.id].paper
            old = before[stored.id].paper if stored.id in before else None
            facts = {
                name: getattr(told, name)
                for name in _FIELDS
                if getattr(told, name) != getattr(stored, name) and _may_write(stored, name, old)
            }
            if facts:
                changed.append(replace(stored, **facts))
        self._storage.papers.restate(changed, now=self._now)

    def _titles(self, changes: _Changes, _new: set[str]) -> None:
        for paper_id, language, title in changes:
            if title is None:
                self._storage.archive.remove_title(paper_id, language)
            else:
                self._storage.archive.save_title(paper_id, language, title)

    def _abstracts(self, changes: _Changes, _new: set[str]) -> None:
        papers = self._storage.papers
        for paper_id, language, told in changes:
            if told is None:
                papers.remove_abstract(paper_id, language, origin=IMPORTED)
            elif papers.abstract_origin(paper_id, language) in (None, IMPORTED):
                papers.save_abstract(paper_id, language, told, origin=IMPORTED)

    def _summaries(self, changes: _Changes, new: set[str]) -> None:
        """What a model made or a member corrected stays, unless it has a problem."""
        stored = [paper_id for paper_id, *_ in changes if paper_id not in new]
        known = {
            language: self._storage.summaries.get_many(stored, language)
            for language in {language for _, language, _ in changes}
        }
        own = [
            (paper_id, language, told)
            for paper_id, language, told in changes
            if told is None or _may_replace(known[language].get(paper_id))
        ]
        told = [one for *_, one in own if one is not None]
        instead = [(paper_id, language) for paper_id, language, _ in own]
        self._storage.summaries.save_imported(told, instead=instead, now=self._now)
        self._counts["summaries"] += len(told)

    def _notes(self, changes: _Changes, new: set[str]) -> None:
        """The notes of one digest. What a member wrote in Slack and an export brought back is
        there already."""
        notes = self._storage.notes
        told = []
        for paper_id, _, found in changes:
            stored = [] if paper_id in new else notes.of_paper(paper_id)
            members = {(note.author, note_text(note)) for note in stored if note.origin == "slack"}
            told += [
                replace(note, written_at=self._now) if note.written_at.year == 1 else note
                for note in found or ()
                if (note.author, note.text) not in members
            ]
        notes.save_imported(told, instead=[(paper_id, origin) for paper_id, origin, _ in changes])
        self._counts["notes"] += len(told)

    def _extras(self, changes: _Changes, _new: set[str]) -> None:
        told = [(paper_id, origin, extras or ()) for paper_id, origin, extras in changes]
        self._storage.archive.save_extras(told)
        self._counts.update(meaning.COUNTED[extra.kind] for *_, extras in told for extra in extras)

    def _listing(self, digest: ArchiveDigest) -> None:
        """What imports say of a day, until its source is read: that alone settles a listing."""
        day = meaning.day_of(digest)
        if day is None or digest.style not in meaning.LISTED_STYLES:
            return
        told = self._storage.archive.ids_on(digest.period, meaning.LISTED_STYLES)
        self._storage.listings.tell(
            DEFAULT_SOURCE,
            day,
            [ListingEntry(one, rank, votes) for rank, (one, votes) in enumerate(told, start=1)],
            now=self._now,
        )
        self._counts["listings"] += 1


def _changes(
    before: Mapping[str, Facts], after: Mapping[str, Facts], papers: Iterable[str], kind: str
) -> Iterator[tuple[str, str, Any]]:
    for paper_id in papers:
        old, new = (getattr(one.get(paper_id), kind, {}) for one in (before, after))
        for name in {**old, **new}:
            if new.get(name) != old.get(name):
                yield paper_id, name, new.get(name)


def _may_replace(known: Summary | None) -> bool:
    return (
        known is None
        or bool(known.problem)
        or known.prompt_hash == IMPORTED
        or known.maker == EXTRACTIVE
    )


def _may_write(stored: Paper, name: str, before: Paper | None) -> bool:
    """Whether a field is empty or holds what an import wrote: a source dates its papers."""
    value = getattr(stored, name)
    if not value or (name == "title" and value == stored.id):
        return True
    return before is not None and stored.published is None and value == getattr(before, name)
