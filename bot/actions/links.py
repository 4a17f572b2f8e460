"""Links to papers that somebody posts: the stored summary under the link, or a quiet offer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.actions.channels import Channels
from bot.digests.localisation import Localisation
from bot.digests.paper_text import facts, maker_line, title_line
from bot.languages import catalog
from bot.slack.blocks import Block, Message, actions, button, context, section
from bot.slack.blocks.ids import ActionId
from bot.slack.blocks.text import prose
from bot.slack.port import SlackOut
from bot.sources.ids import arxiv_id, find_ids
from storage import Paper, Storage, Summary

_LONGEST_SENTENCE = 500
# Slack shows so many links of one message at the most; more would be a wall.
_MOST_LINKS = 5


@dataclass(frozen=True)
class Links:
    """*unfurls* says whether links show their stored summary."""

    storage: Storage
    slack: SlackOut
    channels: Channels
    unfurls: bool

    def offer(self, channel: str, text: str, language: str) -> tuple[str, Message] | None:
        """A quiet offer for the one paper that a message links to: its id and the offer.

        None where there is nothing to offer: no link or several, the paper's thread is open
        already, or its summary is shown under the link.
        """
        ids = find_ids(text)
        if len(ids) != 1 or self.storage.threads.of_paper(channel, ids[0]) is not None:
            return None
        if self.unfurls and self._stored(ids[0], channel) is not None:
            return None
        words = catalog(language)
        text = words.text("actions-offer")
        row = actions(
            button(words.text("actions-offer-accept"), ActionId.PAPER_OPEN, ids[0]),
            button(words.text("actions-offer-dismiss"), ActionId.DISMISS, "offer"),
        )
        return ids[0], Message(text, (section(text), row))

    def show_privately(self, channel: str, user: str, message: Message) -> None:
        """Show a message to one member only.

        Raises:
            SlackError: Slack doesn't take it.
        """
        self.slack.ephemeral(channel, user, message.payload())

    def unfurl(self, channel: str, ts: str, urls: Sequence[str]) -> bool:
        """Show below a message what is stored of the papers it links to.

        Returns:
            Whether anything was shown.

        Raises:
            SlackError: Slack doesn't take it.
        """
        if not self.unfurls:
            return False
        language = self.channels.language(channel)
        shown: dict[str, Mapping[str, Any]] = {}
        for url in urls[:_MOST_LINKS]:
            found = self._stored(arxiv_id(url) or "", channel)
            if found is not None:
                shown[url] = {"blocks": unfurled(*found, language)}
        if shown:
            self.slack.unfurl(channel, ts, shown)
        return bool(shown)

    def _stored(self, paper_id: str, channel: str) -> tuple[Paper, Summary] | None:
        """A paper with a usable summary, as it may be seen in the channel."""
        paper = self.storage.papers.get(paper_id)
        language = self.channels.language(channel)
        summary = self.storage.summaries.get(paper_id, language, place=channel)
        if paper is None or summary is None or not summary.tldr:
            return None
        return paper, summary


def unfurled(paper: Paper, summary: Summary, language: str) -> list[Block]:
    """What stands below a link. Pure."""
    l10n = Localisation(language)
    opening = button(l10n.text("digests-open-thread"), ActionId.PAPER_OPEN, paper.id)
    lines = [
        title_line(paper),
        facts(paper, paper.votes, l10n, summary=summary),
        prose(summary.tldr, _LONGEST_SENTENCE),
    ]
    blocks = [section("\n".join(line for line in lines if line), accessory=opening)]
    made = maker_line(summary.makers, l10n, verified_by=summary.verified_by)
    return [*blocks, context(made)] if made else blocks
