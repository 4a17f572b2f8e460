"""Finds the format of a text, and the format files of this package."""

from collections.abc import Mapping
from functools import cache

from bot.archive.markdown.base import Format, Parsed
from bot.archive.markdown.source import Source
from bot.plugins import found_in
from storage import ArchiveDigest


class UnknownFormatError(KeyError):
    """A text that is a digest of no known style, or a style without a format."""


def parse_file(text: str) -> Parsed:
    """The digests in *text*, whatever their style.

    Raises:
        UnknownFormatError: it is no digest.
    """
    source = Source.of(text)
    for form in _formats().values():
        if form.recognises(source):
            return form.parse(source)
    raise UnknownFormatError("no digest style is recognised")


def render(digest: ArchiveDigest, *, front_matter: bool = False) -> str:
    """The digest as Markdown that GitHub, Docusaurus and Discourse show alike.

    Raises:
        UnknownFormatError: no format goes by the digest's style.
    """
    form = _formats().get(digest.style)
    if form is None:
        raise UnknownFormatError(digest.style)
    text = form.render(digest).strip() + "\n"
    return _front_matter(digest) + text if front_matter else text


def _front_matter(digest: ArchiveDigest) -> str:
    lines = [
        "---",
        f'title: "{digest.style} {digest.period}"',
        f'period: "{digest.period}"',
        f"style: {digest.style}",
        f"language: {digest.language}",
        f"papers: {len(digest.entries)}",
        "---",
        "",
    ]
    return "\n".join([*lines, ""])


@cache
def _formats() -> Mapping[str, Format]:
    return {one.name: one for one in found_in("bot.archive.markdown", "FORMAT")}
