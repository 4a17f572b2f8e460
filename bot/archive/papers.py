"""Finds where the papers of a digest begin: its headings, its list's items or its table's rows.
Pure."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import NamedTuple

from bot.archive.entry import Span
from bot.archive.facts import adopted_link
from bot.archive.heads import Head, head_of, is_paper_link
from bot.archive.items import has_paper, item_spans, rest_of
from bot.archive.names import (
    WEEKLY,
    heading_label,
    is_link_label,
    is_outside,
    line_label,
)
from bot.archive.tree import Block, Item, Source

_LABELS_OF_DIGESTS = frozenset({"new", "technical", "performance", "votes", "authors", *WEEKLY})
# The labels of a week's papers, in their usual order.
_OF_WEEKS = (*WEEKLY[:2], "link", WEEKLY[2])
_LONGEST_LABEL = 60
# Marks that a line begins with which is a title: of emphasis, of a link, a number, a sign.
_QUOTED = re.compile(r"^ {0,3}> ?", re.M)
_BEGINS_TITLE = re.compile(r"(?:\d{1,3}(?:[.)]|\ufe0f?\u20e3)\s*)?(?:[*_\[<]|https?://|[^\w\s]\s)")


@dataclass(frozen=True)
class Papers:
    """``are_items`` of a list or table, which hold no more than a few lines each; ``by_id`` when
    the headings are nothing but ids."""

    spans: tuple[Span, ...] = ()
    are_items: bool = False
    by_id: bool = False


class _Heading(NamedTuple):
    place: int
    block: Block
    head: Head
    is_label: bool


def papers_in(
    source: Source, blocks: Sequence[Block], end: int, *, hint: str, dated: bool
) -> Papers:
    """The papers among *blocks*, the last of which may go on up to the line *end*."""
    headings = [
        _Heading(place, block, head, not head.is_linked and _is_label(block))
        for place, block in enumerate(blocks)
        if block.kind == "heading" and not block.wrapped
        for head in (head_of(source, block.text),)
    ]
    if any(one.head.is_linked for one in headings):
        return _under_headings(source, blocks, headings, end)
    items = tuple(item_spans(source, blocks, hint))
    if items and not _has_texts(blocks, headings):
        return Papers(items, are_items=True)
    if not any(one.is_label for one in headings) and (found := _labelled(source, blocks, end)):
        return Papers(_parted_by_rules(found))
    if headings and (hint or _speaks_of_papers(source, blocks, headings)):
        papers = _under_headings(source, blocks, headings, end)
        if papers.spans:
            return papers
    if items:
        return Papers(items, are_items=True)
    return Papers(tuple(_paragraph_spans(source, blocks, end, dated=dated)))


def _under_headings(
    source: Source, blocks: Sequence[Block], headings: Sequence[_Heading], end: int
) -> Papers:
    level = _level(headings)
    linked = [one for one in headings if one.head.is_linked and one.block.level == level]
    by_id = bool(linked) and 2 * sum(not one.head.title for one in linked) >= len(linked)
    numbered = bool(linked) and all(one.head.number for one in linked)
    starts: list[_Heading] = []
    ends: list[int] = []
    current: _Heading | None = None
    number: int | None = None
    for one in headings:
        if one.block.level > level:
            continue
        begins = (
            _begins(source, blocks, one, level, bool(linked) and not numbered)
            and not by_id
            and not (numbered and not one.head.number)
        )
        goes_on = current is not None and number is not None
        if goes_on and one.head.number == str((number or 0) + 1) and not one.head.is_linked:
            begins = False
        if one.head.is_linked or begins:
            starts.append(one)
            ends.append(one.block.first)
            current, number = one, None
        elif current is not None and (
            is_outside(one.block.text) or not _belongs(one, current, level)
        ):
            ends.append(one.block.first)
            current = None
        elif (label := heading_label(one.block.text)) is not None:
            number = label.number
    limits = sorted({*ends, end})
    spans = []
    for one in starts:
        last = next(line for line in limits if line > one.block.first or line == end)
        inner = tuple(block for block in blocks[one.place + 1 :] if block.first < last)
        spans.append(Span(one.head, one.block.first, last, inner, rest_of(one.head)))
    return Papers(_parted_by_rules(spans), by_id=by_id)


def _parted_by_rules(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Where a rule stands between any two papers, one after the last paper ends it."""
    rules = [[at for at, one in enumerate(span.blocks) if one.kind == "rule"] for span in spans]
    ends = [[len(span.blocks) - 1] for span in spans]
    if len(spans) < 2 or rules[:-1] != ends[:-1] or not rules[-1]:
        return tuple(spans)
    last, at = spans[-1], rules[-1][0]
    return (*spans[:-1], last._replace(end=last.blocks[at].first, blocks=last.blocks[:at]))


def _level(headings: Sequence[_Heading]) -> int:
    """The level on which the papers' headings stand: that of most links, else of what has labels
    below it, else the highest."""
    linked = Counter(one.block.level for one in headings if one.head.is_linked)
    if linked:
        return max(linked, key=lambda level: (linked[level], -level))
    for before, one in pairwise(headings):
        if one.is_label and not before.is_label:
            return before.block.level
    return min((one.block.level for one in headings if not one.is_label), default=0)


def _is_label(block: Block) -> bool:
    label = heading_label(block.text)
    return label is not None and label.is_usual


def _begins(
    source: Source, blocks: Sequence[Block], one: _Heading, level: int, beside_links: bool
) -> bool:
    """Whether a heading without a link begins a paper: among those with links, a word or two are
    no title."""
    if one.block.level != level or one.is_label or is_outside(one.block.text):
        return False
    if not one.head.title and not one.head.url:
        return False
    is_title = not beside_links or len(one.head.title.split()) > 2 or one.head.organization
    return bool(is_title) or _has_address(source, blocks, one)


def _belongs(one: _Heading, current: _Heading, level: int) -> bool:
    """Whether a heading stands within the paper before it: as high as its own, a label, or what
    may be its title."""
    return one.is_label or one.block.level == level or not current.head.title


def _has_texts(blocks: Sequence[Block], headings: Sequence[_Heading]) -> bool:
    """Whether texts stand below the headings: then these are what a list's links are about."""
    if not headings:
        return False
    below = blocks[headings[0].place :]
    return any(block.kind in ("paragraph", "quote") for block in below) and not all(
        is_outside(one.block.text) for one in headings
    )


def _speaks_of_papers(
    source: Source, blocks: Sequence[Block], headings: Sequence[_Heading]
) -> bool:
    """Whether headings without links are papers: parts that only papers have, or the address of
    one, stand below them, or they have tags."""
    if any(one.head.organization for one in headings):
        return True
    lines = (
        item.text.split("\n", 1)[0]
        for block in blocks
        if block.kind in ("list", "paragraph")
        for item in block.items or (Item(block.text, block.first, block.end),)
    )
    labels = [*map(line_label, lines), *(heading_label(one.block.text) for one in headings)]
    found = {label.name for label in labels if label and label.is_usual}
    titles = [one for one in headings if not one.is_label and not is_outside(one.block.text)]
    return bool(titles) and (
        bool(found & _LABELS_OF_DIGESTS) or any(_has_address(source, blocks, one) for one in titles)
    )


def _has_address(source: Source, blocks: Sequence[Block], heading: _Heading) -> bool:
    """Whether what stands between a heading and the next tells where its paper is."""
    below = takewhile(lambda one: one.kind != "heading", blocks[heading.place + 1 :])
    return any(adopted_link(source, one.text) for one in below)


def _labelled(source: Source, blocks: Sequence[Block], end: int) -> tuple[Span, ...]:
    """The papers of a text whose headings are plain lines: a title stands before the first of its
    labels, which come in the same order for each."""
    ranks = {name: rank for rank, name in enumerate(_OF_WEEKS)}
    blocks = [part for block in blocks for part in _by_labels(block)]
    starts: list[int] = []
    last, stop = -1, end
    for place, block in enumerate(blocks):
        name = _lone_label(block)
        if name == "end":
            stop = block.first
            break
        if name not in ranks:
            continue
        if (ranks[name] <= last or last < 0) and place and _lone_label(blocks[place - 1]) is None:
            starts.append(place - 1)
        last = ranks[name]
    if not starts or blocks[starts[0]].kind not in ("paragraph", "heading"):
        return ()
    heads = [head_of(source, blocks[place].text) for place in starts]
    return tuple(_between(blocks, starts, heads, stop))


def _by_labels(block: Block) -> Iterator[Block]:
    """A paragraph cut before and behind each line that is a label of a week's papers; the line
    before the first of these labels is a title."""
    lines = block.text.split("\n") if block.kind == "paragraph" else []
    names = [_label_of(line) for line in lines] if len(lines) > 1 else []
    cuts = {at + step for at, name in enumerate(names) if name in _OF_WEEKS for step in (0, 1)}
    cuts |= {at - 1 for at, name in enumerate(names) if at and name == _OF_WEEKS[0]}
    return _cut(block, cuts)


def _label_of(line: str) -> str | None:
    """The name of the usual label that a line is."""
    label = heading_label(line) if len(line) <= _LONGEST_LABEL else None
    return label.name if label and label.is_usual else None


def _lone_label(block: Block) -> str | None:
    """The name of the label that a paragraph of one line is."""
    is_line = block.kind == "paragraph" and "\n" not in block.text
    return _label_of(block.text) if is_line else None


def _cut(block: Block, places: Collection[int]) -> Iterator[Block]:
    """The block cut before each of these lines of it."""
    lines = block.text.split("\n")
    for first, last in pairwise(sorted({0, *places, len(lines)})):
        text = "\n".join(lines[first:last])
        yield block._replace(text=text, first=block.first + first, end=block.first + last)


def _paragraph_spans(
    source: Source, blocks: Sequence[Block], end: int, *, dated: bool
) -> Iterator[Span]:
    """The papers of a text that begins each with a line of its own, which has a link to it; in a
    text with a date, else those that a paragraph calls by their titles."""
    blocks = [one for block in blocks for one in _apart(block, lambda line: _opens(source, line))]
    starts = [
        place
        for place, block in enumerate(blocks)
        if block.kind == "paragraph" and _opens(source, block.text.split("\n", 1)[0])
    ]
    if starts:
        firsts = [blocks[place].text.split("\n", 1)[0] for place in starts]
        return _between(blocks, starts, [head_of(source, one) for one in firsts], end)
    texts = {place: one.text for place, one in enumerate(blocks) if one.kind == "paragraph"}
    named = {place: title for place in texts if dated and (title := _named(source, texts[place]))}
    ends = [*(blocks[place].first for place in list(named)[1:]), end][: len(named)]
    return (
        Span(head, blocks[place].first, last, _until(blocks[place:], last))
        for (place, head), last in zip(named.items(), ends, strict=True)
    )


def _opens(source: Source, line: str) -> bool:
    """Whether a line of a paragraph begins a paper."""
    return bool(_BEGINS_TITLE.match(line)) and has_paper(source, line)


def _apart(block: Block, begins: Callable[[str], bool]) -> Iterator[Block]:
    """A paragraph, or a quote that begins a paper, cut before each of the lines that begin one."""
    if block.kind == "quote" and begins(text := _QUOTED.sub("", block.text)):
        block = block._replace(kind="paragraph", text=text)
    lines = block.text.split("\n") if block.kind == "paragraph" else []
    return _cut(block, [at for at, line in enumerate(lines) if begins(line)])


def _named(source: Source, text: str) -> Head | None:
    """The first paper that a paragraph calls by its title."""
    links = (one for one in source.pieces(text) if one.kind == "link") if "](" in text else ()
    first = next((one for one in links if is_paper_link(one.url)), None)
    known = first is not None and len(first.text.split()) > 1 and not is_link_label(first.text)
    return head_of(source, f"[{first.text}]({first.url})") if first and known else None


def _until(blocks: Sequence[Block], end: int) -> tuple[Block, ...]:
    return tuple(block for block in blocks if block.first < end)


def _between(
    blocks: Sequence[Block], starts: Sequence[int], heads: Sequence[Head], end: int
) -> Iterator[Span]:
    """The papers whose titles are the first lines of the blocks at *starts*."""
    ends = [*(blocks[place].first for place in starts[1:]), end][: len(starts)]
    for place, head, last in zip(starts, heads, ends, strict=True):
        block = blocks[place]
        inner = [one for one in blocks[place + 1 :] if one.first < last]
        if rest := block.text.partition("\n")[2]:
            inner.insert(0, block._replace(text=rest, first=block.first + 1))
        yield Span(head, block.first, last, tuple(inner), rest_of(head))
