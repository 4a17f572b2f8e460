"""What people want with what they say in a thread or to Paperboy: told by examples in every
language, without a model."""

import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path

from bot.languages import any_of, languages
from bot.search import Embedder
from bot.search.examples import ByExample, load

# What was learnt from the examples, with the encoder and without it; written by ``python -m
# tests.learn_talk``.
STORED = Path(__file__).with_name("talk.npz")
BY_MEANING, BY_WORDS = "meaning", "words"

# How much it counts that a message speaks of what the paper speaks of, from which likeness on.
_OF_THE_PAPER, _LEAST_ALIKE = 0.3, 0.15
# Below, no other intent is sure enough: what is asked then is a question.
_SURE = -0.8
_NAMES = any_of(lambda one: one.our_name).pattern
_CALL = re.compile(
    rf"\A\W{{0,9}}(?:{_NAMES})\b\W{{0,9}}|[\s,]{{1,9}}(?:{_NAMES})[\s.!?~]{{0,9}}\Z", re.IGNORECASE
)
# Mentions of others, and code.
_ASIDE = re.compile(r"@[A-Z0-9]{2,20}\b|```.*?```|`[^`]*`", re.DOTALL)


class Intent(StrEnum):
    """The kinds of examples in ``talk.json`` of the languages' folders."""

    # What members say to each other.
    REMARK = "remark"
    # What can be asked of Paperboy: a question on a paper, or something that a tool is for.
    QUESTION = "question"
    BRIEF = "brief"
    SIMPLE = "simple"
    DETAILED = "detailed"
    TODAY = "today"
    TRENDS = "trends"
    RELATED = "related"
    FIND = "find"
    SAVE = "save"
    SAVED = "saved"
    # What is said to Paperboy beside that.
    SUBSCRIBE = "subscribe"
    FORGET = "forget"
    GREETING = "greeting"
    HELP = "help"
    THANKS = "thanks"
    CANNOT = "cannot"
    # A bare mention.
    NOTHING = "nothing"


# In a thread among members these are not for Paperboy, or nobody can tell.
ONLY_TO_US = frozenset(
    (
        Intent.SUBSCRIBE,
        Intent.FORGET,
        Intent.GREETING,
        Intent.HELP,
        Intent.THANKS,
        Intent.CANNOT,
    )
)

_SAID_TO_US = tuple(one for one in Intent if one not in (Intent.REMARK, Intent.NOTHING))
# What is asked of each example beside its intent.
FOR_US = "for us"


class Talk:
    """Looks at messages by their meaning and form. Safe in any thread."""

    def __init__(self, embedder: Embedder | None) -> None:
        """*embedder* is the encoder that is installed with Paperboy, or None to go by words
        alone: the vectors that were learnt are its own."""
        self._embedder = embedder

    def prepare(self) -> None:
        """Load the encoder and what was learnt, which takes a second, before the first message has
        to wait for it."""
        self._scores("paper")

    def looks(self, text: str, about: Callable[[], Sequence[str]] = tuple) -> float:
        """How much a message in a thread looks like something for Paperboy: 1 for what surely
        is a request, -1 for talk among members. *about* gives texts on what the thread is about."""
        plain = without_call(_ASIDE.sub(" ", text))
        if not any(map(str.isalnum, plain)):
            return -1.0
        alike = max(0.0, self._alike(plain, about()) - _LEAST_ALIKE)
        return self._scores(plain)[FOR_US] + _OF_THE_PAPER * alike

    def intent(self, text: str) -> Intent:
        """What somebody wants who speaks to Paperboy."""
        plain = without_call(text)
        if not plain:
            return Intent.NOTHING
        scores = self._scores(plain)
        best = max(_SAID_TO_US, key=lambda one: scores[one])
        return best if scores[best] > _SURE else Intent.QUESTION

    def examples(self, intent: Intent) -> Sequence[str]:
        """The examples of what is said with an intent."""
        return known_examples()[intent]

    def _scores(self, text: str) -> dict[str, float]:
        learnt = _learnt(BY_WORDS if self._embedder is None else BY_MEANING)
        return learnt.scores(text, self._embedder)

    def _alike(self, text: str, about: Sequence[str]) -> float:
        if self._embedder is None or not about:
            return 0.0
        return float((self._embedder.embed(list(about)) @ self._embedder.embed([text])[0]).max())


def calls_us(text: str) -> bool:
    """Whether a text begins or ends with Paperboy's name; in the middle of a sentence it is merely
    spoken of."""
    return _CALL.search(text) is not None


def without_call(text: str) -> str:
    """A text without the name by which it calls Paperboy."""
    return _CALL.sub(" ", text).strip()


@cache
def known_examples() -> Mapping[Intent, Sequence[str]]:
    """The examples of all languages, with those of questions that tell apart what is asked about
    a paper."""
    found: dict[Intent, list[str]] = {one: [] for one in Intent if one is not Intent.NOTHING}
    for language in languages():
        for kind, texts in language.table("talk").items():
            found[Intent(kind)] += texts
    known = {text for texts in found.values() for text in texts}
    for language in languages():
        texts = [text for texts in language.asking.questions.values() for text in texts]
        found[Intent.QUESTION] += [text for text in dict.fromkeys(texts) if text not in known]
    return found


@cache
def _learnt(name: str) -> ByExample:
    return load(STORED, name)
