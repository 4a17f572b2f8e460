"""The order in which a channel sees a day's papers: by votes, its topics and its members' taste.

Everything here is pure. A score is a sum of parts, so that a paper's place can be explained.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.digests.trends import topics_of
from storage import Paper

# A topic that someone asked for outweighs any number of votes; a habit only shifts the order.
# One that is only near in meaning counts half, as it is wrong more often.
_TOPIC, _FURTHER_TOPIC, _NEAR_TOPIC, _TASTE = 1.2, 0.1, 0.6, 0.5
_SIGNS = {"saved": 3.0, "asked": 2.0, "opened": 1.0, "liked": 1.0, "unwanted": -3.0}
# With this many signs a taste reaches half its full weight.
_HALF = 6.0
_NOTABLE = 0.3


@dataclass(frozen=True)
class Taste:
    """How much a channel cares for each topic, from -1 to 1."""

    weights: Mapping[str, float]

    def of(self, paper: Paper) -> float:
        """The paper's worth to the channel: its most wanted topic, less its least wanted one."""
        found = [self.weights.get(topic, 0.0) for topic in topics_of(paper)]
        return max([0.0, *found]) + min([0.0, *found])

    def notable(self, paper: Paper) -> str | None:
        """The paper's most wanted topic, if it is clearly wanted."""
        found = [(self.weights.get(topic, 0.0), topic) for topic in topics_of(paper)]
        weight, topic = max(found, default=(0.0, ""))
        return topic if weight >= _NOTABLE else None


NO_TASTE = Taste({})


def taste_of(signs: Iterable[tuple[Paper, Mapping[str, int]]]) -> Taste:
    """A channel's taste, from what its members did with papers, counted by kind
    (``saved``, ``asked``, ``opened``, ``unwanted``)."""
    sums: dict[str, float] = defaultdict(float)
    for paper, kinds in signs:
        weight = sum(_SIGNS.get(kind, 0.0) * count for kind, count in kinds.items())
        for topic in topics_of(paper):
            sums[topic] += weight
    return Taste({topic: told / (abs(told) + _HALF) for topic, told in sums.items()})


def score(
    paper: Paper, *, votes: int, most_votes: int, topics: int, taste: Taste, near: int = 0
) -> float:
    """The higher a paper's score, the earlier it is shown.

    *most_votes* are the most that any paper of the listing has, *topics* counts the wanted topics
    that this one matches by its words, *near* those that it matches only by its meaning.
    """
    liked = math.log1p(votes) / math.log1p(most_votes) if most_votes > 0 else 0.0
    fit = _TOPIC + _FURTHER_TOPIC * (topics - 1) if topics else _NEAR_TOPIC if near else 0.0
    return liked + fit + _TASTE * taste.of(paper)
