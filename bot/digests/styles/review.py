"""``review``: a draft for the team to rewrite: a heading, a subtitle, a few lines of prose."""

from bot.digests.content import DigestEntry
from bot.digests.localisation import Localisation
from bot.digests.styles.base import Style, heading, sentence_lines
from bot.slack.blocks import Block, divider, section
from bot.slack.blocks.text import prose


def _entry(entry: DigestEntry, l10n: Localisation, _rich: bool) -> list[Block]:
    blocks = [divider(), heading(entry, l10n, below=sentence_lines(entry))]
    for summary in entry.summaries:
        told = " ".join(one.text for one in summary.highlights if one.text)
        if told:
            blocks.append(section(prose(told, 1200)))
    return blocks


STYLE = Style(name="review", entry=_entry)
