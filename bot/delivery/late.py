"""The reply that tells of papers which came to a listing after its digest was posted."""

from collections.abc import Sequence

from bot.digests import DigestContent, DigestEntry
from bot.digests.localisation import Localisation
from bot.digests.paper_text import plain_title, sentences
from bot.digests.styles.parts import heading, sentence_lines
from bot.languages import Catalog
from bot.slack.blocks import Message, section
from bot.slack.blocks.message import fallback

# One block a paper, and one for the headline, stay below Slack's fifty.
MOST = 45


def late_papers(content: DigestContent, entries: Sequence[DigestEntry]) -> Message:
    """One message with all late papers of a digest, numbered on from its own."""
    l10n = Localisation(content.language)

    def written(words: Catalog) -> str:
        return words.short_day(content.day)

    headline = l10n.text("delivery-late-papers", joint="\n", day=written, count=len(entries))
    shown = entries[:MOST]
    rows = [
        (plain_title(one.paper, one.number, one.votes, l10n), " ".join(sentences(one)))
        for one in shown
    ]
    blocks = (heading(one, l10n, below=sentence_lines(one)) for one in shown)
    return Message(text=fallback([headline], rows), blocks=(section(headline), *blocks))
