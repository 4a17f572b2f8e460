"""All of a summary's texts, one by one: to look at, or to edit."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from storage import Summary


def texts_of(summary: Summary) -> Iterator[tuple[str, str]]:
    """Each text with its place: ``tldr``, ``highlights.new``, ``sections.method``,
    ``introduction.1``."""
    yield "tldr", summary.tldr
    for highlight in summary.highlights:
        yield f"highlights.{highlight.slot}", highlight.text
    for section in summary.sections:
        yield f"sections.{section.slot}", section.text
    for number, bullet in enumerate(summary.introduction, start=1):
        yield f"introduction.{number}", bullet


def edited(summary: Summary, edit: Callable[[str, str], str]) -> Summary:
    """The summary with each text replaced by ``edit(place, text)``; emptied ones are left out."""
    highlights = [
        replace(one, text=edit(f"highlights.{one.slot}", one.text)) for one in summary.highlights
    ]
    sections = [
        replace(one, text=edit(f"sections.{one.slot}", one.text)) for one in summary.sections
    ]
    bullets = [
        edit(f"introduction.{number}", bullet)
        for number, bullet in enumerate(summary.introduction, start=1)
    ]
    return replace(
        summary,
        tldr=edit("tldr", summary.tldr),
        highlights=tuple(one for one in highlights if one.text),
        sections=tuple(one for one in sections if one.text),
        introduction=tuple(one for one in bullets if one),
    )
