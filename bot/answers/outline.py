"""The sections in which a paper describes what it made: an answer where it lists nothing itself."""

import re
from collections.abc import Sequence

from bot.fulltext.document import SEPARATOR
from storage import Passage

MOST_SECTIONS = 6
_FEWEST_SECTIONS = 2
_METHOD = re.compile(
    r"\b(?:methods?|methodology|approach(?:es)?|framework|proposed|our\s+\w+|algorithm|system|"
    r"architecture)\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:experiments?|evaluation|results|related|background|preliminar\w+|appendix|details|"
    r"conclusions?|discussion|introduction)\b",
    re.IGNORECASE,
)
# Sections below the method that say nothing of what is special about it.
_USUAL = re.compile(
    r"\b(?:overview|preliminar\w+|background|notations?|problem\s+(?:setting|statement|definition|"
    r"formulation)|implementation|other|datasets?|infrastructure|details)\b",
    re.IGNORECASE,
)


def method_sections(passages: Sequence[Passage], name: str) -> list[Passage]:
    """The first passage of each section below the method's, in order; none where it has no parts.

    *name* is what the paper calls its work: the method's section may bear no other title.
    """
    tops = dict.fromkeys(_path(one)[0] for one in passages if one.section)
    for top in tops:
        if _OTHER.search(top) or not (_METHOD.search(top) or _is_named(top, name)):
            continue
        parts = _parts_of(top, passages)
        if len(parts) >= _FEWEST_SECTIONS:
            return parts[:MOST_SECTIONS]
    return []


def title_of(passage: Passage) -> str:
    """The title of the section right below the outermost."""
    return _path(passage)[1]


def _parts_of(top: str, passages: Sequence[Passage]) -> list[Passage]:
    firsts: dict[str, Passage] = {}
    for one in passages:
        path = _path(one)
        if one.kind == "text" and path[0] == top and len(path) > 1 and not _USUAL.search(path[1]):
            firsts.setdefault(path[1], one)
    return list(firsts.values())


def _is_named(title: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", title, re.IGNORECASE) is not None


def _path(passage: Passage) -> list[str]:
    return [part.strip() for part in passage.section.split(SEPARATOR.strip())]
