"""Small pieces that several formats read and write."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.archive.markdown.base import Problem
from bot.archive.markdown.source import Block
from bot.languages import catalog
from bot.slack.blocks.text import truncate
from bot.sources.ids import arxiv_id
from bot.text import one_line
from storage import ArchiveDigest, ArchiveEntry

DATE = r"(?P<date>\d{4}-\d{2}-\d{2})"
# Marks anywhere, underscores at the edge of a word, entities, what a line may not begin with, and
# what a heading may not end with.
_SPECIAL = re.compile(
    r"[\\`*\[\]<>{}|~]|(?<!\w)_|_(?!\w)|&(?=#?\w+;)|^[#+=-]|#$|"
    r"(?<=^\d)[.)](?=\s|$)|(?<=^\d\d)[.)](?=\s|$)"
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_MAKER = re.compile(
    r"(?P<word>만든 이|Made by): (?P<maker>.{1,200}) \((?P<day>\d{4}-\d{2}-\d{2}|-)\)\."
)
_HANGUL = re.compile(r"[가-힣]")
_LETTER = re.compile(r"[^\W\d_]")


def escaped(text: str) -> str:
    """Plain text as Markdown (and MDX) that shows just that text, on one line."""
    return _SPECIAL.sub(lambda found: "\\" + found[0], one_line(text))


def plain(text: str) -> str:
    """What :func:`escaped` made, back again; harmless on text that people wrote."""
    return _ESCAPED.sub(r"\1", text).strip()


def linked(label: str, url: str) -> str:
    """A Markdown link, or the label alone."""
    safe = url.replace(" ", "%20").replace("(", "%28").replace(")", "%29")
    return f"[{escaped(label)}]({safe})" if url else escaped(label)


def language_of(texts: Iterable[str]) -> str:
    """``ko`` when a fair part of the letters is Hangul."""
    whole = " ".join(texts)
    letters = len(_LETTER.findall(whole))
    return "ko" if letters and len(_HANGUL.findall(whole)) / letters > 0.15 else "en"


def paper_url(entry: ArchiveEntry, base: str = "https://arxiv.org/abs/") -> str:
    """Where the entry's title leads."""
    return f"{base}{entry.paper_id}" if entry.paper_id else entry.url


def identified(url: str) -> tuple[str | None, str]:
    """The arXiv id behind a link, or None and the link itself."""
    found = arxiv_id(url)
    return (found, "") if found else (None, url)


def maker_line(digest: ArchiveDigest) -> str:
    """How the digest was made; empty when a person wrote it or nobody knows."""
    if not digest.maker:
        return ""
    words = catalog(digest.language)
    key = "archive-maker-extractive" if digest.maker == "extractive" else "archive-maker"
    return "> " + words.text(key, maker=digest.maker, day=digest.made_on or "-")


@dataclass(frozen=True)
class Made:
    """How a file says it was made: all empty when it doesn't. ``language`` is that of the line,
    which tells the digest's even where its texts are quoted from papers in another one."""

    maker: str = ""
    day: str = ""
    language: str = ""


def made(texts: Iterable[str]) -> Made:
    """What the line that :func:`maker_line` wrote says, if it is among *texts*."""
    for text in texts:
        if found := _MAKER.search(text):
            day = "" if found["day"] == "-" else found["day"]
            return Made(found["maker"], day, "en" if found["word"] == "Made by" else "ko")
    return Made()


def made_of(blocks: Iterable[Block]) -> Made:
    """The same from blocks, where only a quote can be that line."""
    return made(block.text for block in blocks if block.kind == "quote")


def is_maker(block: Block) -> bool:
    """Whether the block is that line."""
    return block.kind == "quote" and _MAKER.search(block.text) is not None


def not_understood(blocks: Sequence[Block]) -> list[Problem]:
    """The blocks as problems, a line each."""
    return [
        Problem(block.line, truncate(one_line(block.text), 120))
        for block in blocks
        if block.kind != "rule" and not is_maker(block)
    ]
