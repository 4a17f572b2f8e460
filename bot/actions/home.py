"""The App Home of a member: today's papers, a search box, saved papers, digests, language. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.actions.forms import plain
from bot.actions.library import saved_row
from bot.digests import DigestContent
from bot.digests.paper_text import linked_title
from bot.languages import LANGUAGES, catalog
from bot.slack.blocks import Block, actions, button, context, divider, escape, header, section
from bot.slack.blocks.ids import ActionId, make_value, numbered
from storage import Paper, SavedPaper

SHOWN_TODAY = 10
SHOWN_SAVED = 8
SHOWN_CHANNELS = 10


@dataclass(frozen=True)
class HomePage:
    """What a member's Home shows. ``channels`` are a channel's id, when its next digest comes and
    in which time zone; ``chosen_language`` is None while the profile's is followed. Pages count
    from 0."""

    language: str
    today: DigestContent | None
    saved: Sequence[tuple[SavedPaper, Paper]]
    channels: Sequence[tuple[str, str, str]]
    chosen_language: str | None = None
    today_page: int = 0
    saved_page: int = 0


def home_view(page: HomePage) -> dict[str, object]:
    """The view for ``views.publish``."""
    blocks = [*_search(page), *_today(page), *_saved(page), *_channels(page), *_language(page)]
    return {"type": "home", "blocks": blocks[:100]}


def _search(page: HomePage) -> list[Block]:
    words = catalog(page.language)
    return [
        {
            "type": "input",
            "block_id": ActionId.HOME_SEARCH.value,
            "dispatch_action": True,
            "optional": True,
            "label": plain(words.text("desk-home-search")),
            "element": {
                "type": "plain_text_input",
                "action_id": ActionId.HOME_SEARCH.value,
                "placeholder": plain(words.text("desk-home-search-hint")),
                "max_length": 200,
            },
        }
    ]


def _today(page: HomePage) -> list[Block]:
    words = catalog(page.language)
    if page.today is None or not page.today.entries:
        return [header(words.text("desk-home-today")), section(words.text("digests-list-not-yet"))]
    title = f"{words.text('desk-home-today')} · {words.short_day(page.today.day)}"
    blocks: list[Block] = [header(title)]
    start = _start(page.today_page, len(page.today.entries), SHOWN_TODAY)
    for entry in page.today.entries[start : start + SHOWN_TODAY]:
        paper = entry.paper
        label = words.text("digests-open-thread")
        opening = button(label, numbered(ActionId.PAPER_OPEN, paper.id), paper.id)
        votes = words.text("digests-votes", count=entry.votes)
        line = f"{entry.number}. {linked_title(paper)}\n{votes}"
        blocks.append(section(line, accessory=opening))
    return [*blocks, *_turning(page, "today", start, len(page.today.entries), SHOWN_TODAY)]


def _saved(page: HomePage) -> list[Block]:
    words = catalog(page.language)
    blocks: list[Block] = [divider(), header(words.text("desk-home-saved"))]
    start = _start(page.saved_page, len(page.saved), SHOWN_SAVED)
    for entry, paper in page.saved[start : start + SHOWN_SAVED]:
        blocks.extend(saved_row(entry, paper, page.language))
    if not page.saved:
        blocks.append(section(escape(words.text("desk-nothing-saved"))))
    return [*blocks, *_turning(page, "saved", start, len(page.saved), SHOWN_SAVED)]


def _start(page: int, count: int, size: int) -> int:
    """Where a page begins; the last page there is, when things went since."""
    return min(max(page, 0), max(count - 1, 0) // size) * size


def _turning(page: HomePage, part: str, start: int, count: int, size: int) -> list[Block]:
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
    told = words.text("digests-list-page", first=start + 1, last=last, count=count)
    return [context(told), actions(*buttons)]


def _channels(page: HomePage) -> list[Block]:
    words = catalog(page.language)
    blocks: list[Block] = [divider(), header(words.text("desk-home-channels"))]
    for channel, moment, zone in page.channels[:SHOWN_CHANNELS]:
        told = words.text("desk-home-next", moment=moment, timezone=zone)
        change = button(
            words.text("desk-home-change"), numbered(ActionId.SUBSCRIBE_OPEN, channel), channel
        )
        blocks.append(section(f"<#{channel}> · {escape(told)}", accessory=change))
    if not page.channels:
        blocks.append(section(words.text("desk-home-no-channels")))
    return blocks


def _language(page: HomePage) -> list[Block]:
    words = catalog(page.language)
    choices = [(words.text(f"desk-home-language-{value}"), value) for value in ("auto", *LANGUAGES)]
    options = [{"text": plain(label), "value": value} for label, value in choices]
    current = page.chosen_language or "auto"
    select: Block = {
        "type": "static_select",
        "action_id": ActionId.HOME_LANGUAGE.value,
        "options": options,
        "initial_option": next(one for one in options if one["value"] == current),
    }
    again = button(words.text("desk-home-refresh"), ActionId.HOME_REFRESH, "home")
    forget = button(words.text("desk-forget"), ActionId.HOME_FORGET, "home")
    return [
        divider(),
        section(words.text("desk-home-language"), accessory=select),
        actions(again, forget),
    ]
