"""How near two papers are by their words, and what one has that the other hasn't. Pure."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.text.words import content_words
from storage import Paper

_TITLE_COUNTS = 3
_NEW_WORDS = 2
_GENERIC = re.compile(r"\b(fine-tuning|benchmarks?|large language models?|LLMs?|datasets?)\b", re.I)


@dataclass(frozen=True)
class Words:
    """A paper's words with their counts; words of the title count three times more."""

    paper: Paper
    counts: Mapping[str, int]

    @classmethod
    def of(cls, paper: Paper) -> "Words":
        """The words of title and abstract."""
        counts = Counter(content_words(paper.abstract))
        for word in content_words(paper.title):
            counts[word] += _TITLE_COUNTS
        return cls(paper, counts)


class Rarity:
    """What words weigh: the fewer of many papers hold a word, the more it says."""

    def __init__(self, papers: Iterable[Words]) -> None:
        self._papers = 0
        self._holding: Counter[str] = Counter()
        for words in papers:
            self._papers += 1
            self._holding.update(words.counts.keys())

    def weighed(self, words: Words) -> dict[str, float]:
        """The words that can be shared, since they stand in two papers at least, by weight."""
        return {
            word: (1 + math.log(count)) * math.log(self._papers / self._holding[word])
            for word, count in words.counts.items()
            if 1 < self._holding[word] < self._papers
        }


def nearness(one: Words, other: Words, rarity: Rarity) -> float:
    """Cosine of the two papers' weighed words, 0 to 1."""
    mine, theirs = rarity.weighed(one), rarity.weighed(other)
    together = sum(weight * theirs.get(word, 0.0) for word, weight in mine.items())
    lengths = _length(mine) * _length(theirs)
    return together / lengths if lengths else 0.0


def new_words(one: Words, other: Words) -> tuple[str, ...]:
    """Up to two of the first paper's keywords that say something the other paper doesn't; words
    that half of all papers use, and the paper's own name, say nothing."""
    name = " ".join(content_words(one.paper.title.partition(":")[0]))
    found = []
    for keyword in one.paper.keywords:
        words = content_words(re.sub(r"\([^()]*\)", "", keyword))
        told = words and not any(word in other.counts for word in words)
        if told and not _GENERIC.search(keyword) and " ".join(words) not in name:
            found.append(keyword.strip())
    return tuple(found[:_NEW_WORDS])


def _length(weights: Mapping[str, float]) -> float:
    return math.sqrt(sum(weight * weight for weight in weights.values()))
