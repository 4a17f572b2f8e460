"""Every word people see, in Korean and English.

The catalogues are Fluent files, one a room, under ``ko/`` and ``en/``; dates, numbers and plural
forms follow Unicode CLDR through Babel.
"""

from bot.languages.catalog import Catalog, catalog
from bot.languages.josa import with_particle
from bot.languages.language import (
    BOTH,
    LANGUAGES,
    is_in,
    language_of_locale,
    language_of_text,
    languages_of,
)

__all__ = [
    "BOTH",
    "LANGUAGES",
    "Catalog",
    "catalog",
    "is_in",
    "language_of_locale",
    "language_of_text",
    "languages_of",
    "with_particle",
]
