"""Builds everything below Slack's edge: settings → storage → services, shared and a team's own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from urllib.request import getproxies_environment

from bot.actions import Desk, Members
from bot.answers import Answers
from bot.archive import Exporter, TitleSearch, merge_identified
from bot.clock import Clock
from bot.delivery.morning import Morning
from bot.delivery.outbox import Outbox
from bot.digests import DigestContent
from bot.fulltext import FulltextService
from bot.model import Model
from bot.net import USER_AGENT, HttpClient, host_of
from bot.operations.words import SOURCE_NAMES
from bot.questions import Conversations, Repeats
from bot.search import SearchIndex, ServedEmbedder, load_embedder
from bot.search.related import RelatingIndex, RelationFinder
from bot.services import Services
from bot.serving.oauth import installed_token
from bot.settings import NO_EMBEDDINGS, Settings
from bot.slack.client import SlackClient
from bot.sources import Arxiv, HuggingFace
from bot.sources.arxiv import SECONDS_BETWEEN_CALLS
from bot.sources.collector import Collector
from bot.sources.ports import FulltextSource, ListingSource, PaperSource
from bot.summaries import Summarizer
from bot.telemetry.metrics import Metrics
from storage import SINGLE_TEAM, Storage, open_storage

KNOWN_HOSTS = ("arxiv.org", "export.arxiv.org", "huggingface.co")


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
        private_hosts=_hosts_set(settings),
        spacing={"arxiv.org": SECONDS_BETWEEN_CALLS},
        redirect_hosts=KNOWN_HOSTS,
        clock=clock,
        proxies=getproxies_environment(),
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


def _hosts_set(settings: Settings) -> set[str]:
    """The hosts of sources that are not the public ones."""
    usual = Settings()
    addresses = {settings.hf_url, settings.arxiv_api_url, settings.arxiv_url}
    addresses -= {usual.hf_url, usual.arxiv_api_url, usual.arxiv_url}
    return {host_of(one) for one in addresses}


@dataclass(frozen=True)
class Shared:
    """What all workspaces have in common: sources, model, index, and the papers themselves."""

    settings: Settings
    storage: Storage
    clock: Clock
    sources: Outside
    model: Model | None
    index: SearchIndex
    metrics: Metrics
    collector: Collector
    summarizer: Summarizer

    @property
    def closers(self) -> tuple[Callable[[], object], ...]:
        """Close what was opened, in this order."""
        model = (self.model.close,) if self.model else ()
        return (self.sources.close, *model, self.storage.close)


def share(
    settings: Settings, *, clock: Clock, outside: Callable[..., Outside] = internet
) -> Shared:
    """Open the database and build what workspaces share. Connects to nothing yet.

    Raises:
        StorageError: the database cannot be used.
    """
    storage = open_storage(Path(settings.database))
    papers = storage.of_nobody()
    sources = outside(settings, papers, clock=clock)
    model = Model.from_settings(settings, papers, clock, proxies=getproxies_environment())
    index = _search(settings, papers, model)
    metrics = Metrics()
    collector = Collector(
        papers,
        sources.listings,
        sources.papers,
        clock,
        stored=_filing(papers, index),
        noted=metrics.source_read,
    )
    summarizer = Summarizer(
        papers, model, sources.fulltexts, clock, concurrency=settings.concurrency
    )
    return Shared(settings, storage, clock, sources, model, index, metrics, collector, summarizer)


def build(
    settings: Settings,
    *,
    clock: Clock,
    outside: Callable[..., Outside] = internet,
    team: str = SINGLE_TEAM,
) -> Services:
    """Open the database and build every service of one team on it. Connects to nothing yet.

    Raises:
        StorageError: the database cannot be used.
    """
    shared = share(settings, clock=clock, outside=outside)
    if team != SINGLE_TEAM and settings.is_distributed:
        token = installed_token(settings, shared.storage, team)
        settings = replace(settings, slack_bot_token=token)
    services = services_for(shared, settings, team)
    return replace(services, closers=(*services.closers, *shared.closers))


def services_for(shared: Shared, settings: Settings, team: str) -> Services:
    """A team's services; *settings* hold its bot token. Closing them leaves the shared ones."""
    clock, storage = shared.clock, shared.storage.of_team(team)
    slack = SlackClient.connect(settings.slack_bot_token, settings.slack_api_url)
    search = shared.index.seen_by(storage)
    answers = Answers(storage, search, shared.model, fulltexts=shared.sources.fulltexts)
    outbox = Outbox(storage, slack, clock)
    desk = Desk(
        storage=storage,
        collector=shared.collector,
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
        collector=shared.collector,
        clock=clock,
        default_language=settings.first_language,
        today=lambda language: desk.today("", language),
        listed=lambda: desk.listed(""),
        metrics=shared.metrics,
    )
    outbox.on_opened = conversations.opened
    sources = shared.sources
    return Services(
        settings=settings,
        storage=storage,
        clock=clock,
        slack=slack,
        identity=slack.identity,
        model=shared.model,
        collector=shared.collector,
        fulltexts=sources.fulltexts,
        summarizer=shared.summarizer,
        search=search,
        answers=answers,
        outbox=outbox,
        morning=Morning(
            storage,
            shared.collector,
            shared.summarizer,
            RelatingIndex(search, RelationFinder(storage, search)),
            outbox,
            clock,
            promised=_exporting(settings, storage),
            meaning=search,
            limit=timedelta(minutes=settings.morning_minutes),
        ),
        desk=desk,
        members=members,
        conversations=conversations,
        repeats=Repeats(storage, clock),
        metrics=shared.metrics,
        title_searches=sources.title_searches,
        source_pings=tuple(
            (SOURCE_NAMES.get(one.name, one.name), one.ping)
            for one in (sources.listings, sources.papers)
        ),
        closers=(desk.close, members.close, conversations.close),
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
