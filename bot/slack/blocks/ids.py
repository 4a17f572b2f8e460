"""The names that tie a button, a modal or a shortcut to its listener, and the values they carry.

A screen and its listener stand in different rooms; both take the name from here.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from enum import StrEnum

VALUE_LIMIT = 2000
OPTION_VALUE_LIMIT = 150
_SEPARATOR = ":"


class ActionId(StrEnum):
    """``action_id`` of every element. Several of one kind within a block: see :func:`numbered`."""

    # a paper
    PAPER_OPEN = "paper_open"
    PAPER_MENU = "paper_menu"
    PAPER_LANGUAGE = "paper_language"
    PAPER_SAVE = "paper_save"
    SAVED_MENU = "saved_menu"
    PAPER_NOTE = "paper_note"
    PAPER_SHARE = "paper_share"
    # lists and digests
    CHOOSE_PAPER = "choose_paper"
    PAGE_NEXT = "page_next"
    PAGE_PREVIOUS = "page_previous"
    SEARCH_SUGGESTION = "search_suggestion"
    SHARE = "share_in_channel"
    DISMISS = "dismiss"
    # answers
    ANSWER_FEEDBACK = "answer_feedback"
    ANSWER_DETAIL = "answer_detail"
    ANSWER_SIMPLER = "answer_simpler"
    ANSWER_LANGUAGE = "answer_language"
    ANSWER_STOP = "answer_stop"
    ANSWER_EVIDENCE = "answer_evidence"
    # a channel's subscription
    SUBSCRIBE_OPEN = "subscribe_open"
    SUBSCRIPTION_PREVIEW = "subscription_preview"
    SUBSCRIPTION_MORE = "subscription_more"
    SUBSCRIPTION_SOURCES = "subscription_sources"
    SUBSCRIPTION_NOW = "subscription_now"
    SUBSCRIPTION_TIME = "subscription_time"
    SUBSCRIPTION_TIMEZONE = "subscription_timezone"
    SUBSCRIPTION_WEEKDAYS = "subscription_weekdays"
    SUBSCRIPTION_WEEKLY = "subscription_weekly"
    SUBSCRIPTION_LANGUAGE = "subscription_language"
    SUBSCRIPTION_STYLE = "subscription_style"
    SUBSCRIPTION_LAYOUT = "subscription_layout"
    SUBSCRIPTION_TOPICS = "subscription_topics"
    SUBSCRIPTION_NEGATIVE_TOPICS = "subscription_negative_topics"
    SUBSCRIPTION_COUNT = "subscription_count"
    SUBSCRIPTION_EMPTY_DAY = "subscription_empty_day"
    SUBSCRIPTION_LATE_PAPERS = "subscription_late_papers"
    SUBSCRIPTION_THREAD_POLICY = "subscription_thread_policy"
    # forms
    NOTE_TEXT = "note_text"
    CORRECTION_TEXT = "correction_text"
    QUESTION_TEXT = "question_text"
    SHARE_CHANNEL = "share_channel"
    SHARE_COMMENT = "share_comment"
    SEARCH_TEXT = "search_text"
    # App Home
    HOME_SEARCH = "home_search"
    HOME_LANGUAGE = "home_language"
    HOME_REFRESH = "home_refresh"
    HOME_TURN = "home_turn"
    HOME_FORGET = "home_forget"
    # a member's own digest
    OWN_OPEN = "own_open"
    LEARNED_OPEN = "learned_open"
    LEARNED_RESET = "learned_reset"


class CallbackId(StrEnum):
    """``callback_id`` of every modal and shortcut."""

    SUBSCRIBE = "subscribe"
    NOTE = "note"
    CORRECTION = "correction"
    ASK_ABOUT_PAPER = "ask_about_paper"
    ADD_TO_NOTES = "add_to_notes"
    SEARCH_PAPERS = "search_papers"
    ASK_QUESTION = "ask_question"
    SHARE_PAPER = "share_paper"
    FORGET = "forget"


def numbered(action: ActionId, key: str | int) -> str:
    """``choose_paper:2``: one of several of a kind, since ids may not repeat within a block."""
    return f"{action}{_SEPARATOR}{key}"


def action_of(action_id: str) -> ActionId | None:
    """The action of a plain or numbered id; None for an id that is none of ours."""
    with suppress(ValueError):
        return ActionId(action_id.partition(_SEPARATOR)[0])
    return None


def make_value(fields: Mapping[str, str | int], *, limit: int = VALUE_LIMIT) -> str:
    """Several small values in one ``value``; a single paper id needs no wrapping.

    Raises:
        ValueError: longer than Slack takes (2000 for a button, 150 for a menu's option).
    """
    text = json.dumps(dict(fields), ensure_ascii=False, separators=(",", ":"))
    if len(text) > limit:
        raise ValueError(f"a value of {len(text)} characters, at most {limit}")
    return text


def parse_value(text: str) -> dict[str, str | int]:
    """What :func:`make_value` wrapped; ``{}`` for anything else, since old messages stay
    clickable for years."""
    try:
        fields = json.loads(text)
    except json.JSONDecodeError:
        return {}
    if not isinstance(fields, dict):
        return {}
    return {
        str(name): value
        for name, value in fields.items()
        if isinstance(value, str | int) and not isinstance(value, bool)
    }
