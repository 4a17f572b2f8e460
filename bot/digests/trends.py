"""Topics that a week's papers are about more often than those of the weeks before, by counting."""

import math
import re
from collections.abc import Mapping, Sequence
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
    texts = [[_Text.of(paper) for paper in week] for week in weeks]
    candidates = [
        _counted(topic, is_keyword, words, texts)
        for (topic, is_keyword), words in _vocabulary(weeks[-1]).items()
        if not is_keyword or _frequent(words[0], texts[-1])
    ]
    return _apart(sorted(filter(_rises, candidates), key=lambda one: -one.score), count)


@dataclass(frozen=True)
class _Text:
    """A paper with its folded title and abstract, a space at either end."""

    paper: Paper
    title: str
    abstract: str

    @classmethod
    def of(cls, paper: Paper) -> "_Text":
        return cls(paper, f" {folded(paper.title)} ", f" {folded(paper.abstract)} ")


def _frequent(word: str, week: Sequence[_Text]) -> bool:
    """Saves counting hundreds of keywords through all weeks."""
    return sum(word in text.title or word in text.abstract for text in week) >= _FEWEST


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


def _counted(
    topic: str, is_keyword: bool, words: tuple[str, ...], weeks: Sequence[Sequence[_Text]]
) -> Trend:
    test = _Test(words)
    found = [[text.paper for text in week if test.meets(text)] for week in weeks]
    behind = sorted(found[-1], key=lambda paper: (-paper.votes, paper.id))
    totals = tuple(len(week) for week in weeks)
    return Trend(topic, is_keyword, tuple(map(len, found)), totals, tuple(behind))


@lru_cache(maxsize=4096)
def topics_of(paper: Paper) -> frozenset[str]:
    """Those of ``TOPICS`` that a paper is about."""
    text = _Text.of(paper)
    return frozenset(topic for topic, test in _tests_of_topics().items() if test.meets(text))


@cache
def _tests_of_topics() -> "Mapping[str, _Test]":
    return {topic: _Test(words) for topic, words in TOPICS.items()}


class _Test:
    """Whether a paper is about one of some words: named in its title, or told of repeatedly."""

    def __init__(self, words: tuple[str, ...]) -> None:
        plain = [folded(word) for word in words if not word.isupper()]
        short = [folded(word) for word in words if word.isupper()]
        parts = [rf"{re.escape(word)}(?:s|es)?" for word in plain]
        parts += [rf"{re.escape(word)}s?" for word in short]
        self._pattern = re.compile(rf" (?:{'|'.join(parts)})(?= )")

    def meets(self, text: _Text) -> bool:
        if self._pattern.search(text.title):
            return True
        return len(self._pattern.findall(text.abstract)) > 1


def folded(text: str) -> str:
    """Words in lower case, single spaces between."""
    return re.sub(r"(?:[^\w+]|_)+", " ", text.lower()).strip()


def _vocabulary(papers: Sequence[Paper]) -> dict[tuple[str, bool], tuple[str, ...]]:
    """``TOPICS``, and this week's keywords of at least two words that are not among their words."""
    known = {folded(word) for words in TOPICS.values() for word in words}
    words = {(topic, False): terms for topic, terms in TOPICS.items()}
    for paper in papers:
        for keyword in paper.keywords:
            plain = folded(re.sub(r"\([^()]*\)", " ", keyword)).rstrip("s")
            if plain not in known and _is_telling(plain):
                words.setdefault((plain, True), (plain,))
    return words


def _is_telling(keyword: str) -> bool:
    parts = keyword.split()
    return len(parts) in (2, 3) and parts[-1] not in _SAYS_NOTHING
