"""How well a sentence represents a whole text, and how well it fits a slot of a summary."""

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.languages import any_of, language, language_of_text
from bot.languages.language import Cues
from bot.summaries.outside_links import outside_links
from bot.summaries.roles import BACKGROUND, CONTRIBUTION, METHOD, RESULT, roles_of
from bot.text.sentences import sentences as sentences_of
from bot.text.words import content_words
from storage import Passage

SHORTEST = 15
_NAME_WORDS = 3
_NUMBER = any_of(lambda one: one.cues.measured)
# Sentences that refer to something that won't be shown beside them.
_REFERRING = any_of(lambda one: one.cues.leaning)
_CITATION = re.compile(r"\bet al\b|\([A-Za-z]+\d{4}\w*\)")
_MARKS = re.compile(r"\s?\[\d+(?:\s?[,;–-]\s?\d+)*\]|^\s*[•·▪]\s*|(?<=\s)[•·▪]\s")
_FORMULA = re.compile(r"[=∼∑∏∫∈≤≥∇∂ˆθπλσεΣ|{}_^\\]")
# "Code and data are public": true of many papers, and says nothing about any.
_NOTICE = any_of(lambda one: one.cues.notice)
_OWN = any_of(lambda one: one.cues.own)
_ASIDE = any_of(lambda one: one.cues.aside)
_TITLES = any_of(lambda one: "|".join(one.cues.titles.values()))
_LEAD_IN = any_of(lambda one: one.cues.lead_in and f"^(?:{one.cues.lead_in})")
_NAME = re.compile(r"^[a-z]+(?:\d|[A-Z])")
# "B Pretraining", "C.2 Benchmarks": an appendix by its letter. "A" and "I" may be words.
_LETTERED = re.compile(r"^[B-HJ-Z](?:\.\d+)*\.? ")
_OF_OTHERS = re.compile(r"related work|case stud", re.IGNORECASE)
_ALIKE = 0.6
_ANYWHERE = 0.5
# How much each sign counts, where the first cue word counts 1.
_CUE, _FURTHER_CUE = 1.0, 0.3
_PLACE = 0.7
_LIKENESS, _TITLE_WORDS, _NAMED = 1.0, 0.5, 0.5
_SECTION, _IN_ABSTRACT, _OWN_WORK = 0.8, 0.6, 0.3
_OTHERS = 1.0


@dataclass(frozen=True)
class Cue:
    """By what a sentence is recognised that belongs into a slot: a highlight or a section.

    ``roles`` are those that its sentences have in an abstract (any, if empty). ``words`` are words
    in it, ``titles`` match the title of its section, ``place`` is where in a text such sentences
    mostly stand (0 is the start, 1 the end), and ``number`` is what a number in it counts. A
    sentence with words of ``against`` belongs into another slot after all. Where not ``by_title``,
    the section alone makes no sentence fit.
    """

    words: re.Pattern[str]
    titles: re.Pattern[str] | None
    place: float
    number: float = 0.0
    against: re.Pattern[str] | None = None
    roles: tuple[str, ...] = ()
    by_title: bool = True


def _said(words: Callable[[Cues], str]) -> re.Pattern[str]:
    return any_of(lambda one: words(one.cues))


def _either(one: str, other: str) -> str:
    return "|".join(filter(None, (one, other)))


def _titled(titles: str) -> re.Pattern[str]:
    return re.compile(titles, re.IGNORECASE)


# Sentences about the state of things before the paper, not about what the paper did or reached.
_BEFORE = any_of(lambda one: one.cues.before)

TLDR = Cue(_said(lambda cues: cues.new), None, 0.25)
HIGHLIGHT_CUES = {
    "new": Cue(
        _said(lambda cues: cues.new),
        _titled(r"introduction|contribution"),
        0.3,
        against=_BEFORE,
        roles=(CONTRIBUTION,),
        by_title=False,
    ),
    "technical": Cue(
        _said(lambda cues: cues.technical),
        _titled(r"method|approach|model|architecture|framework|algorithm|training"),
        0.5,
        against=_BEFORE,
        roles=(METHOD, CONTRIBUTION),
    ),
    "performance": Cue(
        _said(lambda cues: cues.performance),
        _titled(r"result|experiment|evaluation|performance|conclusion"),
        0.85,
        0.8,
        against=_BEFORE,
        roles=(RESULT,),
    ),
}
SECTION_CUES = {
    "motivation": Cue(
        _said(lambda cues: cues.motivation),
        _titled(r"introduction|motivation|background|problem"),
        0.1,
        roles=(BACKGROUND,),
    ),
    "contributions": Cue(
        _said(lambda cues: _either(cues.new, cues.contributions)),
        _titled(r"contribution"),
        0.35,
        roles=(CONTRIBUTION,),
    ),
    "method": HIGHLIGHT_CUES["technical"],
    "setup": Cue(
        _said(lambda cues: cues.setup),
        _titled(r"experiment|setup|setting|implementation|data|evaluation"),
        0.7,
        0.3,
        roles=(METHOD, RESULT),
    ),
    "results": HIGHLIGHT_CUES["performance"],
    "limitations": Cue(_said(lambda cues: cues.limitations), _titled(r"limitation|failure"), 0.9),
    "followups": Cue(_said(lambda cues: cues.followups), _titled(r"future"), 1.0),
}
INTRODUCTION = Cue(
    _said(lambda cues: _either(cues.motivation, cues.new)), _titled(r"introduction"), 0.3
)


@dataclass(frozen=True)
class Sentence:
    """One sentence and its place in its text, from 0 to 1; in an abstract also its role."""

    text: str
    place: float
    section: str = ""
    passage: int | None = None
    order: int = 0
    role: str = ""


def abstract_sentences(text: str) -> list[Sentence]:
    """The sentences of an abstract, each with its place."""
    parts = sentences_of(text)
    last = max(1, len(parts) - 1)
    return [
        Sentence(part, index / last, order=index, role=role)
        for index, (part, role) in enumerate(zip(parts, roles_of(parts), strict=True))
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
    """Whether a sentence says only that code or data are available."""
    longest = language(language_of_text(text)).cues.notice_length
    return len(text) < longest and bool(_NOTICE.search(text))


def leans(text: str) -> bool:
    """Whether a sentence begins with what only the one before it makes clear."""
    return _REFERRING.match(text) is not None


def without_lead_in(sentence: str) -> str:
    """The sentence without an opening phrase that only links it to the one before."""
    rest = _LEAD_IN.sub("", sentence, count=1)
    first = rest.split(" ", 1)[0]
    # "o3" and "mPLUG" are names and stay as they are.
    return rest if _NAME.search(first) else rest[:1].upper() + rest[1:]


class Likeness:
    """How much a sentence says of what its text talks about most (0 to 1)."""

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
    if sentence.role and cue.roles:
        return sentence.role in cue.roles
    if cue.against is not None and cue.against.search(sentence.text):
        return False
    if cue.words.search(sentence.text):
        return True
    return cue.by_title and _stands_in(sentence, cue)


def _stands_in(sentence: Sentence, cue: Cue) -> bool:
    """Whether a sentence's section is one for the slot: the first of its titles that says what it
    is for decides, so that training dynamics among the experiments are results."""
    for title in sentence.section.split(" › ") if cue.titles else ():
        if cue.titles and cue.titles.search(title):
            return True
        if _TITLES.search(title):
            return False
    return False


def _faults(sentence: Sentence) -> float:
    text = without_lead_in(sentence.text)
    total = 2.0 if outside_links(text) else 0.0
    if _REFERRING.search(text):
        total += 0.6
    if is_aside(sentence.section) or _OF_OTHERS.search(sentence.section):
        total += 1.5
    total += 0.4 * min(6, len(_FORMULA.findall(text)))
    return total + 0.3 * min(2, len(_CITATION.findall(text)))
