"""Whether a paper meets a wish: plain words against what is known of it."""

import re
import unicodedata
from collections.abc import Sequence

from storage import Paper, Summary


def matching(topics: Sequence[str], paper: Paper, summary: Summary | None = None) -> list[str]:
    """Those of *topics* that the paper is about, in the order given.

    Latin words match at the start of a word and in singular and plural ("agents" finds "agent",
    "rag" doesn't find "fragment"); Korean ones match anywhere, whatever the spacing.
    """
    text = _haystack(paper, summary)
    compact = text.replace(" ", "")
    return [topic for topic in topics if _occurs(_folded(topic), text, compact)]


def _haystack(paper: Paper, summary: Summary | None) -> str:
    parts = [
        paper.title,
        paper.abstract,
        *paper.authors,
        paper.organization or "",
        *paper.categories,
        *paper.keywords,
    ]
    if summary is not None:
        parts += [summary.tldr, *summary.keywords, *summary.organizations]
        parts += [highlight.text for highlight in summary.highlights]
    return _folded(" \n ".join(parts))


def _folded(text: str) -> str:
    return re.sub(r"[\s\-‐–]+", " ", unicodedata.normalize("NFKC", text).casefold()).strip()


def _occurs(topic: str, text: str, compact: str) -> bool:
    if not topic:
        return False
    if not topic.isascii():
        return topic.replace(" ", "") in compact
    stem = topic[:-1] if len(topic) > 4 and topic.endswith("s") else topic
    end = r"(s|\b)" if len(stem) < 5 else ""
    return re.search(rf"(?<![a-z0-9]){re.escape(stem)}{end}", text) is not None
