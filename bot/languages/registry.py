"""The languages Paperboy speaks, and which of them a text or a locale calls for."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache

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


def named_language(text: str) -> str | None:
    """The first language whose name, in any of them, stands in *text*."""
    names = [
        (str(Locale.parse(one).get_language_name(other)).lower(), one)
        for one in LANGUAGES
        for other in LANGUAGES
    ]
    found = [(at, code) for name, code in names if (at := text.lower().find(name)) >= 0]
    return min(found)[1] if found else None


def own_name(code: str) -> str:
    """What a language calls itself."""
    return str(Locale.parse(code).get_display_name(code)).capitalize()


@cache
def months() -> Mapping[str, int]:
    """The names of months in all languages, full and short, in lower case, with their numbers."""
    return _numbered("months", lambda one: one.dates.months)


@cache
def weekdays() -> Mapping[str, int]:
    """The same of weekdays; Monday is 0."""
    return _numbered("days", lambda one: one.dates.weekdays)


def _numbered(what: str, further: Callable[[Language], Mapping[str, int]]) -> dict[str, int]:
    """The names that CLDR has for something, and the *further* ones of a language."""
    found: dict[str, int] = {}
    for one in languages():
        named = getattr(Locale.parse(one.code), what)["format"]
        for width in ("wide", "abbreviated"):
            found |= {name.lower().rstrip("."): number for number, name in named[width].items()}
        found |= further(one)
    return found


def languages_of(wish: str) -> tuple[str, ...]:
    """The languages behind a language or ``both``."""
    return LANGUAGES if wish == BOTH else (wish,)


def language_of_text(text: str, default: str = "en") -> str:
    """The first language that has a letter in *text*, else *default*. Of several with one script
    it is that whose common words stand there, or *default* among equals."""
    there = [one for one in languages() if one.letter.search(text)]
    alike = [one.code for one in there if one.is_latin == there[0].is_latin]
    alike.sort(key=lambda code: code != default)
    return max(alike, key=lambda code: _common_words(text, code), default=default)


# Lists ask it of the same abstracts each time they are shown.
@lru_cache(maxsize=512)
def is_in(text: str, code: str) -> bool:
    """Whether most of *text* is written in this language: Korean texts carry English terms, and a
    Korean example doesn't make a text Korean."""
    amounts = {one.code: one.amount(text) for one in languages()}
    most = [one for one in amounts if amounts[one] == max(amounts.values())]
    if len(most) > 1:
        most.sort(key=lambda one: -_common_words(text, one))
    return code == most[0]


def untranslated(texts: Iterable[str], words: Catalog) -> str:
    """The sentence that names the other languages that some of *texts* are in; "" if there is
    none."""
    shown = [text for text in texts if text]
    found = [
        one
        for one in LANGUAGES
        if one != words.language and any(is_in(text, one) for text in shown)
    ]
    return words.text("summaries-untranslated", languages=words.languages(found)) if found else ""


def _common_words(text: str, code: str) -> int:
    """How many words of *text* are among those that the language has for everything."""
    words = (word.strip(".,;:!?") for word in text.lower().split())
    return sum(word in language(code).words.stop for word in words)


def language_of_locale(locale: str | None, default: str) -> str:
    """The language of a locale such as ``ko-KR`` or ``ko_KR.UTF-8``; *default* where none fits."""
    prefix = re.split("[-_.]", locale or "", maxsplit=1)[0].lower()
    return prefix if prefix in _LANGUAGES else default


def language_of_environment(environment: Mapping[str, str]) -> str:
    """The language of the locale that *environment* names, as gettext looks for it; the first
    language where it names none, English where it names one that Paperboy doesn't speak."""
    named = (environment.get(one, "") for one in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next(filter(None, named), "C")
    is_none = re.split("[-_.]", locale, maxsplit=1)[0] in ("C", "POSIX")
    return LANGUAGES[0] if is_none else language_of_locale(locale, "en")
