"""Lists that a paper makes of what is its own: contributions, techniques, ingredients."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.answers.kinds import Kind
from bot.fulltext.text import sentences
from storage import Passage

MOST_ITEMS = 6
_FEWEST_ITEMS = 2
_LONGEST_ITEM, _SHORTEST_ITEM = 320, 12
# Words of a title that runs into an item's text.
_RUN_IN = 6
_I = re.IGNORECASE
_BULLET = re.compile(r"(?:^|(?<=\s))[•·▪‣]\s+")
_NUMBER = re.compile(
    r"(?:^|(?<=\s))(?:\(?(?P<n>[1-9])[.)]|\((?P<roman>i{1,3}|iv|vi{0,3})\))\s+(?=[\"“(\[]?\w)"
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8}
_OWN = (
    r"techniques?|ideas?|ingredients?|components?|innovations?|designs?|strategies|methods?|"
    r"modules?|parts|stages|steps|improvements|modifications|insights|aspects"
)
# What announces such a list, by the kind of question that it answers.
_ANNOUNCES = {
    Kind.METHOD: re.compile(
        rf"\b(?:key|main|core|major|novel|new|central|two|three|four|five|six|[2-6])\s+"
        rf"(?:\w+\s+){{0,2}}(?:{_OWN})\b|\bconsists?\s+of\b|\bcontributions?\b|"
        r"핵심\s*(?:기법|기술|요소|아이디어)|(?:기법|단계|요소)[은는]?\s*다음",
        _I,
    ),
    Kind.CONTRIBUTIONS: re.compile(
        r"\bcontribut(?:ions?|es?)\b|\b(?:we|this\s+(?:paper|work))\b.{0,200}\b(?:key|main|new|novel|"
        rf"two|three|four|five|[2-6])\s+(?:\w+\s+){{0,2}}(?:{_OWN})\b|기여",
        _I,
    ),
}
# A list of somebody else's troubles is announced by the same words.
_NOT_OWN = re.compile(r"\b(?:challenges?|issues?|problems?|limitations?|drawbacks?|serves)\b", _I)
_SEVERAL = _OWN.replace("?", "")
_WANTED = {
    Kind.METHOD: re.compile(
        rf"\b(?:key|main|core|major|central|important|essential)\s+(?:\w+\s+)?(?:{_OWN})\b|"
        rf"\b(?:which|what|all)\s+(?:\w+\s+)?(?:{_SEVERAL})\b|"
        r"(?:핵심|주요|주된|중요한)\s*(?:기법|기술|요소|아이디어|방법|구성|방식)|(?:기법|기술|요소)들",
        _I,
    ),
    Kind.CONTRIBUTIONS: re.compile(r"\bcontributions?\b|기여|공헌", _I),
}
_SECTIONS = re.compile(r"contribution|abstract|introduction|overview|conclusion", _I)
_CONTRIBUTIONS = re.compile(r"contribution", _I)


@dataclass(frozen=True)
class Item:
    """One member of a list, as it stands in its passage, with its mark for a reader."""

    text: str
    passage: Passage
    mark: str


@dataclass(frozen=True)
class Listing:
    """A list with the sentence that announces it, where there is one."""

    items: tuple[Item, ...]
    lead: Item | None = None


def wants_list(question: str, kind: Kind) -> bool:
    """Whether a question of this kind asks for several things at once."""
    pattern = _WANTED.get(kind)
    return pattern is not None and pattern.search(question) is not None


def find_list(passages: Sequence[Passage], kind: Kind) -> Listing | None:
    """The first list of the text that answers a general question of this kind, or None.

    A list that goes on in the next passage of its section is taken as one.
    """
    announces = _ANNOUNCES.get(kind)
    if announces is None:
        return None
    texts = [one for one in passages if one.kind == "text" and _SECTIONS.search(one.section)]
    found = [
        listing
        for section in dict.fromkeys(one.section for one in texts)
        for listing in _lists_in([one for one in texts if one.section == section])
    ]
    fitting = [one for one in found if _is_announced(one, announces, kind)]
    # What a paper brings is often told as what it is made of.
    if not fitting and kind is Kind.CONTRIBUTIONS:
        return find_list(passages, Kind.METHOD)
    return max(fitting, key=lambda one: _is_titled(one, kind), default=None)


def _is_titled(listing: Listing, kind: Kind) -> bool:
    section = listing.items[0].passage.section
    return kind is Kind.CONTRIBUTIONS and _CONTRIBUTIONS.search(section) is not None


def _is_announced(listing: Listing, announces: re.Pattern[str], kind: Kind) -> bool:
    if _is_titled(listing, kind):
        return True
    said = listing.lead.text if listing.lead else ""
    return announces.search(said) is not None and not _NOT_OWN.search(said)


@dataclass(frozen=True)
class _Mark:
    passage: int
    start: int
    end: int
    value: int


def _lists_in(passages: Sequence[Passage]) -> list[Listing]:
    """The lists of one section."""
    texts = [" ".join(one.text.split()) for one in passages]
    runs = [*_numbered(texts), *_bulleted(texts)]
    return [made for run in runs if (made := _listing(run, passages, texts)) is not None]


def _numbered(texts: Sequence[str]) -> list[list[_Mark]]:
    """Runs of marks that count from one."""
    runs: list[list[_Mark]] = []
    for at, text in enumerate(texts):
        for match in _NUMBER.finditer(text):
            value = int(match["n"]) if match["n"] else _ROMAN[match["roman"]]
            mark = _Mark(at, match.start(), match.end(), value)
            if value == 1:
                runs.append([mark])
            elif runs and runs[-1][-1].value == value - 1:
                runs[-1].append(mark)
    return runs


def _bulleted(texts: Sequence[str]) -> list[list[_Mark]]:
    marks = [
        _Mark(at, match.start(), match.end(), 0)
        for at, text in enumerate(texts)
        for match in _BULLET.finditer(text)
    ]
    return [marks] if marks else []


def _listing(
    run: Sequence[_Mark], passages: Sequence[Passage], texts: Sequence[str]
) -> Listing | None:
    if len(run) < _FEWEST_ITEMS:
        return None
    items = []
    for mark, following in [*pairwise(run), (run[-1], None)]:
        text = texts[mark.passage]
        same = following is not None and following.passage == mark.passage
        body = text[mark.end : following.start if same and following else len(text)]
        told = _first_of(body)
        if len(told) >= _SHORTEST_ITEM:
            sign = f"{mark.value}." if mark.value else "•"
            items.append(Item(told, passages[mark.passage], sign))
    if len(items) < _FEWEST_ITEMS:
        return None
    return Listing(tuple(items[:MOST_ITEMS]), _lead_of(run[0], passages, texts))


def _first_of(body: str) -> str:
    """An item's first sentence; its run-in title goes with the sentence after it."""
    told = sentences(body)
    if not told:
        return ""
    first = told[0]
    if len(first.split()) <= _RUN_IN and len(told) > 1:
        first = f"{first} {told[1]}"
    return (
        first if len(first) <= _LONGEST_ITEM else told[0][:_LONGEST_ITEM].rsplit(" ", 1)[0] + " …"
    )


def _lead_of(first: _Mark, passages: Sequence[Passage], texts: Sequence[str]) -> Item | None:
    """What is said right before a list: of the last two sentences the one that announces."""
    at = first.passage
    before = texts[at][: first.start].rstrip()
    if not before and at:
        at -= 1
        before = texts[at]
    said = sentences(before)[-2:]
    telling = [one for one in said if any(p.search(one) for p in _ANNOUNCES.values())]
    chosen = (telling or said or [""])[-1]
    return Item(chosen, passages[at], "") if chosen else None
