"""Papers as items of a list or rows of a table. Pure."""

from collections.abc import Iterator, Sequence

from bot.archive.entry import Span
from bot.archive.facts import adopted_link
from bot.archive.figures import table_rows
from bot.archive.heads import Head, head_of, is_paper_link
from bot.archive.names import field_of, line_label, part_of
from bot.archive.tree import Block, Item, Source

_BELOW_ITEMS = frozenset({"quote", "fence", "code"})


def item_spans(source: Source, blocks: Sequence[Block], hint: str) -> Iterator[Span]:
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
        has_paper(source, first)
        or bool(below and adopted_link(source, below))
        or (any(map(str.isdigit, first)) and head_of(source, first).is_linked)
    )


def has_paper(source: Source, line: str) -> bool:
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
    return Span(
        head, item.first, item.end, blocks, beside if are_facts else rest_of(head), are_facts
    )


def _moved(block: Block, lines: int) -> Block:
    items = tuple(one._replace(first=one.first + lines, end=one.end + lines) for one in block.items)
    return block._replace(first=block.first + lines, end=block.end + lines, items=items)


def _row_spans(source: Source, block: Block) -> Iterator[Span]:
    """A table's rows with a paper; the others belong to the row before."""
    (_, columns), *rows = table_rows(block.text) or [(0, [])]
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


def rest_of(head: Head) -> tuple[str, ...]:
    """The words beside a title, if there are any."""
    return (head.rest,) if head.rest else ()
