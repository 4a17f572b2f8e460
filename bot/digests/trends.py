"""Topics that a week's papers are about more often than those of the weeks before, by counting."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.digests.trend_topics import TOPICS
from storage import Paper

_FEWEST = 4
_SMALLEST_SHARE = 0.035
_MOST_OVERLAP = 0.5
_COMMON_SHARE = 0.35  # what a third of all papers are about is no news
_SAYS_NOTHING = {"model", "training", "performance", "task", "method", "data", "dataset", "quality"}


@dataclass(frozen=True)
class Trend:
    """``topic`` is one of ``TOPICS`` or, with ``is_keyword``, a keyword of the source.

    ``counts`` are papers a week, oldest first, this week last; ``totals`` all papers of those
    weeks; ``papers`` this week's papers behind it, most votes first.
    """

    topic: str
    is_keyword: bool
    counts: tuple[int, ...]
    totals: tuple[int, ...]
    papers: tuple[Paper, ...]

    @property
    def is_compared(self) -> bool:
        """Whether there are papers of earlier weeks to compare with."""
        return sum(self.totals[:-1]) > 0

    @property
    def share(self) -> float:
        """Part of this week's papers, 0 to 1."""
        return self.counts[-1] / self.totals[-1] if self.totals[-1] else 0.0

    @property
    def earlier_share(self) -> float:
        """Part of the earlier weeks' papers, 0 to 1."""
        total = sum(self.totals[:-1])
        return sum(self.counts[:-1]) / total if total else 0.0

    @property
    def score(self) -> float:
        """How surprising this week's count is, in standard deviations of a binomial."""
        expected = (sum(self.counts[:-1]) + 1) / (sum(self.totals[:-1]) + 2)
        spread = math.sqrt(self.totals[-1] * expected * (1 - expected)) or 1.0
        return (self.counts[-1] - self.totals[-1] * expected) / spread


def find_trends(weeks: Sequence[Sequence[Paper]], *, count: int = 3) -> tuple[Trend, ...]:
    """The topics that rose most; *weeks* are oldest first, the last one is the week asked for. One
    alone has those that most of its papers are about.

    Two trends never share most of their papers. Where fewer than *count* rose, there are fewer.
    """
    keywords = _Phrases({one: (one,) for one in _keywords_of(weeks[-1])})
    about = [_by_topic(papers, keywords) for papers in weeks]
    totals = tuple(map(len, weeks))
    candidates = [
        Trend(
            *topic,
            tuple(len(week.get(topic, ())) for week in about),
            totals,
            tuple(sorted(about[-1].get(topic, ()), key=lambda one: (-one.votes, one.id))),
        )
        for topic in [*((one, False) for one in TOPICS), *((one, True) for one in keywords.names)]
    ]
    return _apart(sorted(filter(_rises, candidates), key=lambda one: -one.score), count)


def _by_topic(
    papers: Sequence[Paper], keywords: "_Phrases"
) -> Mapping[tuple[str, bool], list[Paper]]:
    """The papers by the topics and, as ``True`` tells, keywords that they are about."""
    found: dict[tuple[str, bool], list[Paper]] = defaultdict(list)
    for paper in papers:
        for topic in topics_of(paper):
            found[topic, False].append(paper)
        for keyword in keywords.of(paper):
            found[keyword, True].append(paper)
    return found


def _rises(trend: Trend) -> bool:
    return (
        trend.counts[-1] >= _FEWEST
        and trend.share >= _SMALLEST_SHARE
        and trend.share > trend.earlier_share
        and trend.earlier_share < _COMMON_SHARE
    )


def _apart(ranked: Sequence[Trend], count: int) -> tuple[Trend, ...]:
    chosen: list[Trend] = []
    for trend in ranked:
        if len(chosen) < count and all(_overlap(trend, one) < _MOST_OVERLAP for one in chosen):
            chosen.append(trend)
    return tuple(chosen)


def _overlap(one: Trend, other: Trend) -> float:
    mine, theirs = ({paper.id for paper in trend.papers} for trend in (one, other))
    return len(mine & theirs) / min(len(mine), len(theirs))


@lru_cache(maxsize=4096)
def topics_of(paper: Paper) -> frozenset[str]:
    """Those of ``TOPICS`` that a paper is about."""
    return _topics().of(paper)


@cache
def _topics() -> "_Phrases":
    return _Phrases(TOPICS)


class _Phrases:
    """Names with the phrases that speak of each, all looked for in one go through a text."""

    def __init__(self, phrases: Mapping[str, Sequence[str]]) -> None:
        self.names = tuple(phrases)
        self._by_first: dict[str, list[tuple[list[str], str]]] = defaultdict(list)
        for name, those in phrases.items():
            for form in (form for phrase in those for form in _forms(phrase)):
                words = form.split()
                self._by_first[words[0]].append((words, name))

    def of(self, paper: Paper) -> frozenset[str]:
        """The names of what a paper is about: told in its title, or repeatedly in its abstract."""
        told = self._told(paper.abstract)
        return frozenset(self._told(paper.title)).union(one for one in told if told[one] > 1)

    def _told(self, text: str) -> Counter[str]:
        """How often each is told of, counting no word twice."""
        words, counts = folded(text).split(), Counter[str]()
        free_from: dict[str, int] = {}
        for at, word in enumerate(words):
            for form, name in self._by_first.get(word, ()):
                end = at + len(form)
                if words[at:end] == form and free_from.get(name, 0) <= at:
                    counts[name] += 1
                    free_from[name] = end
        return counts


def _forms(phrase: str) -> tuple[str, ...]:
    """A phrase in singular and plural."""
    one = folded(phrase)
    return (one, f"{one}s") if phrase.isupper() else (one, f"{one}s", f"{one}es")


def folded(text: str) -> str:
    """Words in lower case, single spaces between."""
    return re.sub(r"(?:[^\w+]|_)+", " ", text.lower()).strip()


def _keywords_of(papers: Sequence[Paper]) -> Iterator[str]:
    """Their keywords of at least two words that are not among those of ``TOPICS``."""
    known = {folded(word) for words in TOPICS.values() for word in words}
    for keyword in (one for paper in papers for one in paper.keywords):
        plain = folded(re.sub(r"\([^()]*\)", " ", keyword)).rstrip("s")
        if plain not in known and _is_telling(plain):
            yield plain


def _is_telling(keyword: str) -> bool:
    parts = keyword.split()
    return len(parts) in (2, 3) and parts[-1] not in _SAYS_NOTHING
