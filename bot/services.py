"""Builds everything below Slack's edge, once: settings → storage → what workspaces share → the
services of each workspace. Handlers and the command line use what comes of it.

This is the lower half of the wiring. The upper half, ``bot.app``, puts handlers on services and
runs them; handlers could not import the type of their services from there.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import getproxies_environment

from bot.actions import Actions, build_actions
from bot.answers import Answers
from bot.clock import Clock
from bot.delivery.morning import Morning
from bot.delivery.outbox import Outbox
from bot.delivery.timer import Clockwork
from bot.delivery.week import WeekMaker
from bot.digests import DigestContent, weekly_languages
from bot.fulltext.injection import InjectionFilter
from bot.fulltext.service import FulltextService
from bot.languages import languages_of
from bot.model import Model
from bot.net import USER_AGENT, HttpClient, host_of
from bot.questions import Conversations, Talk, Tools
from bot.search import SearchIndex, build_index
from bot.search.related import RelatingIndex, RelationFinder
from bot.serving.oauth import installed_token
from bot.settings import Settings
from bot.slack.client import SlackClient
from bot.slack.identity import Identity
from bot.slack.port import SlackOut
from bot.sources.arxiv import SECONDS_BETWEEN_CALLS, Arxiv
from bot.sources.collector import Collector
from bot.sources.kinds import kinds, label
from bot.sources.ports import FulltextSource, ListingSource, PaperSource
from bot.summaries import Summarizer
from bot.telemetry.metrics import Metrics
from bot.turnstile import waiting
from bot.verification import Verifier
from storage import SINGLE_TEAM, Storage, open_storage

if TYPE_CHECKING:
    from bot.archive.titles import TitleSearch

# The settings that say where a source is.
_ADDRESSES = ("hf_url", "arxiv_api_url", "rss_url", "arxiv_url")


@dataclass(frozen=True)
class Sources:
    """Where listings, papers and full texts come from; the demo brings its own. ``listings`` are
    the sources by the names that they have in subscriptions."""

    listings: Mapping[str, ListingSource]
    papers: PaperSource
    fulltexts: FulltextSource
    close: Callable[[], object]
    title_searches: tuple["TitleSearch", ...] = ()


@dataclass(frozen=True)
class SharedServices:
    """What all workspaces have in common: sources, model, index, and the papers themselves.
    ``model`` is None where no model is set up."""

    settings: Settings
    storage: Storage
    clock: Clock
    sources: Sources
    model: Model | None
    verifier: Verifier
    index: SearchIndex
    relations: RelationFinder
    metrics: Metrics
    collector: Collector
    summarizer: Summarizer
    talk: Talk
    clockwork: Clockwork

    def close(self) -> None:
        """Close what was opened."""
        self.sources.close()
        if self.model is not None:
            self.model.close()
        self.verifier.close()
        self.storage.close()


@dataclass(frozen=True, kw_only=True)
class Services(Actions):
    """The services of one workspace: what its members can do, and what that rests on.

    Handlers use the actions and ``conversations``; the rest is for the command line, the scheduler
    and each other. ``model`` is None where no model is set up.
    """

    settings: Settings
    storage: Storage
    clock: Clock
    slack: SlackOut
    identity: Identity
    model: Model | None
    verifier: Verifier
    collector: Collector
    fulltexts: FulltextSource
    summarizer: Summarizer
    index: SearchIndex
    answers: Answers
    outbox: Outbox
    morning: Morning
    weeks: WeekMaker
    conversations: Conversations
    talk: Talk
    metrics: Metrics
    clockwork: Clockwork
    # Each asks one source for papers by their title.
    title_searches: tuple["TitleSearch", ...] = ()
    # Each asks one source for a sign of life and returns its problem, or None.
    source_pings: tuple[tuple[str, Callable[[], str | None]], ...] = ()
    closers: tuple[Callable[[], object], ...] = field(default=(), repr=False)

    def close(self) -> None:
        """Stop the workers, then close what was opened, in the order given."""
        for close in self.closers:
            close()


def internet(settings: Settings, storage: Storage, *, clock: Clock) -> Sources:
    """The real sources, at the addresses that are set."""
    http = HttpClient(
        user_agent=USER_AGENT,
        private_hosts=_hosts_set(settings),
        spacing={"arxiv.org": SECONDS_BETWEEN_CALLS},
        redirect_hosts={host for kind in kinds().values() for host in kind.hosts},
        clock=clock,
        proxies=getproxies_environment(),
    )
    addresses = {name: getattr(settings, name) for name in _ADDRESSES}
    listings = {name: kind.build(http, addresses) for name, kind in kinds().items()}
    papers = Arxiv(http, settings.arxiv_api_url)
    return Sources(
        listings=listings,
        papers=papers,
        fulltexts=FulltextService(
            storage=storage, http=http, arxiv_url=settings.arxiv_url, clock=clock
        ),
        close=http.close,
        title_searches=tuple(
            one.search for one in (*listings.values(), papers) if hasattr(one, "search")
        ),
    )


def build_services(
    settings: Settings,
    *,
    clock: Clock,
    sources: Callable[..., Sources] = internet,
    team: str = SINGLE_TEAM,
    storage: Storage | None = None,
    slack: SlackClient | None = None,
) -> Services:
    """Open the database, unless *storage* is given, and build every service of one team on it.
    Connects to nothing yet. *slack* is the team's Slack, unless it is that of the settings.

    Raises:
        StorageError: the database cannot be used.
    """
    shared = build_shared(settings, clock=clock, sources=sources, storage=storage)
    if team != SINGLE_TEAM and settings.is_distributed:
        token = installed_token(settings, shared.storage, team)
        settings = replace(settings, slack_bot_token=token)
    services = workspace_services(shared, settings, team, slack=slack)
    return replace(services, closers=(*services.closers, shared.close))


def build_shared(
    settings: Settings,
    *,
    clock: Clock,
    sources: Callable[..., Sources] = internet,
    storage: Storage | None = None,
) -> SharedServices:
    """Open the database, unless *storage* is given, and build what workspaces share. Connects to
    nothing yet.

    Raises:
        StorageError: the database cannot be used.
    """
    storage = storage or open_storage(settings.database)
    storage.wait_in(waiting)
    papers = storage.of_nobody()
    outside = sources(settings, papers, clock=clock)
    model = Model.from_settings(settings, papers, clock, proxies=getproxies_environment())
    verifier = Verifier.from_settings(
        settings, papers, clock, model, proxies=getproxies_environment()
    )
    index = build_index(settings, papers, None if model is None else model.embed)
    metrics = Metrics()
    collector = Collector(
        papers,
        outside.listings,
        outside.papers,
        clock,
        stored=_index_stored(papers, index),
        noted=metrics.source_read,
    )
    summarizer = Summarizer(
        papers,
        model,
        outside.fulltexts,
        clock,
        injections=InjectionFilter(index.embedder),
        verifier=verifier,
        concurrency=settings.concurrency,
    )
    return SharedServices(
        settings,
        storage,
        clock,
        outside,
        model,
        verifier,
        index,
        RelationFinder(papers, index),
        metrics,
        collector,
        summarizer,
        Talk(index.embedder),
        Clockwork(),
    )


def workspace_services(
    shared: SharedServices, settings: Settings, team: str, *, slack: SlackClient | None = None
) -> Services:
    """A team's services; *settings* hold its bot token. Closing them leaves the shared ones."""
    clock, storage = shared.clock, shared.storage.of_team(team)
    slack = slack or SlackClient.connect(settings.slack_bot_token, settings.slack_api_url)
    index = shared.index.of_team(storage)
    answers = Answers(
        storage,
        index,
        shared.model,
        verifier=shared.verifier,
        fulltexts=shared.sources.fulltexts,
    )
    outbox = Outbox(storage, slack, clock)
    actions = build_actions(
        storage=storage,
        collector=shared.collector,
        index=index,
        outbox=outbox,
        slack=slack,
        settings=settings,
        clock=clock,
    )
    conversations = Conversations(
        storage=storage,
        answers=answers,
        slack=slack,
        collector=shared.collector,
        clock=clock,
        default_language=settings.first_language,
        listed=lambda: actions.listings.listed(""),
        talk=shared.talk,
        examples=answers.examples,
        tools=tools_of(actions),
        metrics=shared.metrics,
        turns=shared.clockwork.turns,
    )
    outbox.when_opened(conversations.opened)
    weeks = WeekMaker(
        storage,
        shared.collector,
        shared.summarizer,
        clock,
        model=shared.model,
        verifier=shared.verifier,
        meaning=index,
        languages=weekly_languages if settings.export_dir else languages_of,
    )
    morning = Morning(
        storage,
        shared.collector,
        shared.summarizer,
        RelatingIndex(index, shared.relations),
        outbox,
        clock,
        export=_export(settings, storage),
        meaning=index,
        limit=timedelta(minutes=settings.morning_minutes),
        weeks=weeks,
    )
    return Services(
        **vars(actions),
        settings=settings,
        storage=storage,
        clock=clock,
        slack=slack,
        identity=slack.identity,
        model=shared.model,
        verifier=shared.verifier,
        collector=shared.collector,
        fulltexts=shared.sources.fulltexts,
        summarizer=shared.summarizer,
        index=index,
        answers=answers,
        outbox=outbox,
        morning=morning,
        weeks=weeks,
        conversations=conversations,
        talk=shared.talk,
        metrics=shared.metrics,
        clockwork=shared.clockwork,
        title_searches=shared.sources.title_searches,
        source_pings=tuple(
            (label(one.name), one.ping)
            for one in {one.name: one for one in _asked(shared.sources, settings)}.values()
        ),
        closers=(actions.listings.close, actions.members.close, conversations.close),
    )


def tools_of(actions: Actions) -> Tools:
    """What members can do by asking for it in a conversation."""
    return Tools(
        today=actions.listings.day_meant,
        week=actions.listings.week_meant,
        related=actions.cards.related,
        pick=actions.search.pick,
        save=actions.saved.save,
        saved=actions.saved.show,
    )


def _hosts_set(settings: Settings) -> set[str]:
    """The hosts of sources that are not the public ones."""
    usual = Settings()
    changed = (name for name in _ADDRESSES if getattr(settings, name) != getattr(usual, name))
    return {host_of(getattr(settings, name)) for name in changed}


def _asked(sources: Sources, settings: Settings) -> list[ListingSource | PaperSource]:
    """The sources that are used unless somebody wishes for more, and the one of papers."""
    used = {one.partition(":")[0] for one in settings.sources}
    return [*(one for name, one in sources.listings.items() if name in used), sources.papers]


def _index_stored(storage: Storage, index: SearchIndex) -> Callable[[Sequence[str]], None]:
    """Indexes papers that were stored, and gives imported titles the ids that came with them."""

    def stored(paper_ids: Sequence[str]) -> None:
        from bot.archive.importer import merge_identified

        index.index([*paper_ids, *merge_identified(storage)])

    return stored


def _export(settings: Settings, storage: Storage) -> Callable[[str, DigestContent], object] | None:
    """Writes a promised digest into the folder that is set; None without one."""
    if settings.export_dir is None:
        return None
    from bot.archive.exporter import Exporter

    exporter, folder = Exporter(storage), Path(settings.export_dir)
    return lambda channel, content: exporter.write_morning(content, folder, channel=channel)
