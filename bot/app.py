"""The one place that puts handlers on services and runs them, for one workspace or for many."""

import gc
import time
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from slack_sdk import WebClient

import handlers
from bot.background import BackgroundThread
from bot.checks import needed_scopes
from bot.delivery import Job, Scheduler
from bot.delivery.news import NewsTeller
from bot.delivery.refresh import LONGEST_ROUND, Refresher
from bot.model import Model
from bot.operations import Monitoring, Watch
from bot.questions import Talk
from bot.search import SearchIndex
from bot.services import Services, SharedServices, workspace_services
from bot.serving.bolt import SlackApp
from bot.serving.entrance import SLACK_TIMEOUT_SECONDS, Entrance
from bot.serving.oauth import Installs, installed_token
from bot.serving.router import Router
from bot.serving.workspaces import WorkspaceApp, WorkspaceApps
from storage import Storage, Subscription

# Work that waits for Slack most of the time; few of them compute at the same moment.
LISTENER_THREADS = 32
# The bot answers after this long even if Slack hasn't told yet who it is.
IDENTITY_SECONDS = 15.0
# What is being indexed at the start is not interrupted; nothing further is begun.
WARM_UP_STOP_SECONDS = 5.0
# Upkeep every hour and every day, at times when few mornings begin; the watch looks each minute,
# after the tick of the same minute has queued what is due.
HOURLY, DAILY, EACH_MINUTE = {"minute": 20}, {"hour": 5, "minute": 40}, {"second": 5}


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
        metrics=services.metrics,
        threads=LISTENER_THREADS,
        first=handlers.IdentityNeeded(services),
    )
    handlers.register(app, services)
    return app


class Upkeep:
    """Keeps a workspace's posts and summaries true, and its database small."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._refresher = Refresher(
            services.storage,
            services.collector,
            services.summarizer,
            services.index,
            services.outbox,
            services.clock,
            meaning=services.index,
        )
        self._news = NewsTeller(
            services.storage,
            services.collector,
            services.outbox,
            services.clock,
            language=services.settings.first_language,
        )

    def hourly(self) -> None:
        """Re-read unsettled listings, repair summaries, edit posts, tell what came to light."""
        self._refresher.run()
        self._news.tell()

    def daily(self) -> None:
        """Repair summaries, ask the sources about papers with threads, and tell what is new; drop
        what Slack won't repeat any more."""
        self._services.storage.events.forget_old(now=self._services.clock())
        until = time.monotonic() + LONGEST_ROUND.total_seconds()
        repaired = self._services.summarizer.repair(until=until)
        self._services.index.index([one.paper_id for one in repaired])
        self._news.ask()
        self._news.tell()


def workspace_app(services: Services) -> WorkspaceApp:
    """The bot of one workspace, not started yet."""
    settings, upkeep = services.settings, Upkeep(services)
    watch = Watch(
        services.storage,
        services.outbox.plan,
        services.clock,
        admins=settings.admins,
        language_of=services.members.language,
        disk_wanted=settings.disk_free_mb * 1_000_000,
        timezone=settings.timezone,
    )
    scheduler = Scheduler(
        services.morning,
        services.storage,
        services.clock,
        jobs=(
            Job("hourly", upkeep.hourly, HOURLY),
            Job("daily", upkeep.daily, DAILY),
            Job("watch", watch.look, EACH_MINUTE, thread="watch"),
        ),
        catch_up=timedelta(hours=settings.catch_up_hours),
        clockwork=services.clockwork,
    )
    return WorkspaceApp(
        app=slack_app(services),
        scheduler=scheduler,
        conversations=services.conversations,
        identity=services.identity,
        close=services.close,
    )


def subscribe_first_channel(services: Services) -> None:
    """Subscribe ``PAPERBOY_CHANNEL`` at the very first start: not if any channel ever subscribed,
    so that a channel which unsubscribed stays so."""
    settings, storage = services.settings, services.storage
    with storage.transaction():
        if settings.channel is None or storage.subscriptions.any():
            return
        subscription = Subscription(
            channel=settings.channel,
            sources=settings.sources,
            time=settings.digest_time,
            timezone=settings.timezone,
            weekdays=settings.weekdays,
            language=settings.language,
            style=settings.style,
        )
        storage.subscriptions.save(subscription, now=services.clock())


class Application:
    """The running bot of a single workspace behind its way in from Slack."""

    def __init__(self, services: Services, entrance: Entrance) -> None:
        self._services = services
        self._entrance = entrance
        self.workspace = workspace_app(services)
        self._monitoring = Monitoring(
            services.settings,
            services.storage,
            services.metrics,
            parts={"slack": self._is_connected, "scheduler": self.workspace.is_alive},
            waiting=self.workspace.waiting,
        )
        self._warm_up = WarmUp(services.storage, services.index, services.model, services.talk)

    def start(self) -> None:
        """Finish what an earlier run left, then answer whoever comes in.

        Raises:
            SlackError: Slack refuses the bot token.
        """
        self._services.storage.keep_trying()
        self._monitoring.start()
        subscribe_first_channel(self._services)
        self.workspace.start()
        self._services.identity.wait(IDENTITY_SECONDS)
        self._entrance.lead_to(self.workspace.app, self._monitoring.parts)
        self._warm_up.start()

    def stop(self) -> None:
        """Close the way in, then finish or park what is in hand. The services stay open."""
        self._services.storage.leave_off()
        self._entrance.close()
        self.workspace.stop()
        self._warm_up.stop(within_seconds=WARM_UP_STOP_SECONDS)
        self._monitoring.stop()

    def _is_connected(self) -> bool:
        services = self._services
        known = services.identity.known is not None
        return self._entrance.connected and known and not services.outbox.is_refused


class DistributedApplication:
    """The running bots of all workspaces that installed Paperboy by OAuth, behind one way in.

    HTTP serves the installation's pages, and Slack's requests as well unless an app token opens
    a Socket Mode connection, which carries those of every workspace.
    """

    def __init__(self, shared: SharedServices, entrance: Entrance) -> None:
        settings = shared.settings
        self._shared = shared
        self._entrance = entrance
        self.installs = Installs(
            settings,
            shared.storage,
            shared.clock,
            scopes=needed_scopes(unfurl=settings.unfurl),
            on_installed=lambda team: self.workspaces.open(team),
        )
        self.workspaces = WorkspaceApps(shared.storage, shared.clock, build=self._build)
        self._router = Router(
            self.workspaces,
            shared.storage,
            oauth_flow=self.installs.flow,
            client=WebClient(base_url=settings.slack_api_url, timeout=SLACK_TIMEOUT_SECONDS),
        )
        self._monitoring = Monitoring(
            settings,
            shared.storage,
            shared.metrics,
            parts={"slack": lambda: entrance.connected, "scheduler": self.workspaces.is_alive},
            waiting=self.workspaces.waiting,
        )
        self._warm_up = WarmUp(shared.storage, shared.index, shared.model, shared.talk)

    def start(self) -> None:
        """Start every installed workspace's bot, then answer whoever comes in."""
        self._shared.storage.keep_trying()
        self._monitoring.start()
        self.workspaces.start()
        self._entrance.lead_to(self._router, self._monitoring.parts)
        self._warm_up.start()

    def stop(self) -> None:
        """Close the way in, stop every bot, then close everything."""
        self._shared.storage.leave_off()
        self._entrance.close()
        self._router.close()
        self.workspaces.stop()
        self._warm_up.stop(within_seconds=WARM_UP_STOP_SECONDS)
        self._monitoring.stop()
        self._shared.close()

    def _build(self, team: str) -> WorkspaceApp | None:
        settings = self._shared.settings
        token = installed_token(settings, self._shared.storage, team)
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
        return workspace_app(workspace_services(self._shared, own, team))


class WarmUp(BackgroundThread):
    """Loads the encoder and the model's library, which takes seconds, so that the first question
    needn't wait for them, and indexes what is not in the index yet."""

    def __init__(
        self, storage: Storage, index: SearchIndex, model: Model | None, talk: Talk
    ) -> None:
        super().__init__("warming", partial(self._warm_up, storage, index, model, talk))

    def _warm_up(
        self, storage: Storage, index: SearchIndex, model: Model | None, talk: Talk
    ) -> None:
        talk.prepare()
        if model is not None:
            model.load()
        try:
            index.embed_query("paper")
            _leave_alone_what_is_loaded()
            storage.insist(partial(index.index_missing, leave_off=self.stopping.is_set))
        except Exception:
            # A slow embedding server outlasts the stop, and then the database is closed.
            if not self.stopping.is_set():
                raise


def _leave_alone_what_is_loaded() -> None:
    """Have the collector of garbage never look again at what there is now: modules, catalogues, the
    encoder. Each look at all of it holds every thread up, acknowledgements among them, for tens of
    milliseconds."""
    gc.collect()
    gc.freeze()
