"""Finds the style files of this package."""

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module

from bot.digests.styles.base import Style

_PACKAGE = "bot.digests.styles"
_OTHERS = ("base", "found", "parts")


class UnknownStyleError(KeyError):
    """No style goes by this name."""


def style(name: str) -> Style:
    """The style called *name*.

    Raises:
        UnknownStyleError: there is none.
    """
    try:
        return _styles()[name]
    except KeyError:
        raise UnknownStyleError(name) from None


def style_names() -> tuple[str, ...]:
    """The names of all styles, in alphabetical order."""
    return tuple(sorted(_styles()))


def daily_styles() -> tuple[str, ...]:
    """The names of those that can show a day."""
    return tuple(name for name in style_names() if style(name).daily)


@cache
def _styles() -> Mapping[str, Style]:
    package = import_module(_PACKAGE)
    modules = (
        import_module(f"{_PACKAGE}.{found.name}")
        for found in pkgutil.iter_modules(package.__path__)
        if found.name not in _OTHERS
    )
    return {module.STYLE.name: module.STYLE for module in modules}
