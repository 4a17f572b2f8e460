"""Whether a paper is about a topic of a channel, by the words that are known of it."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from bot.text.terms import Term, terms_of
from bot.text.words import in_pairs, query_words
from storage import Paper, Summary


def matching(topics: Sequence[str], paper: Paper, summary: Summary | None = None) -> list[str]:
    """Those of *topics* that the paper is about, in the order given.

    Words match at their start and in singular and plural ("agents" finds "agent", "rag" doesn't
    find "fragment"); what is matched in pairs of letters matches anywhere, whatever the spacing. A
    known term matches in other languages too, and of a topic of several terms each must. A word
    that the abstract says only once is a mention, not a topic.
    """
    if not topics:
        return []
    marked, told = _marked(paper, summary), _folded(paper.abstract)
    return [topic for topic in topics if _meets(topic, marked, told)]


def _meets(topic: str, marked: str, told: str) -> bool:
    """By the words as they stand, or by its terms in any language. Words make a phrase; those that
    are matched in pairs, whose papers are in English, may stand apart."""
    if _named(topic, marked, told):
        return True
    terms = _terms(topic)
    if not in_pairs(topic) and len(terms) > 1:
        return False
    return any(term.translations for term in terms) and all(
        any(_named(form, marked, told) for form in (" ".join(term.words), *term.translations))
        for term in terms
    )


@lru_cache(maxsize=256)
def _terms(topic: str) -> list[Term]:
    """A channel's topics are looked for in one paper after the other."""
    return terms_of(query_words(topic))


def _named(form: str, marked: str, told: str) -> bool:
    folded = _folded(form)
    return _count(folded, marked) > 0 or _count(folded, told) > 1


def _marked(paper: Paper, summary: Summary | None) -> str:
    """What names the paper's subject, each part on a line."""
    parts = [
        paper.title,
        *paper.authors,
        paper.organization or "",
        *paper.categories,
        *paper.keywords,
    ]
    if summary is not None:
        parts += [summary.tldr, *summary.keywords, *summary.organizations]
    return "\n".join(_folded(part) for part in parts)


def _folded(text: str) -> str:
    return re.sub(r"[\s\-‐–]+", " ", unicodedata.normalize("NFKC", text).casefold()).strip()


def _count(topic: str, text: str) -> int:
    if not topic:
        return 0
    if in_pairs(topic):
        return text.replace(" ", "").count(topic.replace(" ", ""))
    stem = topic[:-1] if len(topic) > 4 and topic.endswith("s") else topic
    if stem not in text:
        return 0
    end = r"(s|\b)" if len(stem) < 5 and stem[-1].isalnum() else ""
    return len(re.findall(rf"(?<![a-z0-9]){re.escape(stem)}{end}", text))
