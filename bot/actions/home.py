"""The App Home of a member, and what Paperboy offers to be asked in its messages."""

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.actions.forms import input_block, plain
from bot.actions.listings import Listings
from bot.actions.saved import SavedPapers, saved_row
from bot.actions.status import describe, next_moment
from bot.clock import Clock
from bot.digests import DigestContent
from bot.digests.content import DigestEntry
from bot.digests.localisation import Localisation
from bot.digests.paper_text import facts, linked_title, why
from bot.digests.trends import topics_of
from bot.errors import SlackError
from bot.languages import LANGUAGES, catalog
from bot.slack.blocks import (
    Block,
    actions,
    button,
    context,
    divider,
    escape,
    header,
    section,
    truncate,
)
from bot.slack.blocks.ids import ActionId, make_value, numbered
from bot.slack.port import SlackOut
from bot.text import one_line
from storage import Paper, SavedPaper, Storage, Subscription

SHOWN_TODAY = 10
SHOWN_SAVED = 8
SHOWN_CHANNELS = 10
MOST_BLOCKS = 100
MOST_REMEMBERED = 128
# Slack shows little more of a prompt.
_LONGEST_PROMPT_TITLE = 60

Prompt = dict[str, str]

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class HomePage:
    """What a member's Home shows. ``channels`` are a channel's id, when its next digest comes and
    in which time zone; ``own`` is the same of the member's own digest, ``own_wish`` that in a line.
    ``chosen_language`` is None while the profile's is followed. Pages count from 0."""

    language: str
    today: DigestContent | None
    own: tuple[str, str] | None
    saved: Sequence[tuple[SavedPaper, Paper]]
    channels: Sequence[tuple[str, str, str]]
    chosen_language: str | None = None
    today_page: int = 0
    saved_page: int = 0
    own_wish: str = ""


@dataclass(frozen=True)
class Home:
    """Draws Homes from what is stored; of channels it names those the member is in."""

    storage: Storage
    slack: SlackOut
    listings: Listings
    saved: SavedPapers
    clock: Clock

    def view(
        self, user: str, language: str, *, today_page: int = 0, saved_page: int = 0
    ) -> dict[str, object]:
        """The App Home of a member: today's papers, a search box, saved papers, digests,
        language; for ``views.publish``."""
        member, now = self.storage.members.get(user), self.clock()
        own = self.storage.subscriptions.of_member(user)
        zone = member.timezone if member else None
        page = HomePage(
            language=language,
            today=self.listings.stored_today(language, channel=own.channel if own else ""),
            own=_next(own, now, language, zone) if own and own.active else None,
            saved=self.saved.entries(user),
            channels=[
                (one.channel, *_next(one, now, language, zone))
                for one in self._subscriptions_of(user)
                if one.owner is None
            ],
            today_page=today_page,
            saved_page=saved_page,
            own_wish=describe(own, catalog(language)) if own and own.active else "",
            chosen_language=member.chosen_language if member else None,
        )
        blocks = [
            *_search(page),
            *_today(page),
            *_saved(page),
            *_own(page),
            *_channels(page),
            *_language(page),
        ]
        return {"type": "home", "blocks": blocks[:MOST_BLOCKS]}

    def prompts(self, language: str) -> list[Prompt]:
        """What to offer somebody who opens the messages with Paperboy."""
        return suggested_prompts(self.listings.stored_today(language), language)

    def _subscriptions_of(self, user: str) -> list[Subscription]:
        active = self.storage.subscriptions.active()
        if not active:
            return []
        try:
            mine = self.slack.channels_of(user)
        except SlackError as error:
            logger.info("the channels of %s are not known: %s", user, error)
            return [one for one in active if one.subscribed_by == user]
        return [one for one in active if one.channel in mine]


def _next(
    subscription: Subscription, now: datetime, language: str, zone: str | None
) -> tuple[str, str]:
    """When the next digest comes and in which time zone that is: the reader's *zone* if known."""
    told_in = zone or subscription.timezone
    return next_moment(subscription, now, language, ZoneInfo(told_in)), told_in


def _search(page: HomePage) -> list[Block]:
    words = catalog(page.language)
    element: Block = {
        "type": "plain_text_input",
        "placeholder": plain(words.text("actions-home-search-hint")),
        "max_length": 200,
    }
    label = words.text("actions-home-search")
    field = input_block(ActionId.HOME_SEARCH, label, element, optional=True)
    return [{**field, "dispatch_action": True}]


def _today(page: HomePage) -> list[Block]:
    words = catalog(page.language)
    if page.today is None or not page.today.entries:
        return [
            header(words.text("actions-home-today")),
            section(words.text("digests-list-not-yet")),
        ]
    title = f"{words.text('actions-home-today')} · {words.short_day(page.today.day)}"
    start = _start(page.today_page, len(page.today.entries), SHOWN_TODAY)
    return [
        header(title),
        *(_row(one, page.language) for one in page.today.entries[start : start + SHOWN_TODAY]),
        *_page_buttons(page, "today", start, len(page.today.entries), SHOWN_TODAY),
    ]


@lru_cache(MOST_REMEMBERED)
def _row(entry: DigestEntry, language: str) -> Block:
    """A paper of the newest list, which is drawn for the first who sees it."""
    paper, l10n = entry.paper, Localisation(language)
    label = catalog(language).text("digests-open-thread")
    opening = button(label, numbered(ActionId.PAPER_OPEN, paper.id), paper.id)
    told = (
        f"{entry.number}. {linked_title(paper)}",
        facts(paper, entry.votes, l10n, sources=entry.sources),
        why(entry, l10n),
    )
    return section("\n".join(filter(None, told)), accessory=opening)


def _saved(page: HomePage) -> list[Block]:
    words = catalog(page.language)
    blocks: list[Block] = [divider(), header(words.text("actions-home-saved"))]
    start = _start(page.saved_page, len(page.saved), SHOWN_SAVED)
    for entry, paper in page.saved[start : start + SHOWN_SAVED]:
        blocks.append(saved_row(entry, paper, page.language))
    if not page.saved:
        blocks.append(section(escape(words.text("actions-nothing-saved"))))
    return [*blocks, *_page_buttons(page, "saved", start, len(page.saved), SHOWN_SAVED)]


def _start(page: int, count: int, size: int) -> int:
    """Where a page begins; the last page there is, when things went since."""
    return min(max(page, 0), max(count - 1, 0) // size) * size


def _page_buttons(page: HomePage, part: str, start: int, count: int, size: int) -> list[Block]:
    """Where in a list the Home is, with the buttons to its other pages."""
    if count <= size:
        return []
    words, now = catalog(page.language), {"today": page.today_page, "saved": page.saved_page}
    buttons = []
    for way, label in ((-1, "digests-list-previous"), (1, "digests-list-next")):
        turned = start // size + way
        if 0 <= turned * size < count:
            action = numbered(ActionId.HOME_TURN, f"{part}{way:+d}")
            buttons.append(button(words.text(label), action, make_value({**now, part: turned})))
    last = min(start + size, count)
    text = words.text("digests-list-page", first=start + 1, last=last, count=count)
    return [context(text), actions(*buttons)]


def _own(page: HomePage) -> list[Block]:
    """The member's own digest, or the offer of one."""
    words = catalog(page.language)
    learned = button(words.text("actions-home-learned"), ActionId.LEARNED_OPEN, "home")
    key = "actions-home-own-change" if page.own else "actions-home-own-begin"
    change = button(words.text(key), ActionId.OWN_OPEN, "home")
    text = words.text("actions-home-own-none")
    if page.own is not None:
        moment, zone = page.own
        due = words.text("actions-home-next", moment=moment, timezone=zone)
        text = f"{page.own_wish}\n{due}"
    return [
        divider(),
        header(words.text("actions-home-own")),
        section(escape(text)),
        actions(change, *([learned] if page.own else [])),
    ]


def _channels(page: HomePage) -> list[Block]:
    words = catalog(page.language)
    blocks: list[Block] = [divider(), header(words.text("actions-home-channels"))]
    for channel, moment, zone in page.channels[:SHOWN_CHANNELS]:
        text = words.text("actions-home-next", moment=moment, timezone=zone)
        change = button(
            words.text("actions-home-change"), numbered(ActionId.SUBSCRIBE_OPEN, channel), channel
        )
        blocks.append(section(f"<#{channel}> · {escape(text)}", accessory=change))
    if not page.channels:
        blocks.append(section(words.text("actions-home-no-channels")))
    return blocks


def _language(page: HomePage) -> list[Block]:
    words = catalog(page.language)
    choices = [
        (words.text("actions-home-language-auto"), "auto"),
        *((catalog(code).languages([code]), code) for code in LANGUAGES),
    ]
    options = [{"text": plain(label), "value": value} for label, value in choices]
    current = page.chosen_language or "auto"
    select: Block = {
        "type": "static_select",
        "action_id": ActionId.HOME_LANGUAGE.value,
        "options": options,
        "initial_option": next(one for one in options if one["value"] == current),
    }
    again = button(words.text("actions-home-refresh"), ActionId.HOME_REFRESH, "home")
    forget = button(words.text("actions-forget"), ActionId.HOME_FORGET, "home")
    return [
        divider(),
        section(words.text("actions-home-language"), accessory=select),
        actions(again, forget),
    ]


def suggested_prompts(today: DigestContent | None, language: str) -> list[Prompt]:
    """Up to three prompts: the day's list, its first paper, its most frequent topic. Pure."""
    words = catalog(language)
    prompts = [
        _prompt(words.text("actions-prompt-today"), words.text("actions-prompt-today-words"))
    ]
    if today is None or not today.entries:
        return prompts
    first = today.entries[0].paper
    name = truncate(one_line(first.title).partition(":")[0], _LONGEST_PROMPT_TITLE)
    prompts.append(
        _prompt(
            words.text("actions-prompt-explain", title=name),
            words.text("actions-prompt-explain-words", paper=first.id),
        )
    )
    counts = Counter(topic for entry in today.entries for topic in sorted(topics_of(entry.paper)))
    if counts:
        topic = words.text(f"digests-topic-{counts.most_common(1)[0][0]}")
        prompts.append(
            _prompt(
                words.text("actions-prompt-topic", topic=topic),
                words.text("actions-prompt-topic-words", topic=topic),
            )
        )
    return prompts


def _prompt(title: str, message: str) -> Prompt:
    return {"title": title, "message": message}
