"""Catalogues: a message id and its arguments in, a finished sentence out."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import ModuleType
from typing import TYPE_CHECKING, Any

from babel import Locale
from babel.lists import format_list
from babel.numbers import format_decimal

from bot.languages.language import Language

if TYPE_CHECKING:
    from fluent.runtime import FluentBundle


class UnknownMessageError(KeyError):
    """A message id that the catalogue lacks, or one used with missing arguments: a bug."""


# The library takes no more than 1000 characters in one place of a message.
_LONGEST_ARGUMENT = 900
_KEPT = 2048


_ID = re.compile(r"^[a-z][\w-]*(?= =)", re.MULTILINE)


class Catalog:
    """The words of one language: the Fluent files of its folder.

    A message's id begins with the name of its file, which is read when one of its messages is
    first wanted.
    """

    def __init__(self, language: Language) -> None:
        self.language = language.code
        self._functions = dict(language.functions)
        folder = files("bot.languages") / language.code
        self._files = {
            one.name.removesuffix(".ftl"): one
            for one in folder.iterdir()
            if one.name.endswith(".ftl")
        }
        self._bundles: dict[str, FluentBundle] = {}
        # Labels and headings are asked for again and again; 1 and True are told apart.
        self._known = lru_cache(_KEPT, typed=True)(self._text)

    def text(self, message_id: str, **arguments: Any) -> str:
        """The message in this language.

        Raises:
            UnknownMessageError: no such message, or an argument is missing.
        """
        return self._known(message_id, **arguments)

    def with_detail(self, message_id: str, detail: object, **arguments: Any) -> str:
        """The message, and after it in brackets what a library, server or system said, in its own
        words.

        Raises:
            UnknownMessageError: no such message, or an argument is missing.
        """
        quoted = " ".join(str(detail).split())
        return f"{self.text(message_id, **arguments)}{f' [{quoted}]' if quoted else ''}"

    def _text(self, message_id: str, **arguments: Any) -> str:
        bundle = self._bundle_of(message_id)
        pattern = bundle.get_message(message_id).value if bundle else None
        if bundle is None or pattern is None:
            raise UnknownMessageError(f"{self.language}: {message_id}")
        shown = {name: _shortened(value) for name, value in arguments.items()}
        text, errors = bundle.format_pattern(pattern, shown)
        if errors:
            raise UnknownMessageError(f"{self.language}: {message_id}: {errors}")
        return str(text)

    def has(self, message_id: str) -> bool:
        """Whether this message exists."""
        return self._bundle_of(message_id) is not None

    def message_ids(self) -> set[str]:
        """All message ids of the catalogue."""
        return {name for one in self._files.values() for name in _ID.findall(_words(one))}

    def _bundle_of(self, message_id: str) -> "FluentBundle | None":
        """The messages of the file that has this one; None if it doesn't exist."""
        # A start needs no message until Slack is let in.
        from fluent.runtime import FluentBundle, FluentResource

        name = message_id.partition("-")[0]
        if name not in self._bundles and name in self._files:
            bundle = FluentBundle([self.language], functions=self._functions, use_isolating=False)
            bundle.add_resource(FluentResource(_words(self._files[name])))
            self._bundles[name] = bundle
        found = self._bundles.get(name)
        return found if found is not None and found.has_message(message_id) else None

    def day(self, day: date) -> str:
        """A full date: ``2025년 3월 19일 수요일`` or ``Wednesday, March 19, 2025``."""
        return _formatted(day, "full", self.language)

    def long_day(self, day: date) -> str:
        """A date with its year and without the weekday: ``2025년 3월 19일``, ``March 19, 2025``."""
        return _formatted(day, "long", self.language)

    def short_day(self, day: date) -> str:
        """Month and day with the weekday: ``3월 19일 (수)`` or ``Wed, Mar 19``."""
        return _short_day(day, self.language)

    def days(self, first: date, last: date) -> str:
        """A span of days: ``2025년 3월 17일~23일`` or ``Mar 17 – 23, 2025``."""
        return str(_dates().format_interval(first, last, "yMMMd", locale=self.language))

    def moment(self, moment: datetime) -> str:
        """A date with time, in the zone that *moment* carries."""
        return str(_dates().format_datetime(moment, format="medium", locale=self.language))

    def languages(self, codes: Sequence[str]) -> str:
        """What languages are called in this one: ``한국어와 영어`` or ``Korean and English``."""
        return self.together(
            [str(Locale.parse(code).get_display_name(self.language)) for code in codes]
        )

    def together(self, names: Sequence[str]) -> str:
        """Names in a sentence: ``A와 B`` and ``A, B 및 C``, or ``A and B`` and ``A, B, and C``."""
        if len(names) == 2:
            return self.text("languages-both", first=names[0], second=names[1])
        return format_list(names, locale=self.language)

    def number(self, value: int | float) -> str:
        """A number with this language's separators."""
        return format_decimal(value, locale=self.language)


@lru_cache(_KEPT)
def _formatted(day: date, form: str, language: str) -> str:
    return str(_dates().format_date(day, format=form, locale=language))


@lru_cache(_KEPT)
def _short_day(day: date, language: str) -> str:
    return str(_dates().format_skeleton("MMMEd", day, locale=language))


def _dates() -> ModuleType:
    """Babel's words for dates. With them it reads the machine's time zone, which takes longer than
    all the rest of it."""
    from babel import dates

    return dates


def _words(file: Traversable) -> str:
    return file.read_text(encoding="utf-8")


def _shortened(value: Any) -> Any:
    """Somebody may type, or a paper be called, longer than a message can hold."""
    long = isinstance(value, str) and len(value) > _LONGEST_ARGUMENT
    return f"{value[:_LONGEST_ARGUMENT]}…" if long else value
