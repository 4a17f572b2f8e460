"""``highlights``: what is new, how it works, how well, each in a labelled bullet."""

from bot.digests.content import DigestEntry
from bot.digests.localisation import Localisation
from bot.digests.paper_text import authors
from bot.digests.pictures import usable
from bot.digests.styles.base import (
    Style,
    heading,
    highlight_lines,
    picture_alt,
    sentence_lines,
)
from bot.slack.blocks import Block, divider, image, section
from bot.slack.blocks.text import prose


def _entry(entry: DigestEntry, l10n: Localisation) -> list[Block]:
    names = prose(authors(entry.paper, l10n), 400)
    bullets = [
        section("\n".join(lines))
        for lines in (highlight_lines(one) for one in entry.summaries)
        if lines
    ]
    if not bullets:
        return [divider(), heading(entry, l10n, above=names, below=sentence_lines(entry))]
    if thumbnail := usable(entry.paper.thumbnail_url):
        bullets[0]["accessory"] = image(thumbnail, picture_alt(entry.paper, l10n))
    return [divider(), heading(entry, l10n, above=names), *bullets]


STYLE = Style(name="highlights", entry=_entry)
