"""Finds the papers of a digest. A text may be parted by its headings, the items of its lists, its
rules or its lines; the parting whose parts are best each about one paper is taken. Pure."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from typing import NamedTuple

from bot.archive.entry import Span
from bot.archive.facts import adopted_link
from bot.archive.heads import Head, head_of, is_paper_link, is_title
from bot.archive.items import has_paper, item_spans, rest_of
from bot.archive.names import WEEKLY, heading_label, is_link_label, is_outside, line_label
from bot.archive.tree import Block, Source, flat

_LABELS_OF_PAPERS = frozenset({"new", "technical", "performance", "votes", "authors", *WEEKLY})
# The labels of a week's papers, in their usual order.
_OF_WEEKS = (*WEEKLY[:2], "link", WEEKLY[2])
_LONGEST_LABEL = 60
_PROSE = frozenset({"paragraph", "quote"})
_LABELLED = frozenset({"heading", "list", "paragraph"})
# How much a part counts that only a weak sign says to be a paper.
_HINTED, _LINE, _NAMED = 0.6, 0.5, 0.3
_QUOTED = re.compile(r"^ {0,3}> ?", re.M)
# Marks that a line begins with which is a title: of emphasis, of a link, a number, a sign.
_BEGINS_TITLE = re.compile(r"(?:\d{1,3}(?:[.)]|\ufe0f?\u20e3)\s*)?(?:[*_\[<]|https?://|[^\w\s]\s)")


@dataclass(frozen=True)
class Split:
    """One way of parting a text: ``kind`` is what each paper begins with, a ``heading``, an
    ``item`` of a list or row of a table, a title above a ``label``, the first line behind a
    ``rule``, a ``line`` with a link, or a paragraph with its ``name``."""

    kind: str = ""
    spans: tuple[Span, ...] = ()

    @property
    def by_id(self) -> bool:
        """Whether the headings are nothing but ids."""
        return self.kind == "heading" and _are_ids([one.head for one in self.spans])


class _Heading(NamedTuple):
    block: Block
    head: Head
    is_label: bool


def papers_in(
    source: Source, blocks: Sequence[Block], end: int, *, hint: str, dated: bool
) -> Split:
    """The papers among *blocks*, the last of which may go on up to the line *end*. *hint* is the
    style that their heading speaks of; *dated* says whether the text has a date."""
    splits: list[Split] = []
    for split in _ways(source, blocks, end, hint, dated):
        if not splits and split.spans and all(one.head.is_linked for one in split.spans):
            return _parted_by_rules(split)  # none can be better
        splits += [split] if split.spans else []
    measure = _Measure(source, blocks, splits, hint)
    return _parted_by_rules(max(filter(measure.has_papers, splits), key=measure, default=Split()))


def _ways(
    source: Source, blocks: Sequence[Block], end: int, hint: str, dated: bool
) -> Iterator[Split]:
    """The ways of parting the text; of two that are as good, the first is taken."""
    headings = {
        place: _Heading(block, head, not head.is_linked and _is_label(block))
        for place, block in enumerate(blocks)
        if block.kind == "heading" and not block.wrapped
        for head in (head_of(source, block.text),)
    }
    linked = Counter(one.block.level for one in headings.values() if one.head.is_linked)
    levels = {one.block.level for one in headings.values()}
    for level in sorted(levels, key=lambda level: (-linked[level], level)):
        yield Split("heading", tuple(_by_headings(source, blocks, headings, level, end)))
    yield Split("item", tuple(item_spans(source, blocks, hint)))
    if not any(one.is_label for one in headings.values()):
        yield Split("label", tuple(_by_labels(source, blocks, end)))
    yield Split("rule", tuple(_by_rules(source, blocks, end)))
    yield from _by_lines(source, blocks, end)
    if dated:
        yield Split("name", tuple(_by_names(source, blocks, end)))


class _Measure:
    """Says how good a way is of parting a text: how many of the parts are papers, less what papers
    and half of what texts are in none of them."""

    def __init__(
        self, source: Source, blocks: Sequence[Block], splits: Sequence[Split], hint: str
    ) -> None:
        self._source, self._hint = source, hint
        self._prose = {one.first for one in blocks if one.kind in _PROSE}
        # The lines that begin with a link to a paper, however the text is parted.
        self._leads = {
            span.first: span.head.paper_id or span.head.url
            for split in splits
            for span in split.spans
            if split.kind != "name" and span.head.is_linked
        }

    def __call__(self, split: Split) -> float:
        worth = [self._worth(split.kind, span) for span in split.spans]
        papers = _lines_of(span for span, one in zip(split.spans, worth, strict=True) if one)
        told = {self._leads.get(span.first) for span in split.spans}
        missed = [line for line, one in self._leads.items() if not (one in told or line in papers)]
        loose = self._prose - _lines_of(split.spans)
        return (
            sum(worth) / len(worth)
            - len(missed) / max(1, len(self._leads))
            - len(loose) / max(1, len(self._prose)) / 2
        )

    def has_papers(self, split: Split) -> bool:
        """Whether any of the parts is a paper."""
        return any(self._worth(split.kind, span) for span in split.spans)

    def _worth(self, kind: str, span: Span) -> float:
        """How surely a part is about one paper, from 0 to 1."""
        if kind == "name":
            return _NAMED
        inside = {self._leads[line] for line in range(span.first, span.end) if line in self._leads}
        if kind in ("rule", "line"):
            return _LINE if len(inside) == 1 else 0
        if span.head.is_linked or kind == "label" or self._speaks(span):
            return 1
        has_text = any(block.kind in _PROSE for block in span.blocks)
        return _HINTED if self._hint and (has_text or not inside) else 0

    def _speaks(self, span: Span) -> bool:
        """Whether a part whose head has no link is a paper's: it has tags, an address of its own,
        or labels that only papers have."""
        own = list(takewhile(lambda one: one.kind != "heading" or _is_label(one), span.blocks))
        below = span.blocks[0].text if span.blocks and span.blocks[0].kind == "heading" else ""
        return (
            bool(span.head.organization or head_of(self._source, below).organization)
            or any(adopted_link(self._source, one.text) for one in own)
            or any(_is_label_of_papers(line) for one in own for line in _firsts(one))
        )


def _lines_of(spans: Iterable[Span]) -> set[int]:
    return {line for span in spans for line in range(span.first, span.end)}


def _firsts(block: Block) -> list[str]:
    """The lines of a block that may be labels."""
    texts = [item.text for item in block.items] or [block.text]
    return [one.partition("\n")[0] for one in texts] if block.kind in _LABELLED else []


def _is_label_of_papers(line: str) -> bool:
    label = line_label(line)
    return label is not None and label.is_usual and label.name in _LABELS_OF_PAPERS


def _by_headings(
    source: Source, blocks: Sequence[Block], headings: Mapping[int, _Heading], level: int, end: int
) -> Iterator[Span]:
    """The papers below the headings of one level, and below higher ones with a link."""
    linked = [
        one.head for one in headings.values() if one.block.level == level and one.head.is_linked
    ]
    goes_on = ""
    starts: dict[int, Head] = {}
    lists: set[int] = set()
    ends = {end}
    is_named = True
    for place, one in headings.items():
        if one.block.level > level:
            continue
        is_own = one.block.level == level
        # A number behind that of a paper's part is that of its next part.
        is_part = bool(goes_on) and one.head.number == goes_on
        begins = is_own and not is_part and _begins(source, one, blocks[place + 1 :], linked)
        if one.head.is_linked or begins:
            starts[place] = one.head
            is_named = bool(one.head.title)
            goes_on = ""
        elif linked and is_own and not one.is_label and _is_list(source, blocks[place + 1 :]):
            starts[place] = one.head
            lists.add(one.block.first)
        elif is_outside(one.block.text) or (is_named and not is_own and not one.is_label):
            ends.add(one.block.first)
        elif (label := heading_label(one.block.text)) and label.number:
            goes_on = str(label.number + 1)
    for span in _spans(blocks, starts, ends):
        yield from item_spans(source, span.blocks, "") if span.first in lists else (span,)


def _is_list(source: Source, below: Sequence[Block]) -> bool:
    """Whether nothing but a list of papers stands below a heading."""
    own = list(takewhile(lambda block: block.kind != "heading", below))
    return (
        bool(own)
        and all(one.kind in ("list", "rule") for one in own)
        and any(item_spans(source, own, ""))
    )


def _begins(source: Source, one: _Heading, below: Sequence[Block], linked: Sequence[Head]) -> bool:
    """Whether a heading without a link begins a paper. Among those that are *linked* it looks like
    them, and a word or two are no title."""
    if one.is_label or is_outside(one.block.text) or not (one.head.title or one.head.url):
        return False
    if not linked:
        return True
    is_alike = not _are_ids(linked) and (one.head.number or not all(two.number for two in linked))
    own = takewhile(lambda block: block.kind != "heading", below)
    return bool(is_alike) and (
        len(one.head.title.split()) > 2
        or bool(one.head.organization)
        or any(adopted_link(source, block.text) for block in own)
    )


def _are_ids(heads: Iterable[Head]) -> bool:
    """Whether most of the heads with links are called by their ids alone."""
    linked = [one for one in heads if one.is_linked]
    return 0 < len(linked) <= 2 * sum(not one.title for one in linked)


def _is_label(block: Block) -> bool:
    label = heading_label(block.text)
    return label is not None and label.is_usual


def _by_labels(source: Source, blocks: Sequence[Block], end: int) -> Iterator[Span]:
    """The papers whose headings are plain lines: a title stands before the first of its labels,
    which come in the same order for each."""
    ranks = {name: rank for rank, name in enumerate(_OF_WEEKS)}
    blocks = [part for block in blocks for part in _cut(block, _around_labels(block))]
    starts: dict[int, Head] = {}
    last, title = -1, -1
    for place, block in enumerate(blocks):
        name = _lone_label(block)
        if name == "end":
            end = block.first
            break
        if name is None:
            title = place
            continue
        if name in ranks:
            if (ranks[name] <= last or last < 0) and title == place - 1 >= 0:
                starts[title] = head_of(source, blocks[title].text)
            last = ranks[name]
    is_text = starts and blocks[min(starts)].kind in ("paragraph", "heading")
    return _spans(blocks, starts if is_text else {}, {end})


def _around_labels(block: Block) -> set[int]:
    """The lines of a paragraph before and behind each that is a label of a week's papers; the line
    before the first of these labels is a title."""
    lines = block.text.split("\n") if block.kind == "paragraph" else []
    names = [_label_of(line) for line in lines] if len(lines) > 1 else []
    around = {at + step for at, name in enumerate(names) if name in _OF_WEEKS for step in (0, 1)}
    return around | {at - 1 for at, name in enumerate(names) if at and name == _OF_WEEKS[0]}


def _label_of(line: str) -> str | None:
    """The name of the usual label that a line is."""
    label = heading_label(line) if len(line) <= _LONGEST_LABEL else None
    return label.name if label and label.is_usual else None


def _lone_label(block: Block) -> str | None:
    """The name of the label that a paragraph of one line is."""
    is_line = block.kind == "paragraph" and "\n" not in block.text
    return _label_of(block.text) if is_line else None


def _by_rules(source: Source, blocks: Sequence[Block], end: int) -> Iterator[Span]:
    """The papers between rules, which begin with their titles."""
    rules = [place for place, block in enumerate(blocks) if block.kind == "rule"]
    firsts = {place + 1: blocks[place + 1] for place in (-1, *rules) if place + 1 < len(blocks)}
    starts = {
        place: head
        for place, block in firsts.items()
        if rules and block.kind == "paragraph"
        for head in (head_of(source, block.text.partition("\n")[0]),)
        if is_title(head.title)
    }
    return _spans(blocks, starts, {end, *(blocks[place].first for place in rules)})


def _by_lines(source: Source, blocks: Sequence[Block], end: int) -> Iterator[Split]:
    """The papers whose titles stand above lines with an address; and those that begin each with a
    line which has a link to it."""
    parts = [part for block in blocks for part in _cut_at_links(source, block)]
    starts = {
        place: head_of(source, block.text.partition("\n")[0])
        for place, block in enumerate(parts)
        if block.kind == "paragraph" and _opens(source, block.text.partition("\n")[0])
    }
    if all(
        place and not head.title and _is_title(parts[place - 1]) for place, head in starts.items()
    ):
        titles = {place - 1: head_of(source, parts[place - 1].text) for place in starts}
        yield Split("line", tuple(_spans(parts, titles, {end})))
    yield Split("line", tuple(_spans(parts, starts, {end})))


def _cut_at_links(source: Source, block: Block) -> Iterator[Block]:
    """A paragraph, or a quote that begins a paper, cut around each of the lines that begin one."""
    if block.kind == "quote" and _opens(source, text := _QUOTED.sub("", block.text)):
        block = block._replace(kind="paragraph", text=text)
    lines = block.text.split("\n") if block.kind == "paragraph" else []
    return _cut(block, [at for at, line in enumerate(lines) if _opens(source, line)])


def _opens(source: Source, line: str) -> bool:
    """Whether a line of a paragraph begins a paper."""
    return bool(_BEGINS_TITLE.match(line)) and has_paper(source, line)


def _is_title(block: Block) -> bool:
    return block.kind == "paragraph" and "\n" not in block.text and is_title(flat(block.text))


def _by_names(source: Source, blocks: Sequence[Block], end: int) -> Iterator[Span]:
    """The papers that paragraphs call by their titles."""
    heads = {
        place: _named(source, block.text)
        for place, block in enumerate(blocks)
        if block.kind == "paragraph"
    }
    starts = {place: head for place, head in heads.items() if head is not None}
    return _spans(blocks, starts, {end}, from_title=False)


def _named(source: Source, text: str) -> Head | None:
    """The first paper that a paragraph calls by its title."""
    links = (one for one in source.pieces(text) if one.kind == "link") if "](" in text else ()
    first = next((one for one in links if is_paper_link(one.url)), None)
    known = first is not None and len(first.text.split()) > 1 and not is_link_label(first.text)
    return head_of(source, f"[{first.text}]({first.url})") if first and known else None


def _cut(block: Block, places: Collection[int]) -> Iterator[Block]:
    """The block cut before each of these lines of it."""
    lines = block.text.split("\n")
    for first, last in pairwise(sorted({0, *places, len(lines)})):
        text = "\n".join(lines[first:last])
        yield block._replace(text=text, first=block.first + first, end=block.first + last)


def _spans(
    blocks: Sequence[Block],
    starts: Mapping[int, Head],
    ends: Collection[int],
    *,
    from_title: bool = True,
) -> Iterator[Span]:
    """The papers that begin with the blocks at *starts*, each up to the next one or one of the
    lines *ends*; the first line of each is its title unless it is no more than told of there."""
    limits = sorted({*ends, *(blocks[place].first for place in starts)})
    nexts = [*starts, len(blocks)][1:]
    for (place, head), following in zip(starts.items(), nexts, strict=True):
        block = blocks[place]
        last = limits[bisect_right(limits, block.first)]
        inner = [one for one in blocks[place + 1 : following] if one.first < last]
        below = block.text.partition("\n")[2] if block.kind != "heading" else ""
        if not from_title:
            inner.insert(0, block)
        elif below:
            inner.insert(0, block._replace(text=below, first=block.first + 1))
        yield Span(head, block.first, last, tuple(inner), rest_of(head))


def _parted_by_rules(split: Split) -> Split:
    """Where a rule stands between any two papers, one after the last paper ends it."""
    spans = split.spans
    rules = [[at for at, one in enumerate(span.blocks) if one.kind == "rule"] for span in spans]
    ends = [[len(span.blocks) - 1] for span in spans]
    if len(spans) < 2 or rules[:-1] != ends[:-1] or not rules[-1]:
        return split
    last, at = spans[-1], rules[-1][0]
    last = last._replace(end=last.blocks[at].first, blocks=last.blocks[:at])
    return replace(split, spans=(*spans[:-1], last))
