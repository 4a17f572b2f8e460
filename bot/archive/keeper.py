"""Stores what imported digests say: papers, listing, summaries, notes and the rest.

What a source told, a model made or a member wrote is never overwritten by an import; what an
import wrote follows the newest files.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.archive import meaning
from bot.archive.marks import note_text
from bot.archive.meaning import Facts, facts_of
from bot.archive.titles import key_of
from bot.sources.kinds import DEFAULT_SOURCE
from storage import ArchiveDigest, ListingEntry, Paper, Storage, Summary, Told
from storage.summaries import EXTRACTIVE, IMPORTED

_FIELDS = ("title", "authors", "organization", "code_url", "thumbnail_url", "votes")


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
        instead: Iterable[tuple[int, ArchiveDigest]] = (),
    ) -> None:
        """Store *digest* as an *edition*. *instead* are the editions whose place it takes, by
        their numbers: earlier versions, also under a date that was corrected."""
        instead = list(instead)
        ids = [meaning.paper_id_of(entry) for entry in digest.entries]
        self._merge(digest, ids)
        gone = [meaning.paper_id_of(entry) for _, old in instead for entry in old.entries]
        concerned = list(dict.fromkeys([*ids, *gone]))
        before = self._facts(concerned)
        for number, old in instead:
            self._storage.archive.remove(old.style, old.period, number)
        self._new_papers(digest, ids)
        self._storage.archive.save(digest, ids, edition=edition, source=source, now=self._now)
        after = self._facts(concerned)
        self._papers(concerned, before, after)
        for paper_id in concerned:
            self._said(paper_id, before.get(paper_id), after.get(paper_id))
        for one in {digest.period: digest, **{old.period: old for _, old in instead}}.values():
            self._listing(one)
        self._storage.papers.remove_unused([one for one in concerned if one not in after])
        self._storage.search.outdate(concerned)

    def _facts(self, ids: Sequence[str]) -> dict[str, Facts]:
        told: dict[str, list[Told]] = {}
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

    def _new_papers(self, digest: ArchiveDigest, ids: Sequence[str]) -> None:
        known = {paper.id for paper in self._storage.papers.get_many(ids)}
        if known:
            self._counts["papers_known"] += len(known)
        new: dict[str, Paper] = {}
        for entry, paper_id in zip(digest.entries, ids, strict=True):
            if paper_id not in known:
                new[paper_id] = Paper(paper_id, meaning.full_title(entry) or paper_id)
        self._counts["papers_new"] += len(new)
        self._storage.papers.save(new.values(), now=self._now)

    def _papers(
        self, ids: Sequence[str], before: dict[str, Facts], after: dict[str, Facts]
    ) -> None:
        """What an import wrote into a paper's row follows; what it lacks is filled in."""
        changed = []
        for stored in self._storage.papers.get_many([one for one in ids if one in after]):
            told = after[stored.id].paper
            old = before[stored.id].paper if stored.id in before else None
            facts = {
                name: getattr(told, name)
                for name in _FIELDS
                if _may_write(stored, name, old) and getattr(told, name) != getattr(stored, name)
            }
            if facts:
                changed.append(replace(stored, **facts))
        self._storage.papers.restate(changed, now=self._now)

    def _said(self, paper_id: str, before: Facts | None, after: Facts | None) -> None:
        """The texts about one paper."""
        self._title(paper_id, before, after)
        self._abstracts(paper_id, before, after)
        for language in {
            **(before.summaries if before else {}),
            **(after.summaries if after else {}),
        }:
            told = after.summaries.get(language) if after else None
            if told is None:
                self._storage.summaries.remove_imported(paper_id, language)
            elif before is None or before.summaries.get(language) != told:
                self._summary(told)
        for origin in {**(before.notes if before else {}), **(after.notes if after else {})}:
            self._notes(paper_id, origin, before, after)

    def _title(self, paper_id: str, before: Facts | None, after: Facts | None) -> None:
        old, new = (one.title_ko if one else "" for one in (before, after))
        if new and new != old:
            self._storage.archive.save_title(paper_id, "ko", new)
        elif old and not new:
            self._storage.archive.remove_title(paper_id, "ko")

    def _abstracts(self, paper_id: str, before: Facts | None, after: Facts | None) -> None:
        papers = self._storage.papers
        old, new = (one.abstracts if one else {} for one in (before, after))
        for language in {**old, **new}:
            if language not in new:
                papers.remove_abstract(paper_id, language, origin=IMPORTED)
            elif new[language] != old.get(language) and (
                papers.abstract_origin(paper_id, language) in (None, IMPORTED)
            ):
                papers.save_abstract(paper_id, language, new[language], origin=IMPORTED)

    def _summary(self, told: Summary) -> None:
        known = self._storage.summaries.get(told.paper_id, told.language)
        if (
            known is None
            or known.problem
            or known.prompt_hash == IMPORTED
            or (known.maker == EXTRACTIVE)
        ):
            self._storage.summaries.remove_imported(told.paper_id, told.language)
            self._storage.summaries.save(told, now=told.made_at or self._now)
            self._counts["summaries"] += 1

    def _notes(self, paper_id: str, origin: str, before: Facts | None, after: Facts | None) -> None:
        """Notes and extras of one digest about one paper. What a member wrote in Slack and an
        export brought back is there already."""
        old, new = (one.notes.get(origin, ()) if one else () for one in (before, after))
        if old != new:
            self._storage.notes.remove_imported(paper_id, origin)
            stored = self._storage.notes.of_paper(paper_id) if new else ()
            members = {(one.author, note_text(one)) for one in stored if one.origin == "slack"}
            for note in new:
                if (note.author, note.text) not in members:
                    undated = note.written_at.year == 1
                    self._storage.notes.add(
                        replace(note, written_at=self._now) if undated else note
                    )
                    self._counts["notes"] += 1
        extras_old, extras_new = (
            one.extras.get(origin, ()) if one else () for one in (before, after)
        )
        if extras_old != extras_new:
            self._storage.archive.save_extras(paper_id, origin, extras_new)
            for extra in extras_new:
                self._counts[meaning.COUNTED[extra.kind]] += 1

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


def _may_write(stored: Paper, name: str, before: Paper | None) -> bool:
    """Whether a field is empty or holds what an import wrote: a source dates its papers."""
    value = getattr(stored, name)
    if not value or (name == "title" and value == stored.id):
        return True
    return before is not None and stored.published is None and value == getattr(before, name)
