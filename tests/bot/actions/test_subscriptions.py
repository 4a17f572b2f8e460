"""Subscriptions: in words, as a form, and what the channel is told."""

from dataclasses import replace
from datetime import time
from typing import Any

import pytest

from bot.actions.status import describe
from bot.actions.subscription_form import read_form, subscription_view
from bot.actions.subscription_words import parse_words
from bot.errors import InputError
from bot.languages import LANGUAGES, catalog
from bot.settings import Settings
from bot.slack.blocks.ids import ActionId
from bot.workspace import validate_view
from storage import Subscription
from tests.bot.actions.conftest import PAPERS, Room

BASE = Subscription(
    "C1", time(9, 0), "Asia/Seoul", (0, 1, 2, 3, 4), "ko", "brief", ("huggingface",), active=False
)


@pytest.mark.parametrize(
    ("words", "changes"),
    [
        ("", {}),
        ("08:30", {"time": time(8, 30)}),
        ("9시", {"time": time(9, 0)}),
        ("오후3시30분", {"time": time(15, 30)}),
        ("7시반", {"time": time(7, 30)}),
        ("9am", {"time": time(9, 0)}),
        ("3:30pm", {"time": time(15, 30)}),
        ("Europe/Paris", {"timezone": "Europe/Paris"}),
        ("mon,wed,fri", {"weekdays": (0, 2, 4)}),
        ("월-금", {"weekdays": (0, 1, 2, 3, 4)}),
        ("월수금", {"weekdays": (0, 2, 4)}),
        ("화요일", {"weekdays": (1,)}),
        ("월요일~수요일", {"weekdays": (0, 1, 2)}),
        ("Monday-Friday", {"weekdays": (0, 1, 2, 3, 4)}),
        ("평일", {"weekdays": (0, 1, 2, 3, 4)}),
        ("오전12시", {"time": time(0, 0)}),
        ("서울", {"timezone": "Asia/Seoul"}),
        ("매일", {"weekdays": (0, 1, 2, 3, 4, 5, 6)}),
        ("weekly:fri", {"weekly": 4}),
        ("주간:월요일", {"weekly": 0}),
        ("주간", {"weekly": 0}),
        ("weekly:off", {"weekly": None}),
        ("영어", {"language": "en"}),
        ("highlights", {"style": "highlights"}),
        ("카드", {"layout": "cards"}),
        ("15편", {"count": 15}),
        ("mentions", {"thread_policy": "mentions"}),
        ("topics: agents, -robotics", {"topics": ("agents",), "negative_topics": ("robotics",)}),
        ('주제: "vision language", RLHF', {"topics": ("vision language", "RLHF")}),
        ("topics:", {"topics": (), "negative_topics": ()}),
    ],
)
def test_each_word_changes_one_thing(words: str, changes: dict[str, Any]) -> None:
    assert parse_words(words, BASE) == replace(BASE, **changes)


def test_the_whole_sentence_of_the_help_is_understood() -> None:
    words = "09:00 Asia/Seoul mon-fri ko highlights topics: agents, -robotics"
    wish = parse_words(words, BASE)
    assert (wish.style, wish.topics, wish.negative_topics) == (
        "highlights",
        ("agents",),
        ("robotics",),
    )


@pytest.mark.parametrize(
    ("words", "message_id"),
    [
        ("highlihgts", "actions-subscribe-near"),
        ("weekli", "actions-subscribe-near"),
        ("qqqq", "actions-subscribe-unknown"),
        ("15", "actions-subscribe-unknown"),
        ("25:00", "actions-bad-time"),
        ("Asia/Soul", "actions-bad-timezone"),
        ("0편", "actions-bad-count"),
        ("99편", "actions-bad-count"),
        ("topics: " + "x" * 100, "actions-topic-too-long"),
        ("topics: " + ",".join(str(number) for number in range(40)), "actions-too-many-topics"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(words: str, message_id: str) -> None:
    with pytest.raises(InputError) as refused:
        parse_words(words, BASE)
    assert refused.value.message_id == message_id


def state_of(view: dict[str, Any]) -> dict[str, Any]:
    """What Slack would send for the form as it opens."""
    values: dict[str, Any] = {}
    for block in view["blocks"]:
        if block["type"] != "input":
            continue
        element = block["element"]
        values[block["block_id"]] = {
            element["action_id"]: {
                "type": element["type"],
                "value": element.get("initial_value"),
                "selected_time": element.get("initial_time"),
                "selected_option": element.get("initial_option"),
                "selected_options": element.get("initial_options", []),
            }
        }
    return values


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_as_it_opens_says_what_the_subscription_says(language: str) -> None:
    wish = replace(
        BASE,
        language="both",
        style="sections",
        layout="cards",
        topics=("agents", "RLHF"),
        negative_topics=("robotics",),
        count=7,
        empty_day="skip",
        late_papers="reply",
        thread_policy="all",
        timezone="Africa/Nairobi",
        weekly=4,
    )
    view = subscription_view(wish, language, is_whole=True)
    assert validate_view(view) == []
    read, problems = read_form(state_of(view), BASE)
    assert problems == {}
    assert read == wish


def test_the_form_opens_with_five_fields_for_a_named_channel_and_keeps_what_is_folded() -> None:
    wish = replace(BASE, count=7, negative_topics=("robotics",), active=True)
    view = subscription_view(wish, "en")
    assert validate_view(view) == []
    assert len(state_of(view)) == 5
    assert f"<#{wish.channel}>" in str(view["blocks"][0])
    assert view["submit"]["text"] == "Save"
    assert subscription_view(BASE, "en")["submit"]["text"] == "Subscribe"
    read, _ = read_form(state_of(view), wish)
    assert read == wish


def test_who_begins_is_offered_their_language_and_time_zone(room: Room) -> None:
    subscriptions = room.actions.subscriptions
    offered = subscriptions.offered("C1", "en", "Europe/Paris")
    assert (offered.language, offered.timezone) == ("en", "Europe/Paris")
    subscriptions.subscribe(offered, "U1")
    later = subscriptions.offered("C1", "ko", "Asia/Seoul")
    assert (later.language, later.timezone) == ("en", "Europe/Paris")


def test_topics_in_words_keep_what_is_excluded() -> None:
    base = replace(BASE, topics=("agents",), negative_topics=("robotics",))
    assert parse_words("topics: speech", base).negative_topics == ("robotics",)
    assert parse_words("topics: -video", base).topics == ("agents",)
    ended = parse_words("topics:", base)
    assert (ended.topics, ended.negative_topics) == ((), ())


def test_wrong_fields_are_told_next_to_themselves() -> None:
    values = state_of(subscription_view(BASE, "ko", is_whole=True))
    values[ActionId.SUBSCRIPTION_COUNT.value][ActionId.SUBSCRIPTION_COUNT.value]["value"] = "900"
    days = values[ActionId.SUBSCRIPTION_WEEKDAYS.value][ActionId.SUBSCRIPTION_WEEKDAYS.value]
    days["selected_options"] = []
    _, problems = read_form(values, BASE)
    assert set(problems) == {"subscription_count", "subscription_weekdays"}


def test_the_preview_shows_what_the_newest_listing_would_have_brought(room: Room) -> None:
    draft = replace(BASE, topics=("embodied",), negative_topics=("RWKV",), count=2)
    view = room.actions.subscriptions.preview_view(draft, "ko")
    assert validate_view(view) == []
    shown = view["blocks"][-1]["text"]["text"]
    assert "1. Cosmos-Reason1" in shown
    assert "RWKV" not in shown


def test_subscribing_tells_the_channel_and_stores_the_wish(room: Room) -> None:
    wish = room.actions.subscriptions.from_words("C1", "08:30 매일 주제: 에이전트", "ko")
    room.actions.subscriptions.subscribe(wish, "U1")
    stored = room.storage.subscriptions.get("C1")
    assert stored is not None
    assert (stored.time, stored.active, stored.subscribed_by) == (time(8, 30), True, "U1")
    (posted,) = room.slack.posts
    assert "<@U1>" in str(posted.payload["blocks"])
    assert "08:30" in posted.text


def test_a_channel_without_paperboy_is_not_subscribed(room: Room) -> None:
    room.slack.refuse = ["not_in_channel"]
    wish = room.actions.subscriptions.from_words("C1", "08:30", "ko")
    with pytest.raises(InputError) as refused:
        room.actions.subscriptions.subscribe(wish, "U1")
    assert refused.value.message_id == "actions-not-in-channel"
    assert room.storage.subscriptions.get("C1") is None


def test_a_refused_change_leaves_the_subscription_that_was_there(room: Room) -> None:
    subscriptions = room.actions.subscriptions
    subscriptions.subscribe(subscriptions.from_words("C1", "08:30", "ko"), "U1")
    room.clock.forward(minutes=1)
    room.slack.refuse = ["is_archived"]
    with pytest.raises(InputError) as refused:
        subscriptions.subscribe(subscriptions.from_words("C1", "09:30", "ko"), "U2")
    assert refused.value.message_id == "delivery-refused-archived"
    stored = room.storage.subscriptions.get("C1")
    assert stored is not None
    assert (stored.time, stored.subscribed_by) == (time(8, 30), "U1")
    assert [post.channel for post in room.slack.posts] == ["C1"]


@pytest.mark.parametrize("code", ["outcome_unknown", "unreachable"])
def test_an_announcement_that_comes_late_is_that_of_a_stored_subscription(
    room: Room, code: str
) -> None:
    subscriptions = room.actions.subscriptions
    room.slack.refuse = [code] * 3
    with pytest.raises(InputError) as told:
        subscriptions.subscribe(subscriptions.from_words("C1", "08:30", "ko"), "U1")
    assert told.value.message_id == "actions-subscribed-waits"
    assert room.storage.subscriptions.get("C1") is not None
    room.slack.refuse = []
    room.clock.forward(minutes=10)
    room.outbox.drain()
    assert [post.channel for post in room.slack.posts] == ["C1"]


def test_a_process_that_dies_while_announcing_leaves_both(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object, **__: object) -> None:
        raise SystemExit

    monkeypatch.setattr(room.outbox, "settle", die)
    subscriptions = room.actions.subscriptions
    with pytest.raises(SystemExit):
        subscriptions.subscribe(subscriptions.from_words("C1", "08:30", "ko"), "U1")
    assert room.storage.subscriptions.get("C1") is not None
    room.outbox.drain()
    assert [post.channel for post in room.slack.posts] == ["C1"]


def test_unsubscribing_works_where_the_channel_cannot_be_told(room: Room) -> None:
    subscriptions = room.actions.subscriptions
    subscriptions.subscribe(subscriptions.from_words("C1", "08:30", "ko"), "U1")
    room.clock.forward(minutes=1)
    room.slack.refuse = ["is_archived"]
    subscriptions.unsubscribe("C1", "U1")
    assert room.storage.subscriptions.active() == []


def test_unsubscribing_keeps_the_wishes_for_later(room: Room) -> None:
    wish = room.actions.subscriptions.from_words("C1", "08:30", "ko")
    room.actions.subscriptions.subscribe(wish, "U1")
    room.clock.forward(minutes=1)
    room.actions.subscriptions.unsubscribe("C1", "U1")
    assert room.storage.subscriptions.active() == []
    assert room.actions.channels.subscription("C1").time == time(8, 30)
    with pytest.raises(InputError):
        room.actions.subscriptions.unsubscribe("C1", "U1")


def test_where_admins_are_named_others_may_not_change_anything(room: Room) -> None:
    subscriptions = replace(room.actions.subscriptions, settings=Settings(admins=("UADMIN",)))
    wish = subscriptions.from_words("C1", "08:30", "ko")
    with pytest.raises(InputError) as refused:
        subscriptions.subscribe(wish, "U1")
    assert refused.value.message_id == "actions-not-allowed"
    subscriptions.subscribe(wish, "UADMIN")
    assert room.storage.subscriptions.get("C1") is not None


def test_a_paper_is_saved_once_and_ticked_off(room: Room) -> None:
    saved = room.actions.saved
    assert "저장했습니다" in saved.save("C1", "1", "U1", "ko").text
    assert "이미" in saved.save("C1", PAPERS[0].id, "U1", "ko").text
    saved.save("C1", "2", "U1", "ko")
    assert "안 읽은 논문 2편" in saved.show("U1", "ko").text
    saved.mark_read(PAPERS[1].id, "U1", read=True)
    assert "안 읽은 논문 1편" in saved.show("U1", "ko").text
    saved.unsave(PAPERS[0].id, "U1")
    assert PAPERS[0].title not in saved.show("U1", "ko").text
    assert "없습니다" in saved.show("U2", "ko").text


def test_notes_are_kept_with_their_authors(room: Room) -> None:
    notes = room.actions.notes
    notes.add(PAPERS[0].id, "  다음 주에 발표 <!channel> ", "U1", place="")
    notes.add(PAPERS[0].id, "다음 주에 발표 <!channel>", "U1", place="")
    shown = notes.show("C1", "1", "ko")
    assert shown.text.count("다음 주에 발표") == 1
    assert "<@U1>" in str(shown.blocks)
    assert "<!channel>" not in str(shown.blocks)
    assert validate_view(notes.view(PAPERS[0].id, "ko", channel="C1", user="U1")) == []
    for text in ("  ", "x" * 4000):
        with pytest.raises(InputError):
            notes.add(PAPERS[0].id, text, "U1", place="")


def test_a_week_needs_one_day() -> None:
    with pytest.raises(InputError, match="weekly:mon-fri"):
        parse_words("weekly:mon-fri", BASE)


@pytest.mark.parametrize(
    ("language", "told"), [("ko", "주간 브리핑 금"), ("en", "weekly digest on Fri")]
)
def test_the_line_on_a_subscription_tells_of_the_week(language: str, told: str) -> None:
    assert told in describe(replace(BASE, weekly=4), catalog(language))
    assert told not in describe(BASE, catalog(language))
