"""What the daily styles have in common: a heading with a date for each day, its papers below."""

import re
from collections.abc import Callable

from bot.archive.markdown.base import Parsed, Problem
from bot.archive.markdown.parts import not_understood
from bot.archive.markdown.source import Block, Chapter, Source, chapters
from storage import ArchiveDigest

ReadDay = Callable[[Source, Chapter, str], tuple[ArchiveDigest, list[Problem]]]


def recognises(title: re.Pattern[str], level: int) -> Callable[[Source], bool]:
    """Whether a source has a heading of *level* that is all *title*."""

    def look(source: Source) -> bool:
        return any(
            block.kind == "heading" and block.level == level and _date(title, block)
            for block in source.blocks
        )

    return look


def parse_days(
    title: re.Pattern[str], level: int, read: ReadDay, *, beside: re.Pattern[str] | None = None
) -> Callable[[Source], Parsed]:
    """Reads each day of a source with *read*, which is given its date as text. What stands before
    the first day is not understood, unless it begins like *beside*."""

    def parse(source: Source) -> Parsed:
        before, days = chapters(source.blocks, level)
        problems = not_understood(
            [block for block in before if not (beside and beside.match(block.text))]
        )
        digests = []
        for day in days:
            date = _date(title, day.heading)
            if date:
                digest, unclear = read(source, day, date)
                digests.append(digest)
                problems += unclear
            else:
                problems += not_understood((day.heading, *day.blocks))
        return Parsed(tuple(digests), tuple(problems))

    return parse


def _date(title: re.Pattern[str], heading: Block) -> str:
    found = title.fullmatch(heading.text.strip())
    return found["date"] if found else ""
