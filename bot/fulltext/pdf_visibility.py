"""Which characters of a PDF page a reader sees: by paint, size, place and what is around them."""

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from bot.fulltext.pdf_page import Char

MOST_OBJECTS_A_PAGE = 20_000
# In points, and in steps of a colour channel: smaller or fainter than this, nobody reads it.
SMALLEST_SIZE = 1.6
LEAST_DIFFERENCE = 18
LEAST_ALPHA = 13

_MARGIN = 5.0
_MOST_CLIPS, _MOST_CORNERS = 20, 200
_RECTANGLE = 5
_STROKED = {pdfium.FPDF_TEXTRENDERMODE_STROKE, pdfium.FPDF_TEXTRENDERMODE_STROKE_CLIP}
_UNPAINTED = {pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP}

Colour = tuple[int, int, int]
BLACK: Colour = (0, 0, 0)
_WHITE: Colour = (255, 255, 255)


@dataclass(frozen=True)
class Box:
    """A rectangle in the page's own coordinates, in points."""

    left: float
    bottom: float
    right: float
    top: float

    def holds(self, x: float, y: float) -> bool:
        """Whether the point lies in it."""
        return self.left <= x <= self.right and self.bottom <= y <= self.top

    @property
    def area(self) -> float:
        """In square points."""
        return max(0.0, self.right - self.left) * max(0.0, self.top - self.bottom)


@dataclass(frozen=True)
class Style:
    """How a text object is drawn. ``paint`` is None for text that is not painted, ``clip`` the
    part of the page it is confined to."""

    address: int
    size: float
    breadth: float
    bold: bool
    angled: bool
    paint: Colour | None
    clip: Box | None


@dataclass(frozen=True)
class _Ground:
    """A filled shape or picture. ``colour`` is None where it differs from place to place,
    ``covers`` says whether it hides all that lies below its box."""

    order: int
    box: Box
    colour: Colour | None
    covers: bool


@dataclass(frozen=True)
class Surroundings:
    """What is on a page: its own text objects, each with its place in the order of painting, and
    what is painted below and above them.

    Text that is not among the page's own objects lies in a form: an included drawing.
    """

    page: Box
    order: dict[int, int] = field(default_factory=dict)
    grounds: list[_Ground] = field(default_factory=list)
    has_images: bool = False

    def shows(self, char: Char, style: Style) -> bool:
        """Whether a reader sees the character."""
        if char.text.isspace():
            return True
        x, y = (char.x0 + char.x1) / 2, char.y + char.size * 0.3
        is_small = char.size < SMALLEST_SIZE or style.breadth < SMALLEST_SIZE / 4
        is_outside = style.clip is not None and not style.clip.holds(x, y)
        if style.paint is None or is_small or is_outside or not self.page.holds(x, y):
            return False
        return self._stands_out(x, y, style.paint, self.order.get(style.address))

    def _stands_out(self, x: float, y: float, paint: Colour, order: int | None) -> bool:
        """Whether the paint differs from what lies below, and nothing lies above."""
        for ground in reversed(self.grounds):
            if not ground.box.holds(x, y):
                continue
            if order is not None and ground.order > order:
                if ground.covers:
                    return False
                continue
            return ground.colour is None or _differs(paint, ground.colour)
        return _differs(paint, _WHITE)


def surroundings(page: Any) -> Surroundings:
    """What is on the page, of very many objects the first."""
    box = Box(*page.get_cropbox())
    visible = Box(box.left - _MARGIN, box.bottom - _MARGIN, box.right + _MARGIN, box.top + _MARGIN)
    order: dict[int, int] = {}
    grounds: list[_Ground] = []
    has_images = False
    for count, item in enumerate(page.get_objects(max_depth=1)):
        if count >= MOST_OBJECTS_A_PAGE:
            break
        if item.type == pdfium.FPDF_PAGEOBJ_TEXT:
            order[ctypes.addressof(item.raw.contents)] = count
        elif item.type != pdfium.FPDF_PAGEOBJ_FORM:
            ground = _ground(item, count)
            grounds += [ground] if ground else []
            is_picture = item.type == pdfium.FPDF_PAGEOBJ_IMAGE
            covers = ground is not None and ground.box.area > 0.3 * visible.area
            has_images = has_images or (is_picture and covers)
    return Surroundings(visible, order, grounds, has_images)


def paint_of_text(drawn: Any) -> Colour | None:
    """The colour of a text object on white, or None where nothing of it is painted."""
    mode = pdfium.FPDFTextObj_GetTextRenderMode(drawn)
    if mode in _UNPAINTED:
        return None
    get = pdfium.FPDFPageObj_GetStrokeColor if mode in _STROKED else pdfium.FPDFPageObj_GetFillColor
    return _colour(drawn, get)


def clip_of(drawn: Any) -> Box | None:
    """The box that all clipping paths of an object leave, or None where it has none."""
    clip = pdfium.FPDFPageObj_GetClipPath(drawn)
    count = pdfium.FPDFClipPath_CountPaths(clip) if clip else 0
    boxes = [_clip_box(clip, at) for at in range(min(max(count, 0), _MOST_CLIPS))]
    known = [box for box in boxes if box is not None]
    if not known:
        return None
    return Box(
        max(box.left for box in known) - _MARGIN,
        max(box.bottom for box in known) - _MARGIN,
        min(box.right for box in known) + _MARGIN,
        min(box.top for box in known) + _MARGIN,
    )


def _clip_box(clip: Any, at: int) -> Box | None:
    count = pdfium.FPDFClipPath_CountPathSegments(clip, at)
    if not 0 < count <= _MOST_CORNERS:
        return None
    points = list(_corners(clip, at, count))
    across, upward = [x for x, _ in points], [y for _, y in points]
    return Box(min(across), min(upward), max(across), max(upward)) if points else None


def _corners(clip: Any, at: int, count: int) -> Iterator[tuple[float, float]]:
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(count):
        segment = pdfium.FPDFClipPath_GetPathSegment(clip, at, number)
        if segment and pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            yield x.value, y.value


def _ground(item: Any, order: int) -> _Ground | None:
    """The object as something that text may stand on; None for mere lines."""
    try:
        box = Box(*item.get_bounds())
    except pypdfium2.PdfiumError:
        return None
    if item.type != pdfium.FPDF_PAGEOBJ_PATH:
        is_whole = item.type == pdfium.FPDF_PAGEOBJ_IMAGE and not _is_transparent(item)
        return _Ground(order, box, None, covers=is_whole)
    mode, stroke = ctypes.c_int(), pdfium.FPDF_BOOL()
    pdfium.FPDFPath_GetDrawMode(item.raw, mode, stroke)
    colour = _colour(item.raw, pdfium.FPDFPageObj_GetFillColor) if mode.value else None
    if colour is None:
        return None
    # Of other shapes only the outermost places are known, not whether they are filled there.
    if pdfium.FPDFPath_CountSegments(item.raw) <= _RECTANGLE:
        return _Ground(order, box, colour, covers=not _is_transparent(item))
    return _Ground(order, box, None, covers=False) if _differs(colour, _WHITE) else None


def _is_transparent(item: Any) -> bool:
    return bool(pdfium.FPDFPageObj_HasTransparency(item.raw))


def _colour(drawn: Any, get: Callable[..., Any]) -> Colour | None:
    """A colour as it is seen on white; None for one that is next to transparent."""
    red, green, blue, alpha = (ctypes.c_uint(0) for _ in range(4))
    alpha.value = 255
    get(drawn, red, green, blue, alpha)
    if alpha.value < LEAST_ALPHA:
        return None
    share = alpha.value / 255
    r, g, b = (round(one.value * share + 255 * (1 - share)) for one in (red, green, blue))
    return r, g, b


def _differs(one: Colour, other: Colour) -> bool:
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) > LEAST_DIFFERENCE
