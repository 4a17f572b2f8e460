"""Everything that is built once and used by handlers and the command line."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.actions import Desk, Members
from bot.answers import Answers
from bot.archive import TitleSearch
from bot.clock import Clock
from bot.delivery.morning import Morning
from bot.delivery.outbox import Outbox
from bot.model import Model
from bot.questions import Conversations, Repeats
from bot.search import SearchIndex
from bot.settings import Settings
from bot.slack.identity import Identity
from bot.slack.port import SlackOut
from bot.sources.collector import Collector
from bot.sources.ports import FulltextSource
from bot.summaries import Summarizer
from bot.telemetry.metrics import Metrics
from storage import Storage


@dataclass(frozen=True)
class Services:
    """The parts, put together in ``bot.app``.

    Handlers use ``desk``, ``members``, ``conversations`` and ``repeats``; the rest is for the
    command line, the scheduler and each other. ``model`` is None where no model is set up.
    """

    settings: Settings
    storage: Storage
    clock: Clock
    slack: SlackOut
    identity: Identity
    model: Model | None
    collector: Collector
    fulltexts: FulltextSource
    summarizer: Summarizer
    search: SearchIndex
    answers: Answers
    outbox: Outbox
    morning: Morning
    desk: Desk
    members: Members
    conversations: Conversations
    repeats: Repeats
    metrics: Metrics
    # Each asks one source for papers by their title.
    title_searches: tuple[TitleSearch, ...] = ()
    # Each asks one source for a sign of life and returns its problem, or None.
    source_pings: tuple[tuple[str, Callable[[], str | None]], ...] = ()
    closers: tuple[Callable[[], object], ...] = field(default=(), repr=False)

    def close(self) -> None:
        """Stop the workers, then close what was opened, in the order given."""
        for close in self.closers:
            close()
