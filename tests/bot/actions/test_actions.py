"""What commands and buttons get from the actions."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from bot.actions import Members
from bot.actions.status import when
from bot.errors import InputError, UnknownPaperError
from bot.languages import LANGUAGES, catalog
from bot.slack.blocks import plain_message
from bot.slack.blocks.ids import ActionId
from bot.slack.port import SlackUser
from bot.workspace import validate_blocks, validate_view
from storage import ListingEntry, Paper, Subscription, Summary
from tests.bot.actions.conftest import DAY, NOW, PAPERS, Room


def test_today_shows_the_newest_listing_with_numbers(room: Room) -> None:
    shown = room.actions.listings.today("C1", "ko")
    assert "3월 19일" in shown.text
    for number, paper in enumerate(PAPERS, start=1):
        assert f"{number}. {paper.title}" in shown.text


def test_so_many_papers_of_a_day_or_week_are_shown_as_are_wanted(room: Room) -> None:
    day = room.actions.listings.day_meant("top two today", "en", 2)
    assert "1–2 of 3" in day.text
    week = room.actions.listings.week_meant("이번 주 2개만", "ko", 2)
    for shown in (day, week[0]):
        assert PAPERS[1].title in shown.text
        assert PAPERS[2].title not in shown.text


def test_today_asks_the_source_once_for_a_day_it_has_not_read(room: Room) -> None:
    room.actions.listings.today("C1", "ko")
    assert room.collector.read == [date(2025, 3, 20)]


def test_an_empty_archive_says_that_it_is_empty(empty_room: Room) -> None:
    assert "목록이 없습니다" in empty_room.actions.listings.today("C1", "ko").text


def test_a_day_that_could_not_be_read_is_told(empty_room: Room) -> None:
    assert "가져오지 못했습니다" in empty_room.actions.listings.day("C1", "2025-03-18", "ko").text


def test_a_day_without_papers_says_so(room: Room) -> None:
    room.storage.listings.save("huggingface", date(2025, 3, 16), [], settled=True, now=NOW)
    assert "주말" in room.actions.listings.day("C1", "2025-03-16", "ko").text


def test_numbers_are_those_of_the_channels_own_digest(room: Room) -> None:
    backwards = [paper.id for paper in reversed(PAPERS)]
    room.storage.digests.claim(
        channel="C1",
        kind="daily",
        period=DAY.isoformat(),
        language="ko",
        style="brief",
        paper_ids=backwards,
        now=NOW,
    )
    assert f"1. {PAPERS[2].title}" in room.actions.listings.today("C1", "ko").text
    assert PAPERS[2].title in room.actions.cards.show("C1", "1", "ko").text
    assert PAPERS[0].title in room.actions.cards.show("C2", "1", "ko").text


@pytest.mark.parametrize(
    "words",
    [
        "2",
        "#2",
        "2번",
        "2503.10002",
        "2503.10002v3",
        "https://arxiv.org/pdf/2503.10002",
        "https://huggingface.co/papers/2503.10002",
        "cosmos-reason1",
        "Physical Common Sense",
    ],
)
def test_a_paper_is_found_by_number_id_link_or_title(words: str, room: Room) -> None:
    card = room.actions.cards.show("C1", words, "en")
    assert PAPERS[1].title in card.text
    assert ActionId.PAPER_OPEN in str(card.blocks)


def test_a_paper_that_is_not_stored_is_fetched(room: Room) -> None:
    room.collector.elsewhere["1706.03762"] = Paper("1706.03762", "Attention Is All You Need")
    assert "Attention" in room.actions.cards.show("C1", "1706.03762", "ko").text


@pytest.mark.parametrize(
    ("words", "message_id"),
    [
        ("", "actions-no-paper"),
        ("99", "actions-no-such-number"),
        ("0", "actions-no-such-number"),
        ("2501.99999", "errors-unknown-paper"),
        ("아무도 모르는 논문 제목", "errors-unknown-paper"),
    ],
)
def test_a_paper_that_cannot_be_is_refused_with_the_reason(
    words: str, message_id: str, room: Room
) -> None:
    with pytest.raises(InputError) as refused:
        room.actions.cards.show("C1", words, "ko")
    assert refused.value.message_id == message_id


def test_an_unknown_paper_is_named_in_the_refusal(room: Room) -> None:
    with pytest.raises(UnknownPaperError) as refused:
        room.actions.cards.show("C1", "2501.99999", "ko")
    assert refused.value.arguments == {"paper": "2501.99999"}


def test_search_shows_what_fits(room: Room) -> None:
    found = room.actions.search.find("embodied reasoning", "en")
    assert PAPERS[1].title in found.text


def test_search_shows_readers_their_own_language_where_it_is_stored_and_names_the_other(
    room: Room,
) -> None:
    told = "물리적 상식에서 추론을 배운다."
    room.storage.summaries.save(Summary(PAPERS[1].id, "ko", tldr=told), now=NOW)
    own = room.actions.search.find("embodied reasoning", "ko").text
    assert told in own
    assert "번역" not in own
    other = room.actions.search.find("DAPO", "ko").text
    assert "About DAPO" in other
    assert "영어 문장은 번역하지 않고" in other


def test_an_empty_search_is_refused(room: Room) -> None:
    with pytest.raises(InputError):
        room.actions.search.find("   ", "ko")


def test_opening_a_paper_posts_its_card_once_and_makes_it_a_thread(room: Room) -> None:
    first = room.actions.threads.open("C1", PAPERS[0].id, user="U1")
    again = room.actions.threads.open("C1", PAPERS[0].id, user="U1")
    assert (first.is_new, again.is_new) == (True, False)
    assert first.ts == again.ts
    assert len(room.slack.posts) == 1
    thread = room.storage.threads.get("C1", first.ts)
    assert thread is not None
    assert thread.paper_id == PAPERS[0].id


def test_opening_in_a_channel_without_paperboy_says_how_to_invite_it_and_works_then(
    room: Room,
) -> None:
    room.slack.refuse = ["not_in_channel"]
    with pytest.raises(InputError) as refused:
        room.actions.threads.open("C1", PAPERS[0].id, user="U1")
    assert refused.value.message_id == "actions-not-in-channel"
    assert room.actions.threads.open("C1", PAPERS[0].id, user="U1").is_new
    # What was given up is promised anew under its own key, by which a lost answer is looked up.
    assert room.storage.counts()["deliveries"] == 1


def share(room: Room) -> None:
    room.actions.sharing.share(
        PAPERS[0].id, "C2", user="U1", comment="look", language="en", key="k"
    )


@pytest.mark.parametrize("code", ["is_archived", "restricted_action", "msg_too_long"])
def test_a_share_that_slack_refuses_is_given_up_aloud(room: Room, code: str) -> None:
    room.slack.refuse = [code] * 9
    with pytest.raises(InputError) as refused:
        share(room)
    told = catalog("en").text(refused.value.message_id, **refused.value.arguments)
    assert "waiting" not in told
    assert ("archived" in told) is (code == "is_archived")


def test_a_share_that_waited_and_is_given_up_later_is_told_to_its_member(room: Room) -> None:
    room.slack.refuse = ["unreachable"] * 3
    with pytest.raises(InputError) as waits:
        share(room)
    assert waits.value.message_id == "actions-post-waits"
    room.slack.refuse = ["is_archived"]
    room.clock.forward(minutes=10)
    room.outbox.drain()
    (told,) = room.slack.posts
    assert told.channel == "DU1"
    assert "<#C2>" in told.text
    assert "archived" in told.text


def test_a_member_who_was_told_at_once_is_not_told_again(room: Room) -> None:
    room.slack.refuse = ["is_archived"]
    with pytest.raises(InputError):
        share(room)
    room.clock.forward(minutes=10)
    room.outbox.drain()
    assert room.slack.posts == []


def test_sharing_says_who_shared_and_posts_once(room: Room) -> None:
    shown = room.actions.listings.today("C1", "ko")
    for _ in range(2):
        room.actions.sharing.share_reply("C1", [shown], user="U1", language="ko", key="5.0:today")
    (posted,) = room.slack.posts
    assert "<@U1>" in str(posted.payload["blocks"])


def test_the_further_parts_of_what_is_shared_come_in_its_thread(room: Room) -> None:
    parts = [plain_message(one) for one in ("first", "second")]
    room.actions.sharing.share_reply("C1", parts, user="U1", language="en", key="5.0:week")
    first, second = room.slack.posts
    assert second.payload["text"] == "second"
    assert (first.thread_ts, second.thread_ts) == (None, first.ts)


def test_a_channel_is_greeted_once(room: Room) -> None:
    room.actions.channels.greet("C1")
    room.actions.channels.greet("C1")
    assert len(room.slack.posts) == 1


def test_status_of_a_channel_without_subscription_says_how_to_subscribe(room: Room) -> None:
    assert "/papers subscribe" in room.actions.status.message("C1", "ko").text


def test_status_tells_wish_and_next_digest_in_the_channels_zone(room: Room) -> None:
    wish = Subscription(
        "C1", time(9, 0), "Asia/Seoul", (0, 1, 2, 3, 4), "ko", "brief", ("huggingface",)
    )
    room.storage.subscriptions.save(wish, now=NOW)
    room.storage.listings.save_read("huggingface", problem="HTTP 503 at /secret", now=NOW)
    for language in LANGUAGES:
        told = room.actions.status.message("C1", language).text
        assert "09:00" in told
        assert "Asia/Seoul" in told
        assert "secret" not in told
    assert "3월 21일 (금) 09:00" in room.actions.status.message("C1", "ko").text


def test_status_tells_all_times_in_the_readers_zone(room: Room) -> None:
    wish = Subscription(
        "C1", time(9, 0), "Asia/Seoul", (0, 1, 2, 3, 4), "ko", "brief", ("huggingface",)
    )
    room.storage.subscriptions.save(wish, now=NOW)
    room.storage.listings.save_read("huggingface", problem=None, now=NOW)
    told = room.actions.status.message("C1", "en", zone="Europe/Berlin").text
    assert "Fri, Mar 21 01:00" in told
    assert f"checked {when(NOW.astimezone(ZoneInfo('Europe/Berlin')), catalog('en'))}" in told
    assert "Times are in the time zone Europe/Berlin." in told


def test_status_tells_why_a_channel_gets_nothing(room: Room) -> None:
    wish = Subscription(
        "C1", time(9, 0), "Asia/Seoul", (0, 1, 2, 3, 4), "ko", "brief", ("huggingface",)
    )
    room.storage.subscriptions.save(wish, now=NOW)
    assert "/invite" not in room.actions.status.message("C1", "en").text
    room.storage.problems.note("C1", code="not_in_channel", detail="k", now=NOW)
    for language in LANGUAGES:
        assert "/invite" in room.actions.status.message("C1", language).text


def test_the_language_of_a_member_is_read_from_slack_once_a_day(room: Room) -> None:
    room.slack.users["U1"] = SlackUser("U1", "Ada", "Europe/Berlin", "en-GB")
    members = Members(room.storage, room.slack, room.clock, default_language="ko")
    assert members.language("U1") == "en"
    room.slack.users["U1"] = SlackUser("U1", "Ada", "Asia/Seoul", "ko-KR")
    assert members.language("U1") == "en"
    room.clock.forward(hours=25)
    assert members.language("U1") == "ko"


def test_a_chosen_language_wins_and_an_unreadable_profile_means_the_default(
    room: Room,
) -> None:
    room.slack.users["U1"] = SlackUser("U1", "Ada", None, "en-GB")
    members = Members(room.storage, room.slack, room.clock, default_language="ko")
    members.choose_language("U1", "ko")
    assert members.language("U1") == "ko"
    assert members.language("U9") == "ko"
    assert members.known_language(None) == "ko"


def test_without_the_database_there_are_still_words_to_say_so(room: Room) -> None:
    members = Members(room.storage, room.slack, room.clock, default_language="ko")
    members.choose_language("U1", "en")
    room.storage.close()
    assert members.known_language("U1") == "ko"


def test_a_listing_read_long_ago_is_read_again_and_a_fresh_one_is_not(room: Room) -> None:
    entries = [ListingEntry(PAPERS[0].id, 1, 5)]
    room.storage.listings.save("huggingface", date(2025, 3, 20), entries, settled=False, now=NOW)
    room.actions.listings.today("C1", "ko")
    assert room.collector.read == []
    room.clock.forward(hours=1)
    room.actions.listings.today("C1", "ko")
    assert room.collector.read == [date(2025, 3, 20)]


def test_a_source_that_failed_is_left_alone_for_a_minute(room: Room) -> None:
    room.collector.problem = "503"
    for _ in range(3):
        assert PAPERS[0].title in room.actions.listings.today("C1", "ko").text
    assert room.collector.read == [date(2025, 3, 20)]
    room.clock.forward(minutes=2)
    room.actions.listings.today("C1", "ko")
    assert room.collector.read == [date(2025, 3, 20)] * 2


def test_all_who_ask_while_a_source_is_slow_wait_for_one_reading(room: Room) -> None:
    room.collector.seconds, room.collector.problem = 0.3, "time-out"
    with ThreadPoolExecutor(8) as people:
        shown = list(people.map(lambda _: room.actions.listings.today("C1", "ko").text, range(8)))
    assert all(PAPERS[0].title in one for one in shown)
    assert room.collector.read == [date(2025, 3, 20)]


def test_a_card_offers_what_can_be_done_and_its_menu_does_it(room: Room) -> None:
    card = room.actions.cards.show("C1", "1", "en")
    for action in (ActionId.PAPER_SAVE, ActionId.PAPER_NOTE, ActionId.PAPER_MENU):
        assert action in str(card.blocks)
    paper = PAPERS[0]

    def chosen(what: str) -> str:
        return room.actions.cards.menu(what, "C1", paper.id, "U1", "en").text

    assert chosen("abstract") == paper.abstract
    assert paper.id in chosen("bibtex")
    assert chosen("related") == "There are no related papers in the archive."
    assert "Noted" in chosen("unwanted")
    assert room.storage.library.signals("C1") == {paper.id: {"unwanted": 1}}


def test_every_message_is_one_that_slack_takes(room: Room) -> None:
    wish = Subscription(
        "C1", time(9, 0), "Asia/Seoul", (0, 1, 2, 3, 4), "ko", "brief", ("huggingface",)
    )
    room.storage.subscriptions.save(wish, now=NOW)
    hostile = Paper(
        "2503.19999",
        "<!channel> *Bold* | " + "긴 제목 " * 2000 + "\u202e\n$\\frac{a}{b}$ 🎉",
        abstract="<@U1> " + "word " * 5000,
        authors=("<!here>",) * 300,
    )
    room.storage.papers.save([hostile], now=NOW)
    for language in LANGUAGES:
        room.actions.saved.save("C1", hostile.id, "U1", language)
        room.actions.notes.add(hostile.id, "<!channel> " + "노트 " * 900, "U1", place="")
        shown = [
            room.actions.listings.today("C1", language),
            room.actions.cards.show("C1", hostile.id, language),
            room.actions.search.find("reasoning", language),
            room.actions.status.message("C1", language),
            room.actions.saved.show("U1", language),
            room.actions.notes.show("C1", hostile.id, language),
            *room.actions.listings.week("", language),
            *(
                room.actions.cards.menu(what, "C1", hostile.id, "U1", language)
                for what in ("abstract", "related", "bibtex", "unwanted")
            ),
        ]
        for message in shown:
            assert validate_blocks(list(message.blocks)) == []
            assert message.text
            assert "<!channel>" not in str(message.blocks)
        for view in (
            room.actions.home.view("U1", language),
            room.actions.question_form.view("C1", "1.0", hostile.id, language),
            room.actions.notes.view_of_message(
                "C1", "1.0", hostile.id, language, user="U1", text="x" * 9000
            ),
            room.actions.notes.view_of_message(
                "C1", "1.0", "no paper", language, user="U1", text=""
            ),
        ):
            assert validate_view(view) == []


def test_reactions_on_a_papers_message_save_and_sign(room: Room) -> None:
    opened = room.actions.threads.open("C1", PAPERS[0].id, user="U1")
    saved = room.actions.saved
    saved.react("C1", opened.ts, "U2", "bookmark", added=True)
    assert [entry.paper_id for entry, _ in saved.entries("U2")] == [PAPERS[0].id]
    saved.react("C1", opened.ts, "U2", "bookmark", added=False)
    assert saved.entries("U2") == []
    saved.react("C1", opened.ts, "U2", "tada", added=True)
    saved.react("C1", "9.9", "U2", "bookmark", added=True)
    assert saved.entries("U2") == []


def test_a_thumb_that_is_taken_back_leaves_no_sign(room: Room) -> None:
    opened = room.actions.threads.open("C1", PAPERS[0].id, user="U1")
    saved, signs = room.actions.saved, room.storage.library.signals
    before = signs("C1")
    for thumb, kind in (("+1", "liked"), ("-1", "unwanted")):
        saved.react("C1", opened.ts, "U1", thumb, added=True)
        assert signs("C1")[PAPERS[0].id] == {**before[PAPERS[0].id], kind: 1}
        saved.react("C1", opened.ts, "U1", thumb, added=False)
        assert signs("C1") == before


def test_a_week_is_shown_and_a_week_that_cannot_be_is_refused(room: Room) -> None:
    shown = room.actions.listings.week("2025-W12", "en")
    assert PAPERS[0].title in "".join(message.text for message in shown)
    for text in ("2025-W99", "soon", "2099-W01"):
        with pytest.raises(InputError):
            room.actions.listings.week(text, "ko")
