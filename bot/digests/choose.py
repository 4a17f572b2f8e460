"""Which papers of some listings a channel or a member gets, and in which order."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from bot.digests.content import DigestEntry
from bot.digests.ranking import NO_TASTE, Taste, score
from bot.digests.topics import matching
from storage import Paper, Summary

# More papers than these would be a list of titles that nobody reads.
MOST_TITLES = 100


class Meaning(Protocol):
    """Compares papers by what they mean, as the search index does."""

    def near(self, topic: str, paper_ids: Sequence[str]) -> Mapping[str, tuple[float, bool]]:
        """How near each paper is to *topic* by words and meaning, from 0 to 1, and whether it
        clearly means it."""

    def likeness(
        self, cared_for: Mapping[str, float], paper_ids: Sequence[str]
    ) -> Mapping[str, tuple[float, str | None]]:
        """How much papers are like those that were cared for (from -1 to 1 by their ids), from -1
        to 1, and which of them each clearly is like."""


@dataclass(frozen=True)
class Choice:
    """``chosen`` are shown in full, ``rest`` by title; ``hidden`` met a negative topic, and
    ``left_out`` are so many that not even their titles are shown. ``ranked_by`` is what ordered
    them besides votes: ``topics``, ``taste``."""

    chosen: tuple[DigestEntry, ...]
    rest: tuple[DigestEntry, ...]
    hidden: tuple[DigestEntry, ...]
    left_out: tuple[DigestEntry, ...] = ()
    ranked_by: tuple[str, ...] = ()

    @property
    def papers(self) -> tuple[Paper, ...]:
        """All that are shown, in full or by title, in their order."""
        return tuple(one.paper for one in (*self.chosen, *self.rest))


def choose(
    candidates: Sequence[DigestEntry],
    *,
    count: int,
    topics: Sequence[str] = (),
    negative_topics: Sequence[str] = (),
    exclude: Collection[str] = frozenset(),
    numbered: Sequence[str] = (),
    summaries: Mapping[str, Summary] | None = None,
    taste: Taste = NO_TASTE,
    meaning: Meaning | None = None,
    own_votes: Mapping[str, int] | None = None,
) -> Choice:
    """The papers by :func:`bot.digests.ranking.score`, with the reasons for it.

    *exclude* holds ids already shown, *own_votes* what counts like votes besides. Those that are
    *numbered* come before all others, in that order, and no negative topic hides them.

    Meaning only brings papers forward and never hides one, since it is wrong more often than words.
    """
    known, own = summaries or {}, own_votes or {}
    places = {paper_id: place for place, paper_id in enumerate(numbered)}
    kept: list[DigestEntry] = []
    hidden: list[DigestEntry] = []
    for one in candidates:
        if one.paper.id not in exclude:
            unwanted = one.paper.id not in places and matching(
                negative_topics, one.paper, known.get(one.paper.id)
            )
            (hidden if unwanted else kept).append(one)
    ids = [one.paper.id for one in kept]
    meant = {topic: meaning.near(topic, ids) if meaning else {} for topic in topics}
    alike = meaning.likeness(taste.papers, ids) if meaning and taste.papers else {}
    votes = {one.paper.id: max(0, one.votes + own.get(one.paper.id, 0)) for one in kept}
    most = max(votes.values(), default=0)
    ranked: list[tuple[float, DigestEntry]] = []
    for one in kept:
        paper = one.paper
        met = tuple(matching(topics, paper, known.get(paper.id)))
        near = {topic: found[paper.id] for topic, found in meant.items() if paper.id in found}
        degree, like = alike.get(paper.id, (0.0, None))
        worth = score(
            paper,
            votes=votes[paper.id],
            most_votes=most,
            topics=len(met),
            near=max((how for how, _ in near.values()), default=0.0),
            taste=taste,
            likeness=degree,
        )
        reasons: dict[str, Any] = {
            "topics": met,
            "near": tuple(
                topic for topic, (_, is_meant) in near.items() if is_meant and topic not in met
            ),
            "taste": taste.notable(paper),
            "is_own": taste.is_own,
            "like": taste.known.get(like or "") if taste.is_own else None,
        }
        ranked.append((worth, replace(one, **reasons) if any(reasons.values()) else one))
    ranked.sort(key=lambda pair: (places.get(pair[1].paper.id, len(places)), -pair[0]))
    ordered = tuple(one for _, one in ranked)
    rest = ordered[count:]
    named, left_out = (rest, ()) if len(rest) <= MOST_TITLES else ((), rest)
    is_cared_for = taste.papers or any(own.values())
    ranked_by = (*(["topics"] if topics else []), *(["taste"] if is_cared_for else []))
    return Choice(ordered[:count], named, tuple(hidden), left_out, ranked_by)
