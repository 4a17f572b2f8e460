"""Finds the files of an archive and reads them, whatever people put there."""

import os
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.text import normalised
from bot.text.decoding import UnreadableError, decoded

SUFFIXES = frozenset({".md", ".mdx", ".markdown", ".txt"})
# A year of digests in one file has a third of both.
LARGEST_FILE = 4_000_000
MOST_LINES = 100_000
_NOT_ENTERED = frozenset({"node_modules", "__pycache__"})


def name_of(path: Path) -> str:
    """The path as text that can be stored and shown, whatever bytes the file system holds, and
    however it spells Hangul."""
    return unicodedata.normalize("NFC", os.fsencode(path).decode("utf-8", "backslashreplace"))


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
    return normalised(decoded(body), LARGEST_FILE)
