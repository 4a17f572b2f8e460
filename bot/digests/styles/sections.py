"""``sections``: up to seven sections a paper; those the paper says nothing about are left out."""

from bot.digests.content import DigestEntry
from bot.digests.localisation import Localisation
from bot.digests.paper_text import sentences
from bot.digests.styles.base import Style, heading, section_lines, sentence_lines
from bot.slack.blocks import Block, divider, section


def _entry(entry: DigestEntry, l10n: Localisation) -> list[Block]:
    told = "\n".join(one.text for summary in entry.summaries for one in summary.sections)
    said_again = all(one in told for one in sentences(entry))
    below = "" if said_again else sentence_lines(entry)
    blocks = [divider(), heading(entry, l10n, below=below)]
    for summary in entry.summaries:
        lines = section_lines(summary)
        if lines:
            blocks.append(section("\n".join(lines)))
    return blocks


STYLE = Style(name="sections", entry=_entry)
