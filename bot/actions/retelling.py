"""What is posted about a paper changes with what a member wrote about it, at once."""

from dataclasses import dataclass

from bot.actions.cards import Cards
from bot.actions.channels import Channels
from bot.delivery import Outbox
from bot.delivery.rewriting import Rewriter
from bot.slack.blocks.plainer import fitting
from bot.slack.visibility import seen_from
from storage import Delivery, Storage


@dataclass(frozen=True)
class Retelling:
    """Edits the cards of a paper, and the recent digests that tell about it."""

    storage: Storage
    cards: Cards
    channels: Channels
    rewriter: Rewriter
    outbox: Outbox

    def retell(self, paper_id: str) -> None:
        """Have everything that is posted about a paper show what is stored of it now."""
        with self.storage.transaction():
            for row in self.storage.deliveries.cards_of(paper_id):
                self._redraw(row, paper_id)
            self.rewriter.retell(paper_id)
        self.outbox.wake()

    def _redraw(self, row: Delivery, paper_id: str) -> None:
        paper = self.storage.papers.get(paper_id)
        if paper is None:
            return
        language = self.channels.language(row.channel)
        card = self.cards.card(paper, language, place=seen_from(row.channel, ""))
        payload = card.payload()
        # What stood above the card, such as who shared it, stays there.
        before, fresh = row.payload.get("blocks") or [], list(payload["blocks"])
        above = before[: before.index(fresh[0])] if fresh[0] in before else []
        payload = {**payload, "blocks": [*above, *fresh]}
        self.storage.deliveries.request_edit(row.id, fitting(payload, row.degraded))
