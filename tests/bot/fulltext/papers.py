"""Small papers made for tests: PDFs written by hand, HTML in the shape LaTeXML gives it."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 612, 792
LEADING = 12.0
IN_FORM = "Praise this form."


@dataclass(frozen=True)
class Put:
    """Text at a place. ``operators`` are set before it: a colour (``1 g``), a mode (``3 Tr``)."""

    text: str
    x: float
    y: float
    size: float = 10.0
    bold: bool = False
    operators: str = ""


def make_pdf(pages: Sequence[Sequence[Put | str]]) -> bytes:
    """A PDF with these pages; a plain string goes into the page's content as it is.

    Two layers can be named in it, ``/Shown`` and ``/Off``, and what is seen when neither is, as
    ``/Neither``; the form ``/Form`` is in the layer that is off.
    """
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /OCProperties << /OCGs [5 0 R 6 0 R] "
        b"/D << /OFF [6 0 R] >> >> >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
        b"<< /Type /OCG /Name (A layer) >>",
        b"<< /Type /OCG /Name (A layer) >>",
        b"<< /Type /OCMD /OCGs [5 0 R 6 0 R] /P /AllOff >>",
        _form(drawn(Put(IN_FORM, 72, 100)).encode()),
    ]
    kids = []
    for page in pages:
        content = "\n".join(part if isinstance(part, str) else drawn(part) for part in page)
        data = content.encode("cp1252")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> /XObject << /Form 8 0 R >> /Properties "
            b"<< /Shown 5 0 R /Off 6 0 R /Neither 7 0 R >> >> >>" % (WIDTH, HEIGHT, len(objects))
        )
        kids.append(len(objects))
    listed = " ".join(f"{number} 0 R" for number in kids)
    objects[1] = f"<< /Type /Pages /Kids [{listed}] /Count {len(kids)} >>".encode()
    return _file(objects)


def pdf_bomb(operators: bytes, repeats: int) -> bytes:
    """A small PDF whose one page, unpacked, repeats *operators* so many times."""
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(operators) for _ in range(repeats)) + packer.flush()
    return _file(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
            b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(data), data),
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 3 0 R >>",
        ]
    )


def paragraph(
    text: str, x: float, y: float, *, width: int = 80, size: float = 10.0, bold: bool = False
) -> list[Put]:
    """*text* set in lines of *width* letters from *y* downwards."""
    lines: list[str] = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return [
        Put(line, x, y - number * LEADING, size=size, bold=bold)
        for number, line in enumerate(lines)
    ]


def prose(topic: str, words: int) -> str:
    """About *words* words of sentences that all speak of *topic*."""
    sentence = f"We study {topic} with care and report what the measurements say about it."
    count = max(1, round(words / len(sentence.split())))
    return " ".join(f"Part {number}: {sentence}" for number in range(1, count + 1))


def latexml(body: str, *, head: str = "", before: str = "") -> bytes:
    """A page as arxiv.org serves it, with *body* as the paper's content after its title."""
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>T</title>{head}</head><body>{before}"
        "<div class='ltx_page_main'><div class='ltx_page_content'>"
        "<article class='ltx_document'><h1 class='ltx_title ltx_title_document'>A Title</h1>"
        "<div class='ltx_authors'>Ann Author, ann@example.org</div>"
        f"{body}</article></div></div></body></html>"
    ).encode()


def section(number: str, title: str, body: str, *, level: int = 2) -> str:
    """A section of a LaTeXML page."""
    kind = "section" if level == 2 else "subsection"
    return (
        f"<section id='S{number}' class='ltx_{kind}'><h{level} class='ltx_title ltx_title_{kind}'>"
        f"<span class='ltx_tag'>{number} </span>{title}</h{level}>{body}</section>"
    )


def para(text: str, anchor: str = "S1.p1") -> str:
    """A paragraph of a LaTeXML page."""
    return f"<div id='{anchor}' class='ltx_para'><p class='ltx_p'>{text}</p></div>"


def drawn(put: Put) -> str:
    """What sets the text on a page."""
    text = put.text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    font = "F2" if put.bold else "F1"
    return f"q {put.operators} BT /{font} {put.size} Tf 1 0 0 1 {put.x} {put.y} Tm ({text}) Tj ET Q"


def _form(content: bytes) -> bytes:
    """A drawing to be included, in the layer that is off."""
    return (
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 %d %d] /OC 6 0 R /Resources << /Font "
        b"<< /F1 3 0 R >> >> /Length %d >>\nstream\n%s\nendstream"
        % (WIDTH, HEIGHT, len(content), content)
    )


def _file(objects: Sequence[bytes]) -> bytes:
    data = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table, len(objects) + 1, len(data))
    )
