"""Finds the files of an archive, in folders, Git checkouts and zip files, and reads them."""

import errno
import logging
import os
import subprocess
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from bot.text import normalised
from bot.text.decoding import UnreadableError, decoded

log = logging.getLogger(__name__)

SUFFIXES = frozenset({".md", ".mdx", ".markdown", ".txt"})
# A year of digests in one file has a third of both.
LARGEST_FILE = 4_000_000
MOST_LINES = 100_000
_NOT_ENTERED = frozenset({"node_modules", "__pycache__"})
_GIT_SECONDS = 30


@dataclass(frozen=True)
class ArchiveFile:
    """One file: ``path`` on the disk, with ``member`` in a zip file. ``name`` is its path from
    the folder that was asked for, which tells years and days."""

    path: Path
    name: str
    member: str = ""

    @property
    def source(self) -> str:
        """What it is known by, wherever it was asked for from."""
        path = name_of(self.path.resolve())
        return f"{path}!/{self.member}" if self.member else path

    def __str__(self) -> str:
        return f"{name_of(self.path)}!/{self.member}" if self.member else name_of(self.path)

    def body(self) -> bytes:
        """The file's bytes.

        Raises:
            UnreadableError: it is too large or cannot be unpacked.
            OSError: it cannot be read.
        """
        body = self.read(LARGEST_FILE + 1)
        if len(body) > LARGEST_FILE:
            raise UnreadableError(
                f"larger than {LARGEST_FILE // 1_000_000} MB",
                message_id="archive-too-large",
                size=LARGEST_FILE // 1_000_000,
            )
        return body

    def read(self, most: int) -> bytes:
        """At most *most* of the file's bytes.

        Raises:
            UnreadableError: it cannot be unpacked.
            OSError: it cannot be read.
        """
        if not self.member:
            with self.path.open("rb") as file:
                return file.read(most)
        try:
            with zipfile.ZipFile(self.path) as archive:
                info = next(one for one in archive.infolist() if _spelt(one) == self.member)
                with archive.open(info) as file:
                    return file.read(most)
        except (zipfile.BadZipFile, RuntimeError, StopIteration, NotImplementedError) as error:
            raise UnreadableError(str(error), message_id="archive-not-unpacked") from error

    def written_at(self) -> datetime | None:
        """When it was written: as Git says, else as the file system does."""
        if self.member:
            return None
        try:
            return git_dates(self.path).get(
                os.fspath(self.path.resolve())
            ) or datetime.fromtimestamp(self.path.stat().st_mtime, UTC)
        except OSError:
            return None

    def has_git_date(self) -> bool:
        """Whether Git tells when it was written."""
        return not self.member and os.fspath(self.path.resolve()) in git_dates(self.path)


def name_of(path: Path) -> str:
    """The path as text that can be stored and shown, whatever bytes the file system holds, and
    however it spells Hangul."""
    return unicodedata.normalize("NFC", os.fsencode(path).decode("utf-8", "backslashreplace"))


def text_of(body: bytes) -> str:
    """The text of a file's bytes: UTF-8, UTF-16 with its mark, or the older Korean encoding.

    Raises:
        UnreadableError: it has too many lines, is binary, or in none of these encodings.
    """
    text = decoded(body)
    if max(text.count("\n"), text.count("\r")) > MOST_LINES:
        raise UnreadableError(
            f"more than {MOST_LINES} lines", message_id="archive-too-long", count=str(MOST_LINES)
        )
    return normalised(text, LARGEST_FILE)


def archive_files(paths: Iterable[Path]) -> Iterator[ArchiveFile]:
    """The files themselves, and those below folders and in zip files that may be digests, in
    order of their names, each once; hidden folders (such as Git's own) and links to folders are
    left out."""
    seen: set[tuple[Path, str]] = set()
    for path in paths:
        for file in _below(path) if path.is_dir() else _of_file(path):
            if (file.path, file.member) not in seen:
                seen.add((file.path, file.member))
                yield file


def _of_file(path: Path) -> Iterator[ArchiveFile]:
    if path.suffix.lower() == ".zip":
        yield from _members(path)
    elif path.is_file():
        # Its folders may tell the year.
        yield ArchiveFile(path, "/".join(map(name_of, map(Path, path.resolve().parts[-4:]))))


def _below(folder: Path) -> Iterator[ArchiveFile]:
    found = []
    for name, folders, files in os.walk(folder):
        folders[:] = [one for one in folders if one[0] != "." and one not in _NOT_ENTERED]
        paths = (Path(name, file) for file in files if file[0] != ".")
        found += [path for path in paths if path.suffix.lower() in (*SUFFIXES, ".zip")]
    top = folder.resolve().name
    for path in sorted(found):
        if path.suffix.lower() == ".zip":
            yield from _members(path)
        elif path.is_file():
            yield ArchiveFile(path, f"{top}/{name_of(path.relative_to(folder))}")


def _members(path: Path) -> Iterator[ArchiveFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = [_spelt(one) for one in archive.infolist() if not one.is_dir()]
    except (zipfile.BadZipFile, OSError) as error:
        log.warning("%s cannot be unpacked: %s", path, error)
        return
    for name in sorted(names):
        parts = Path(name).parts
        hidden = any(part[0] == "." or part in _NOT_ENTERED for part in parts)
        if Path(name).suffix.lower() in SUFFIXES and not hidden:
            yield ArchiveFile(path, f"{path.stem}/{name}", member=name)


def _spelt(info: zipfile.ZipInfo) -> str:
    """A member's name; older Korean tools write it in their own encoding without saying so."""
    name = info.filename
    if not info.flag_bits & 0x800 and not name.isascii():
        try:
            name = decoded(name.encode("cp437"))
        except (UnreadableError, UnicodeError):
            return name
    return unicodedata.normalize("NFC", name)


def system_reason(error: OSError) -> dict[str, str]:
    """Why the operating system refused something, for the catalogues."""
    code = errno.errorcode.get(error.errno or 0, "")
    return {"code": code, "reason": error.strerror or str(error)}


def git_dates(path: Path) -> Mapping[str, datetime]:
    """When the files of the checkout that holds *path* were last committed, by their paths; empty
    when it is in none."""
    for folder in path.resolve().parents:
        if (folder / ".git").exists():
            return _dates_in(folder)
    return {}


def forget_dates() -> None:
    """Ask Git anew the next time: a new import may come after a commit."""
    _dates_in.cache_clear()


@lru_cache(maxsize=8)
def _dates_in(checkout: Path) -> Mapping[str, datetime]:
    command = ["git", "-C", os.fspath(checkout), "-c", "core.quotePath=false"]
    # A checkout's own settings may name programs to run.
    command += ["-c", "log.showSignature=false", "-c", "core.fsmonitor=false"]
    command += ["log", "--format=%x00%ct", "--name-only", "--no-renames"]
    try:
        told = subprocess.run(command, capture_output=True, timeout=_GIT_SECONDS, check=True).stdout
    except (OSError, subprocess.SubprocessError) as error:
        log.warning("Git tells no dates of %s: %s", checkout, error)
        return {}
    found: dict[str, datetime] = {}
    for commit in os.fsdecode(told).split("\0")[1:]:
        seconds, *names = commit.split("\n")
        for name in filter(None, names):
            moment = datetime.fromtimestamp(int(seconds), UTC)
            found.setdefault(os.fspath(checkout / name), moment)
    return found
