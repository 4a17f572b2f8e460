"""The languages Paperboy speaks, and which of them a text or a locale calls for."""

import re
from collections.abc import Callable
from functools import cache

from babel import Locale

from bot.languages.catalog import Catalog
from bot.languages.language import Language
from bot.plugins import found_in

# Those with a script of their own come first: one of its letters tells whose text it is, while
# Latin letters stand in texts of any language.
_LANGUAGES: dict[str, Language] = {
    one.code: one
    for one in sorted(
        found_in("bot.languages", "LANGUAGE"), key=lambda one: (one.is_latin, one.code)
    )
}
LANGUAGES = tuple(_LANGUAGES)
# What a channel may wish for as well: all of them, in this order.
BOTH = "both"


def language(code: str) -> Language:
    """The language of this code.

    Raises:
        KeyError: Paperboy doesn't speak it.
    """
    return _LANGUAGES[code]


def languages() -> tuple[Language, ...]:
    """All languages, in the order of :data:`LANGUAGES`."""
    return tuple(_LANGUAGES.values())


def any_of(part: Callable[[Language], str]) -> re.Pattern[str]:
    """Matches, in any case, what *part* of some language matches."""
    return re.compile("|".join(filter(None, map(part, languages()))) or "(?!)", re.IGNORECASE)


@cache
def catalog(code: str) -> Catalog:
    """The catalogue of a language.

    Raises:
        KeyError: Paperboy doesn't speak it.
    """
    return Catalog(language(code))


def english_name(code: str) -> str:
    """What a language is called in English, as models are told it."""
    return str(Locale.parse(code).english_name)


def languages_of(wish: str) -> tuple[str, ...]:
    """The languages behind a language or ``both``."""
    return LANGUAGES if wish == BOTH else (wish,)


def language_of_text(text: str, default: str = "en") -> str:
    """The first language that has a letter in *text*, else *default*."""
    return next((code for code, one in _LANGUAGES.items() if one.letter.search(text)), default)


def is_in(text: str, code: str) -> bool:
    """Whether most of *text* is written in this language: Korean texts carry English terms, and a
    Korean example doesn't make a text Korean."""
    return max(_LANGUAGES, key=lambda one: _LANGUAGES[one].amount(text)) == code


def language_of_locale(locale: str | None, default: str) -> str:
    """The language of a Slack locale such as ``ko-KR``; *default* where none fits."""
    prefix = (locale or "").split("-")[0].lower()
    return prefix if prefix in _LANGUAGES else default
