"""Which papers of a listing a channel gets, and in which order."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.digests.ranking import NO_TASTE, Taste, score
from bot.digests.topics import matching
from storage import Paper, Summary


class Meaning(Protocol):
    """Finds papers by what they mean, as the search index does."""

    def near(self, topic: str, paper_ids: Sequence[str]) -> Sequence[str]:
        """Those of the papers that are clearly about *topic*."""


@dataclass(frozen=True)
class Candidate:
    """A listed paper with its votes.

    Once chosen, it also has the wanted topics that it matches by its words (``topics``) or only by
    its meaning (``near``), and the topic for which the members' taste favours it (``taste``).
    """

    paper: Paper
    votes: int
    topics: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    taste: str | None = None


@dataclass(frozen=True)
class Choice:
    """``chosen`` are shown in full, ``rest`` by title; ``hidden`` met a negative topic."""

    chosen: tuple[Candidate, ...]
    rest: tuple[Candidate, ...]
    hidden: tuple[Candidate, ...]

    @property
    def papers(self) -> tuple[Paper, ...]:
        """All that are shown, in full or by title, in their order."""
        return tuple(one.paper for one in (*self.chosen, *self.rest))


def choose(
    candidates: Sequence[Candidate],
    *,
    count: int,
    topics: Sequence[str] = (),
    negative_topics: Sequence[str] = (),
    exclude: Collection[str] = frozenset(),
    summaries: Mapping[str, Summary] | None = None,
    taste: Taste = NO_TASTE,
    meaning: Meaning | None = None,
) -> Choice:
    """The papers by :func:`bot.digests.ranking.score`; *exclude* holds ids already shown.

    Meaning only brings papers forward and never hides one, since it is wrong more often than words.
    """
    known = summaries or {}
    meant = _meant(topics, [one.paper.id for one in candidates], meaning)
    kept: list[Candidate] = []
    hidden: list[Candidate] = []
    for one in candidates:
        if one.paper.id in exclude:
            continue
        summary = known.get(one.paper.id)
        if matching(negative_topics, one.paper, summary):
            hidden.append(one)
        else:
            met = tuple(matching(topics, one.paper, summary))
            near = tuple(topic for topic in meant.get(one.paper.id, ()) if topic not in met)
            kept.append(Candidate(one.paper, one.votes, met, near, taste.notable(one.paper)))
    most = max((one.votes for one in kept), default=0)
    kept.sort(
        key=lambda one: score(
            one.paper,
            votes=one.votes,
            most_votes=most,
            topics=len(one.topics),
            near=len(one.near),
            taste=taste,
        ),
        reverse=True,
    )
    return Choice(tuple(kept[:count]), tuple(kept[count:]), tuple(hidden))


def _meant(
    topics: Sequence[str], paper_ids: Sequence[str], meaning: Meaning | None
) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    if meaning is None:
        return found
    for topic in topics:
        for paper_id in meaning.near(topic, paper_ids):
            found.setdefault(paper_id, []).append(topic)
    return found
