"""The languages Paperboy speaks, and which of them a text or a locale calls for."""

import re

LANGUAGES = ("ko", "en")
# What a channel may wish for as well: all of them, in this order.
BOTH = "both"

_HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
_LATIN = re.compile(r"[A-Za-z]")


def languages_of(wish: str) -> tuple[str, ...]:
    """The languages behind a language or ``both``."""
    return LANGUAGES if wish == BOTH else (wish,)


def language_of_text(text: str, default: str = "en") -> str:
    """``ko`` when there is any Hangul, ``en`` when there are only Latin letters, else *default*."""
    if _HANGUL.search(text):
        return "ko"
    return "en" if re.search(r"[A-Za-z]", text) else default


def is_in(text: str, language: str) -> bool:
    """Whether *text* is written in ``ko`` or ``en``: Korean texts carry English terms, and a
    Korean example doesn't make a text Korean."""
    syllables, letters = len(_HANGUL.findall(text)), len(_LATIN.findall(text))
    # A syllable says about as much as two letters.
    return (2 * syllables >= letters) == (language == "ko")


def language_of_locale(locale: str | None, default: str) -> str:
    """``ko`` or ``en`` for a Slack locale such as ``ko-KR``; *default* for any other."""
    prefix = (locale or "").split("-")[0].lower()
    return prefix if prefix in LANGUAGES else default
