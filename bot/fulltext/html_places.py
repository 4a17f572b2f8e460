"""Where an element lies: off the page, outside what clips it, or in a row of no height."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any, NamedTuple

from bot.fulltext.css_values import (
    HEIGHT,
    Basis,
    Tokens,
    functions,
    keyword,
    length,
    lengths,
    split,
)

THINNEST = 2.0
SMALLEST_SCALE = 0.05
# In pixels: further off, nobody sees it.
FARTHEST_BEFORE, FARTHEST_BEHIND, FARTHEST_DOWN = -400.0, 1280.0, 5_000.0
_TRANSLATED_WHOLE = 400.0
# Stands for the size of a box that is as large as what is in it.
_ANY_SIZE = 1_000_000.0

_EXTENTS = tuple(
    f"{bound}{side}"
    for bound in ("", "max-")
    for side in ("width", "height", "inline-size", "block-size")
)
_WIDTHS = [one for one in _EXTENTS if one.endswith(("width", "inline-size"))]
_HEIGHTS = [one for one in _EXTENTS if one.endswith(("height", "block-size"))]
_SCROLLING = ("auto", "scroll")
_MOST_TRACKS = 64

_AXES = {"translatex": 0, "translatey": 1}

Given = Mapping[str, Tokens]


@dataclass(frozen=True)
class Room:
    """What clipping elements leave of an element's place, in pixels. ``holds`` says whether what
    is positioned absolutely is clipped as well."""

    width: float = inf
    height: float = inf
    holds: bool = False


class Tracks(NamedTuple):
    """The sizes that a grid or a flexible box gives its children, in pixels, with ``fr`` as they
    are; None for one that depends on what is in it."""

    rows: tuple[float | None, ...] = ()
    columns: tuple[float | None, ...] = ()
    is_flexible: bool = False
    clips: bool = False


NO_TRACKS = Tracks()


def is_squeezed(given: Given, basis: Basis) -> bool:
    """Whether the element clips what is in it and leaves no room for it."""
    if not _clips(given):
        return False
    line = _line_height(given, basis)
    heights, widths = (
        [one for name in names for one in lengths(given.get(name, ())[:1], basis)]
        for names in (_HEIGHTS, _WIDTHS)
    )
    if min([*heights, *widths, line]) <= THINNEST:
        return True
    is_border = keyword(given.get("box-sizing", ())) == "border-box"
    before_line = (line - basis.em) / 2
    return any(
        size <= before + (_padding(given, side, basis) if is_border else 0.0) > 0.0
        for sizes, side, before in ((heights, "top", before_line), (widths, "left", 0.0))
        for size in sizes
    )


def _padding(given: Given, side: str, basis: Basis) -> float:
    return max(lengths(given.get(f"padding-{side}", ())[:1], basis), default=0.0)


def tracks_of(given: Given, basis: Basis) -> Tracks:
    """How the element lays out its children."""
    display = keyword(given.get("display", ()))
    if display in ("flex", "inline-flex"):
        return Tracks(is_flexible=True)
    if display not in ("grid", "inline-grid"):
        return NO_TRACKS
    return Tracks(
        _sizes(given, "rows", basis), _sizes(given, "columns", basis), clips=_clips(given)
    )


def _sizes(given: Given, side: str, basis: Basis) -> tuple[float | None, ...]:
    told = [_track(one, basis) for one in given.get(f"grid-template-{side}", ())]
    further = [_track(one, basis) for one in given.get(f"grid-auto-{side}", ())]
    return tuple([*told, *further * _MOST_TRACKS][:_MOST_TRACKS])


def _track(token: Any, basis: Basis) -> float | None:
    """The most that a track may have; None where that depends on what is in it."""
    if token.type == "dimension" and token.lower_unit == "fr":
        return None if token.value else 0.0
    if token.type == "function" and token.lower_name in ("minmax", "repeat", "fit-content"):
        last = split(token.arguments, ",")[-1]
        return _track(last[0], basis) if last else None
    return length(token, basis)


def is_squeezed_flat(given: Given, basis: Basis, tracks: Tracks, number: int) -> bool:
    """Whether the element's place among the *tracks* around it, after *number* others, has no
    room, and what is in it is clipped."""
    if tracks.is_flexible:
        grows = any(lengths(given.get("flex-grow", ()), basis))
        bases = lengths(given.get("flex-basis", ())[:1], basis)
        return _clips(given) and not grows and bool(bases) and bases[0] <= THINNEST
    places = ((tracks.rows, number // max(1, len(tracks.columns))), (tracks.columns, number))
    return any(_is_flat(sizes, at) and (_clips(given) or tracks.clips) for sizes, at in places)


def _is_flat(sizes: Sequence[float | None], at: int) -> bool:
    size = sizes[at] if at < len(sizes) else None
    return size is not None and size <= THINNEST


def room_within(around: Room, given: Given, basis: Basis) -> Room:
    """What is left of the room *around* for what is inside an element that is in it."""
    around = Room() if _escapes(around, given) else around
    across, down = _moves(given, basis, around)
    width = around.width - max([0.0, *across])
    height = around.height - max([0.0, *down])
    if not _clips(given, scrolling=False):
        return Room(width, height, around.holds)
    own = Basis(basis.em, _ANY_SIZE)
    widths, heights = (
        [one for name in names for one in lengths(given.get(name, ())[:1], own)]
        for names in (_WIDTHS, _HEIGHTS)
    )
    return Room(
        min([width, _ANY_SIZE, *widths]),
        min([height, _ANY_SIZE, *heights]),
        holds=around.holds or _is_positioned(given) or bool(functions(given.get("transform", ()))),
    )


def is_out_of(room: Room, given: Given, basis: Basis) -> bool:
    """Whether the element is moved out of the room that is left for it."""
    if _escapes(room, given):
        return False
    across, down = _moves(given, basis, room)
    return (
        any(abs(one) >= room.width for one in across)
        or any(abs(one) >= room.height for one in down)
        or (_line_height(given, basis) - basis.em) / 2 >= room.height
    )


def _escapes(room: Room, given: Given) -> bool:
    return keyword(given.get("position", ())) in ("absolute", "fixed") and not room.holds


def _moves(given: Given, basis: Basis, room: Room) -> tuple[list[float], list[float]]:
    """How far the element is moved across and down; shares are shares of the room."""
    bases = [
        Basis(basis.em, _ANY_SIZE if whole == inf else whole) for whole in (room.width, room.height)
    ]
    sides = ("left", "right"), ("top", "bottom")
    found: list[list[float]] = []
    for at, (names, own) in enumerate(zip(sides, bases, strict=True)):
        used = [f"{kind}-{names[0]}" for kind in ("margin", "padding")]
        used += names if _is_positioned(given) else ()
        moves = [one for name in used for one in lengths(given.get(name, ())[:1], own)]
        found.append([*moves, *lengths(given.get("translate", ())[at : at + 1], own)])
    for name, arguments in functions(given.get("transform", ())).items():
        for at, part in enumerate(split(arguments, ",")[:2]):
            axis = _AXES.get(name, at)
            if name.startswith("translate"):
                found[axis] += lengths(part, bases[axis])
    return found[0], found[1]


def is_off_page(given: Given, basis: Basis, scale: float) -> bool:
    """Whether the element, drawn at *scale*, is moved so far that no reader looks there."""

    def given_lengths(*names: str) -> list[float]:
        return [one for name in names for one in lengths(given.get(name, ())[:1], basis)]

    margins = given_lengths("margin-left", "margin-right", "margin-top", "margin-bottom")
    across, down = given_lengths("margin-left", "padding-left"), []
    if _is_positioned(given):
        across += given_lengths("left", "right")
        down = given_lengths("top", "bottom")
        if any(one < 0 for one in lengths(given.get("z-index", ()), basis)):
            return True  # painted behind the page's ground
        if keyword(given["position"]) == "fixed" and max(down, default=0.0) >= HEIGHT:
            return True  # where nobody scrolls to
    return (
        any(one <= FARTHEST_BEFORE for one in [*margins, *across, *down])
        or any(one >= FARTHEST_BEHIND for one in across)
        or any(one >= FARTHEST_DOWN for one in down)
        or _is_moved_off(given, basis, scale)
    )


def _is_moved_off(given: Given, basis: Basis, scale: float) -> bool:
    """Whether it is moved further than what is made smaller has to be to stay in its place."""
    whole = Basis(basis.em, _TRANSLATED_WHOLE)
    moves = lengths(given.get("translate", ()), whole)
    for name, arguments in functions(given.get("transform", ())).items():
        values = lengths(arguments, whole)
        if name.startswith("translate"):
            moves += values
        elif name == "matrix":
            moves += values[4:6]
        elif name == "matrix3d":
            moves += values[12:14]
    room = 1 / max(scale, SMALLEST_SCALE)
    return any(not FARTHEST_BEFORE * room < one < FARTHEST_BEHIND * room for one in moves)


def _is_positioned(given: Given) -> bool:
    return keyword(given.get("position", ())) not in ("", "static", "initial")


def _clips(given: Given, *, scrolling: bool = True) -> bool:
    """Whether what is in the element and outside its box is not painted; with *scrolling* also
    where a reader could get to it."""
    overflow = keyword(given.get("overflow", ()))
    is_clipped = overflow not in ("", "visible", "initial", *(() if scrolling else _SCROLLING))
    return is_clipped or keyword(given.get("contain", ())) in ("paint", "strict", "content")


def _line_height(given: Given, basis: Basis) -> float:
    """In pixels; a plain number stands for so many ``em``."""
    value = given.get("line-height", ())[:1]
    size = next(iter(lengths(value, Basis(basis.em, basis.em))), basis.em)
    return size * basis.em if value and value[0].type == "number" else size
