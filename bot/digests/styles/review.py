"""``review``: a draft for the team to rewrite: a heading, a subtitle, a few lines of prose, a
figure or a table, related papers and the team's notes."""

from collections.abc import Iterator

from bot.digests.content import DigestEntry
from bot.digests.localisation import Localisation
from bot.digests.paper_text import note_line, organization_of
from bot.digests.related import related_lines
from bot.digests.styles.base import (
    Style,
    heading,
    picture_alt,
    sentence_lines,
    without_repeats,
)
from bot.slack.blocks import Block, context, divider, image, section, truncate
from bot.slack.blocks.text import escape, prose
from bot.text import one_line

_ROWS, _CELL, _CAPTION = 10, 22, 400
_NOTES = 5


def _entry(entry: DigestEntry, l10n: Localisation) -> list[Block]:
    organization = escape(organization_of(entry.paper, entry.summary)).replace("`", "ˋ")
    tag = f"  `{truncate(organization, 80)}`" if organization else ""
    blocks = [divider(), heading(entry, l10n, tag=tag, below=sentence_lines(entry))]
    for summary in entry.summaries:
        told = " ".join(one.text for one in without_repeats(summary).highlights)
        if told:
            blocks.append(section(prose(told, 1200)))
    blocks += _shown(entry, l10n)
    lines = related_lines(entry.related, l10n)
    lines += [note_line(one) for one in entry.notes[-_NOTES:]]
    return [*blocks, section("\n".join(lines))] if lines else blocks


def _shown(entry: DigestEntry, l10n: Localisation) -> Iterator[Block]:
    """The paper's figure with its caption, or else a table with its own."""
    picture = entry.picture
    if picture is not None and picture.is_figure:
        yield image(picture.url, picture_alt(entry.paper, l10n, picture.caption))
        if picture.caption:
            yield context(prose(picture.caption, _CAPTION))
        return
    caption, _, rows = entry.table.partition("\n")
    table = [[one_line(cell) for cell in row.split(" | ")] for row in rows.split("\n") if row]
    if table:
        yield section(f"```{escape(_aligned(table[:_ROWS])).replace('```', 'ˋˋˋ')}```")
        yield context(prose(caption, _CAPTION))


def _aligned(table: list[list[str]]) -> str:
    """The rows with their columns below each other."""
    short = [[truncate(cell, _CELL) for cell in row] for row in table]
    columns = max(map(len, short))
    widths = [max(len(row[at]) for row in short if at < len(row)) for at in range(columns)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False)).rstrip()
        for row in short
    )


STYLE = Style(name="review", entry=_entry, pictures=True)
