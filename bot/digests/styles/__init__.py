"""How a digest looks: one file a style, found by its constant ``STYLE``.

A style decides only what a paper shows. What stands around the papers (headline, notices, the rest
by title, the maker) is the same for all, see :mod:`bot.digests.render`.
"""

from collections.abc import Mapping
from functools import cache

from bot.digests.styles.base import Style
from bot.plugins import found_in

__all__ = ["Style", "UnknownStyleError", "daily_styles", "style", "style_names"]


class UnknownStyleError(KeyError):
    """No style goes by this name."""


def style(name: str) -> Style:
    """The style called *name*.

    Raises:
        UnknownStyleError: there is none.
    """
    try:
        return found()[name]
    except KeyError:
        raise UnknownStyleError(name) from None


def style_names() -> tuple[str, ...]:
    """The names of all styles, in alphabetical order."""
    return tuple(sorted(found()))


def daily_styles() -> tuple[str, ...]:
    """The names of those that can show a day."""
    return tuple(name for name in style_names() if style(name).daily)


@cache
def found() -> Mapping[str, Style]:
    """All styles by name."""
    return {one.name: one for one in found_in(__name__, "STYLE")}
