"""Finds where the papers of a digest begin: its headings, its list's items or its table's rows.
Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.archive.entry import Span
from bot.archive.heads import Head, first_paper, head_of
from bot.archive.names import WEEKLY, heading_label, is_outside, line_label
from bot.archive.tree import Block, Item, Source

_LABELS_OF_DIGESTS = frozenset({"new", "technical", "performance", "votes", "authors", *WEEKLY})


@dataclass(frozen=True)
class Papers:
    """``are_items`` of a list or table, which hold no more than a few lines each; ``by_id`` when
    the headings are nothing but ids."""

    spans: tuple[Span, ...] = ()
    are_items: bool = False
    by_id: bool = False


@dataclass(frozen=True)
class _Heading:
    place: int
    block: Block
    head: Head


def papers_in(source: Source, blocks: Sequence[Block], end: int, *, hint: str) -> Papers:
    """The papers among *blocks*, the last of which may go on up to the line *end*."""
    headings = [
        _Heading(place, block, head_of(source, block.text))
        for place, block in enumerate(blocks)
        if block.kind == "heading" and not block.wrapped
    ]
    if any(one.head.is_linked for one in headings):
        return _under_headings(blocks, headings, end)
    items = tuple(_item_spans(source, blocks, hint))
    if items and not _has_texts(blocks, headings):
        return Papers(items, are_items=True)
    labelled = not any(_is_label(one.block) for one in headings)
    if labelled and (found := _labelled(source, blocks, end)):
        return Papers(found)
    if headings and (hint or _speaks_of_papers(blocks, headings)):
        papers = _under_headings(blocks, headings, end)
        if papers.spans:
            return papers
    if items:
        return Papers(items, are_items=True)
    return Papers(tuple(_paragraph_spans(source, blocks, end)))


def _under_headings(blocks: Sequence[Block], headings: Sequence[_Heading], end: int) -> Papers:
    level = _level(headings)
    linked = [one for one in headings if one.head.is_linked and one.block.level == level]
    by_id = bool(linked) and 2 * sum(not one.head.title for one in linked) >= len(linked)
    starts: list[tuple[_Heading, int]] = []
    stops: list[int] = []
    current: _Heading | None = None
    number: int | None = None
    for one in headings:
        if one.block.level > level:
            continue
        label = heading_label(one.block.text)
        if one.head.is_linked or _begins(one, level, current, number, by_id=by_id):
            starts.append((one, one.place))
            current, number = one, None
        elif current is None or _belongs(one, current, level):
            number = label.number if label else number
        elif label is None or is_outside(one.block.text):
            stops.append(one.block.first)
            current = None
        else:
            number = label.number
    spans = tuple(_spans(blocks, [one for one, _ in starts], stops, end))
    return Papers(spans, by_id=by_id)


def _level(headings: Sequence[_Heading]) -> int:
    """The level on which the papers' headings stand: that of most links, else of what has labels
    below it, else the highest."""
    linked = Counter(one.block.level for one in headings if one.head.is_linked)
    if linked:
        return max(linked, key=lambda level: (linked[level], -level))
    plain = [one for one in headings if not _is_label(one.block)]
    for before, one in pairwise(headings):
        if _is_label(one.block) and not _is_label(before.block):
            return before.block.level
    return min((one.block.level for one in plain), default=0)


def _is_label(block: Block) -> bool:
    label = heading_label(block.text)
    return label is not None and label.is_usual


def _begins(
    one: _Heading, level: int, current: _Heading | None, number: int | None, *, by_id: bool
) -> bool:
    """Whether a heading without a link begins a paper."""
    if one.block.level != level or by_id or is_outside(one.block.text):
        return False
    if _is_label(one.block) or not (one.head.title or one.head.url):
        return False
    goes_on = number is not None and one.head.number == str(number + 1)
    return not (current is not None and goes_on)


def _belongs(one: _Heading, current: _Heading, level: int) -> bool:
    """Whether a heading as high as a paper's stands within it: its title, or a part of it."""
    if is_outside(one.block.text):
        return False
    return not current.head.title or _is_label(one.block) or one.block.level == level


def _spans(
    blocks: Sequence[Block], starts: Sequence[_Heading], stops: Sequence[int], end: int
) -> Iterator[Span]:
    for at, one in enumerate(starts):
        limits = [line for line in stops if line > one.block.first]
        following = starts[at + 1].block.first if at + 1 < len(starts) else end
        last = min([following, *limits])
        inner = tuple(block for block in blocks[one.place + 1 :] if block.first < last)
        yield Span(one.head, one.block.first, one.block.end, last, inner)


def _has_texts(blocks: Sequence[Block], headings: Sequence[_Heading]) -> bool:
    """Whether texts stand below the headings: then these are what a list's links are about."""
    if not headings:
        return False
    below = blocks[headings[0].place :]
    return any(block.kind in ("paragraph", "quote") for block in below) and not all(
        is_outside(one.block.text) for one in headings
    )


def _speaks_of_papers(blocks: Sequence[Block], headings: Sequence[_Heading]) -> bool:
    """Whether headings without links are papers: parts that only papers have stand below them,
    or they have tags."""
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
    others = [one for one in headings if not _is_label(one.block)]
    return bool(others and found & _LABELS_OF_DIGESTS)


def _item_spans(source: Source, blocks: Sequence[Block], hint: str) -> Iterator[Span]:
    for block in blocks:
        if block.kind == "table":
            yield from _row_spans(source, block)
        if block.kind != "list":
            continue
        heads = [_item_head(source, item) for item in block.items]
        named = sum(head is not None and head.is_linked for head in heads)
        if 2 * named < len(heads) and not (hint == "brief" and block.text.lstrip()[:1].isdigit()):
            continue
        for item, head in zip(block.items, heads, strict=True):
            yield _item_span(item, head or head_of(source, item.text.split("\n", 1)[0]))


def _item_head(source: Source, item: Item) -> Head | None:
    first = item.text.split("\n", 1)[0]
    if "](" not in first and "][" not in first and "http" not in first:
        return None
    return head_of(source, first) if first_paper(source.pieces(first)) else None


def _item_span(item: Item, head: Head) -> Span:
    """An item: its first line tells title and facts, what stands below is its text."""
    inner = Source.of("\n".join(item.text.split("\n")[1:]))
    shift = item.first + 1
    blocks = tuple(
        replace(block, first=block.first + shift, end=block.end + shift) for block in inner.blocks
    )
    facts = "·" in item.text.split("\n", 1)[0]
    shown = dict(enumerate(item.text.split("\n"), start=item.first))
    return Span(head, item.first, item.first + 1, item.end, blocks, are_facts=facts, shown=shown)


def _row_spans(source: Source, block: Block) -> Iterator[Span]:
    lines = block.text.split("\n")
    columns, first = _cells(lines[0]), block.first
    for at, line in enumerate(lines[2:], start=block.first + 2):
        cells = dict(zip(columns, _cells(line), strict=False))
        heads = {column: head_of(source, cell) for column, cell in cells.items()}
        named = next((column for column, head in heads.items() if head.is_linked), None)
        if named is not None:
            facts = [f"{column}: {cell}" for column, cell in cells.items() if column != named]
            rest = " · ".join(filter(None, (heads[named].rest, *facts)))
            head = replace(heads[named], rest=rest)
            yield Span(head, first, at + 1, at + 1, are_facts=True)
            first = at + 1


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _labelled(source: Source, blocks: Sequence[Block], end: int) -> tuple[Span, ...]:
    """The papers of a text whose headings are plain lines: a title stands before the first of its
    labels, which come in the same order for each."""
    ranks = {name: rank for rank, name in enumerate((*WEEKLY[:2], "link", WEEKLY[2]))}
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
    ends = [*(blocks[place].first for place in starts[1:]), stop]
    return tuple(
        Span(
            head_of(source, blocks[place].text),
            blocks[place].first,
            blocks[place].end,
            last_line,
            tuple(block for block in blocks[place + 1 :] if block.first < last_line),
        )
        for place, last_line in zip(starts, ends, strict=True)
    )


def _lone_label(block: Block) -> str | None:
    """The name of the label that a paragraph of one line is."""
    if block.kind != "paragraph" or "\n" in block.text or len(block.text) > 60:
        return None
    label = heading_label(block.text)
    return label.name if label and label.is_usual else None


def _paragraph_spans(source: Source, blocks: Sequence[Block], end: int) -> Iterator[Span]:
    """The papers of a text that begins each with a link in a paragraph of its own."""
    starts = []
    for place, block in enumerate(blocks):
        first = block.text.split("\n", 1)[0]
        if block.kind == "paragraph" and "[" in first:
            found = [one for one in source.pieces(first) if one.text.strip(" *")]
            if found and found[0].kind == "link" and first_paper(found):
                starts.append((place, first))
    for at, (place, first) in enumerate(starts):
        block = blocks[place]
        last = blocks[starts[at + 1][0]].first if at + 1 < len(starts) else end
        rest = block.text.split("\n")[1:]
        inner = [one for one in blocks[place + 1 :] if one.first < last]
        if rest:
            inner.insert(0, replace(block, text="\n".join(rest), first=block.first + 1))
        yield Span(head_of(source, first), block.first, block.first + 1, last, tuple(inner))
