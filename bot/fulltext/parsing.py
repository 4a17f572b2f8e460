"""Parses a file of unknown origin in a child process, and takes what it gave in time.

Everything whose cost the file decides is done in the child. It gets so little memory that both fit
into the 512 MB of a small host, only one runs at a time, and where memory runs out all the same,
Linux ends the child first.
"""

import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from bot.fulltext.document import LONGEST_FRONT, Document
from bot.fulltext.wire import OUT_OF_MEMORY, checked, read_records

# Nothing of our own environment: the child has no use for keys and tokens.
_ENVIRONMENT = {"PYTHONPATH": str(Path(__file__).resolve().parents[2]), "PYTHONUTF8": "1"}
_ENDS = {
    OUT_OF_MEMORY: "stopped at its memory limit",
    -24: "stopped at its time limit",  # SIGXCPU
    -25: "stopped at its output limit",  # SIGXFSZ
    -9: "stopped at its time or memory limit",  # SIGKILL
}
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Limits:
    """What one file may cost; ``memory_bytes`` come on top of what the parser itself takes."""

    seconds: float = 60.0
    memory_bytes: int = 160_000_000
    output_bytes: int = 16_000_000


Parse = Callable[[bytes, str, str], Document]


def parse(data: bytes, kind: str, url: str = "", *, limits: Limits | None = None) -> Document:
    """The paper in *data*; *kind* is ``html`` or ``pdf``, *url* where an HTML page came from.

    Never raises for what is in the file: a broken, hostile or endless one gives the parts that
    could be read within *limits*, and says in ``problem`` what happened. Waits while another
    thread has a file parsed.
    """
    limits = limits or Limits()
    with (
        _one_at_a_time,
        tempfile.TemporaryFile() as source,
        tempfile.TemporaryFile() as found,
        tempfile.TemporaryFile() as assembled,
    ):
        source.write(data)
        failure = _run([kind, url], source, found, limits)
        document = _document(found)
        if document is None and kind == "pdf":
            # The pages that were read before it ended are made into a document by another child.
            failed_again = _run(["pages", failure or ""], found, assembled, limits)
            document, failure = _document(assembled), failure or failed_again
    return document or Document(problem=failure or "the parser gave no usable answer")


def _run(task: list[str], source: IO[bytes], target: IO[bytes], limits: Limits) -> str | None:
    """Let the child work; what went wrong, or None."""
    command = [
        *(sys.executable, "-m", "bot.fulltext.worker"),
        *(str(int(limits.seconds) + 1), str(limits.memory_bytes), str(limits.output_bytes)),
        *task,
    ]
    source.seek(0)
    with subprocess.Popen(
        command, stdin=source, stdout=target, stderr=subprocess.DEVNULL, env=_ENVIRONMENT
    ) as child:
        try:
            status = child.wait(limits.seconds)
        except subprocess.TimeoutExpired:
            child.kill()
            return f"stopped after {limits.seconds:g} s"
    return None if status == 0 else _ENDS.get(status, f"parser ended ({status})")


def _document(written: IO[bytes]) -> Document | None:
    """The document that the child wrote as its last record, if it came that far."""
    written.seek(0)
    for record in read_records(written, "document"):
        try:
            document = checked(Document, record)
            return replace(document, front=document.front[:LONGEST_FRONT])
        except ValueError:
            return None
    return None
