"""Quotations: how sentences of a paper are shown, and what stands behind a citation."""

import re
from collections.abc import Mapping, Sequence

from bot.answers.evidence import Source
from bot.answers.records import Citation
from bot.answers.sentences import Pick, nearest
from bot.search import Embedder
from bot.text.sentences import sentences

MOST_QUOTES = 2
GAP = " … "
_LONGEST = 300
_REFERENCE = re.compile(
    r"(?<!\bin)(?<!\bto)(?<!\bof)(?<!\bfrom)(?<!\brange)(?<!\binterval)(?<=[\w.,;)])"
    r"\s?\[[1-9]\d{0,2}(?:\s*[,;–-]\s*[1-9]\d{0,2})*\]"
)
_LIKE_OURS = re.compile(r"\[(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\]")


def nearest_to(claims: Sequence[str], source: Source, embedder: Embedder | None) -> list[str]:
    """The sentences of *source* that are nearest to what was claimed from it, in its order."""
    found: list[str] = []
    for claim in claims:
        best = nearest(claim, source, embedder)
        if best is not None and best not in found and len(found) < MOST_QUOTES:
            found.append(best)
    return in_order(found, source.text) or [_flat(source.text)[:_LONGEST]]


def in_order(quotes: Sequence[str], text: str) -> list[str]:
    """The quotes as they follow each other in *text*."""
    flat = _flat(text)
    return sorted(map(_flat, quotes), key=flat.find)


def around(quotes: Sequence[str], text: str) -> str:
    """The quotes with a sentence of *text* before and after each; what is left out is ``…``."""
    whole = sentences(_flat(text))
    flat = [_flat(quote) for quote in quotes]
    told = [at for at, one in enumerate(whole) if any(quote in one for quote in flat)]
    shown = {near for at in told for near in (at - 1, at, at + 1) if 0 <= near < len(whole)}
    if not told or not all(any(quote in whole[at] for at in told) for quote in flat):
        return GAP.join(flat)
    pieces = []
    for at in sorted(shown):
        gap = "" if at == 0 or at - 1 in shown else "… "
        pieces.append(gap + whole[at])
    return " ".join(pieces) + ("" if len(whole) - 1 in shown else " …")


def quote(
    picks: Sequence[Pick], *, first: int = 1, title: str = ""
) -> tuple[list[str], list[Citation]]:
    """Each pick as a Markdown quotation, with a citation a source, numbered from *first*.

    Where several papers are cited, *title* stands before the section.
    """
    titles = {one.source.paper_id: title for one in picks}
    numbers, citations = cite(picks, titles, first=first)
    lines = [
        f"> {as_text(one.text)} [{number}]" for one, number in zip(picks, numbers, strict=True)
    ]
    return lines, citations


def cite(
    picks: Sequence[Pick], titles: Mapping[str, str], *, first: int = 1
) -> tuple[list[int], list[Citation]]:
    """The number that each pick is cited by, and a citation a source, with the papers' *titles*
    before their sections."""
    numbers: dict[tuple[str, str, str], int] = {}
    cited: dict[int, list[Pick]] = {}
    marks = []
    for one in picks:
        key = (one.source.paper_id, one.source.section, one.source.url)
        marks.append(numbers.setdefault(key, first + len(numbers)))
        cited.setdefault(marks[-1], []).append(one)
    citations = [
        _citation(number, those, titles.get(those[0].source.paper_id, ""))
        for number, those in cited.items()
    ]
    return marks, citations


def as_text(sentence: str) -> str:
    """A sentence of a paper that does not act as Markdown and has no marks like ours.

    The paper's own marks for its references ("as in [21]") are left out; an interval stays.
    """
    flat = _REFERENCE.sub("", " ".join(sentence.split()))
    flat = _LIKE_OURS.sub(r"［\1］", flat)
    for char in "\\`*_<>|#":
        flat = flat.replace(char, f"\\{char}")
    # An escaped bracket would begin a formula.
    return flat.replace("[", "&#91;").replace("]", "&#93;")


def _citation(number: int, picks: Sequence[Pick], title: str) -> Citation:
    source = picks[0].source
    # Several passages may make up one section.
    texts: dict[str, list[str]] = {}
    for one in picks:
        texts.setdefault(one.source.text, []).append(one.text)
    quotes = {text: in_order(those, text) for text, those in texts.items()}
    return Citation(
        number=number,
        paper_id=source.paper_id,
        section=f"{title}: {source.section}" if title else source.section,
        quote=GAP.join(quote for those in quotes.values() for quote in those),
        url=source.url,
        around=GAP.join(around(those, text) for text, those in quotes.items()),
        passage=source.ordinal,
    )


def _flat(text: str) -> str:
    return " ".join(text.split())
