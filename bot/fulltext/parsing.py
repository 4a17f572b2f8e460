"""Parses a file of unknown origin in a child process, and takes what it gave in time."""

import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from bot.fulltext.document import Document
from bot.fulltext.pdf_document import pdf_document
from bot.fulltext.pdf_page import Heading, Page, Pages
from bot.fulltext.wire import Record, read_lines, to_document, to_heading, to_page

# Nothing of our own environment: the child has no use for keys and tokens.
_ENVIRONMENT = {"PYTHONPATH": str(Path(__file__).resolve().parents[2]), "PYTHONUTF8": "1"}
_OUT_OF_TIME = (-24, -9)  # SIGXCPU and SIGKILL


@dataclass(frozen=True)
class Limits:
    """What one file may cost."""

    seconds: float = 60.0
    memory_bytes: int = 1_500_000_000
    output_bytes: int = 48_000_000


Parse = Callable[[bytes, str, str], Document]


def parse(data: bytes, kind: str, url: str = "", *, limits: Limits | None = None) -> Document:
    """The paper in *data*; *kind* is ``html`` or ``pdf``, *url* where an HTML page came from.

    Never raises for what is in the file: a broken, hostile or endless one gives the parts that
    could be read within *limits*, and says in ``problem`` what happened.
    """
    limits = limits or Limits()
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as target:
        source.write(data)
        source.seek(0)
        failure = _run(kind, url, source, target, limits)
        target.seek(0)
        records = list(read_lines(target.read(limits.output_bytes)))
    try:
        return _html(records, failure) if kind == "html" else _pdf(records, failure)
    except (ValueError, TypeError, KeyError, OverflowError):
        return Document(problem="the parser gave no usable answer")


def _run(kind: str, url: str, source: IO[bytes], target: IO[bytes], limits: Limits) -> str | None:
    """Let the child work; what went wrong, or None."""
    command = [
        *(sys.executable, "-m", "bot.fulltext.worker"),
        *(str(int(limits.seconds) + 1), str(limits.memory_bytes), str(limits.output_bytes)),
        *(kind, url),
    ]
    with subprocess.Popen(
        command, stdin=source, stdout=target, stderr=subprocess.DEVNULL, env=_ENVIRONMENT
    ) as child:
        try:
            status = child.wait(limits.seconds)
        except subprocess.TimeoutExpired:
            child.kill()
            return f"stopped after {limits.seconds:g} s"
    if status == 0:
        return None
    return "stopped at its time limit" if status in _OUT_OF_TIME else f"parser ended ({status})"


def _html(records: list[Record], failure: str | None) -> Document:
    documents = [to_document(one["document"]) for one in records if "document" in one]
    return documents[0] if documents else Document(problem=failure or "no text in the HTML")


def _pdf(records: list[Record], failure: str | None) -> Document:
    pages: list[Page] = []
    outline: tuple[Heading, ...] = ()
    total = 0
    for record in records:
        if "page" in record:
            pages.append(to_page(record["page"]))
        elif "problem" in record:
            failure = str(record["problem"])
        elif "total" in record:
            total = int(record["total"])
            outline = tuple(to_heading(one) for one in record["outline"])
    if failure and pages:
        failure = f"{failure} at page {len(pages) + 1} of {total}"
    return pdf_document(Pages(tuple(pages), outline, total, failure))
