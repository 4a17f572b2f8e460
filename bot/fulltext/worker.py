"""The parsing child: reads one file from stdin and writes what it finds, as it finds it.

Run as ``python -m bot.fulltext.worker pdf`` or ``… html URL``. Papers come from strangers and the
parsers are large pieces of C; whatever a file does to them, it does to this process only. Pages
are written one by one, so that nothing read is lost when a later page ends the process.
"""

import sys
from typing import BinaryIO

from bot.fulltext.html_document import parse_html
from bot.fulltext.pdf_reading import PdfFile, UnreadablePdfError
from bot.fulltext.wire import from_document, from_page, to_line


def main(arguments: list[str]) -> int:
    """Parse stdin as the kind of file named first; the exit status is 0 when all was read."""
    kind, *rest = arguments
    data = sys.stdin.buffer.read()
    out = sys.stdout.buffer
    if kind == "html":
        document = parse_html(data, url=rest[0] if rest else "")
        out.write(to_line({"document": from_document(document)}))
    else:
        _write_pdf(data, out)
    out.flush()
    return 0


def _write_pdf(data: bytes, out: BinaryIO) -> None:
    try:
        with PdfFile(data) as file:
            out.write(to_line({"total": file.total, "outline": file.outline()}))
            for page in file.pages():
                out.write(to_line({"page": from_page(page)}))
                out.flush()
    except UnreadablePdfError as error:
        out.write(to_line({"problem": str(error)}))


def limit(*, cpu_seconds: int, memory_bytes: int, output_bytes: int) -> None:
    """Bind this process to these limits, where the system knows them."""
    try:
        import resource
    except ImportError:  # only Unix has it; the parent's time limit still holds
        return
    for kind, value in (
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_FSIZE, output_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        top = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (top, top))


if __name__ == "__main__":
    cpu_seconds, memory_bytes, output_bytes, *arguments = sys.argv[1:]
    limit(
        cpu_seconds=int(cpu_seconds),
        memory_bytes=int(memory_bytes),
        output_bytes=int(output_bytes),
    )
    sys.exit(main(arguments))
