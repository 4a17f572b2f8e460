"""The App Home's lists and the search modal, page by page, and the agent's messages."""

import threading
from dataclasses import replace
from datetime import time

from bot.settings import Settings
from bot.workspace import Workspace
from storage import ListingEntry, Paper, Storage, Subscription
from tests.fakes import FakeAnswers
from tests.scenarios.conftest import CHANNEL, DAPO, DAY, NOW, Story

MESSAGES = "D0MINJI001"


def stock(story: Story, count: int) -> list[Paper]:
    papers = [
        Paper(f"2503.2{n:04}", f"Robots that cook, part {n}", votes=90 - n) for n in range(count)
    ]
    story.storage.papers.save(papers, now=NOW)
    entries = [ListingEntry(one.id, n, one.votes) for n, one in enumerate(papers, start=1)]
    story.storage.listings.save("huggingface", DAY, entries, settled=True, now=NOW)
    return papers


def subscribe(story: Story, channel: str, hour: int) -> None:
    room = story.slack.state.channel(channel)
    wish = Subscription(
        room.id, time(hour), "Asia/Seoul", (0, 1, 2, 3, 4), "ko", "brief", ("huggingface",)
    )
    story.storage.subscriptions.save(wish, now=NOW)


def test_the_lists_of_the_home_are_turned_each_by_itself(story: Story) -> None:
    papers = stock(story, 25)
    for one in papers[:12]:
        story.storage.library.save("U0ALICE001", one.id, now=NOW)
    story.slack.open_home("alice")
    home = story.slack.wait_for_home("alice", contains="1–10 of 27")
    assert "part 15" not in str(home.content)
    story.slack.click("alice", home, "home_turn:today+1")
    home = story.slack.wait_for_home("alice", contains="11–20 of 27")
    assert "1–8 of 12" in str(home.content)
    story.slack.click("alice", home, "home_turn:saved+1")
    home = story.slack.wait_for_home("alice", contains="9–12 of 12")
    assert "11–20 of 27" in str(home.content)


def test_the_home_says_why_a_paper_is_there_and_no_votes_that_its_source_does_not_have(
    story: Story,
) -> None:
    wish = replace(
        Subscription("D0ALICE001", time(9), "Asia/Seoul", (0,), "en", "brief", ("arxiv:cs.RO",)),
        topics=("robots",),
        subscribed_by="U0ALICE001",
    )
    story.storage.subscriptions.save(wish, now=NOW)
    paper = Paper("2503.20000", "Robots that cook")
    story.storage.papers.save([paper], now=NOW)
    entries = [ListingEntry(paper.id, 1, 0)]
    story.storage.listings.save("arxiv:cs.RO", DAY, entries, settled=True, now=NOW)
    story.slack.open_home("alice")
    home = story.slack.wait_for_home("alice", contains=paper.title)
    assert "Your topics: robots" in str(home.content)
    assert "votes" not in str(home.content)


def test_the_home_names_only_channels_that_the_member_is_in(story: Story) -> None:
    subscribe(story, CHANNEL, 9)
    subscribe(story, "#leads", 10)
    story.slack.invite("#leads")
    for user, names_private in (("junho", False), ("minji", True)):
        story.slack.open_home(user)
        home = story.slack.wait_for_home(user, contains="<#C0DAILY001>")
        assert ("<#G0LEADS001>" in str(home.content)) is names_private


def test_results_in_the_search_modal_are_turned_and_opened(story: Story) -> None:
    papers = stock(story, 15)
    story.index.index([one.id for one in papers])
    story.slack.shortcut("alice", "search_papers")
    view = story.slack.wait_for_view("alice", callback_id="search_papers")
    story.slack.submit("alice", view, {"search_text": "robots cook"})
    story.slack.wait_for(lambda: "page_next" in str(story.slack.views("alice")[-1].content))
    view = story.slack.views("alice")[-1]
    first = str(view.content)
    story.slack.click("alice", view, "page_next")
    story.slack.wait_for(lambda: "page_previous" in str(story.slack.views("alice")[-1].content))
    view = story.slack.views("alice")[-1]
    shown = next(one for one in papers if one.id in str(view.content))
    assert shown.id not in first
    story.slack.click("alice", view, "paper_open", shown.id)
    story.slack.wait_for_message("D0ALICE001", contains=shown.title)
    story.slack.wait_for(lambda: len(story.slack.views("alice")) == 2)
    assert "in your direct messages" in str(story.slack.views("alice")[-1].content)


def test_a_mistyped_search_in_the_modal_offers_the_nearest_word(story: Story) -> None:
    story.slack.shortcut("alice", "search_papers")
    view = story.slack.wait_for_view("alice", callback_id="search_papers")
    story.slack.submit("alice", view, {"search_text": "embodeid"})
    story.slack.wait_for(lambda: "search_suggestion" in str(story.slack.views("alice")[-1].content))
    story.slack.click("alice", story.slack.views("alice")[-1], "search_suggestion")
    story.slack.wait_for(lambda: "Cosmos" in str(story.slack.views("alice")[-1].content))


def test_prompts_follow_what_is_stored_today(story: Story) -> None:
    story.slack.open_home("minji", tab="messages")
    call = story.slack.wait_for_call("assistant.threads.setSuggestedPrompts")
    assert any(DAPO.id in one["message"] for one in call["prompts"])
    assert any("강화 학습을" in one["message"] for one in call["prompts"])


def test_a_conversation_is_named_after_its_first_question_or_its_paper(story: Story) -> None:
    said = story.slack.say("minji", MESSAGES, f"https://arxiv.org/abs/{DAPO.id} 한계가 뭐야?")
    story.slack.wait_for_message(MESSAGES, thread_ts=said.ts, contains="answer to")
    assert story.slack.state.status(MESSAGES, said.ts).title == DAPO.title
    story.slack.fail("assistant.threads.setTitle", "not_allowed_token_type", times=9)
    other = story.slack.say("minji", MESSAGES, "로봇 논문이 있어?")
    story.slack.wait_for_message(MESSAGES, thread_ts=other.ts, contains="answer to")


def kept_time(story: Story) -> str:
    subscription = story.storage.subscriptions.get("C0DAILY001")
    return f"{subscription.time:%H:%M}" if subscription else ""


def test_a_channels_settings_are_changed_from_the_home_by_those_who_may(story: Story) -> None:
    subscribe(story, CHANNEL, 9)
    story.slack.open_home("minji")
    home = story.slack.wait_for_home("minji", contains="설정 변경")
    story.slack.click("minji", home, "subscribe_open:C0DAILY001")
    form = story.slack.wait_for_view("minji", callback_id="subscribe")
    story.slack.submit("minji", form, {"subscription_time": "07:15"})
    story.slack.wait_for_message(CHANNEL, contains="07:15")
    # The channel is told first: where that fails nothing is kept.
    story.slack.wait_for(lambda: kept_time(story) == "07:15")
    story.slack.click("minji", home, "home_refresh")
    story.slack.wait_for_home("minji", contains="7:15")


def test_only_the_named_admins_change_a_subscription(storage: Storage) -> None:
    settings = replace(Settings(), admins=("U0ALICE001",))
    with Workspace(mode="socket") as workspace:
        story = Story(storage, workspace, "socket", settings=settings)
        subscribe(story, CHANNEL, 9)
        story.slack.open_home("minji")
        home = story.slack.wait_for_home("minji", contains="설정 변경")
        story.slack.click("minji", home, "subscribe_open:C0DAILY001")
        story.slack.wait_for(lambda: "<@U0ALICE001>" in str(story.slack.views("minji")))
        for words in ("subscribe 08:00", "settings", "unsubscribe"):
            story.slack.slash("minji", CHANNEL, "/papers", words)
        story.slack.wait_for(lambda: len(story.slack.ephemerals("minji", CHANNEL)) == 3)
        story.slack.slash("alice", CHANNEL, "/papers", "subscribe 08:00")
        story.slack.wait_for_message(CHANNEL, contains="08:00")
        story.stop()


def test_where_slack_does_not_stream_a_button_stops_an_answer(storage: Storage) -> None:
    going_on = threading.Event()
    answers = FakeAnswers(pieces=["word " * 60] * 4, between=lambda: going_on.wait(0.2))
    with Workspace(mode="socket") as workspace:
        workspace.fail("chat.startStream", "unknown_method", times=9)
        story = Story(storage, workspace, "socket", answers=answers)
        answers.pieces = ["word " * 60] * 40
        thread = story.paper_thread()
        story.slack.say("minji", CHANNEL, "한계가 뭐야?", thread_ts=thread)
        draft = story.slack.wait_for_message(CHANNEL, thread_ts=thread, contains="word")
        story.slack.click("minji", draft, "answer_stop")
        story.slack.wait_for(lambda: storage.questions.is_stopped(1))
        going_on.set()
        story.stop()
