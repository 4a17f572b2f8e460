"""The parsing child: reads one file from stdin and writes what it finds, as it finds it.

Run as ``python -m bot.fulltext.worker SECONDS BYTES BYTES pdf``, ``… html URL`` or ``… pages
FAILURE``. Papers come from strangers and the parsers are large pieces of C; whatever a file does to
them, it does to this process only. Pages are written one by one, so that nothing read is lost when
a later page ends the process; ``pages`` makes a document of those.
"""

import os
import sys
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from bot.fulltext.document import Document
from bot.fulltext.html_document import parse_html
from bot.fulltext.pdf_document import pdf_document
from bot.fulltext.pdf_page import Heading, Page, Pages
from bot.fulltext.pdf_reading import MOST_PAGES, PdfFile, UnreadablePdfError
from bot.fulltext.wire import OUT_OF_MEMORY, checked, read_records, to_line

_FIRST_TO_GO = "1000"


def main(arguments: list[str]) -> int:
    """Parse stdin as the kind of file named first; the exit status is 0 when all was read."""
    kind, *rest = arguments
    told = rest[0] if rest else ""
    out = sys.stdout.buffer
    try:
        if kind == "pages":
            document = _assembled(sys.stdin.buffer, told)
        elif kind == "html":
            document = parse_html(sys.stdin.buffer.read(), url=told)
        else:
            document = _pdf(sys.stdin.buffer.read(), out)
        out.write(to_line({"document": document}))
        out.flush()
    except MemoryError:
        return OUT_OF_MEMORY
    return 0


def _pdf(data: bytes, out: BinaryIO) -> Document:
    pages: list[Page] = []
    try:
        with PdfFile(data) as file:
            outline = tuple(file.outline())
            out.write(to_line({"start": {"total": file.total, "outline": outline}}))
            for page in file.pages():
                pages.append(page)
                out.write(to_line({"page": page}))
                out.flush()
    except UnreadablePdfError as error:
        return pdf_document(Pages(problem=str(error)))
    return pdf_document(Pages(tuple(pages), outline, file.total))


def _assembled(written: BinaryIO, failure: str) -> Document:
    """The document of the pages that a child wrote before its end."""
    start: dict[str, Any] = next(read_records(written, "start"), {"total": 0, "outline": ()})
    found = islice(read_records(written, "page"), MOST_PAGES)
    pages = tuple(checked(Page, one) for one in found)
    if failure and pages:
        failure = f"{failure} at page {len(pages) + 1} of {start['total']}"
    outline = checked(tuple[Heading, ...], start["outline"])
    return pdf_document(Pages(pages, outline, int(start["total"]), failure or None))


def limit(*, cpu_seconds: int, memory_bytes: int, output_bytes: int) -> None:
    """Bind this process to these limits, where the system knows them.

    *memory_bytes* come on top of what it has already; when the machine runs out of memory, it is
    the first to be ended.
    """
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(_FIRST_TO_GO)
    try:
        import resource
    except ImportError:  # only Unix has it; the parent's time limit still holds
        return
    for kind, value in (
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_AS, _address_space() + memory_bytes),
        (resource.RLIMIT_FSIZE, output_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        top = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (top, top))


def _address_space() -> int:
    """The bytes of address space that this process uses by now; elsewhere than on Linux a guess."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except (OSError, ValueError):
        return 250_000_000
    return pages * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    cpu_seconds, memory_bytes, output_bytes, *arguments = sys.argv[1:]
    limit(
        cpu_seconds=int(cpu_seconds),
        memory_bytes=int(memory_bytes),
        output_bytes=int(output_bytes),
    )
    sys.exit(main(arguments))
