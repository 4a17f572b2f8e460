"""Which text of a PDF page a reader sees, told by drawing the page with the text and without it.

Whatever hides a text (its paint, a clipping path, a mask, a layer that is switched off, a shape or
a picture over it, the page's edge), both drawings are then the same in its place. Texts that stand
in one place are drawn apart, so that none is taken for the other.
"""

import ctypes
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing, suppress
from itertools import pairwise
from math import sqrt
from typing import Any

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from bot.fulltext.pdf_page import Char

# Of processor time, for all drawings of a page.
MOST_SECONDS_A_PAGE = 2.0
# In steps of a colour channel, and in points: fainter or smaller than this, nobody reads it.
LEAST_DIFFERENCE = 18
SMALLEST_SIZE = 1.6
# A word at least: a single sign may be drawn elsewhere than where it is told to stand.
FEWEST_LETTERS = 4
# In shares of the size of letters; and the letters that one sign, a ligature, may stand for.
LEAST_ROOM = 0.08
MOST_OF_ONE_SIGN = 8
# What stands below so many other texts is not drawn.
MOST_UPON_ANOTHER = 8

_MOST_POINTS = 2_000_000
# PDFium tells places on a page in whole points; so many of them make one of the page's.
_FINE = 100
_RECTANGLE = 5
# Where a letter's ink may be, and where some of it always is: from its baseline, in its size.
_INK, _CORE = (-0.25, 0.75), (-0.1, 0.55)

Points = NDArray[np.uint8]
Boxes = NDArray[np.int64]
Flags = NDArray[np.bool_]


class _TooSlowError(Exception):
    """Drawing took all the time that a page may take."""


def unseen(
    page: Any, items: Iterable[Any], chars: Sequence[Char], *, seconds: float = MOST_SECONDS_A_PAGE
) -> set[int]:
    """The numbers of those among *chars*, in the order of the file, that are words nobody sees.

    A page that takes too long to draw is judged by its texts, pictures and plain shapes alone; if
    even that takes too long, nothing of it is seen.

    Args:
        items: the objects on the page and in its forms.
    """
    items = list(items)
    texts = {address(one): one for one in items if one.type == pdfium.FPDF_PAGEOBJ_TEXT}
    unread = np.ones(len(chars), dtype=bool)
    for left_out in ((), filter(_is_complicated, items)):
        _activate(left_out, active=False)
        with suppress(_TooSlowError):
            unread = _Drawing(page, texts, seconds).without_ink(chars)
            break
    unread |= np.array([char.size < SMALLEST_SIZE for char in chars], dtype=bool)
    return _runs(chars, unread.tolist(), fewest=FEWEST_LETTERS) | _crowded(chars)


def address(item: Any) -> int:
    """What tells an object from others on the page."""
    return ctypes.addressof(item.raw.contents)


class _Drawing:
    """A page that is drawn with some of its texts."""

    def __init__(self, page: Any, texts: Mapping[int, Any], seconds: float) -> None:
        width, height = page.get_size()
        scale = min(1.0, sqrt(_MOST_POINTS / max(1.0, width * height)))
        self._size = max(1, int(width * scale)), max(1, int(height * scale))
        self._page = page
        self._texts = texts
        self._until = time.process_time() + seconds

    def without_ink(self, chars: Sequence[Char]) -> Flags:
        """Of which of *chars* nothing is seen, be it in the whole page or where their text is
        drawn without those that stand in the same place."""
        ink, core = (self._boxes(chars, reach) for reach in (_INK, _CORE))
        sources = [char.source for char in chars]
        groups = _apart(sources, ink, core, self._size)
        empty = self._drawn_with([])
        blank = self._blank(empty, self._texts, core)
        if len(groups) == 1:
            return blank
        alone = np.ones(len(chars), dtype=bool)
        for group in groups:
            mine = np.isin(sources, list(group))
            alone[mine] = self._blank(empty, group, core[mine])
        return blank | alone

    def _blank(self, empty: Points, texts: Iterable[int], boxes: Boxes) -> Flags:
        """In which of *boxes* nothing is seen of the *texts*."""
        drawn = self._drawn_with(texts)
        steps = np.maximum(drawn, empty) - np.minimum(drawn, empty) > LEAST_DIFFERENCE
        ink = steps.view(np.uint32)[:, :, 0] != 0  # in any of the channels
        found = [ink[top:bottom, left:right].any() for left, top, right, bottom in boxes.tolist()]
        return ~np.array(found, dtype=bool)

    def _boxes(self, chars: Sequence[Char], reach: tuple[float, float]) -> Boxes:
        """The places of letters in the drawing: left, top, right, bottom."""
        below, above = reach
        edges = [
            (one.x0, one.y + below * one.size, one.x1, one.y + above * one.size) for one in chars
        ]
        boxes = np.array(edges).reshape(-1, 4)
        matrix = self._matrix()
        ends = np.stack([boxes[:, :2], boxes[:, 2:]]) @ matrix[:2] + matrix[2]
        corners = np.hstack([np.floor(ends.min(axis=0)), np.ceil(ends.max(axis=0))])
        limited: Boxes = np.clip(np.nan_to_num(corners), 0, self._size * 2).astype(np.int64)
        return limited

    def _matrix(self) -> NDArray[np.float64]:
        """How a place on the page becomes one in the drawing: two rows to multiply by, one to
        add."""
        x, y = ctypes.c_int(), ctypes.c_int()
        fine = [one * _FINE for one in self._size]
        found = []
        for across, upward in ((0, 0), (100, 0), (0, 100)):
            pdfium.FPDF_PageToDevice(self._page, 0, 0, *fine, 0, across, upward, x, y)
            found.append((x.value / _FINE, y.value / _FINE))
        origin, right, up = np.array(found)
        return np.stack([(right - origin) / 100, (up - origin) / 100, origin])

    def _drawn_with(self, texts: Iterable[int]) -> Points:
        """The page's points with these texts alone, a row of four channels each.

        Raises:
            _TooSlowError: it could not be drawn in time.
        """
        shown = [self._texts[one] for one in texts if one in self._texts]
        _activate(self._texts.values(), active=False)
        _activate(shown, active=True)
        try:
            return _drawn(self._page, self._size, self._until)
        finally:
            _activate(self._texts.values(), active=True)


def _apart(
    sources: Sequence[int], ink: Boxes, core: Boxes, size: tuple[int, int]
) -> list[set[int]]:
    """The texts in groups, in none of which the ink of one can be where that of another is."""
    letters: dict[int, list[int]] = {}
    for number, source in enumerate(sources):
        letters.setdefault(source, []).append(number)
    width, height = size
    groups: list[set[int]] = []
    taken: list[Flags] = []  # of each group, where its ink and where its cores are
    for source, numbers in letters.items():
        inked, cored = _area(ink[numbers]), _area(core[numbers])
        fits = (
            at
            for at, (inks, cores) in enumerate(taken)
            if not (cores[inked].any() or inks[cored].any())
        )
        at = next(fits, len(groups))
        if at == MOST_UPON_ANOTHER:
            continue
        if at == len(groups):
            groups.append(set())
            taken.append(np.zeros((2, height, width), dtype=bool))
        groups[at].add(source)
        taken[at][0][inked] = taken[at][1][cored] = True
    return groups


def _area(boxes: Boxes) -> tuple[slice, slice]:
    left, top = boxes[:, :2].min(axis=0)
    right, bottom = boxes[:, 2:].max(axis=0)
    return slice(top, bottom), slice(left, right)


def _drawn(page: Any, size: tuple[int, int], until: float) -> Points:
    width, height = size
    late = pdfium.IFSDK_PAUSE._fields_[1][1](lambda _: int(time.process_time() > until))
    pause = pdfium.IFSDK_PAUSE(version=1, NeedToPauseNow=late)
    with closing(pypdfium2.PdfBitmap.new_native(width, height, pdfium.FPDFBitmap_BGRx)) as bitmap:
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
        ended = pdfium.FPDF_RenderPageBitmap_Start(
            bitmap, page, 0, 0, width, height, 0, pdfium.FPDF_ANNOT, ctypes.byref(pause)
        )
        pdfium.FPDF_RenderPage_Close(page)
        if ended != pdfium.FPDF_RENDER_DONE or time.process_time() > until:
            raise _TooSlowError
        return np.array(bitmap.to_numpy())


def _activate(items: Iterable[Any], *, active: bool) -> None:
    for item in items:
        pdfium.FPDFPageObj_SetIsActive(item.raw, active)


def _is_complicated(item: Any) -> bool:
    if item.type == pdfium.FPDF_PAGEOBJ_PATH:
        return bool(pdfium.FPDFPath_CountSegments(item.raw) > _RECTANGLE)
    return bool(item.type == pdfium.FPDF_PAGEOBJ_SHADING)


def _crowded(chars: Sequence[Char]) -> set[int]:
    """The numbers of those among *chars* that stand one upon the other: a sign that stands for a
    whole sentence, or letters without room."""
    no_room = [
        abs(one.x0 - before.x0) < LEAST_ROOM * one.size and abs(one.y - before.y) < one.size / 2
        for before, one in pairwise(chars)
    ]
    return _runs(chars, [False, *no_room], fewest=MOST_OF_ONE_SIGN)


def _runs(chars: Sequence[Char], chosen: Sequence[bool], *, fewest: int) -> set[int]:
    """The numbers of the *chosen* characters, as far as so many letters follow each other."""
    found: set[int] = set()
    run: list[int] = []
    for number, char in enumerate(chars):
        if chosen[number] or char.text.isspace():
            run.append(number)
        else:
            found.update(_word(chars, run, fewest))
            run = []
    return found.union(_word(chars, run, fewest))


def _word(chars: Sequence[Char], run: list[int], fewest: int) -> list[int]:
    return run if sum(chars[one].text.isalnum() for one in run) >= fewest else []
