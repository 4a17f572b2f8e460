"""The whole bot on a local workspace: real handlers, actions, conversations, outbox and search.

Only the sources and the maker of the answers are stand-ins, so that a story can script them.
"""

import contextlib
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any, Literal, cast

import pytest
from slack_sdk import WebClient

import handlers
from bot.actions import build_actions
from bot.answers.wishes import Examples
from bot.delivery import Outbox, Pace
from bot.delivery.timer import Clockwork
from bot.questions import Conversations, Talk
from bot.search import SearchIndex
from bot.services import Services, tools_of
from bot.serving.bolt import SlackApp
from bot.serving.http import HttpServer
from bot.serving.socket_mode import SocketModeServer
from bot.settings import Settings
from bot.slack.client import SlackClient
from bot.telemetry.metrics import Metrics
from bot.workspace import Message, Workspace
from storage import ListingEntry, Paper, Storage
from tests.fakes import FakeAnswers, FakeClock, FakeCollector

NOW = datetime(2025, 3, 20, 0, 30, tzinfo=UTC)
DAY = date(2025, 3, 19)
DAPO = Paper(
    "2503.14476",
    "DAPO: An Open-Source LLM Reinforcement Learning System at Scale",
    abstract="We open-source a large-scale reinforcement learning system for language models.",
    organization="ByteDance",
    votes=100,
)
COSMOS = Paper(
    "2503.15558",
    "Cosmos-Reason1: From Physical Common Sense To Embodied Reasoning",
    abstract="Models that understand the physical world and reason about embodied decisions.",
    organization="NVIDIA",
    votes=50,
)

# By words alone, as where no encoder is installed.
TALK = Talk(None)
EXAMPLES = Examples(None)
Mode = Literal["socket", "http"]
CHANNEL, NOT_INVITED = "#daily-papers", "#random"


class Story:
    """A running bot and the workspace its people talk in."""

    def __init__(
        self,
        storage: Storage,
        workspace: Workspace,
        mode: Mode,
        *,
        answers: FakeAnswers | None = None,
        clock: Callable[[], datetime] | None = None,
        settings: Settings | None = None,
    ) -> None:
        self.storage = storage
        self.slack = workspace
        self.settings = settings or Settings()
        self.clock = clock or FakeClock(NOW)
        self.answers = answers or FakeAnswers()
        self.collector = FakeCollector(storage, self.clock)
        self._mode = mode
        self._out = SlackClient.connect(workspace.bot_token, workspace.api_url)
        self._stock()
        self.start()

    def start(self) -> None:
        """Start the bot, as after a restart."""
        self.index = SearchIndex(self.storage, None)
        self.index.index([DAPO.id, COSMOS.id])
        outbox = Outbox(
            self.storage,
            self._out,
            self.clock,
            pace=Pace(),
            sleep=self._sleep,
        )
        self.outbox = outbox
        self.actions = build_actions(
            storage=self.storage,
            collector=self.collector,
            index=self.index,
            outbox=outbox,
            slack=self._out,
            settings=self.settings,
            clock=self.clock,
        )
        self.conversations = Conversations(
            storage=self.storage,
            answers=self.answers,
            slack=self._out,
            collector=self.collector,
            clock=self.clock,
            listed=lambda: [],
            talk=TALK,
            examples=EXAMPLES,
            tools=tools_of(self.actions),
        )
        outbox.when_opened(self.conversations.opened)
        self._serve(self._services())

    def stop(self) -> None:
        """Stop the bot; the workspace and the database stay."""
        with contextlib.suppress(TimeoutError):
            self.slack.wait_for(lambda: not self.slack.unacknowledged(), 1.0)
        self._server.stop()
        self._app.lanes.close()
        self.conversations.close()
        self.actions.members.close()
        self.actions.listings.close()

    def paper_thread(self, user: str = "minji") -> str:
        """Open the first paper's thread as a member does; returns its ``ts``."""
        self.slack.slash(user, CHANNEL, "/papers", "today")
        shown = self.slack.wait_for_ephemeral(user, CHANNEL, contains=DAPO.title)
        self.slack.click(user, shown, "paper_open", DAPO.id)
        root = self.slack.wait_for_message(CHANNEL, contains=DAPO.title)
        self.wait_until_known(root)
        return root.ts

    def wait_until_known(self, root: Message) -> None:
        """A person cannot click faster than the bot notes whose thread this is; a test can."""
        self.slack.wait_for(lambda: self.storage.threads.get(root.channel, root.ts) is not None)

    def wait_for_edit(self, words: str) -> None:
        """Wait until an edit is promised, make it, and see that the channel shows *words*."""
        deliveries = self.storage.deliveries
        self.slack.wait_for(lambda: deliveries.next_edit_moment(now=self.clock()) is not None)
        self.outbox.drain()
        self.slack.wait_for(lambda: words in str(self.slack.messages(CHANNEL)[0].blocks))

    def say(self, user: str, text: str, thread_ts: str) -> None:
        """Say something in a thread and wait until it is heard."""
        said = self.slack.say(user, CHANNEL, text, thread_ts=thread_ts)
        channel = said.channel
        self.slack.wait_for(lambda: self.storage.threads.turn(channel, said.ts) is not None)

    def _sleep(self, seconds: float) -> None:
        if isinstance(self.clock, FakeClock):
            self.clock.forward(seconds=seconds)
        else:
            time.sleep(seconds)

    def _services(self) -> Services:
        parts: dict[str, Any] = dict.fromkeys(
            ("model", "verifier", "fulltexts", "summarizer", "index", "outbox", "morning", "weeks")
        )
        return Services(
            **vars(self.actions),
            **parts,
            settings=self.settings,
            storage=self.storage,
            clock=self.clock,
            slack=self._out,
            identity=self._out.identity,
            collector=cast(Any, self.collector),
            answers=cast(Any, self.answers),
            conversations=self.conversations,
            talk=TALK,
            metrics=Metrics(),
            clockwork=Clockwork(),
        )

    def _serve(self, services: Services) -> None:
        self._app = SlackApp(
            client=WebClient(self.slack.bot_token, base_url=self.slack.api_url),
            identity=services.identity,
            metrics=services.metrics,
            threads=20,
        )
        handlers.register(self._app, services)
        self._server: SocketModeServer | HttpServer
        if self._mode == "socket":
            self._server = SocketModeServer(self._app, self.slack.app_token)
            self._server.start()
            self.slack.wait_until_connected()
        else:
            secret = self.slack.signing_secret
            self._server = HttpServer(
                self._app, signing_secret=secret, host="127.0.0.1", port=0, parts=dict
            )
            self._server.start()
            self.slack.deliver_to(f"http://127.0.0.1:{self._server.port}/slack/events")

    def _stock(self) -> None:
        self.storage.papers.save([DAPO, COSMOS], now=NOW)
        entries = [ListingEntry(DAPO.id, 1, 100), ListingEntry(COSMOS.id, 2, 50)]
        self.storage.listings.save("huggingface", DAY, entries, settled=True, now=NOW)


# Marks the stories that prove both ways in; the others need one of them only.
both_ways = pytest.mark.parametrize("mode", ["socket", "http"])


@pytest.fixture
def mode() -> Mode:
    """The way in from Slack."""
    return "socket"


@pytest.fixture
def story(mode: Mode, storage: Storage) -> Iterator[Story]:
    """A running bot among its people."""
    with Workspace(mode=mode) as workspace:
        made = Story(storage, workspace, mode)
        yield made
        made.stop()
