"""The desk's counter: one method for each thing that can be asked for."""

import logging
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from bot.actions.cards import Cards
from bot.actions.corrections import CorrectionDesk
from bot.actions.dates import parse_day
from bot.actions.forgetting import ForgettingDesk
from bot.actions.home import HomePage, home_view
from bot.actions.library import LibraryDesk
from bot.actions.links import LinkDesk
from bot.actions.listing import Listings
from bot.actions.lists import ListSender
from bot.actions.papers import PaperFinder
from bot.actions.ports import Collector
from bot.actions.posting import Postman
from bot.actions.prompts import Prompt, suggested_prompts
from bot.actions.search_form import question_view, told_view
from bot.actions.sharing import SharingDesk
from bot.actions.status import StatusReport, next_moment
from bot.actions.subscriptions import SubscriptionDesk
from bot.clock import Clock
from bot.delivery import Outbox
from bot.delivery.problems import is_person
from bot.digests import render_digest
from bot.digests.lists import (
    PAGE_SIZE,
    day_message,
    nothing_collected,
    plain_message,
    results_message,
    shared_message,
)
from bot.digests.paper_text import shown_title
from bot.digests.weekly import compose_weekly, team_votes
from bot.digests.weeks import Week
from bot.errors import InputError, SlackError
from bot.languages import catalog, languages_of
from bot.search import SearchIndex
from bot.settings import Settings
from bot.slack.blocks import Message
from bot.slack.port import SlackOut
from bot.slack.visibility import Places, seen_from
from bot.sources.collector import latest_askable_day
from bot.sources.ids import find_ids
from storage import WHOLE_TEAM, Paper, Storage, Subscription

MOST_HITS = 50

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Opened:
    """A paper's thread: where it is, and whether it was opened just now."""

    channel: str
    ts: str
    is_new: bool


class Desk:
    """Answers commands and buttons; every method may be called in any thread."""

    def __init__(
        self,
        *,
        storage: Storage,
        collector: Collector,
        search: SearchIndex,
        outbox: Outbox,
        slack: SlackOut,
        settings: Settings,
        clock: Clock,
    ) -> None:
        self._storage = storage
        self._search = search
        self._postman = Postman(storage, outbox, clock)
        self._slack = slack
        self._settings = settings
        self._clock = clock
        self._listings = Listings(storage, collector, clock, meaning=search)
        self._finder = PaperFinder(storage, collector, search)
        self._cards = Cards(storage, search)
        self.corrections = CorrectionDesk(storage, clock, noted=search.index)
        self.forgetting = ForgettingDesk(storage)
        self.places = Places(slack, clock)
        self._status = StatusReport(storage, settings, clock)
        self.subscriptions = SubscriptionDesk(
            storage,
            settings,
            clock,
            postman=self._postman,
            newest=self._listings.newest,
            meaning=search,
        )
        self.library = LibraryDesk(
            storage, clock, find=self.find_paper, ensure=self._finder.by_id, noted=search.index
        )
        self._lists = ListSender(slack, outbox, clock)
        self.links = LinkDesk(
            storage, slack, unfurls=settings.unfurl, language_of=self.language_of_channel
        )
        self.sharing = SharingDesk(
            storage,
            slack=slack,
            postman=self._postman,
            finder=self._finder,
            cards=self._cards,
            library=self.library,
            language_of=self.language_of_channel,
        )

    def close(self) -> None:
        """Let work in hand finish."""
        self._listings.close()

    def today(self, channel: str, language: str, *, page: int = 0) -> Message:
        """The newest listing."""
        day = self._listings.newest()
        if day is None:
            return nothing_collected(language)
        return day_message(self._listings.content(channel, day, language), page=page)

    def day(self, channel: str, text: str, language: str, *, page: int = 0) -> Message:
        """The listing of a day as somebody typed it.

        Raises:
            InputError: not a date, or none that can have a listing.
        """
        day = self._parse(text, channel)
        self._listings.refresh(day)
        if self._storage.listings.get(day) is None:
            words = catalog(language)
            return plain_message(words.text("desk-day-unread", day=words.short_day(day)))
        return day_message(self._listings.content(channel, day, language), page=page)

    def show(self, channel: str, words: str, language: str, *, place: str = WHOLE_TEAM) -> Message:
        """One paper's card, for its asker alone.

        Raises:
            InputError: no paper is named, or the number isn't in the list.
            UnknownPaperError: nothing fits.
        """
        paper = self.find_paper(channel, words)
        return self._cards.card(paper, language, place=place, with_thread_button=True)

    def listed(self, channel: str) -> list[Paper]:
        """The newest listing in the order of its numbers in this channel."""
        day = self._listings.newest()
        if day is None:
            return []
        content = self._listings.content(channel, day, self.language_of_channel(channel))
        return [entry.paper for entry in content.entries]

    def find_paper(self, channel: str, words: str) -> Paper:
        """The paper somebody means by a number of the channel's list, an id, a link or a title.

        Raises:
            InputError: no paper is named, or the number isn't in the list.
            UnknownPaperError: nothing fits.
        """
        return self._finder.find(words, lambda: self.listed(channel))

    def search(
        self,
        query: str,
        language: str,
        *,
        place: str = WHOLE_TEAM,
        member: str | None = None,
        page: int = 0,
    ) -> Message:
        """Papers of the archive that fit, by what may be seen in *place*; ``saved:`` means the list
        of *member*.

        Raises:
            InputError: an empty query.
        """
        if not query.strip():
            raise InputError("empty query", message_id="desk-empty-query")
        found = self._search.seen_by(self._storage.seen_in(place)).find(
            query, limit=PAGE_SIZE, offset=page * PAGE_SIZE, most=MOST_HITS, member=member
        )
        return results_message(
            found.hits,
            query,
            language,
            total=found.total,
            page=page,
            suggestion=None if found.is_sure else self._search.suggest(query),
            unclear=found.unclear,
        )

    def saved_as(self, user: str, kind: str, language: str) -> tuple[Message, ...]:
        """Bring the member's list as ``bibtex``, ``csl`` or ``markdown``, whole.

        Raises:
            InputError: no such form.
        """
        papers = [paper for _, paper in self.library.entries(user)]
        return self._lists.bring(papers, kind, user, language)

    def status(self, channel: str, language: str) -> Message:
        """How Paperboy is doing, here and in general."""
        return self._status.message(channel, language)

    def prompts(self, language: str) -> list[Prompt]:
        """What to offer somebody who opens the messages with Paperboy."""
        day = self._listings.newest_stored()
        today = None if day is None else self._listings.content("", day, language)
        return suggested_prompts(today, language)

    def home(
        self, user: str, language: str, *, today_page: int = 0, saved_page: int = 0
    ) -> dict[str, object]:
        """The App Home of a member, as a view; of channels it names those the member is in."""
        day = self._listings.newest_stored()
        member = self._storage.members.get(user)
        now = self._clock()
        return home_view(
            HomePage(
                language=language,
                today=None if day is None else self._listings.content("", day, language),
                saved=self.library.entries(user),
                channels=[
                    (one.channel, next_moment(one, now, language), one.timezone)
                    for one in self._subscriptions_of(user)
                ],
                today_page=today_page,
                saved_page=saved_page,
                chosen_language=member.chosen_language if member else None,
            )
        )

    def question_form(
        self, channel: str, root_ts: str, message: str, language: str
    ) -> dict[str, Any]:
        """The modal that takes a question about the paper of a message; asks no source."""
        paper_id = self._paper_of_message(channel, root_ts, message)
        if paper_id is None:
            return _no_paper_view(language)
        paper = self._storage.papers.get(paper_id)
        return question_view(
            language,
            paper_id=paper_id,
            title=shown_title(paper) if paper else paper_id,
            channel=channel,
            thread_ts=root_ts,
        )

    def note_form(
        self, channel: str, root_ts: str, message: str, language: str, *, user: str, text: str
    ) -> dict[str, Any]:
        """The modal that takes a note on the paper of a message; asks no source."""
        paper_id = self._paper_of_message(channel, root_ts, message)
        if paper_id is None:
            return _no_paper_view(language)
        place = self.places.written_in(channel, user)
        return self.library.note_view(paper_id, language, place=place, text=text)

    def week(self, text: str, language: str, *, channel: str = "") -> tuple[Message, ...]:
        """The digest of a week, the running one when *text* is empty; what the members of
        *channel* cared for counts.

        Raises:
            InputError: there is no such week, or it hasn't begun.
        """
        today = latest_askable_day(self._clock())
        week = Week.parse(text, today=today) if text.strip() else Week.of(today)
        own = team_votes(self._storage, channel)
        content = compose_weekly(self._storage, week, language=language, signals=own)
        return tuple(render_digest(content))

    def menu(self, what: str, channel: str, paper_id: str, user: str, language: str) -> Message:
        """What an entry of a card's menu shows to the one who chose it.

        Raises:
            UnknownPaperError: there is no such paper.
        """
        paper = self._finder.by_id(paper_id)
        if what == "unwanted":
            self.library.sign(channel, paper.id, user, "unwanted")
            return plain_message(catalog(language).text("desk-unwanted-told"))
        if what == "bibtex":
            return self._cards.bibtex(paper)
        if what == "related":
            return self._cards.related(paper, language)
        return self._cards.abstract(paper, language)

    def open_paper(self, channel: str, paper_id: str, *, user: str) -> Opened:
        """Post the paper's card as a message of its own, or find the one posted before.

        *channel* may be a member's id, meaning their messages with Paperboy.

        Raises:
            UnknownPaperError: there is no such paper.
            InputError: Paperboy isn't in the channel, or the card is still waiting to be sent.
        """
        paper = self._finder.by_id(paper_id)
        if is_person(channel):
            channel = self._slack.conversation_open(channel)
        self.library.sign(channel, paper.id, user, "opened")
        known = self._storage.threads.of_paper(channel, paper_id)
        if known is not None:
            return Opened(channel, known.ts, is_new=False)
        place = seen_from(channel, user)
        card = self._cards.card(paper, self.language_of_channel(channel), place=place)
        is_new, ts = self._postman.post(
            f"card:{channel}:{paper.id}", channel, card, "card", user=user, paper_id=paper.id
        )
        return Opened(channel, ts, is_new=is_new)

    def share(self, channel: str, message: Message, *, user: str, language: str, key: str) -> None:
        """Post for everybody what one member was shown; the same *key* posts once.

        Raises:
            InputError: Paperboy isn't in the channel.
        """
        shared = shared_message(message, user, language)
        self._postman.post(f"share:{channel}:{key}", channel, shared, "notice", user=user)

    def greet(self, channel: str) -> None:
        """Say hello in a channel Paperboy was invited to, once ever."""
        words = catalog(self.language_of_channel(channel))
        greeting = plain_message(words.text("desk-greeting"))
        self._postman.post(f"greeting:{channel}", channel, greeting, "notice")
        self._postman.revive(channel)

    def permalink(self, opened: Opened) -> str:
        """The address of a paper's thread."""
        return self._slack.permalink(opened.channel, opened.ts)

    def language_of_channel(self, channel: str) -> str:
        """The language to speak to everybody in a channel."""
        subscription = self._storage.subscriptions.get(channel)
        wished = subscription.language if subscription else self._settings.language
        return languages_of(wished)[0]

    def _subscriptions_of(self, user: str) -> list[Subscription]:
        active = self._storage.subscriptions.active()
        if not active:
            return []
        try:
            mine = self._slack.channels_of(user)
        except SlackError as error:
            logger.info("the channels of %s are not known: %s", user, error)
            return [one for one in active if one.subscribed_by == user]
        return [one for one in active if one.channel in mine]

    def _paper_of_message(self, channel: str, root_ts: str, message: str) -> str | None:
        """The paper that a message links to, or whose thread it stands in."""
        ids = find_ids(message)
        thread = self._storage.threads.get(channel, root_ts)
        return ids[0] if ids else thread.paper_id if thread else None

    def _parse(self, text: str, channel: str) -> date:
        now = self._clock()
        subscription = self._storage.subscriptions.get(channel)
        zone = subscription.timezone if subscription else self._settings.timezone
        today = now.astimezone(ZoneInfo(zone)).date()
        return parse_day(text, today=today, latest=latest_askable_day(now))


def _no_paper_view(language: str) -> dict[str, Any]:
    words = catalog(language)
    return told_view(language, words.text("desk-ask-title"), words.text("desk-no-paper-here"))
