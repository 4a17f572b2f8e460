"""What members can do: one file a thing, each a small service with its own few dependencies.

They read the archive (asking the sources when a listing isn't there yet), compose with
``bot.digests`` and post what is meant for everybody through the outbox. They know channels and
members by their ids, but nothing of Slack's payloads. Every method may be called in any thread.
"""

from dataclasses import dataclass
from typing import Protocol

from bot.actions.cards import Cards
from bot.actions.channels import Channels
from bot.actions.citation_lists import ListSender
from bot.actions.corrections import Corrections
from bot.actions.forgetting import Forgetting
from bot.actions.home import Home
from bot.actions.learned import Learned
from bot.actions.links import Links
from bot.actions.listings import Listings
from bot.actions.members import Members
from bot.actions.notes import Notes
from bot.actions.papers import PaperFinder
from bot.actions.poster import Poster
from bot.actions.question_form import QuestionForm
from bot.actions.retelling import Retelling
from bot.actions.saved import SavedPapers
from bot.actions.search import Search
from bot.actions.sharing import Sharing
from bot.actions.status import Status
from bot.actions.subscriptions import Subscriptions
from bot.actions.threads import OpenedThread, PaperThreads
from bot.clock import Clock
from bot.delivery import Outbox
from bot.delivery.composer import Composer
from bot.delivery.ports import Collector, PaperFetcher
from bot.delivery.rewriting import Rewriter
from bot.search import SearchIndex
from bot.settings import Settings
from bot.slack.port import SlackOut
from bot.slack.visibility import Places
from storage import Storage

__all__ = ["Actions", "Members", "OpenedThread", "build_actions"]


class ListingsAndPapers(Collector, PaperFetcher, Protocol):
    """Reads listings, and fetches papers that aren't stored."""


@dataclass(frozen=True, kw_only=True)
class Actions:
    """A service for each thing that members can do."""

    cards: Cards
    channels: Channels
    corrections: Corrections
    forgetting: Forgetting
    home: Home
    learned: Learned
    links: Links
    listings: Listings
    members: Members
    notes: Notes
    question_form: QuestionForm
    papers_by_name: PaperFinder
    saved: SavedPapers
    search: Search
    sharing: Sharing
    status: Status
    subscriptions: Subscriptions
    threads: PaperThreads


def build_actions(
    *,
    storage: Storage,
    collector: ListingsAndPapers,
    index: SearchIndex,
    outbox: Outbox,
    slack: SlackOut,
    settings: Settings,
    clock: Clock,
) -> Actions:
    """All services for the members of one team. ``listings`` and ``members`` have threads to be
    closed."""
    places = Places(slack, clock)
    poster = Poster(storage, outbox, clock)
    channels = Channels(storage, settings, poster)
    listings = Listings(storage, collector, channels, clock, meaning=index)
    papers = PaperFinder(storage, collector, index, listings)
    cards = Cards(storage, index, papers, clock)
    threads = PaperThreads(storage, slack, papers, cards, channels, poster, clock)
    rewriter = Rewriter(storage, Composer(storage, index), outbox, clock)
    retelling = Retelling(storage, cards, channels, rewriter, outbox)
    saved = SavedPapers(storage, papers, ListSender(slack, outbox, clock), clock)
    return Actions(
        cards=cards,
        channels=channels,
        corrections=Corrections(
            storage, channels, places, clock, index=index.index, retell=retelling.retell
        ),
        forgetting=Forgetting(storage),
        home=Home(storage, slack, listings, saved, clock),
        learned=Learned(storage, clock),
        links=Links(storage, slack, channels, unfurls=settings.unfurl),
        listings=listings,
        members=Members(storage, slack, clock, default_language=settings.first_language),
        notes=Notes(storage, papers, places, clock, index=index.index, retell=retelling.retell),
        question_form=QuestionForm(storage, papers),
        papers_by_name=papers,
        saved=saved,
        search=Search(index, storage),
        sharing=Sharing(storage, threads, channels, poster),
        status=Status(storage, settings, channels, clock),
        subscriptions=Subscriptions(
            storage,
            settings,
            clock,
            channels=channels,
            poster=poster,
            newest=listings.newest,
            messages_with=slack.conversation_open,
            meaning=index,
        ),
        threads=threads,
    )
