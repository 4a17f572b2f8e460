"""The one place that builds everything: settings → storage → services → Bolt app → clockwork."""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from slack_sdk import WebClient

import handlers
from bot.answers import Answers
from bot.archive import Exporter, TitleSearch, merge_identified
from bot.collect import Collector
from bot.conversations import Conversations, Repeats
from bot.delivery.clockwork import Clockwork
from bot.delivery.first import subscribe_first
from bot.delivery.morning import Morning
from bot.delivery.news import NewsTeller
from bot.delivery.outbox import Outbox
from bot.delivery.refresh import Refresher
from bot.delivery.slack import SlackClient
from bot.delivery.upkeep import Rounds
from bot.desk import Desk, Members
from bot.digests import DigestContent
from bot.fulltext import FulltextService
from bot.http import HttpClient
from bot.metrics import CONTENT_TYPE, Metrics
from bot.model import Model
from bot.operations import Health, Heartbeat, StoredGauges, Watch
from bot.relations import RelatingIndex, RelationFinder
from bot.search import SearchIndex, ServedEmbedder, load_embedder
from bot.serve import HealthServer, HttpServer, SlackApp, SocketModeServer
from bot.services import Services
from bot.settings import NO_EMBEDDINGS, Settings
from bot.sources import Arxiv, HuggingFace
from bot.sources.arxiv import SECONDS_BETWEEN_CALLS
from bot.sources.ports import FulltextSource, ListingSource, PaperSource
from bot.summaries import Summarizer
from storage import Storage, open_storage

USER_AGENT = "paperboy/0.1"
KNOWN_HOSTS = ("arxiv.org", "export.arxiv.org", "huggingface.co")
# Work that waits for Slack most of the time; more threads would only quarrel about the processor.
LISTENER_THREADS = 16
SLACK_TIMEOUT_SECONDS = 10

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Outside:
    """Where listings, papers and full texts come from; the demo brings its own."""

    listings: ListingSource
    papers: PaperSource
    fulltexts: FulltextSource
    close: Callable[[], object]
    title_searches: tuple[TitleSearch, ...] = ()


def internet(settings: Settings, storage: Storage, *, clock: Clock) -> Outside:
    """The real sources, at the addresses that are set."""
    http = HttpClient(
        user_agent=USER_AGENT,
        spacing={"arxiv.org": SECONDS_BETWEEN_CALLS},
        redirect_hosts=KNOWN_HOSTS,
        clock=clock,
    )
    listings, papers = HuggingFace(http, settings.hf_url), Arxiv(http, settings.arxiv_api_url)
    return Outside(
        listings=listings,
        papers=papers,
        fulltexts=FulltextService(
            storage=storage, http=http, arxiv_url=settings.arxiv_url, clock=clock
        ),
        close=http.close,
        title_searches=(listings.search, papers.search),
    )


def build(
    settings: Settings,
    *,
    clock: Clock,
    outside: Callable[..., Outside] = internet,
) -> Services:
    """Open the database and build every service on it. Connects to nothing yet.

    Raises:
        StorageError: the database cannot be used.
    """
    storage = open_storage(Path(settings.database))
    sources = outside(settings, storage, clock=clock)
    slack = SlackClient.connect(settings.slack_bot_token, settings.slack_api_url)
    model = Model.from_settings(settings, storage, clock)
    search = _search(settings, storage, model)
    metrics = Metrics()
    collector = Collector(
        storage,
        sources.listings,
        sources.papers,
        clock,
        stored=_filing(storage, search),
        noted=metrics.source_read,
    )
    summarizer = Summarizer(
        storage, model, sources.fulltexts, clock, concurrency=settings.concurrency
    )
    answers = Answers(storage, search, model, fulltexts=sources.fulltexts)
    outbox = Outbox(storage, slack, clock)
    desk = Desk(
        storage=storage,
        collector=collector,
        search=search,
        outbox=outbox,
        slack=slack,
        settings=settings,
        clock=clock,
    )
    members = Members(storage, slack, clock, default_language=settings.first_language)
    conversations = Conversations(
        storage=storage,
        answers=answers,
        slack=slack,
        collector=collector,
        clock=clock,
        default_language=settings.first_language,
        today=lambda language: desk.today("", language),
        listed=lambda: desk.listed(""),
        metrics=metrics,
    )
    outbox.on_opened = conversations.opened
    return Services(
        settings=settings,
        storage=storage,
        clock=clock,
        slack=slack,
        model=model,
        collector=collector,
        fulltexts=sources.fulltexts,
        summarizer=summarizer,
        search=search,
        answers=answers,
        outbox=outbox,
        morning=Morning(
            storage,
            collector,
            summarizer,
            RelatingIndex(search, RelationFinder(storage, search)),
            outbox,
            clock,
            promised=_exporting(settings, storage),
        ),
        desk=desk,
        members=members,
        conversations=conversations,
        repeats=Repeats(storage, clock),
        title_searches=sources.title_searches,
        metrics=metrics,
        source_pings=(("Hugging Face", sources.listings.ping), ("arXiv", sources.papers.ping)),
        closers=(
            desk.close,
            members.close,
            conversations.close,
            sources.close,
            *((model.close,) if model else ()),
            storage.close,
        ),
    )


def _filing(storage: Storage, search: SearchIndex) -> Callable[[Sequence[str]], None]:
    """Indexes papers that were stored, and gives imported titles the ids that came with them."""

    def file(paper_ids: Sequence[str]) -> None:
        search.index([*paper_ids, *merge_identified(storage)])

    return file


def _exporting(settings: Settings, storage: Storage) -> Callable[[str, DigestContent], object]:
    """Writes each promised digest into the folder that is set; does nothing without one."""
    if settings.export_dir is None:
        return lambda _channel, _content: None
    exporter, folder = Exporter(storage), Path(settings.export_dir)
    return lambda channel, content: exporter.write_morning(content, folder, channel=channel)


def _search(settings: Settings, storage: Storage, model: Model | None) -> SearchIndex:
    if settings.embedding_model == NO_EMBEDDINGS:
        return SearchIndex(storage, None)
    embedded = load_embedder()
    if model is not None and settings.embedding_model:
        served = ServedEmbedder(settings.embedding_model, model.embed)
        return SearchIndex(storage, served, sentences=embedded)
    return SearchIndex(storage, embedded)


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
        signing_secret=settings.slack_signing_secret,
        metrics=services.metrics,
        threads=LISTENER_THREADS,
    )
    handlers.register(app, services)
    return app


def _upkeep(services: Services) -> Rounds:
    refresher = Refresher(
        services.storage,
        services.collector,
        services.summarizer,
        services.search,
        services.outbox,
        services.clock,
    )
    news = NewsTeller(
        services.storage,
        services.collector,
        services.outbox,
        services.clock,
        language=services.settings.first_language,
    )
    return Rounds(refresher, news)


class Runtime:
    """The running bot: its clockwork, its question workers and its way in from Slack."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._app = slack_app(services)
        self.clockwork = Clockwork(
            services.morning,
            services.storage,
            services.clock,
            upkeep=_upkeep(services),
            catch_up=timedelta(hours=services.settings.catch_up_hours),
            watch=self._look,
        )
        services.desk.subscriptions.on_change = self.clockwork.refresh
        self.health = Health(
            {
                "database": services.storage.is_ready,
                "slack": lambda: self.server.ready and not services.outbox.is_refused,
                "clockwork": self.clockwork.is_alive,
            }
        )
        self.server = self._entrance()
        self._beside = self._health_server()
        self._watch = _watch(services)
        self._heartbeat = _heartbeat(services, self.health)

    def start(self) -> None:
        """Finish what an earlier run left, then open the door.

        Raises:
            SlackError: Slack refuses the app token or cannot be reached.
        """
        services = self._services
        if self._beside is not None:
            self._beside.start()
        subscribe_first(services.settings, services.storage, services.clock())
        # Loading the encoder takes seconds; the first question should not wait for it.
        threading.Thread(target=services.search.embed_query, args=("paper",), daemon=True).start()
        services.conversations.start()
        self.clockwork.start()
        self.server.start()

    def stop(self) -> None:
        """Close the door, finish or park what is in hand, then close everything."""
        self.server.stop()
        self.clockwork.stop()
        if self._beside is not None:
            self._beside.stop()
        self._app.lanes.close()

    def _entrance(self) -> SocketModeServer | HttpServer:
        settings = self._services.settings
        if settings.slack_app_token:
            return SocketModeServer(self._app, settings.slack_app_token)
        return HttpServer(self._app, port=settings.port, parts=self.health.parts)

    def _health_server(self) -> HealthServer | None:
        services, port = self._services, self._services.settings.metrics_port
        if port is None:
            return None
        services.metrics.add(
            StoredGauges(
                services.storage,
                lambda: {
                    **self.clockwork.waiting(),
                    "questions": services.conversations.waiting,
                },
            )
        )
        return HealthServer(
            port=port,
            parts=self.health.parts,
            page=services.metrics.page,
            content_type=CONTENT_TYPE,
        )

    def _look(self) -> None:
        self._watch.look()
        if self._heartbeat is not None:
            self._heartbeat.beat()


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


def _heartbeat(services: Services, health: Health) -> Heartbeat | None:
    url = services.settings.heartbeat_url
    if url is None:
        return None
    return Heartbeat(url, HttpClient(user_agent=USER_AGENT), health.is_ready)
