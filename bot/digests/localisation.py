"""Messages in the language a channel wishes for, or in all languages after each other."""

from datetime import date
from typing import Any

from bot.languages import Catalog, catalog, languages_of


class Localisation:
    """The catalogues behind a channel's wish: a language, or ``both``."""

    def __init__(self, language: str) -> None:
        self.languages = languages_of(language)
        self.catalogs: tuple[Catalog, ...] = tuple(catalog(one) for one in self.languages)

    @property
    def first(self) -> Catalog:
        """The catalogue that comes first, for places with room for one language."""
        return self.catalogs[0]

    @property
    def is_multilingual(self) -> bool:
        """Whether there is more than one language."""
        return len(self.catalogs) > 1

    def text(self, message_id: str, *, joint: str = " / ", **arguments: Any) -> str:
        """The message in each language, joined by *joint*; where all say the same, once.

        An argument may be a function of the catalogue, since names, for example, are joined
        differently in each language; a date is written short.
        """
        return joint.join(dict.fromkeys(self.texts(message_id, **arguments)))

    def texts(self, message_id: str, **arguments: Any) -> list[str]:
        """The message in each language."""
        return [one.text(message_id, **_for(one, arguments)) for one in self.catalogs]


def _for(words: Catalog, arguments: dict[str, Any]) -> dict[str, Any]:
    return {name: _written(words, value) for name, value in arguments.items()}


def _written(words: Catalog, value: Any) -> Any:
    if isinstance(value, date):
        return words.short_day(value)
    return value(words) if callable(value) else value
