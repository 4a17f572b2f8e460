"""The words of the page and of the workspace's notices: one Fluent catalogue a language."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from fluent.runtime import FluentBundle, FluentResource

_CATALOGUES = files("bot.workspace") / "locales"
_DEFAULT = "en"
_OF_THE_PAGE = "page-"


class Words:
    """The words of one language that there is a catalogue for; `ids` are those of its messages."""

    def __init__(self, language: str) -> None:
        self.language = language
        resource = FluentResource((_CATALOGUES / f"{language}.ftl").read_text(encoding="utf-8"))
        self.ids = [entry.id.name for entry in resource.body if hasattr(entry, "id")]
        self._bundle = FluentBundle([language], use_isolating=False)
        self._bundle.add_resource(resource)

    def text(self, message_id: str, **arguments: Any) -> str:
        """The message with its arguments; raises LookupError when there is none."""
        pattern = self._bundle.get_message(message_id).value
        if pattern is None:
            raise LookupError(message_id)
        text, errors = self._bundle.format_pattern(pattern, arguments)
        if errors:
            raise LookupError(f"{message_id}: {errors}")
        return str(text)

    def of_the_page(self) -> Mapping[str, str]:
        """What the page shows, by the name it uses."""
        shown = [one for one in self.ids if one.startswith(_OF_THE_PAGE)]
        return {one.removeprefix(_OF_THE_PAGE): self.text(one) for one in shown}


words = cache(Words)


def words_for(locale: str) -> Words:
    """The words for a locale such as `ko-KR`, or English where there are none."""
    language = locale[:2].lower()
    return words(language if language in languages() else _DEFAULT)


@cache
def languages() -> frozenset[str]:
    """The languages there are catalogues for."""
    return frozenset(one.name.removesuffix(".ftl") for one in _CATALOGUES.iterdir())
