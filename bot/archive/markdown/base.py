"""What a style's file provides, and what comes out of reading."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.archive.markdown.source import Source
from storage import ArchiveDigest


@dataclass(frozen=True)
class Problem:
    """A line that was not understood; ``line`` counts from 1."""

    line: int
    text: str


@dataclass(frozen=True)
class Parsed:
    """The digests of one file, and what of it was not understood."""

    digests: tuple[ArchiveDigest, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Format:
    """``recognises`` looks at the content only, never at a file's name."""

    name: str
    recognises: Callable[[Source], bool]
    parse: Callable[[Source], Parsed]
    render: Callable[[ArchiveDigest], str]
