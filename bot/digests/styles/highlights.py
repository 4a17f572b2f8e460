"""``highlights``: what is new, how it works, how well, each in a labelled bullet."""

from bot.digests.content import DigestEntry
from bot.digests.localisation import Localisation
from bot.digests.styles.base import Style, heading, highlight_lines, sentence_lines
from bot.slack.blocks import Block, divider, section


def _entry(entry: DigestEntry, l10n: Localisation, _rich: bool) -> list[Block]:
    bullets = [
        section("\n".join(lines))
        for lines in (highlight_lines(one) for one in entry.summaries)
        if lines
    ]
    if not bullets:
        return [divider(), heading(entry, l10n, below=sentence_lines(entry))]
    return [divider(), heading(entry, l10n), *bullets]


STYLE = Style(name="highlights", entry=_entry)
