"""Imported files as they came: with what members added since, and with their pictures."""

import posixpath
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from bot.archive.files import ArchiveFile, text_of
from bot.archive.marks import note_line
from bot.archive.reader import NoPapersError, parse_file
from bot.text.decoding import UnreadableError, decoded
from storage import ArchiveDigest

LARGEST_PICTURE = 30_000_000
_MOST_ABOVE = 3
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


def folder_for(text: str, sources: Iterable[str], out: Path) -> Path:
    """Where in *out* a file stands whose pictures lie above its own folder: in folders called as
    those it came from, so that the pictures it shows are in *out* as well."""
    for source in sources:
        found = [one for one in _addresses(text) if _read_beside(source, one) is not None]
        above = max((_ups(one) for one in found), default=0)
        if found:
            path, _, member = source.partition("!/")
            own = PurePosixPath(member).parts[:-1] if member else Path(path).parts[1:-1]
            return out.joinpath(*own[len(own) - above :])
    return out


def copy_pictures(text: str, sources: Iterable[str], folder: Path, out: Path) -> None:
    """Copy the pictures and videos that *text* shows from beside its file to the same place beside
    the export in *folder*, from the first of the *sources* (files, also in zip files) that still
    has them; those that are gone, or would stand outside *out*, are left.

    Raises:
        OSError: a picture cannot be written.
    """
    sources = list(sources)
    for address in _addresses(text):
        target = (folder / address).resolve()
        if not target.is_relative_to(out.resolve()) or target.exists():
            continue
        body = next((body for one in sources if (body := _read_beside(one, address))), None)
        if body is not None:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(body)


def _addresses(text: str) -> list[str]:
    """Where the pictures are, from the file on; none far above it or in hidden folders."""
    found = (one["angled"] or one["bare"] or one["quoted"] for one in _PICTURE.finditer(text))
    own = (unquote(one.strip()) for one in found if "://" not in one)
    beside = (one for one in own if not one.startswith(("/", "\\", "data:")))
    return [one for one in dict.fromkeys(map(posixpath.normpath, beside)) if _may_be_taken(one)]


def _may_be_taken(address: str) -> bool:
    above, parts = _ups(address), PurePosixPath(address).parts
    return above <= _MOST_ABOVE and not any(part.startswith(".") for part in parts[above:])


def _ups(address: str) -> int:
    return PurePosixPath(address).parts.count("..")


def _read_beside(source: str, address: str) -> bytes | None:
    path, _, member = source.partition("!/")
    beside = posixpath.normpath(posixpath.join(posixpath.dirname(member or path), address))
    file = ArchiveFile(Path(path), "", beside) if member else ArchiveFile(Path(beside), "")
    with suppress(OSError, UnreadableError, ValueError):
        body = file.read(LARGEST_PICTURE + 1)
        return body if len(body) <= LARGEST_PICTURE else None
    return None
