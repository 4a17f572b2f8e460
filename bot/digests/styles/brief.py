"""``brief``: one sentence a paper. The default in Slack."""

from bot.digests.content import DigestEntry
from bot.digests.localisation import Localisation
from bot.digests.styles.base import Style, heading, sentence_lines
from bot.slack.blocks import Block


def _entry(entry: DigestEntry, l10n: Localisation) -> list[Block]:
    return [heading(entry, l10n, below=sentence_lines(entry))]


STYLE = Style(name="brief", entry=_entry)
