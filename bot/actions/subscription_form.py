"""The subscription modal: what it shows, and what its fields say. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from zoneinfo import available_timezones

from bot.actions.forms import input_block, modal, plain, text_input
from bot.actions.subscription_words import (
    LAYOUTS,
    POLICIES,
    check_count,
    sources_from,
    topics_from,
)
from bot.errors import InputError
from bot.languages import BOTH, LANGUAGES, Catalog, catalog, languages_of
from bot.settings import STYLES
from bot.slack.blocks import (
    Block,
    Message,
    actions,
    bold,
    button,
    context,
    divider,
    escape,
    section,
)
from bot.slack.blocks.ids import ActionId, CallbackId, make_value
from bot.slack.blocks.text import Mrkdwn
from bot.text.values import parse_time, parse_timezone
from storage import Subscription

WISHED_LANGUAGES = (*LANGUAGES, BOTH)
EMPTY_DAYS = ("say", "skip")
LATE_PAPERS = ("edit", "reply")
ZONES = (
    "Asia/Seoul", "Asia/Tokyo", "Asia/Shanghai", "Asia/Singapore", "Asia/Kolkata", "Asia/Dubai",
    "Europe/London", "Europe/Paris", "Europe/Berlin", "Europe/Zurich", "Europe/Helsinki",
    "America/New_York", "America/Toronto", "America/Chicago", "America/Denver",
    "America/Los_Angeles", "America/Sao_Paulo", "Australia/Sydney", "Pacific/Auckland", "UTC",
)  # fmt: skip
LONGEST_TEXT = 1500
_SHOWN_ZONE = 60
NEVER = "never"
_WEEKLY_DAYS = frozenset(map(str, range(7)))
# Menus: the field that each changes, the name of its words, and what can be chosen.
_CHOICES: Mapping[ActionId, tuple[str, str, Sequence[str]]] = {
    ActionId.SUBSCRIPTION_LANGUAGE: ("language", "language", WISHED_LANGUAGES),
    ActionId.SUBSCRIPTION_STYLE: ("style", "style", STYLES),
    ActionId.SUBSCRIPTION_LAYOUT: ("layout", "layout", LAYOUTS),
    ActionId.SUBSCRIPTION_THREAD_POLICY: ("thread_policy", "policy", POLICIES),
    ActionId.SUBSCRIPTION_EMPTY_DAY: ("empty_day", "empty", EMPTY_DAYS),
    ActionId.SUBSCRIPTION_LATE_PAPERS: ("late_papers", "late", LATE_PAPERS),
}

Draft = tuple[Subscription, dict[str, InputError]]
Values = Mapping[str, Mapping[str, Mapping[str, Any]]]


def subscription_view(
    subscription: Subscription,
    language: str,
    *,
    zone_of_member: str | None = None,
    problems: Sequence[str] = (),
    is_untranslated: bool = False,
    is_whole: bool = False,
) -> dict[str, Any]:
    """The modal, filled in with *subscription*; below it what of the fields could not be taken
    over. It says so where the texts stay in the papers' language. The fields that few change are
    shown only where it *is_whole*."""
    words = catalog(language)
    place = "actions-form-own" if subscription.owner else "actions-form-channel"
    notes = [words.text(place, channel=Mrkdwn(f"<#{subscription.channel}>"))]
    if is_untranslated:
        notes.append(words.text("actions-subscription-no-model"))
    shown = [
        *map(context, notes),
        *_fields(subscription, words, zone_of_member),
        *(_more_fields(subscription, words) if is_whole else []),
        _buttons(subscription, words, is_whole=is_whole),
        *_not_applied(problems, words),
    ]
    return modal(
        words.text("actions-form-title"),
        shown,
        words,
        callback=CallbackId.SUBSCRIBE,
        about={"channel": subscription.channel, **({"whole": "yes"} if is_whole else {})},
        submit=words.text("actions-form-save" if subscription.active else "actions-form-submit"),
    )


def preview_view(shown: Message, problems: Sequence[str], language: str) -> dict[str, Any]:
    """The modal on top of the form: what its wish would have brought, and what of the fields could
    not be taken over."""
    words = catalog(language)
    title = bold(words.text("actions-form-preview-title"))
    blocks = [section(title), *_not_applied(problems, words), section(escape(shown.text))]
    return modal(words.text("actions-form-preview"), blocks, words)


def read_form(values: Values, base: Subscription) -> Draft:
    """*base* changed to what the fields say, and what is wrong with which field."""
    changes: dict[str, Any] = {}
    problems: dict[str, InputError] = {}
    for action, read in _READERS.items():
        state = values.get(action.value, {}).get(action.value)
        if state is None:
            continue
        try:
            changes |= read(state)
        except InputError as problem:
            problems[action.value] = problem
    return replace(base, **changes), problems


def _fields(subscription: Subscription, words: Catalog, zone: str | None) -> list[Block]:
    return [
        _input(
            ActionId.SUBSCRIPTION_TIME,
            {"type": "timepicker", "initial_time": subscription.time.strftime("%H:%M")},
            words,
        ),
        _input(
            ActionId.SUBSCRIPTION_TIMEZONE,
            _select(zones(subscription.timezone, zone), subscription.timezone),
            words,
        ),
        _choice(ActionId.SUBSCRIPTION_LANGUAGE, subscription, words),
        _input(
            ActionId.SUBSCRIPTION_SOURCES,
            text_input(LONGEST_TEXT, text=", ".join(subscription.sources)),
            words,
        ),
        _text(ActionId.SUBSCRIPTION_TOPICS, subscription.topics, words),
    ]


def _more_fields(subscription: Subscription, words: Catalog) -> list[Block]:
    own = subscription.owner is not None
    return [
        divider(),
        _text(ActionId.SUBSCRIPTION_NEGATIVE_TOPICS, subscription.negative_topics, words),
        _input(ActionId.SUBSCRIPTION_WEEKDAYS, _weekdays(subscription, words), words),
        _input(ActionId.SUBSCRIPTION_WEEKLY, _weekly(subscription, words), words),
        _choice(ActionId.SUBSCRIPTION_STYLE, subscription, words),
        _choice(ActionId.SUBSCRIPTION_LAYOUT, subscription, words),
        _input(ActionId.SUBSCRIPTION_COUNT, _count(subscription), words),
        *([] if own else [_choice(ActionId.SUBSCRIPTION_THREAD_POLICY, subscription, words)]),
        _choice(ActionId.SUBSCRIPTION_EMPTY_DAY, subscription, words),
        _choice(ActionId.SUBSCRIPTION_LATE_PAPERS, subscription, words),
        _input(ActionId.SUBSCRIPTION_NOW, _now(subscription, words), words, optional=True),
    ]


def _buttons(subscription: Subscription, words: Catalog, *, is_whole: bool) -> Block:
    value = make_value({"channel": subscription.channel})
    preview = button(words.text("actions-form-preview"), ActionId.SUBSCRIPTION_PREVIEW, value)
    more = button(words.text("actions-form-more"), ActionId.SUBSCRIPTION_MORE, value)
    return actions(preview, *([] if is_whole else [more]))


def zones(current: str, of_member: str | None) -> list[tuple[str, str]]:
    """The zones to choose from as (label, value): those in use first, then common ones."""
    known = available_timezones()
    first = [zone for zone in (current, of_member) if zone and zone in known]
    return [(zone, zone) for zone in dict.fromkeys([*first, *ZONES])]


def _not_applied(problems: Sequence[str], words: Catalog) -> list[Block]:
    wrong = [words.text("actions-preview-wrong", problem=one) for one in problems]
    return [section(f":warning: {escape(one)}") for one in wrong]


def _input(action: ActionId, element: Block, words: Catalog, *, optional: bool = False) -> Block:
    name = action.value.replace("_", "-")
    block = input_block(action, words.text(f"actions-form-{name}"), element, optional=optional)
    hint = f"actions-form-{name}-hint"
    if words.has(hint):
        block["hint"] = plain(words.text(hint))
    return block


def _choice(action: ActionId, subscription: Subscription, words: Catalog) -> Block:
    field, name, allowed = _CHOICES[action]
    options = [(_label(name, value, words), value) for value in allowed]
    return _input(action, _select(options, getattr(subscription, field)), words)


def _label(name: str, value: str, words: Catalog) -> str:
    if name == "language":
        return words.languages(languages_of(value))
    return words.text(f"actions-{name}-{value}")


def _select(options: Sequence[tuple[str, str]], current: str) -> Block:
    shown = [_option(label, value) for label, value in options]
    chosen = [one for one in shown if one["value"] == current]
    element: Block = {"type": "static_select", "options": shown}
    return element | ({"initial_option": chosen[0]} if chosen else {})


def _weekdays(subscription: Subscription, words: Catalog) -> Block:
    options = [_option(words.text(f"actions-weekday-{day}"), str(day)) for day in range(7)]
    element: Block = {"type": "checkboxes", "options": options}
    chosen = [options[day] for day in subscription.weekdays]
    return element | ({"initial_options": chosen} if chosen else {})


def _now(subscription: Subscription, words: Catalog) -> Block:
    option = _option(words.text("actions-form-now"), "now")
    element: Block = {"type": "checkboxes", "options": [option]}
    return element | ({} if subscription.active else {"initial_options": [option]})


def wants_now(values: Values, before: Subscription) -> bool:
    """Whether the form asks for the newest digest at once; where it does not show the field, a new
    subscription does."""
    name = ActionId.SUBSCRIPTION_NOW.value
    state = values.get(name, {}).get(name)
    return not before.active if state is None else bool(state.get("selected_options"))


def _weekly(subscription: Subscription, words: Catalog) -> Block:
    days = [(words.text(f"actions-weekday-{day}"), str(day)) for day in range(7)]
    current = NEVER if subscription.weekly is None else str(subscription.weekly)
    return _select([(words.text("actions-weekly-never"), NEVER), *days], current)


def _count(subscription: Subscription) -> Block:
    return {
        "type": "number_input",
        "is_decimal_allowed": False,
        "initial_value": str(subscription.count),
    }


def _text(action: ActionId, topics: Sequence[str], words: Catalog) -> Block:
    return _input(action, text_input(LONGEST_TEXT, text=", ".join(topics)), words, optional=True)


def _option(label: str, value: str) -> Block:
    return {"text": plain(label), "value": value}


def _chosen(field: str, allowed: Sequence[str]) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    """Reads a choice; one that the form doesn't offer (an old form's, say) changes nothing."""

    def read(state: Mapping[str, Any]) -> dict[str, Any]:
        option = state.get("selected_option")
        return {field: option["value"]} if option and option["value"] in allowed else {}

    return read


def _read_timezone(state: Mapping[str, Any]) -> dict[str, Any]:
    option = state.get("selected_option")
    if not option:
        return {}
    zone = str(option["value"])
    try:
        return {"timezone": parse_timezone(zone)}
    except ValueError:
        raise InputError(
            zone, message_id="actions-bad-timezone", typed=zone[:_SHOWN_ZONE]
        ) from None


def _read_time(state: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return {"time": parse_time(str(state.get("selected_time") or ""))}
    except ValueError:
        raise InputError("no time", message_id="actions-form-no-time") from None


def _read_weekdays(state: Mapping[str, Any]) -> dict[str, Any]:
    chosen = {str(one["value"]) for one in state.get("selected_options") or ()}
    days = tuple(day for day in range(7) if str(day) in chosen)
    if not days:
        raise InputError("no weekday", message_id="actions-form-no-weekday")
    return {"weekdays": days}


def _read_weekly(state: Mapping[str, Any]) -> dict[str, Any]:
    day = str((state.get("selected_option") or {}).get("value") or "")
    if day == NEVER:
        return {"weekly": None}
    return {"weekly": int(day)} if day in _WEEKLY_DAYS else {}


def _read_count(state: Mapping[str, Any]) -> dict[str, Any]:
    text = str(state.get("value") or "")
    return {"count": check_count(int(text) if text.isdecimal() else 0)}


def _read_sources(state: Mapping[str, Any]) -> dict[str, Any]:
    return sources_from(str(state.get("value") or ""))


def _read_topics(state: Mapping[str, Any]) -> dict[str, Any]:
    return topics_from(str(state.get("value") or ""), negative=False)


def _read_negative_topics(state: Mapping[str, Any]) -> dict[str, Any]:
    return topics_from(str(state.get("value") or ""), negative=True)


_READERS: Mapping[ActionId, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
    ActionId.SUBSCRIPTION_SOURCES: _read_sources,
    ActionId.SUBSCRIPTION_TIME: _read_time,
    ActionId.SUBSCRIPTION_TIMEZONE: _read_timezone,
    ActionId.SUBSCRIPTION_WEEKDAYS: _read_weekdays,
    ActionId.SUBSCRIPTION_WEEKLY: _read_weekly,
    ActionId.SUBSCRIPTION_COUNT: _read_count,
    ActionId.SUBSCRIPTION_TOPICS: _read_topics,
    ActionId.SUBSCRIPTION_NEGATIVE_TOPICS: _read_negative_topics,
    **{action: _chosen(field, allowed) for action, (field, _, allowed) in _CHOICES.items()},
}
