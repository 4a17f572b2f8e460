"""Reads pages out of a PDF with PDFium. Runs in a child process when the file is not our own."""

import ctypes
import math
import re
from collections.abc import Container, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from bot.fulltext.pdf_lines import lines_of
from bot.fulltext.pdf_page import Char, Heading, Page
from bot.fulltext.pdf_visibility import address, unseen
from bot.fulltext.text import tidy

MOST_PAGES = 200
MOST_CHARS_A_PAGE = 40_000
MOST_OBJECTS_A_PAGE = 20_000
DEEPEST_FORMS = 8
MOST_LINES_A_PAGE = 1_500
MOST_HEADINGS = 400
LONGEST_HIDDEN = 2_000

_BOLD = re.compile(r"bold|black|heavy|semib|demi|CMBX|CMSSBX|SFBX|medi(?:um)?\b|-B$|\.B$", re.I)


class UnreadablePdfError(Exception):
    """The file is no PDF, is broken beyond reading, or needs a password."""


class PdfFile:
    """An open PDF. Use as a context manager.

    Raises:
        UnreadablePdfError: nothing can be read from the data.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._document = pypdfium2.PdfDocument(data)
            self.total = len(self._document)
        except pypdfium2.PdfiumError as error:
            reason = "encrypted PDF" if "password" in str(error).lower() else "unreadable PDF"
            raise UnreadablePdfError(reason) from error

    def __enter__(self) -> "PdfFile":
        return self

    def __exit__(self, *_: object) -> None:
        self._document.close()

    def outline(self) -> list[Heading]:
        """The PDF's own table of contents, as far as it can be read."""
        found: list[Heading] = []
        try:
            for mark in self._document.get_toc(max_depth=4):
                target = mark.get_dest()
                page = target.get_index() if target else None
                title = tidy(mark.get_title())
                if title and page is not None:
                    _, view = target.get_view()
                    top = view[1] if len(view) > 1 else None
                    found.append(Heading(mark.level, title[:300], page + 1, top))
                if len(found) >= MOST_HEADINGS:
                    break
        except (pypdfium2.PdfiumError, UnicodeError, ValueError):
            return found
        return found

    def pages(self) -> Iterator[Page]:
        """The pages one by one, at most 200; one that cannot be read comes empty."""
        for index in range(min(self.total, MOST_PAGES)):
            try:
                with closing(self._document[index]) as page:
                    yield _read(page, index + 1)
            except pypdfium2.PdfiumError:
                yield Page(index + 1, 0.0, 0.0)


def _read(page: Any, number: int) -> Page:
    width, height = page.get_size()
    items = list(islice(page.get_objects(max_depth=DEEPEST_FORMS), MOST_OBJECTS_A_PAGE))
    own = {address(one) for one in items if one.container is None}
    with closing(page.get_textpage()) as text:
        found = list(_chars(text))
        angled = "".join(char.text for char, is_angled in found if is_angled)
        upright = _without_drawings([char for char, is_angled in found if not is_angled], own)
        hidden = unseen(page, items, upright)
    seen = [char for at, char in enumerate(upright) if at not in hidden]
    dark = [upright[at] for at in sorted(hidden)]
    has_images = any(map(_is_picture, items))
    recognised = has_images and len(dark) > 200 and len(dark) > 9 * len(seen)
    told = "" if recognised else " ".join(line.text for line in lines_of(dark, number))
    return Page(
        number=number,
        width=width,
        height=height,
        lines=tuple(lines_of(dark if recognised else seen, number)[:MOST_LINES_A_PAGE]),
        hidden=(told[:LONGEST_HIDDEN],) if len(told.split()) > 1 else (),
        margin=angled[:500],
        has_images=has_images,
        recognised=recognised,
    )


def _without_drawings(chars: list[Char], own: Container[int]) -> list[Char]:
    """Leaves out the lettering of included drawings (forms), unless the page is one of those."""
    of_page = [char for char in chars if char.source in own]
    return chars if len(of_page) * 5 <= len(chars) else of_page


def _is_picture(item: Any) -> bool:
    """Whether this is a picture over a large part of its page: that of a scan."""
    if item.type != pdfium.FPDF_PAGEOBJ_IMAGE or item.container is not None:
        return False
    width, height = item.page.get_size()
    try:
        left, bottom, right, top = item.get_bounds()
    except pypdfium2.PdfiumError:
        return False
    return bool((right - left) * (top - bottom) > 0.3 * width * height)


def _chars(text: Any) -> Iterator[tuple[Char, bool]]:
    """The page's characters in the file's order, and whether they are set at an angle.

    Only PDFium's raw calls give position and style by character. A text object holds many
    characters, so that styles are asked for once an object.
    """
    raw = text.raw
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    styles: dict[int, _Style] = {}
    source, style = 0, _Style(10.0, is_bold=False, is_angled=False)
    high = 0xD800
    for index in range(min(text.count_chars(), MOST_CHARS_A_PAGE)):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        if code in {0, 10, 13}:
            continue
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        drawn = pdfium.FPDFText_GetTextObject(raw, index)
        if drawn:
            source = ctypes.addressof(drawn.contents)
            if source not in styles:
                styles[source] = _style(raw, index, drawn)
            style = styles[source]
        pdfium.FPDFText_GetCharOrigin(raw, index, x, y)
        pdfium.FPDFText_GetLooseCharBox(raw, index, box)
        letter = "-" if code in {2, 0xAD, 0xFFFE} else chr(code)
        char = Char(letter, box.left, box.right, y.value, style.size, style.is_bold, source)
        yield char, style.is_angled


@dataclass(frozen=True)
class _Style:
    """How a text object is set."""

    size: float
    is_bold: bool
    is_angled: bool


def _style(raw: Any, index: int, drawn: Any) -> _Style:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(raw, index, matrix)
    scale = math.hypot(matrix.c, matrix.d) or 1.0
    return _Style(
        size=round(pdfium.FPDFText_GetFontSize(raw, index) * scale, 2),
        is_bold=_is_bold(pdfium.FPDFTextObj_GetFont(drawn)),
        is_angled=abs(matrix.b) > 0.1 * abs(matrix.a) or matrix.a < 0,
    )


def _is_bold(font: Any) -> bool:
    if not font:
        return False
    name = ctypes.create_string_buffer(128)
    pdfium.FPDFFont_GetBaseFontName(font, name, 128)
    return bool(_BOLD.search(name.value.decode("utf-8", "replace")))
