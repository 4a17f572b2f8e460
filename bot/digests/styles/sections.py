"""``sections``: up to seven sections a paper; those the paper says nothing about are left out."""

from bot.blocks import Block, divider, section
from bot.digests.content import DigestEntry
from bot.digests.styles.base import Style
from bot.digests.styles.parts import heading, section_lines, sentence_lines
from bot.digests.voice import Voice


def _entry(entry: DigestEntry, voice: Voice, _rich: bool) -> list[Block]:
    blocks = [divider(), heading(entry, voice, below=sentence_lines(entry))]
    for summary in entry.summaries:
        lines = section_lines(summary)
        if lines:
            blocks.append(section("\n".join(lines)))
    return blocks


STYLE = Style(name="sections", entry=_entry)
