"""The order in which a channel or a member sees papers: by their topics, by what they cared for
before, and by votes where there are any.

Everything here is pure. A score is a sum of parts, so that a paper's place can be explained.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.digests.trends import topics_of
from storage import Paper, Sign

# A topic that someone asked for outweighs any number of votes. How much a paper is about it orders
# those that are; tests/benchmarks/choosing.py chose the weights of what follows.
_VOTES = 0.3
_TOPIC, _FURTHER_TOPIC, _NEAR_TOPIC = 1.2, 0.1, 2.0
_TASTE, _LIKENESS = 0.3, 2.0
_SIGNS = {
    "saved": 3.0,
    "more": 3.0,
    "asked": 2.0,
    "opened": 1.0,
    "liked": 1.0,
    "unwanted": -3.0,
}
# With this many signs a taste reaches half its full weight.
_HALF = 6.0
_NOTABLE = 0.3
# Fewer papers, or those of one member alone, say nothing about a whole channel.
_FEWEST_PAPERS, _FEWEST_MEMBERS = 3, 2


@dataclass(frozen=True)
class Taste:
    """What a channel or a member cares for.

    Attributes:
        topics: how much for each topic, from -1 to 1.
        papers: how much for each paper that somebody showed something for, from -1 to 1.
        known: those papers themselves, by their ids.
        labels: the topics that enough papers of enough members speak for to be told as a reason.
        is_own: whether it is one member's, who may read which of their papers it goes back to.
    """

    topics: Mapping[str, float] = field(default_factory=dict)
    papers: Mapping[str, float] = field(default_factory=dict)
    known: Mapping[str, Paper] = field(default_factory=dict)
    labels: frozenset[str] = frozenset()
    is_own: bool = False

    def of(self, paper: Paper) -> float:
        """The paper's worth: its most wanted topic, less its least wanted one."""
        found = [self.topics.get(topic, 0.0) for topic in topics_of(paper)]
        return max([0.0, *found]) + min([0.0, *found])

    def notable(self, paper: Paper) -> str | None:
        """The paper's most wanted topic, if it is clearly wanted."""
        told = topics_of(paper) & self.labels
        weight, topic = max(((self.topics.get(one, 0.0), one) for one in told), default=(0.0, ""))
        return topic if weight >= _NOTABLE else None


NO_TASTE = Taste()


def taste_of(signs: Iterable[Sign], papers: Mapping[str, Paper], *, is_own: bool = False) -> Taste:
    """What was shown for *papers*, by their ids, as a taste; *is_own* for one member's."""
    by_paper: dict[str, float] = defaultdict(float)
    by_topic: dict[str, float] = defaultdict(float)
    members: dict[str, set[str]] = defaultdict(set)
    behind: dict[str, list[str]] = defaultdict(list)
    for sign in signs:
        by_paper[sign.paper_id] += _SIGNS.get(sign.kind, 0.0)
        members[sign.paper_id].add(sign.user)
    for paper_id in by_paper.keys() & papers.keys():
        for topic in topics_of(papers[paper_id]):
            by_topic[topic] += by_paper[paper_id]
            behind[topic].append(paper_id)
    return Taste(
        topics={topic: told / (abs(told) + _HALF) for topic, told in by_topic.items()},
        papers={one: told / (abs(told) + _HALF / 2) for one, told in by_paper.items()},
        known=papers,
        labels=frozenset(
            topic
            for topic, shown in behind.items()
            if _tells([members[one] for one in shown], is_own=is_own)
        ),
        is_own=is_own,
    )


def _tells(members: Sequence[set[str]], *, is_own: bool) -> bool:
    """Whether papers for each of which these *members* showed something say enough."""
    many = {member for shown in members for member in shown}
    return len(members) >= _FEWEST_PAPERS and (is_own or len(many) >= _FEWEST_MEMBERS)


def score(
    paper: Paper,
    *,
    votes: int = 0,
    most_votes: int = 0,
    topics: int = 0,
    near: float = 0.0,
    taste: Taste = NO_TASTE,
    likeness: float = 0.0,
) -> float:
    """The higher a paper's score, the earlier it is shown.

    Args:
        paper: the paper.
        votes: its votes.
        most_votes: the most that any paper of the listings has.
        topics: how many wanted topics it matches by its words.
        near: how near it is to a wanted topic by words and meaning, from 0 to 1.
        taste: what the channel or member cares for.
        likeness: how much it is like what they cared for, from -1 to 1.
    """
    liked = math.log1p(votes) / math.log1p(most_votes) if most_votes > 0 else 0.0
    fit = _TOPIC + _FURTHER_TOPIC * (topics - 1) if topics else 0.0
    cared_for = _TASTE * taste.of(paper) + _LIKENESS * likeness
    return _VOTES * liked + fit + _NEAR_TOPIC * near + cared_for
