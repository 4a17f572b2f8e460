"""Reads a Markdown text as digests, whatever style they are in. Pure.

A text is a digest when its parts look like papers: headings, items of a list or rows of a table
with a link, an id, or a title and text. What a heading says is a hint for the style, not a gate.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.archive.dates import Origin, Written, decide, find, year_in
from bot.archive.entry import Reading, Span
from bot.archive.facts import language_of
from bot.archive.heads import Head, head_of
from bot.archive.marks import is_maker_line, made_of, told_maker
from bot.archive.names import HIGHLIGHTS, SECTIONS, style_hint
from bot.archive.papers import Split, papers_in
from bot.archive.report import Remark
from bot.archive.tree import Block, Source
from bot.languages import LANGUAGES
from bot.sources.ids import arxiv_id
from storage import ArchiveDigest, ArchiveEntry

# A line with a date that is no heading may head a digest when it stands among the first.
_FIRST_BLOCKS, _LONGEST_HEADING = 12, 300
_FAR = 2_000


class NoPapersError(ValueError):
    """A text that holds no papers."""


@dataclass(frozen=True)
class Parsed:
    """The digests of one file, the lines of each, from the first up to, not including, the second,
    and what there is to remark, which doesn't know its file: a remark without a message is a text
    that was kept as it is."""

    digests: tuple[ArchiveDigest, ...]
    spans: tuple[tuple[int, int], ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True)
class _Day:
    """The lines of one digest from ``first`` up to, not including, ``end``; ``heads`` are those
    of its heading, which may be repeated."""

    heading: str
    written: Written | None
    first: int
    end: int
    blocks: tuple[Block, ...]
    heads: frozenset[int] = frozenset()


def parse_file(text: str, origin: Origin = Origin()) -> Parsed:  # noqa: B008 (frozen)
    """The digests in *text*, whatever their style.

    Raises:
        NoPapersError: there are none.
    """
    source = Source.of(text)
    days = _days(source)
    is_dated = any(day.written for day in days) or origin.written().day is not None
    found = [
        (day, papers_in(source, day.blocks, day.end, hint=_hint(day), dated=is_dated))
        for day in days
    ]
    if len(found) == 1 and days[0].written is None:
        found = [(days[0], _alone(source, *found[0]))]
    held = [(day, papers) for day, papers in found if papers.spans]
    if not held:
        raise NoPapersError("no papers")
    digests: list[ArchiveDigest] = []
    spans: list[tuple[int, int]] = []
    remarks: list[Remark] = []
    for day, papers in held:
        decision = decide(day.written, _front_date(source), origin, alone=len(held) == 1)
        if decision.message_id:
            line = min(day.heads, default=day.first) + 1
            remarks.append(Remark("", line, decision.text, decision.message_id))
        if decision.period:
            digests.append(_digest(source, day, papers, decision.period))
            spans.append((day.first if len(spans) else 0, day.end))
            remarks += _kept(source, digests[-1])
    return Parsed(tuple(digests), tuple(spans), tuple(remarks))


def _alone(source: Source, day: _Day, papers: Split) -> Split:
    """The one paper that a file is about whose heading or fields are its title."""
    title = source.front.get("title") or day.heading
    if len(papers.spans) == 1 and not papers.spans[0].head.title and not style_hint(title):
        span = papers.spans[0]
        named = span._replace(head=span.head._replace(title=title))
        return replace(papers, spans=(named,))
    known = next(filter(None, map(arxiv_id, source.front.values())), None)
    if papers.spans or known is None:
        return papers
    return Split("heading", (Span(Head(title, known), source.body, day.end, day.blocks),))


def _front_date(source: Source) -> str:
    found = (source.front.get(name) for name in ("date", "created", "published", "title", "slug"))
    return next((text for text in found if text and find(text)), "")


def _days(source: Source) -> list[_Day]:
    """The digests of a text: each begins with a heading that has a date; without one, all of it
    is one."""
    end = len(source.lines)
    blocks = source.blocks
    dated = list(_dated_headings(source))
    if dated:
        places = [*(place for place, _ in dated), len(blocks)]
        days: list[_Day] = []
        for (place, written), following in zip(dated, places[1:], strict=True):
            block = blocks[place]
            last = blocks[following].first if following < len(blocks) else end
            # What stands above the first day is a text of that day's digest.
            first = block.first if days else source.body
            days.append(_day(block, written, first, last, blocks[place + 1 : following]))
        return days
    for block in blocks[:_FIRST_BLOCKS]:
        if dated_line := _dated_line(source, block):
            return [_day(block, dated_line, source.body, end, blocks)]
    if blocks and blocks[0].kind == "heading" and not head_of(source, blocks[0].text).is_linked:
        return [_day(blocks[0], None, source.body, end, blocks[1:])]
    return [_Day(source.front.get("title", ""), None, source.body, end, blocks)]


def _day(
    head: Block, written: Written | None, first: int, end: int, blocks: Sequence[Block]
) -> _Day:
    """The digest below the heading *head*, without what repeats it."""
    again = [one for one in (head, *blocks) if one.text == head.text]
    heads = frozenset(line for one in again for line in range(one.first, one.end))
    rest = tuple(one for one in blocks if one not in again)
    return _Day(head.text, written, first, end, rest, heads)


def _dated_headings(source: Source) -> Iterator[tuple[int, Written]]:
    """The headings with a date, of the level that the first of them has."""
    level = 0
    above: int | None = None
    for place, block in enumerate(source.blocks):
        if block.kind != "heading" or block.wrapped or 0 < level < block.level:
            continue
        written = find(block.text) if len(block.text) <= _LONGEST_HEADING else None
        if written is None:
            above = year_in(block.text[:_LONGEST_HEADING]) or above
        elif level in (0, block.level) and not head_of(source, block.text).is_linked:
            level = block.level
            yield place, replace(written, year=written.year or above)


def _dated_line(source: Source, block: Block) -> Written | None:
    if block.kind != "paragraph" or len(block.text) > _LONGEST_HEADING:
        return None
    written = find(block.text)
    return written if written and not head_of(source, block.text).is_linked else None


def _hint(day: _Day) -> str:
    """The style that the heading speaks of."""
    written = day.written
    if written is not None and (written.is_range or written.week is not None):
        return "weekly"
    return style_hint(day.heading)


def _digest(source: Source, day: _Day, papers: Split, period: str) -> ArchiveDigest:
    makers = [one for one in day.blocks if one.kind == "quote" and is_maker_line(one.text)]
    spans = [
        span._replace(blocks=tuple(one for one in span.blocks if one not in makers))
        for span in papers.spans
    ]
    readings = [Reading(source, span) for span in spans]
    entries = [one.entry() for one in readings]
    style = _style(_hint(day), entries, papers, "W" in period)
    if style == "review":
        entries = [one.as_written() for one in readings]
    if papers.kind == "item":
        entries = [_with_sentence(one) for one in entries]
    covered = {line for span in spans for line in range(span.first, span.end)} | day.heads
    covered |= {line for block in makers for line in range(block.first, block.end)}
    covered |= source.hidden
    start = min(span.first for span in spans)
    made = made_of(block.text for block in makers)
    after = _text(source, range(start, day.end), covered)
    before = _text(source, range(day.first, start), covered)
    language = made.language or _language(entries, f"{day.heading}\n{before}")
    return ArchiveDigest(
        style=style,
        period=period,
        language=language,
        entries=tuple(entries),
        before=before,
        after=after,
        maker=made.maker or told_maker(after),
        made_on=made.day,
    )


def _text(source: Source, lines: range, covered: set[int]) -> str:
    """The lines that belong to no paper."""
    left = (source.lines[line] for line in lines if line not in covered)
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(left)).strip("\n").rstrip()
    return source.with_definitions(text if text.strip("-*_ \n") else "")


def _language(entries: Sequence[ArchiveEntry], around: str) -> str:
    """The language of most papers, else that of what is around them."""
    told = Counter(entry.language for entry in entries if entry.language)
    if told:
        return max(LANGUAGES, key=lambda one: told[one])
    return language_of(around) or "en"


def _style(hint: str, entries: Sequence[ArchiveEntry], papers: Split, is_week: bool) -> str:
    """The style that the papers' parts are of, else the heading's, else how the papers stand."""
    if is_week:
        return "weekly"
    told = Counter[str]()
    for entry in entries:
        slots = {part.slot for part in entry.parts}
        told["highlights"] += bool(slots & set(HIGHLIGHTS))
        told["sections"] += bool(slots & set(SECTIONS) and not slots & set(HIGHLIGHTS))
    if hint == "weekly":
        hint = ""
    least = len(entries) / (2 if hint in ("review", "brief") else 4)
    best = max(("highlights", "sections"), key=lambda one: told[one])
    if told[best] and told[best] >= least:
        return best
    return hint or ("brief" if papers.kind == "item" else "sections" if papers.by_id else "review")


def _with_sentence(entry: ArchiveEntry) -> ArchiveEntry:
    """An item's words beside its title are its sentence."""
    parts = tuple(
        replace(part, slot="sentence") if not part.slot and "\n\n" not in part.text else part
        for part in entry.parts
    )
    return replace(entry, parts=parts) if not entry.told("sentence") else entry


def _kept(source: Source, digest: ArchiveDigest) -> Iterator[Remark]:
    """What was kept as free text where a style has none, with the line where it begins."""
    if digest.style != "review":
        for entry in digest.entries:
            for part in entry.told(""):
                yield Remark("", _line_of(source, part.text, entry.line), part.text)
    for text in (digest.before, digest.after):
        if text and not (digest.style == "weekly" and text is digest.before):
            yield Remark("", _line_of(source, text, 1), text)


def _line_of(source: Source, text: str, start: int) -> int:
    """The first line from *start* on that has the first words of *text*, else *start*."""
    first = text.strip().split("\n", 1)[0].strip()
    lines = enumerate(source.lines[start - 1 : start + _FAR], start=start)
    return next((at for at, line in lines if first in line), start)
