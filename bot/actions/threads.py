"""Opening a paper's thread: its card as a message of its own, posted once in a channel."""

from dataclasses import dataclass

from bot.actions.cards import Cards
from bot.actions.channels import Channels
from bot.actions.papers import PaperFinder
from bot.actions.poster import Poster
from bot.clock import Clock
from bot.delivery.problems import is_person
from bot.slack.blocks import Message, truncate
from bot.slack.blocks.message import TEXT_LIMIT
from bot.slack.port import SlackOut
from bot.slack.visibility import seen_from
from storage import Storage


@dataclass(frozen=True)
class OpenedThread:
    """Where a paper's thread is, with its address for a browser; ``is_new`` when it was opened
    just now."""

    channel: str
    ts: str
    address: str
    is_new: bool


@dataclass(frozen=True)
class PaperThreads:
    """Opens threads, or finds those opened before."""

    storage: Storage
    slack: SlackOut
    papers: PaperFinder
    cards: Cards
    channels: Channels
    poster: Poster
    clock: Clock

    def open(
        self, channel: str, paper_id: str, *, user: str, introduction: Message | None = None
    ) -> OpenedThread:
        """Post the paper's card as a message of its own, or find the one posted before.

        *channel* may be a member's id, meaning their messages with Paperboy; an *introduction*
        stands above the card.

        Raises:
            UnknownPaperError: there is no such paper.
            InputError: Paperboy isn't in the channel, or the card is still waiting to be sent.
        """
        paper = self.papers.by_id(paper_id)
        if is_person(channel):
            channel = self.slack.conversation_open(channel)
        self.storage.library.signal(
            channel, user=user, paper_id=paper.id, kind="opened", now=self.clock()
        )
        known = self.storage.threads.of_paper(channel, paper.id)
        if known is not None:
            return self._opened(channel, known.ts, is_new=False)
        place = seen_from(channel, user)
        card = self.cards.card(paper, self.channels.language(channel), place=place)
        if introduction is not None:
            card = Message(
                truncate(f"{introduction.text}\n{card.text}", TEXT_LIMIT),
                (*introduction.blocks, *card.blocks),
            )
        key = f"card:{channel}:{paper.id}"
        is_new, ts = self.poster.post(key, channel, card, "card", user=user, paper_id=paper.id)
        return self._opened(channel, ts, is_new=is_new)

    def _opened(self, channel: str, ts: str, *, is_new: bool) -> OpenedThread:
        return OpenedThread(channel, ts, self.slack.permalink(channel, ts), is_new)
