"""Sentences of running text, whatever its language."""

import re
from collections.abc import Iterator
from functools import cache

from bot.languages import languages
from bot.text.normal import one_line

# A full stop, what may close behind it, and white space before what may begin a sentence: anything
# but a small Latin letter, except where that begins a name (iFormer, o1, https).
_END = re.compile(
    r"(?<![.!?。…])[.!?。…]+[\"'”’)\]]*\s+"
    r"(?=[\"'“‘(\[$\\•*]*(?:[^\Wa-z_]|[a-z]{1,12}[A-Z\d]|[\"(\[{$\\<@]|[^\x00-\x7f]|https?:))"
)
# Sentences that lost the space between them.
_RUN_TOGETHER = re.compile(r"(?<=[a-z]{2}[.!?])(?=[A-Z][a-z]* )")


def sentences(text: str) -> list[str]:
    """The sentences of *text* in order, each on one line. Abbreviations and initials end none."""
    return [one for one in _cut(_RUN_TOGETHER.sub(" ", one_line(text))) if one]


def shorten(text: str, limit: int) -> str:
    """At most *limit* characters, cut at a word with an ellipsis where it must be cut."""
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def _cut(text: str) -> Iterator[str]:
    start = 0
    for end in sentence_ends(text):
        yield text[start:end].strip()
        start = end
    yield text[start:].strip()


def sentence_ends(text: str) -> Iterator[int]:
    """Where the sentences of *text* end that another one follows, the space between included."""
    for end in _END.finditer(text):
        if not _abbreviation().search(text[max(0, end.start() - 12) : end.start() + 1]):
            yield end.end()


@cache
def _abbreviation() -> re.Pattern[str]:
    """Matches a text that ends with an abbreviation, or with an initial."""
    known = [re.escape(word) for one in languages() for word in one.abbreviations]
    return re.compile(rf"\b(?:{'|'.join([*known, '[A-Z]'])})\.$")
