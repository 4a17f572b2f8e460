"""Which papers of a listing a channel gets, and in which order."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.digests.ranking import NO_TASTE, Taste, score
from bot.digests.topics import matching
from storage import Paper, Summary


@dataclass(frozen=True)
class Candidate:
    """A listed paper with its votes and, once chosen, the topics it meets and the topic of the
    channel's taste that speaks for it."""

    paper: Paper
    votes: int
    topics: tuple[str, ...] = ()
    taste: str | None = None


@dataclass(frozen=True)
class Choice:
    """``chosen`` are shown in full, ``rest`` by title; ``hidden`` met a negative topic."""

    chosen: tuple[Candidate, ...]
    rest: tuple[Candidate, ...]
    hidden: tuple[Candidate, ...]


def choose(
    candidates: Sequence[Candidate],
    *,
    count: int,
    topics: Sequence[str] = (),
    negative_topics: Sequence[str] = (),
    exclude: Collection[str] = frozenset(),
    summaries: Mapping[str, Summary] | None = None,
    taste: Taste = NO_TASTE,
) -> Choice:
    """The papers by :func:`bot.digests.ranking.score`; *exclude* holds ids already shown."""
    known = summaries or {}
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
            kept.append(Candidate(one.paper, one.votes, met, taste.notable(one.paper)))
    most = max((one.votes for one in kept), default=0)
    kept.sort(
        key=lambda one: score(
            one.paper, votes=one.votes, most_votes=most, topics=len(one.topics), taste=taste
        ),
        reverse=True,
    )
    return Choice(tuple(kept[:count]), tuple(kept[count:]), tuple(hidden))
