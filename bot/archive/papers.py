"""Finds where the papers of a digest begin: its headings, its list's items or its table's rows.
Pure."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import NamedTuple

from bot.archive.entry import Span
from bot.archive.facts import adopted_link
from bot.archive.heads import Head, head_of, is_paper_link
from bot.archive.html_parts import table_rows
from bot.archive.names import (
    WEEKLY,
    field_of,
    heading_label,
    is_link_label,
    is_outside,
    line_label,
    part_of,
)
from bot.archive.tree import Block, Item, Source

_LABELS_OF_DIGESTS = frozenset({"new", "technical", "performance", "votes", "authors", *WEEKLY})
_BELOW_ITEMS = frozenset({"quote", "fence", "code"})
_LONGEST_LABEL = 60
_CELL = re.compile(r"(?<!\\)\|")
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
    items = tuple(_item_spans(source, blocks, hint))
    if items and not _has_texts(blocks, headings):
        return Papers(items, are_items=True)
    if not any(one.is_label for one in headings) and (found := _labelled(source, blocks, end)):
        return Papers(tuple(_parted_by_rules(found)))
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
        spans.append(Span(one.head, one.block.first, last, inner, _rest(one.head)))
    return Papers(tuple(_parted_by_rules(spans)), by_id=by_id)


def _parted_by_rules(spans: Sequence[Span]) -> Iterator[Span]:
    """Where a rule stands between any two papers, one after the last paper ends it."""
    *before, last = spans or [None]
    yield from before
    rules = [[at for at, one in enumerate(span.blocks) if one.kind == "rule"] for span in spans]
    if (
        last is not None
        and before
        and rules[-1]
        and all(found == [len(span.blocks) - 1] for span, found in zip(before, rules, strict=False))
    ):
        at = rules[-1][0]
        last = last._replace(end=last.blocks[at].first, blocks=last.blocks[:at])
    if last is not None:
        yield last


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


def _item_spans(source: Source, blocks: Sequence[Block], hint: str) -> Iterator[Span]:
    """The items of lists and the rows of tables that are papers; a quote or code below a list
    belongs to its last item."""
    last: Span | None = None
    for block in blocks:
        if last is not None and block.kind in _BELOW_ITEMS:
            last = last._replace(end=block.end, blocks=(*last.blocks, block))
            continue
        spans: list[Span] = []
        if block.kind == "table":
            spans = list(_row_spans(source, block))
        elif block.kind == "list":
            numbered = hint == "brief" and block.text.lstrip()[:1].isdigit()
            papers = sum(_is_paper(source, one) for one in block.items)
            if numbered or 2 * papers >= len(block.items):
                spans = [_item_span(source, item) for item in block.items]
        if last is not None:
            yield last
        yield from spans[:-1]
        last = spans[-1] if spans else None
    if last is not None:
        yield last


def _is_paper(source: Source, item: Item) -> bool:
    """Whether an item's first line, or a line below that is nothing else, leads to a paper; a
    label makes it a fact about another one."""
    first, _, below = item.text.partition("\n")
    if line_label(first):
        return False
    return (
        _has_paper(source, first)
        or bool(below and adopted_link(source, below))
        or (any(map(str.isdigit, first)) and head_of(source, first).is_linked)
    )


def _has_paper(source: Source, line: str) -> bool:
    """Whether the first link in a line leads to a paper."""
    if "](" not in line and "][" not in line and "http" not in line:
        return False
    first = next((one for one in source.pieces(line) if one.kind in ("link", "image")), None)
    return first is not None and first.kind == "link" and is_paper_link(first.url)


def _item_span(source: Source, item: Item) -> Span:
    """An item: its first line tells title and facts, what stands below is its text."""
    first, _, below = item.text.partition("\n")
    head = head_of(source, first)
    blocks = tuple(_moved(block, item.first + 1) for block in Source.of(below).blocks)
    beside = tuple(filter(None, map(str.strip, head.rest.split("·"))))
    are_facts = "·" in first
    return Span(head, item.first, item.end, blocks, beside if are_facts else _rest(head), are_facts)


def _moved(block: Block, lines: int) -> Block:
    items = tuple(one._replace(first=one.first + lines, end=one.end + lines) for one in block.items)
    return block._replace(first=block.first + lines, end=block.end + lines, items=items)


def _row_spans(source: Source, block: Block) -> Iterator[Span]:
    """A table's rows with a paper; the others belong to the row before."""
    (_, columns), *rows = _rows(block) or [(0, [])]
    ends = [*(block.first + at for at, _ in rows[1:]), block.end]
    first = block.first
    for (_, row), end in zip(rows, ends, strict=bool(rows)):
        cells = dict(zip(columns, row, strict=False))
        heads = {column: head_of(source, cell) for column, cell in cells.items()}
        linked = next((column for column, head in heads.items() if head.is_linked), None)
        if linked is None:
            continue
        head, named = heads[linked], linked
        if not head.title and len(heads) > 1:
            del heads[linked]
            named = next(filter(_names, heads), "") or next(filter(_may_name, heads), linked)
            head = head._replace(title=heads[named].title)
        facts = [f"{column}: {cell}" for column, cell in cells.items() if cell]
        beside = [one for one in facts if one.partition(": ")[0] not in (linked, named)]
        yield Span(head, first, end, (), (*filter(None, [head.rest]), *beside), are_facts=True)
        first = end


def _names(column: str) -> bool:
    """Whether a table's column tells the papers' titles."""
    return field_of(column) in ("title", "link")


def _may_name(column: str) -> bool:
    return field_of(column) == part_of(column)[0] == ""


def _rows(block: Block) -> list[tuple[int, list[str]]]:
    """A table's rows, the names of its columns first, each with its place among the lines."""
    if block.text.lstrip()[:1] == "<":
        return table_rows(block.text)
    lines = list(enumerate(map(_cells, block.text.split("\n"))))
    return [lines[0], *lines[2:]]


def _cells(line: str) -> list[str]:
    told = _CELL.split(line.strip())
    cells = told[1 if not told[0].strip() else 0 : -1 if not told[-1].strip() else None]
    return [cell.strip().replace("\\|", "|") for cell in cells]


def _labelled(source: Source, blocks: Sequence[Block], end: int) -> tuple[Span, ...]:
    """The papers of a text whose headings are plain lines: a title stands before the first of its
    labels, which come in the same order for each."""
    ranks = {name: rank for rank, name in enumerate((*WEEKLY[:2], "link", WEEKLY[2]))}
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
    names = [_label_of(line) if len(lines) > 1 else None for line in lines]
    cuts = {at + step for at, name in enumerate(names) if name for step in (0, 1)}
    cuts |= {at - 1 for at, name in enumerate(names) if name == WEEKLY[0]}
    for first, last in pairwise(sorted({0, *cuts, len(lines)} - {-1}) if cuts else ()):
        text = "\n".join(lines[first:last])
        yield block._replace(text=text, first=block.first + first, end=block.first + last)
    if not cuts:
        yield block


def _label_of(line: str) -> str | None:
    label = heading_label(line) if len(line) <= _LONGEST_LABEL else None
    known = label is not None and label.is_usual and label.name in (*WEEKLY, "link")
    return label.name if label and known else None


def _lone_label(block: Block) -> str | None:
    """The name of the label that a paragraph of one line is."""
    if block.kind != "paragraph" or "\n" in block.text or len(block.text) > _LONGEST_LABEL:
        return None
    label = heading_label(block.text)
    return label.name if label and label.is_usual else None


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
    return bool(_BEGINS_TITLE.match(line)) and _has_paper(source, line)


def _apart(block: Block, begins: Callable[[str], bool]) -> Iterator[Block]:
    """A paragraph, or a quote that begins a paper, cut before each of the lines that begin one."""
    if block.kind == "quote" and begins(text := _QUOTED.sub("", block.text)):
        block = block._replace(kind="paragraph", text=text)
    lines = block.text.split("\n") if block.kind == "paragraph" else []
    cuts = [at for at, line in enumerate(lines) if at and begins(line)]
    for first, last in pairwise([0, *cuts, len(lines)] if cuts else ()):
        text = "\n".join(lines[first:last])
        yield block._replace(text=text, first=block.first + first, end=block.first + last)
    if not cuts:
        yield block


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
        yield Span(head, block.first, last, tuple(inner), _rest(head))


def _rest(head: Head) -> tuple[str, ...]:
    return (head.rest,) if head.rest else ()
