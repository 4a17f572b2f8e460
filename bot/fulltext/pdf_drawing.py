"""Where something is drawn on a PDF page, told by drawing it: whatever hides a text (a soft mask, a
shape or a pattern over it, letters without strokes), its place is then of one colour."""

import ctypes
import time
from collections.abc import Sequence
from itertools import pairwise
from math import sqrt

import numpy as np
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from bot.fulltext.pdf_page import Char

# In steps of a colour channel, from one point of the drawing to the next.
LEAST_STEP = 10
# A word at least: a single sign may be drawn elsewhere than where it is told to stand.
FEWEST_LETTERS = 4
MOST_SECONDS_A_PAGE = 2.0
# In shares of the size of letters; and the letters that one sign, a ligature, may stand for.
LEAST_ROOM = 0.08
MOST_OF_ONE_SIGN = 8

_SCALE = 1.0
_MOST_POINTS = 4_000_000
# PDFium tells places on a page in whole points; so many of them make one of the page's.
_FINE = 100
_WHITE = 0xFFFFFFFF
_BELOW, _ABOVE = 0.2, 0.7


class Drawing:
    """A page as its reader sees it."""

    def __init__(self, page: object, *, seconds: float = MOST_SECONDS_A_PAGE) -> None:
        """Draws the page, as far as that takes no longer than *seconds*."""
        width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
        scale = min(_SCALE, sqrt(_MOST_POINTS / max(1.0, width * height)))
        size = max(1, int(width * scale)), max(1, int(height * scale))
        points = _drawn(page, size, seconds)
        self._sums = None if points is None else _summed(points)
        self._matrix = _matrix(page, size)

    def unseen(self, chars: Sequence[Char]) -> set[int]:
        """The numbers of those among *chars*, in the order of the file, that are words and stand
        where nothing is drawn."""
        if self._sums is None or not chars:
            return set()
        return _runs(chars, self._blank(self._sums, chars), fewest=FEWEST_LETTERS)

    def _blank(self, sums: NDArray[np.int32], chars: Sequence[Char]) -> list[bool]:
        """Of which of *chars* the place is of one colour."""
        boxes = np.array(
            [
                (one.x0, one.y - _BELOW * one.size, one.x1, one.y + _ABOVE * one.size)
                for one in chars
            ]
        )
        rows, columns = (size - 1 for size in sums.shape)
        corners = np.concatenate([boxes[:, :2], boxes[:, 2:]]) @ self._matrix[:2] + self._matrix[2]
        one, other = np.split(corners, 2)
        low = np.clip(np.floor(np.minimum(one, other)), 0, (columns, rows)).astype(int)
        high = np.clip(np.ceil(np.maximum(one, other)), 0, (columns, rows)).astype(int)
        inside = (
            sums[high[:, 1], high[:, 0]]
            - sums[low[:, 1], high[:, 0]]
            - sums[high[:, 1], low[:, 0]]
            + sums[low[:, 1], low[:, 0]]
        )
        return list(map(bool, (inside == 0) & (high > low).all(axis=1)))


def crowded(chars: Sequence[Char]) -> set[int]:
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


def _drawn(page: object, size: tuple[int, int], seconds: float) -> NDArray[np.uint8] | None:
    """The page's points, a row of three channels each; None where drawing it takes too long."""
    width, height = size
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_BGRx, None, 0)
    if not bitmap:
        return None
    until = time.monotonic() + seconds
    late = pdfium.IFSDK_PAUSE._fields_[1][1](lambda _: int(time.monotonic() > until))
    pause = pdfium.IFSDK_PAUSE(version=1, NeedToPauseNow=late)
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, _WHITE)
        ended = pdfium.FPDF_RenderPageBitmap_Start(
            bitmap, page, 0, 0, width, height, 0, pdfium.FPDF_ANNOT, ctypes.byref(pause)
        )
        pdfium.FPDF_RenderPage_Close(page)
        if ended != pdfium.FPDF_RENDER_DONE:
            return None
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        buffer = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
        rows = np.frombuffer(buffer, np.uint8).reshape(height, stride)
        return rows[:, : width * 4].reshape(height, width, 4)[:, :, :3]
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)


def _summed(points: NDArray[np.uint8]) -> NDArray[np.int32]:
    """How many steps from one colour to another there are left of and above each point."""
    steps = np.zeros(points.shape[:2], dtype=bool)
    # A channel at a time: numpy is slow along an axis of three.
    for number in range(points.shape[2]):
        channel = points[:, :, number].astype(np.int16)
        steps[:, 1:] |= np.abs(np.diff(channel, axis=1)) > LEAST_STEP
        steps[1:] |= np.abs(np.diff(channel, axis=0)) > LEAST_STEP
    sums = np.zeros((points.shape[0] + 1, points.shape[1] + 1), dtype=np.int32)
    np.cumsum(np.cumsum(steps, axis=0, dtype=np.int32), axis=1, out=sums[1:, 1:])
    return sums


def _matrix(page: object, size: tuple[int, int]) -> NDArray[np.float64]:
    """How a place on the page becomes one in the drawing: two rows to multiply by, one to add."""
    x, y = ctypes.c_int(), ctypes.c_int()
    found = []
    for across, upward in ((0, 0), (100, 0), (0, 100)):
        fine = (one * _FINE for one in size)
        pdfium.FPDF_PageToDevice(page, 0, 0, *fine, 0, across, upward, x, y)
        found.append((x.value / _FINE, y.value / _FINE))
    origin, right, up = np.array(found)
    return np.stack([(right - origin) / 100, (up - origin) / 100, origin])
