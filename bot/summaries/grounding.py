"""Finds the passages that the parts of a summary rest on. Pure."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from bot.summaries.context_window import ShownPassages
from bot.summaries.outside_links import leads_outside
from bot.summaries.source_texts import SourceTexts
from bot.text import one_line
from bot.text.quantities import Evidence, names_of, quantities
from bot.text.words import content_words
from storage import Highlight, Section, Summary

_MOST_PASSAGES = 6
_MARKDOWN = re.compile(r"\*\*|`+|^[^\S\n]*(?:[-*•]|#+)[^\S\n]+", re.MULTILINE)
# "1Example Lab": what ties an institution to its authors is glued to its name.
_AFFILIATION_MARK = re.compile(r"\b\d{1,2}(?=[^\W\d_])")
_NOT_WORD = re.compile(r"[\W_]+")
Part = TypeVar("Part", Highlight, Section)


def plain(text: str) -> str:
    """The text on one line, without Markdown's emphasis, code marks and bullets."""
    return one_line(_MARKDOWN.sub("", text))


def known_names(
    wanted: Iterable[str], shown: ShownPassages, source: SourceTexts
) -> tuple[str, ...]:
    """Those of *wanted* keywords and organisations that stand in the evidence, once each; made-up
    ones are left out."""
    front = [source.front, _AFFILIATION_MARK.sub(" ", source.front)]
    given = " ".join([*front, source.paper.organization or "", *source.paper.keywords])
    evidence = _words(f"{shown.evidence} {given}")
    names = [name for one in wanted if (name := plain(one)) and not leads_outside(name)]
    return tuple(dict.fromkeys(one for one in names if _words(one) in evidence))


def ground(summary: Summary, shown: ShownPassages) -> Summary:
    """Each highlight and section with passages that hold the numbers and names it has.

    A model often names too few, or none: what it named stays, and for each number that stands in
    none of those and not in the abstract, the passage that shares most words with the text is
    added.
    """
    passages = {ordinal: (Evidence(text), text) for ordinal, text in shown.passages.items()}
    abstract = Evidence(shown.abstract)
    return replace(
        summary,
        highlights=tuple(_grounded(one, passages, abstract) for one in summary.highlights),
        sections=tuple(_grounded(one, passages, abstract) for one in summary.sections),
    )


def _grounded(part: Part, passages: dict[int, tuple[Evidence, str]], abstract: Evidence) -> Part:
    text: str = part.text
    chosen = [*part.passages]
    said = set(content_words(text))
    likest = sorted(
        passages, key=lambda ordinal: -len(said & set(content_words(passages[ordinal][1])))
    )
    for claim in _claims(text):
        if any(not passages[ordinal][0].missing(claim) for ordinal in chosen):
            continue
        if abstract.missing(claim):
            holding = (ordinal for ordinal in likest if not passages[ordinal][0].missing(claim))
            chosen += [ordinal for ordinal in [next(holding, None)] if ordinal is not None]
    return replace(part, passages=tuple(sorted(dict.fromkeys(chosen[:_MOST_PASSAGES]))))


def _claims(text: str) -> list[str]:
    names, rest = names_of(text)
    return [*names, *(one.text for one in quantities(rest))]


def _words(text: str) -> str:
    """The words between single spaces, so that one can only be found as a whole."""
    return f" {_NOT_WORD.sub(' ', text).strip().lower()} "
