"""Speaking a channel's language: Korean, English, or both after each other."""

from typing import Any

from bot.languages import Catalog, catalog, languages_of


class Voice:
    """Texts of the catalogue in one language, or joined in both."""

    def __init__(self, language: str) -> None:
        self.languages = languages_of(language)
        self.catalogs: tuple[Catalog, ...] = tuple(catalog(one) for one in self.languages)

    @property
    def first(self) -> Catalog:
        """The catalogue that comes first: where only one language has room."""
        return self.catalogs[0]

    @property
    def is_both(self) -> bool:
        """Whether there are two languages."""
        return len(self.catalogs) > 1

    def say(self, message_id: str, *, joint: str = " / ", **arguments: Any) -> str:
        """The message in each language, joined.

        An argument that is a function is called with the catalogue: a date, for example, is
        written differently in each language.
        """
        return joint.join(dict.fromkeys(self.each(message_id, **arguments)))

    def each(self, message_id: str, **arguments: Any) -> list[str]:
        """The message in each language."""
        return [one.text(message_id, **_for(one, arguments)) for one in self.catalogs]


def _for(words: Catalog, arguments: dict[str, Any]) -> dict[str, Any]:
    return {name: value(words) if callable(value) else value for name, value in arguments.items()}
