"""Opening a paper's thread: its card as a message of its own, posted once in a channel."""

from dataclasses import dataclass

from bot.actions.cards import Cards
from bot.actions.channels import Channels
from bot.actions.papers import PaperFinder
from bot.actions.poster import Poster
from bot.clock import Clock
from bot.delivery.problems import is_person
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


class PaperThreads:
    """Opens threads, or finds those opened before."""

    def __init__(
        self,
        storage: Storage,
        slack: SlackOut,
        papers: PaperFinder,
        cards: Cards,
        channels: Channels,
        poster: Poster,
        clock: Clock,
    ) -> None:
        self._storage = storage
        self._slack = slack
        self._papers = papers
        self._cards = cards
        self._channels = channels
        self._poster = poster
        self._clock = clock

    def open(self, channel: str, paper_id: str, *, user: str) -> OpenedThread:
        """Post the paper's card as a message of its own, or find the one posted before.

        *channel* may be a member's id, meaning their messages with Paperboy.

        Raises:
            UnknownPaperError: there is no such paper.
            InputError: Paperboy isn't in the channel, or the card is still waiting to be sent.
        """
        paper = self._papers.by_id(paper_id)
        if is_person(channel):
            channel = self._slack.conversation_open(channel)
        self._storage.library.signal(
            channel, user=user, paper_id=paper.id, kind="opened", now=self._clock()
        )
        known = self._storage.threads.of_paper(channel, paper.id)
        if known is not None:
            return self._opened(channel, known.ts, is_new=False)
        place = seen_from(channel, user)
        card = self._cards.card(paper, self._channels.language(channel), place=place)
        is_new, ts = self._poster.post(
            card_key(channel, paper.id), channel, card, "card", user=user, paper_id=paper.id
        )
        return self._opened(channel, ts, is_new=is_new)

    def _opened(self, channel: str, ts: str, *, is_new: bool) -> OpenedThread:
        return OpenedThread(channel, ts, self._slack.permalink(channel, ts), is_new)


def card_key(channel: str, paper_id: str) -> str:
    """The key under which a paper's card is posted once in a channel."""
    return f"card:{channel}:{paper_id}"
