"""What is said to Paperboy that is no question about papers. Pure."""

import re
from collections.abc import Callable
from enum import Enum, auto

from bot.languages import any_of, languages
from bot.languages.language import Asking


class Intent(Enum):
    """A question, a greeting or plea for help, thanks, today's papers, or a bare mention."""

    QUESTION = auto()
    GREETING = auto()
    THANKS = auto()
    TODAY = auto()
    NOTHING = auto()


def _phrase(part: Callable[[Asking], str]) -> re.Pattern[str]:
    """Matches a text on one line that is nothing but one of a language's phrases."""
    phrases = any_of(lambda one: part(one.asking)).pattern
    return re.compile(rf"\A(?:{phrases})[\s!~.,?？^:){_LAUGHTER}]*\Z", re.IGNORECASE)


_LAUGHTER = "".join(one.asking.laughter for one in languages())
_PHRASES = (
    (Intent.GREETING, _phrase(lambda asking: asking.greeting)),
    (Intent.THANKS, _phrase(lambda asking: asking.thanks)),
    (Intent.TODAY, _phrase(lambda asking: asking.today)),
)


def intent_of(text: str) -> Intent:
    """What *text* wants; whatever says more than a set phrase is a question."""
    said = " ".join(text.split())
    if not said:
        return Intent.NOTHING
    for intent, phrase in _PHRASES:
        if phrase.match(said):
            return intent
    return Intent.QUESTION
