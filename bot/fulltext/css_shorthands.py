"""CSS declarations taken apart into those of single properties."""

from collections.abc import Callable, Iterator
from typing import Any

from bot.fulltext.css_values import Tokens, four, functions, significant, split

_SIDES = ("top", "right", "bottom", "left")
# As in a text that runs from left to right and down.
_LOGICAL = {
    "block": ("top", "bottom"),
    "block-start": ("top",),
    "block-end": ("bottom",),
    "inline": ("left", "right"),
    "inline-start": ("left",),
    "inline-end": ("right",),
}


def longhands(declaration: Any) -> Iterator[tuple[str, Tokens]]:
    """Each property that a declaration sets, as far as seeing a text depends on it."""
    name, value = declaration.name, significant(declaration.value)
    if name.startswith("--"):
        yield name, value
        return
    name = declaration.lower_name
    yield name, value
    kind, _, logical = name.partition("-")
    if kind in ("inset", "margin", "padding"):
        yield from _sides(kind, logical, value)
    elif name in _SHORTHANDS:
        yield from _SHORTHANDS[name](value)


def _sides(kind: str, logical: str, value: Tokens) -> Iterator[tuple[str, Tokens]]:
    """``inset``, ``margin`` and ``padding``, whole or of the sides with logical names."""
    sides = _LOGICAL.get(logical, ()) if logical else _SIDES
    values = [*value, *value] if logical else four(value)
    for side, one in zip(sides, values, strict=False):
        yield side if kind == "inset" else f"{kind}-{side}", [one]


def _background(value: Tokens) -> Iterator[tuple[str, Tokens]]:
    # Tokens with var() can't be told apart yet: the whole value stands for both.
    yield "background-color", value
    yield "background-image", [one for one in value if one.type in ("function", "url")]


def _font(value: Tokens) -> Iterator[tuple[str, Tokens]]:
    yield "font-size", [one for one in value if _may_be_size(one)][:1]
    yield "font-family", value


def _overflow(value: Tokens) -> Iterator[tuple[str, Tokens]]:
    yield "overflow", value


def _grid(value: Tokens) -> Iterator[tuple[str, Tokens]]:
    for side, one in zip(("rows", "columns"), split(value, "/"), strict=False):
        yield f"grid-template-{side}", one


def _flex(value: Tokens) -> Iterator[tuple[str, Tokens]]:
    yield "flex-grow", value[:1]
    yield "flex-basis", [one for one in value[1:] if one.type != "number"] or value[2:3]


_SHORTHANDS: dict[str, Callable[[Tokens], Iterator[tuple[str, Tokens]]]] = {
    "background": _background,
    "font": _font,
    **{f"overflow-{axis}": _overflow for axis in ("x", "y", "block", "inline")},
    "grid": _grid,
    "grid-template": _grid,
    "flex": _flex,
}


def _may_be_size(token: Any) -> bool:
    is_weight = token.type == "number" and token.value >= 100
    return not is_weight and (
        token.type in ("dimension", "percentage", "number") or bool(functions([token]))
    )
