"""How well a sentence stands for a whole text, and for one slot of a summary."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.languages import any_of, language, language_of_text
from bot.summaries.outside_links import outside_links
from bot.summaries.slots import Cue
from bot.text.sentences import sentences as sentences_of
from bot.text.words import content_words
from storage import Passage

SHORTEST = 15
_NAME_WORDS = 3
_NUMBER = any_of(lambda one: one.cues.measured)
# A sentence that leans on something that won't be shown beside it.
_LEANING = any_of(lambda one: one.cues.leaning)
_CITATION = re.compile(r"\bet al\b|\([A-Za-z]+\d{4}\w*\)")
_MARKS = re.compile(r"\s?\[\d+(?:\s?[,;–-]\s?\d+)*\]|^\s*[•·▪]\s*|(?<=\s)[•·▪]\s")
_FORMULA = re.compile(r"[=∼∑∏∫∈≤≥∇∂ˆθπλσεΣ|{}_^\\]")
# "Code and data are public": true of many papers and telling of none.
_NOTICE = any_of(lambda one: one.cues.notice)
_OWN = any_of(lambda one: one.cues.own)
_ASIDE = any_of(lambda one: one.cues.aside)
_LEAD_IN = any_of(lambda one: one.cues.lead_in and f"^(?:{one.cues.lead_in})")
_NAME = re.compile(r"^[a-z]+(?:\d|[A-Z])")
# "B Pretraining", "C.2 Benchmarks": an appendix by its letter. "A" and "I" may be words.
_LETTERED = re.compile(r"^[B-HJ-Z](?:\.\d+)*\.? ")
_OF_OTHERS = re.compile(r"related work|case stud", re.IGNORECASE)
_ALIKE = 0.6
_ANYWHERE = 0.5
# How much each sign counts, in the currency of a first cue word.
_CUE, _FURTHER_CUE = 1.0, 0.3
_PLACE = 0.7
_LIKENESS, _TITLE_WORDS, _NAMED = 1.0, 0.5, 0.5
_SECTION, _IN_ABSTRACT, _OWN_WORK = 0.8, 0.6, 0.3
_OTHERS = 1.0


@dataclass(frozen=True)
class Sentence:
    """One sentence with where it stands: ``place`` runs from 0 to 1 through its text."""

    text: str
    place: float
    section: str = ""
    passage: int | None = None
    order: int = 0


def abstract_sentences(text: str) -> list[Sentence]:
    """The sentences of an abstract, each with its place."""
    parts = sentences_of(text)
    last = max(1, len(parts) - 1)
    return [
        Sentence(part, index / last, order=index)
        for index, part in enumerate(parts)
        if len(part) >= SHORTEST
    ]


def passage_sentences(passage: Passage, *, first: int) -> list[Sentence]:
    """The sentences of a passage without their citation marks, numbered from *first*."""
    parts = sentences_of(_MARKS.sub("", passage.text))
    return [
        Sentence(part, _ANYWHERE, passage.section, passage.ordinal, first + index)
        for index, part in enumerate(parts)
        if len(part) >= SHORTEST
    ]


def alike(first: str, second: str) -> bool:
    """Whether two sentences say much the same."""
    a, b = set(content_words(first)), set(content_words(second))
    return len(a & b) > _ALIKE * min(len(a), len(b))


def is_notice(text: str) -> bool:
    """Whether a sentence says no more than that code or data can be had."""
    longest = language(language_of_text(text)).cues.notice_length
    return len(text) < longest and bool(_NOTICE.search(text))


def without_lead_in(sentence: str) -> str:
    """The sentence without a first phrase that only ties it to the one before."""
    rest = _LEAD_IN.sub("", sentence, count=1)
    first = rest.split(" ", 1)[0]
    # "o3" and "mPLUG" are names and stay as they are.
    return rest if _NAME.search(first) else rest[:1].upper() + rest[1:]


class Likeness:
    """How much of what a text talks about most a sentence says (0 to 1)."""

    def __init__(self, sentences: Sequence[Sentence], title: str) -> None:
        counts = Counter(term for one in sentences for term in set(content_words(one.text)))
        self._weights = {term: math.log1p(count) for term, count in counts.items()}
        self._title = set(content_words(title))
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
        return len(self._title & set(content_words(sentence))) / len(self._title)

    def has_name(self, sentence: str) -> bool:
        """Whether the sentence names the paper's own work."""
        return bool(self._name) and self._name in sentence.lower()

    def _raw(self, sentence: str) -> float:
        found = set(content_words(sentence))
        # The root lets a long sentence gain from saying more, but not in proportion.
        return sum(self._weights.get(term, 0.0) for term in found) / math.sqrt(len(found) or 1)


def score(sentence: Sentence, cue: Cue, likeness: Likeness) -> float:
    """How well *sentence* fills a slot; only compared with others of the same text and slot."""
    text = sentence.text
    hits = len({match.group().lower() for match in cue.words.finditer(text)})
    total = _CUE * min(hits, 1) + _FURTHER_CUE * min(max(hits - 1, 0), 2)
    total += _PLACE * (1 - abs(sentence.place - cue.place))
    total += _LIKENESS * likeness.to_text(text) + _TITLE_WORDS * likeness.to_title(text)
    total += _NAMED * likeness.has_name(text) + _OWN_WORK * bool(_OWN.search(text))
    total += cue.number * bool(_NUMBER.search(text))
    total += _SECTION * _stands_in(sentence, cue)
    total += _IN_ABSTRACT * (sentence.passage is None)
    if cue.against is not None and cue.against.search(text):
        total -= _OTHERS
    return total - _faults(sentence)


def is_aside(section: str) -> bool:
    """Whether a section path leads into an appendix or the like."""
    return any(_ASIDE.search(title) or _LETTERED.match(title) for title in section.split(" › "))


def has_cue(sentence: Sentence, cue: Cue) -> bool:
    """Whether a sentence shows by its words, or by its section's title, that it fits a slot."""
    if cue.against is not None and cue.against.search(sentence.text):
        return False
    return bool(cue.words.search(sentence.text)) or _stands_in(sentence, cue)


def _stands_in(sentence: Sentence, cue: Cue) -> bool:
    return bool(cue.titles and sentence.section and cue.titles.search(sentence.section))


def _faults(sentence: Sentence) -> float:
    text = without_lead_in(sentence.text)
    total = 2.0 if outside_links(text) else 0.0
    if _LEANING.search(text):
        total += 0.6
    if is_aside(sentence.section) or _OF_OTHERS.search(sentence.section):
        total += 1.5
    total += 0.4 * min(6, len(_FORMULA.findall(text)))
    return total + 0.3 * min(2, len(_CITATION.findall(text)))
