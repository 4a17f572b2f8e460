"""Imported files as they came: with what members added since, and with their pictures."""

import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote

from bot.archive.files import text_of
from bot.archive.marks import note_line
from bot.archive.reader import NoPapersError, parse_file
from bot.text.decoding import decoded
from storage import ArchiveDigest

LARGEST_PICTURE = 30_000_000
_SUFFIXES = r"\.(?:png|jpe?g|gif|webp|svg|avif|mp4|webm|mov)"
_PICTURE = re.compile(
    rf"(?:\]\([ \t]{{0,3}}<(?P<angled>[^<>\n]{{1,500}}?{_SUFFIXES})>"
    rf"|\]\([ \t]{{0,3}}(?P<bare>[^()<>\n]{{1,500}}?{_SUFFIXES})"
    rf"|(?:src|from)[ \t]{{0,3}}=?[ \t]{{0,3}}[\"'](?P<quoted>[^\"'\n]{{1,500}}?{_SUFFIXES}))",
    re.IGNORECASE,
)
_LINES = re.compile(r"(?<=\n)|(?<=\r)(?!\n)")


def with_notes(digest: ArchiveDigest, notes: Sequence[Sequence[tuple[str, str]]]) -> bytes:
    """The bytes that *digest* was read from; *notes*, by author for each of its entries, stand
    below the papers they are about. Without any, nothing is changed."""
    if not any(notes):
        return digest.original
    text = decoded(digest.original)
    lines = _LINES.split(text)
    starts = _starts(digest, len(lines))
    end = "\r\n" if "\r\n" in text else "\n"
    # From the last on, so that the lines before keep their numbers.
    for place in reversed(range(len(notes))):
        if notes[place]:
            at = starts[place + 1]
            while at > starts[place] + 1 and not lines[at - 1].strip(" \t\r\n-*_"):
                at -= 1
            quotes = (note_line(author, told, digest.language) for author, told in notes[place])
            quoted = (end + end).join(quotes).replace("\n", end)
            before = "" if lines[at - 1].endswith(("\n", "\r")) else end
            lines.insert(at, f"{before}{end}{quoted}{end}")
    return "".join(lines).encode()


def _starts(digest: ArchiveDigest, end: int) -> list[int]:
    """The first line of each entry in the digest's own text, and where the last one ends."""
    try:
        parsed = parse_file(text_of(digest.original))
        found = [entry.line - 1 for one in parsed.digests for entry in one.entries]
    except NoPapersError:
        found = []
    # An entry that another reading would not find has its notes at the end.
    many = len(digest.entries)
    return [*[*found, *[end] * many][:many], end]


def copy_pictures(text: str, sources: Iterable[str], out: Path) -> list[Path]:
    """Copy the pictures and videos that *text* shows from beside its file to the same place
    beside the export in *out*, from the first of the *sources* (files, also in zip files) that
    still has them; those that are gone, or would stand outside *out*, are left.

    Raises:
        OSError: a picture cannot be written.
    """
    copied = []
    sources = list(sources)
    for address in dict.fromkeys(_addresses(text)):
        target = (out / address).resolve()
        if not target.is_relative_to(out.resolve()) or target.exists():
            continue
        body = next((body for one in sources if (body := _read_beside(one, address))), None)
        if body is not None:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(body)
            copied.append(target)
    return copied


def _addresses(text: str) -> Iterator[str]:
    for found in _PICTURE.finditer(text):
        address = found["angled"] or found["bare"] or found["quoted"]
        if "://" not in address and not address.startswith(("/", "\\", "data:")):
            yield unquote(address.strip())


def _read_beside(source: str, address: str) -> bytes | None:
    path, _, member = source.partition("!/")
    with suppress(OSError, KeyError, RuntimeError, zipfile.BadZipFile, ValueError):
        if member:
            name = posixpath.normpath(posixpath.join(posixpath.dirname(member), address))
            with zipfile.ZipFile(path) as archive, archive.open(name) as file:
                body = file.read(LARGEST_PICTURE + 1)
        else:
            with (Path(path).parent / address).open("rb") as picture:
                body = picture.read(LARGEST_PICTURE + 1)
        return body if len(body) <= LARGEST_PICTURE else None
    return None
