"""The languages Paperboy speaks: one folder a language, with its words and its rules.

A folder holds the language's catalogue (Fluent files, one a room) and the constant ``LANGUAGE``, a
:class:`Language` put together from the folder's modules. It is found by being there. Dates,
numbers and plural forms follow Unicode CLDR through Babel.
"""

from bot.languages.catalog import Catalog
from bot.languages.language import Language
from bot.languages.registry import (
    BOTH,
    LANGUAGES,
    any_of,
    catalog,
    english_name,
    is_in,
    language,
    language_of_environment,
    language_of_locale,
    language_of_text,
    languages,
    languages_of,
    months,
    named_language,
    own_name,
    untranslated,
    weekdays,
)

__all__ = [
    "BOTH",
    "LANGUAGES",
    "Catalog",
    "Language",
    "any_of",
    "catalog",
    "english_name",
    "is_in",
    "language",
    "language_of_environment",
    "language_of_locale",
    "language_of_text",
    "languages",
    "languages_of",
    "months",
    "named_language",
    "own_name",
    "untranslated",
    "weekdays",
]
