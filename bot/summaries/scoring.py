"""How well a sentence stands for a whole text, and for one slot of a summary."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.summaries.sentences import split_sentences, terms, without_lead_in
from bot.summaries.slots import Cue
from storage import Passage

SHORTEST = 15
_NAME_WORDS = 3
_NUMBER = re.compile(r"\d+(?:\.\d+)?\s*(?:%|×|x\b|배|점|points?\b)|\b\d+\.\d+\b")
_LINK = re.compile(r"https?://|www\.|github\.com", re.IGNORECASE)
# A sentence that leans on something that won't be shown beside it.
_LEANING = re.compile(
    r"^(?:it|they|these|those|this|such|then|here|for example|moreover|also|as shown|however|but)\b"
    r"|^(?:그리고|이는|이를)\s"
    r"|\b(?:Fig(?:ure|\.)|Table|Tab\.|Eq(?:uation|\.)|Section|Sec\.|Appendix|Algorithm) ?\(?[\dA-Z]"
    r"|\bin (?:this|the (?:next|following)) section\b|그림 ?\d|표 ?\d",
    re.IGNORECASE,
)
_CITATION = re.compile(r"\bet al\b|\([A-Za-z]+\d{4}\w*\)")
_MARKS = re.compile(r"\s?\[\d+(?:\s?[,;–-]\s?\d+)*\]|^\s*[•·▪]\s*|(?<=\s)[•·▪]\s")
_FORMULA = re.compile(r"[=∼∑∏∫∈≤≥∇∂ˆθπλσεΣ|{}_^\\]")
_OWN = re.compile(r"\b(?:we|our)\b", re.IGNORECASE)
_ASIDE = re.compile(r"appendix|related work|acknowledg|case stud|supplement|부록", re.IGNORECASE)
_ALIKE = 0.6
_ANYWHERE = 0.5


@dataclass(frozen=True)
class Sentence:
    """One sentence with where it stands: ``place`` runs from 0 to 1 through its text."""

    text: str
    place: float
    section: str = ""
    passage: int | None = None
    order: int = 0


@dataclass(frozen=True)
class Weights:
    """How much each sign counts."""

    cue: float = 1.0
    second_cue: float = 0.3
    place: float = 0.7
    likeness: float = 1.0
    title_words: float = 0.5
    name: float = 0.5
    section: float = 0.8
    abstract: float = 0.6
    own: float = 0.3


def abstract_sentences(text: str) -> list[Sentence]:
    """The sentences of an abstract, each with its place."""
    parts = split_sentences(text)
    last = max(1, len(parts) - 1)
    return [
        Sentence(part, index / last, order=index)
        for index, part in enumerate(parts)
        if len(part) >= SHORTEST
    ]


def passage_sentences(passage: Passage, *, first: int) -> list[Sentence]:
    """The sentences of a passage without their citation marks, numbered from *first*."""
    parts = split_sentences(_MARKS.sub("", passage.text))
    return [
        Sentence(part, _ANYWHERE, passage.section, passage.ordinal, first + index)
        for index, part in enumerate(parts)
        if len(part) >= SHORTEST
    ]


def alike(first: str, second: str) -> bool:
    """Whether two sentences say much the same."""
    a, b = set(terms(first)), set(terms(second))
    return len(a & b) > _ALIKE * min(len(a), len(b))


class Likeness:
    """How much of what a text talks about most a sentence says (0 to 1)."""

    def __init__(self, sentences: Sequence[Sentence], title: str) -> None:
        counts = Counter(term for one in sentences for term in set(terms(one.text)))
        self._weights = {term: math.log1p(count) for term, count in counts.items()}
        self._title = set(terms(title))
        # "DAPO: An Open-Source …": what the paper calls its own work.
        head, colon, _ = title.partition(":")
        self._name = head.strip().lower() if colon and len(head.split()) <= _NAME_WORDS else ""
        self._most = max((self._raw(one.text) for one in sentences), default=0.0) or 1.0

    def to_text(self, sentence: str) -> float:
        """Likeness to the text as a whole."""
        return self._raw(sentence) / self._most

    def to_title(self, sentence: str) -> float:
        """The share of the title's words that the sentence has."""
        if not self._title:
            return 0.0
        return len(self._title & set(terms(sentence))) / len(self._title)

    def has_name(self, sentence: str) -> bool:
        """Whether the sentence names the paper's own work."""
        return bool(self._name) and self._name in sentence.lower()

    def _raw(self, sentence: str) -> float:
        found = set(terms(sentence))
        # The root lets a long sentence gain from saying more, but not in proportion.
        return sum(self._weights.get(term, 0.0) for term in found) / math.sqrt(len(found) or 1)


def score(sentence: Sentence, cue: Cue, likeness: Likeness, weights: Weights) -> float:
    """How well *sentence* fills a slot; only compared with others of the same text and slot."""
    hits = len({match.group().lower() for match in cue.words.finditer(sentence.text)})
    total = weights.cue * min(hits, 1) + weights.second_cue * min(max(hits - 1, 0), 2)
    total += weights.place * (1 - abs(sentence.place - cue.place))
    total += weights.likeness * likeness.to_text(sentence.text)
    total += weights.title_words * likeness.to_title(sentence.text)
    total += weights.name * likeness.has_name(sentence.text)
    if cue.number and _NUMBER.search(sentence.text):
        total += cue.number
    if cue.titles and sentence.section and cue.titles.search(sentence.section):
        total += weights.section
    if _OWN.search(sentence.text):
        total += weights.own
    if sentence.passage is None:
        total += weights.abstract
    return total - _faults(sentence)


def has_cue(sentence: Sentence, cue: Cue) -> bool:
    """Whether a sentence shows by its words, or by its section's title, that it fits a slot."""
    if cue.words.search(sentence.text):
        return True
    return bool(cue.titles and sentence.section and cue.titles.search(sentence.section))


def _faults(sentence: Sentence) -> float:
    text = without_lead_in(sentence.text)
    total = 2.0 if _LINK.search(text) else 0.0
    if _LEANING.search(text):
        total += 0.6
    if _ASIDE.search(sentence.section):
        total += 1.5
    total += 0.4 * min(6, len(_FORMULA.findall(text)))
    return total + 0.3 * min(2, len(_CITATION.findall(text)))
