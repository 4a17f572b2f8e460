"""Reads pages out of a PDF with PDFium. Runs in a child process when the file is not our own."""

import ctypes
import math
import re
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from bot.fulltext.pdf_drawing import Drawing, crowded
from bot.fulltext.pdf_layers import switched_off
from bot.fulltext.pdf_lines import lines_of
from bot.fulltext.pdf_page import Char, Heading, Page
from bot.fulltext.pdf_visibility import BLACK, Style, clip_of, paint_of_text, surroundings
from bot.fulltext.text import tidy

MOST_PAGES = 200
MOST_CHARS_A_PAGE = 40_000
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
    around = surroundings(page)
    seen: list[Char] = []
    unseen: list[Char] = []
    angled: list[str] = []
    with closing(page.get_textpage()) as text:
        found = list(_chars(text))
        own = [one for one in found if one[1].address in around.order]
        is_drawn = len(own) * 5 <= len(found)
        off = switched_off(page, forms=is_drawn)
        for char, style in found if is_drawn else own:
            if style.angled:
                angled.append(char.text)
            elif style.address not in off and around.shows(char, style):
                seen.append(char)
            else:
                unseen.append(char)
    blank = Drawing(page.raw).unseen(seen) | crowded(seen)
    unseen += [seen[number] for number in sorted(blank)]
    seen = [char for number, char in enumerate(seen) if number not in blank]
    recognised = around.has_images and len(unseen) > 200 and len(unseen) > 9 * len(seen)
    hidden = "" if recognised else " ".join(line.text for line in lines_of(unseen, number))
    return Page(
        number=number,
        width=width,
        height=height,
        lines=tuple(lines_of(unseen if recognised else seen, number)[:MOST_LINES_A_PAGE]),
        hidden=(hidden[:LONGEST_HIDDEN],) if len(hidden.split()) > 1 else (),
        margin="".join(angled)[:500],
        has_images=around.has_images,
        recognised=recognised,
    )


def _chars(text: Any) -> Iterator[tuple[Char, Style]]:
    """The page's characters in the file's order, with how they are drawn.

    Only PDFium's raw calls give position and style by character. A text object holds many
    characters, so that styles are asked for once an object.
    """
    raw = text.raw
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    styles: dict[int, Style] = {}
    style = Style(0, 10.0, 10.0, bold=False, angled=False, paint=BLACK, clip=None)
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
            address = ctypes.addressof(drawn.contents)
            if address not in styles:
                styles[address] = _style(raw, index, drawn)
            style = styles[address]
        pdfium.FPDFText_GetCharOrigin(raw, index, x, y)
        pdfium.FPDFText_GetLooseCharBox(raw, index, box)
        letter = "-" if code in {2, 0xAD, 0xFFFE} else chr(code)
        yield Char(letter, box.left, box.right, y.value, style.size, style.bold), style


def _style(raw: Any, index: int, drawn: Any) -> Style:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(raw, index, matrix)
    scale = math.hypot(matrix.c, matrix.d) or 1.0
    size = pdfium.FPDFText_GetFontSize(raw, index)
    return Style(
        address=ctypes.addressof(drawn.contents),
        size=round(size * scale, 2),
        breadth=size * math.hypot(matrix.a, matrix.b),
        bold=_is_bold(pdfium.FPDFTextObj_GetFont(drawn)),
        angled=abs(matrix.b) > 0.1 * abs(matrix.a) or matrix.a < 0,
        paint=paint_of_text(drawn),
        clip=clip_of(drawn),
    )


def _is_bold(font: Any) -> bool:
    if not font:
        return False
    name = ctypes.create_string_buffer(128)
    pdfium.FPDFFont_GetBaseFontName(font, name, 128)
    return bool(_BOLD.search(name.value.decode("utf-8", "replace")))
