"""The one place that puts handlers on services and runs them: Bolt apps, clockwork, entrances."""

import logging
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.request import getproxies_environment

from slack_bolt import BoltRequest, BoltResponse
from slack_sdk import WebClient

import handlers
from bot.building import Shared, services_for
from bot.checks import needed_scopes
from bot.delivery.clockwork import Clockwork
from bot.delivery.first import subscribe_first
from bot.delivery.news import NewsTeller
from bot.delivery.refresh import LONGEST_ROUND, Refresher
from bot.delivery.upkeep import Rounds
from bot.net import proxy_for
from bot.operations import Watch
from bot.operations.vitals import Vitals
from bot.operations.warming import Warming
from bot.services import Services
from bot.serving import Dispatcher, HttpServer, SlackApp, SocketModeServer
from bot.serving.fleet import Fleet
from bot.serving.front import Front
from bot.serving.oauth import Installs
from bot.settings import Settings

# Work that waits for Slack most of the time; more threads would only quarrel about the processor.
LISTENER_THREADS = 16
SLACK_TIMEOUT_SECONDS = 10
# The way in opens after this long even if Slack hasn't told yet who the bot is.
IDENTITY_SECONDS = 15.0

log = logging.getLogger(__name__)


def slack_app(services: Services) -> SlackApp:
    """The Bolt app with every listener; makes no call."""
    settings = services.settings
    app = SlackApp(
        client=WebClient(
            settings.slack_bot_token,
            base_url=settings.slack_api_url,
            timeout=SLACK_TIMEOUT_SECONDS,
            retry_handlers=[],
        ),
        identity=services.identity,
        signing_secret=settings.slack_signing_secret,
        metrics=services.metrics,
        threads=LISTENER_THREADS,
        first=handlers.IdentityNeeded(services),
    )
    handlers.register(app, services)
    return app


def upkeep_of(services: Services) -> Rounds:
    """The rounds that keep a workspace's posts and summaries true."""
    refresher = Refresher(
        services.storage,
        services.collector,
        services.summarizer,
        services.search,
        services.outbox,
        services.clock,
        meaning=services.search,
    )
    news = NewsTeller(
        services.storage,
        services.collector,
        services.outbox,
        services.clock,
        language=services.settings.first_language,
    )

    def repair() -> None:
        until = time.monotonic() + LONGEST_ROUND.total_seconds()
        services.search.index([one.paper_id for one in services.summarizer.repair(until=until)])

    return Rounds(refresher, news, repair)


class House:
    """The running bot of one workspace: its clockwork, its question workers, its listeners."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self.app = slack_app(services)
        self.clockwork = Clockwork(
            services.morning,
            services.storage,
            services.clock,
            upkeep=upkeep_of(services),
            catch_up=timedelta(hours=services.settings.catch_up_hours),
            watch=_watch(services).look,
        )
        services.desk.subscriptions.on_change = self.clockwork.refresh

    def start(self) -> None:
        """Finish what an earlier run left, and go on."""
        services = self._services
        services.identity.start()
        subscribe_first(services.settings, services.storage, services.clock())
        services.conversations.start()
        self.clockwork.start()

    def stop(self) -> None:
        """Finish or park what is in hand."""
        self._services.identity.stop()
        self.clockwork.stop()
        self.app.lanes.close()

    def is_alive(self) -> bool:
        """Whether its clockwork keeps time."""
        return self.clockwork.is_alive()

    def waiting(self) -> dict[str, int]:
        """How many jobs wait, by what does them."""
        questions = self._services.conversations.waiting
        return {**self.clockwork.waiting(), "questions": questions}


class TenantHouse(House):
    """A house among others; closes its services when it stops."""

    def dispatch(self, request: BoltRequest) -> BoltResponse:
        """Answer one payload of this workspace."""
        return self.app.dispatch(request)

    def stop(self) -> None:
        """Finish or park what is in hand, and close the workspace's services."""
        super().stop()
        self._services.close()


class Runtime(House):
    """The running bot of a single workspace with its way in from Slack."""

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._vitals = Vitals(
            services.settings,
            services.storage,
            services.metrics,
            parts={
                "slack": lambda: (
                    self.server.ready
                    and services.identity.known is not None
                    and not services.outbox.is_refused
                ),
                "clockwork": self.is_alive,
            },
            waiting=self.waiting,
        )
        self._warming = Warming(services.search)
        self.server = self._entrance()

    def start(self) -> None:
        """Finish what an earlier run left, then open the door.

        Raises:
            SlackError: Slack refuses a token or cannot be reached.
        """
        self._vitals.start()
        # Loading the encoder takes seconds; the first question should not wait for it.
        self._warming.start()
        super().start()
        self._services.identity.wait(IDENTITY_SECONDS)
        self.server.start()

    def stop(self) -> None:
        """Close the door, finish or park what is in hand, then close everything."""
        self.server.stop()
        super().stop()
        self._warming.stop()
        self._vitals.stop()

    def _entrance(self) -> SocketModeServer | HttpServer:
        settings = self._services.settings
        if settings.slack_app_token:
            return SocketModeServer(
                self.app, settings.slack_app_token, proxy=_socket_proxy(settings)
            )
        return _http_server(self.app, settings, self._vitals)


def _watch(services: Services) -> Watch:
    settings = services.settings
    return Watch(
        services.storage,
        services.outbox.plan,
        services.clock,
        admins=settings.admins,
        language_of=services.members.language,
        disk_wanted=settings.disk_free_mb * 1_000_000,
        timezone=settings.timezone,
    )


class Tenants:
    """The running bots of all workspaces that installed Paperboy by OAuth, behind one door.

    HTTP serves the installation's pages, and Slack's requests as well unless an app token opens
    a Socket Mode connection, which carries those of every workspace.
    """

    def __init__(self, shared: Shared) -> None:
        settings = shared.settings
        self._shared = shared
        self.installs = Installs(
            settings,
            shared.storage,
            shared.clock,
            scopes=needed_scopes(unfurl=settings.unfurl),
            on_installed=lambda team: self.fleet.open(team),
        )
        self.fleet = Fleet(
            shared.storage, shared.clock, build=self._house, forget=self.installs.forget
        )
        self._front = Front(
            self.fleet,
            shared.storage,
            oauth_flow=self.installs.flow,
            client=WebClient(base_url=settings.slack_api_url, timeout=SLACK_TIMEOUT_SECONDS),
        )
        self._vitals = Vitals(
            settings,
            shared.storage,
            shared.metrics,
            parts={"slack": lambda: self._is_connected, "clockwork": self.fleet.is_alive},
            waiting=self.fleet.waiting,
        )
        self._warming = Warming(shared.index)
        self._socket: SocketModeServer | None = None
        if settings.slack_app_token:
            self._socket = SocketModeServer(
                self._front, settings.slack_app_token, proxy=_socket_proxy(settings)
            )
        self.server = _http_server(self._front, settings, self._vitals)

    def start(self) -> None:
        """Start every installed workspace's bot, then open the door.

        Raises:
            SlackError: Slack refuses the app token or cannot be reached.
        """
        self._vitals.start()
        self._warming.start()
        self.fleet.start()
        if self._socket is not None:
            self._socket.start()
        self.server.start()

    def stop(self) -> None:
        """Close the door, stop every bot, then close everything."""
        self.server.stop()
        if self._socket is not None:
            self._socket.stop()
        self._front.close()
        self.fleet.stop()
        self._warming.stop()
        self._vitals.stop()
        for close in self._shared.closers:
            close()

    @property
    def _is_connected(self) -> bool:
        return self._socket is None or self._socket.ready

    def _house(self, team: str) -> TenantHouse | None:
        token, settings = self.installs.token(team), self._shared.settings
        if token is None:
            return None
        folder = settings.export_dir
        own = replace(
            settings,
            slack_bot_token=token,
            # Channels and folders named in the settings are nobody's in particular.
            channel=None,
            export_dir=None if folder is None else str(Path(folder) / team),
        )
        return TenantHouse(services_for(self._shared, own, team))


def _http_server(app: Dispatcher, settings: Settings, vitals: Vitals) -> HttpServer:
    return HttpServer(
        app,
        signing_secret=settings.slack_signing_secret or "",
        host=settings.host,
        port=settings.port,
        parts=vitals.parts,
    )


def _socket_proxy(settings: Settings) -> str | None:
    return proxy_for(settings.slack_api_url, getproxies_environment())
