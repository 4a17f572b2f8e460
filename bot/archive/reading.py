"""Finds the files of an archive and reads them, whatever people put there."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

SUFFIXES = frozenset({".md", ".mdx", ".markdown", ".txt"})
# A year of digests in one file has a third of both.
LARGEST_FILE = 4_000_000
MOST_LINES = 100_000
_NOT_ENTERED = frozenset({"node_modules", "__pycache__"})
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


class UnreadableError(ValueError):
    """A file that is no text, too large, or of too many lines; the message says which."""


def name_of(path: Path) -> str:
    """The path as text that can be stored and shown, whatever bytes the file system holds."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def archive_files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files themselves, and those below folders that may be digests, in order of their names,
    each once; hidden folders (such as Git's own) and links to folders are left out."""
    found = (
        file for path in paths for file in ([path] if path.is_file() else sorted(_below(path)))
    )
    yield from dict.fromkeys(found)


def _below(folder: Path) -> Iterator[Path]:
    for name, folders, files in os.walk(folder):
        folders[:] = [one for one in folders if one[0] != "." and one not in _NOT_ENTERED]
        for file in files:
            path = Path(name, file)
            if file[0] != "." and path.suffix.lower() in SUFFIXES and path.is_file():
                yield path


def read_text(path: Path) -> str:
    """The file's text: UTF-8, UTF-16 with its mark, or the older Korean encoding.

    Raises:
        UnreadableError: it is too large, has too many lines, is binary, or in none of these
            encodings.
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        body = file.read(LARGEST_FILE + 1)
    if len(body) > LARGEST_FILE:
        raise UnreadableError(f"larger than {LARGEST_FILE // 1_000_000} MB")
    if body.count(b"\n") > MOST_LINES or body.count(b"\r") > MOST_LINES:
        raise UnreadableError(f"more than {MOST_LINES} lines")
    if body[:2] in _MARKS:
        return _decoded(body, _MARKS[body[:2]])
    if b"\0" in body:
        raise UnreadableError("not a text")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _decoded(body, "cp949", line=body.count(b"\n", 0, error.start) + 1)


def _decoded(body: bytes, encoding: str, *, line: int = 1) -> str:
    try:
        return body.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableError(f"unknown encoding (not UTF-8 at line {line})") from None
