"""What members type in other spellings is understood, and what is hostile holds nothing up."""

import unicodedata
from functools import partial

import pytest

from storage import Thread
from tests.scenarios.conftest import CHANNEL, COSMOS, DAPO, NOW, Story
from tests.shared_data import shared_data


def apart(text: str) -> str:
    """Hangul in its letters, as some systems write it."""
    return unicodedata.normalize("NFD", text)


def digest_thread(story: Story) -> str:
    root = story.slack.say("alice", CHANNEL, "the day's list")
    digest_id = story.storage.digests.claim(
        channel=root.channel,
        kind="daily",
        period="2025-03-19",
        language="ko",
        style="brief",
        paper_ids=[DAPO.id, COSMOS.id],
        now=NOW,
    )
    thread = Thread(root.channel, root.ts, "digest", digest_id=digest_id)
    story.storage.threads.save(thread, now=NOW)
    return root.ts


def test_a_run_of_line_ends_in_a_digests_thread_holds_nothing_up(story: Story) -> None:
    thread = digest_thread(story)
    hostile = "그 " + "\n" * 4_000 + "x 뭐야?"
    story.slack.say("junho", CHANNEL, hostile, thread_ts=thread)
    assert story.slack.slash("minji", CHANNEL, "/papers", "today").acknowledged
    story.slack.wait_for(lambda: len(story.slack.messages(CHANNEL, thread)) > 2)


@pytest.mark.parametrize("sign", [" ", "1", "1,", "the ", "뭐", "가", "(", "1을", ".", "A-"])
def test_no_run_of_a_sign_holds_an_answer_up(sign: str, story: Story) -> None:
    thread = digest_thread(story)
    asked = f"@paperboy 1번 논문의 한계가 뭐야? {sign * 3_000}x"
    story.slack.say("junho", CHANNEL, asked, thread_ts=thread)
    assert story.slack.slash("minji", CHANNEL, "/papers", "today").acknowledged
    story.slack.wait_for(lambda: len(story.slack.messages(CHANNEL, thread)) > 2)


@pytest.mark.parametrize(
    ("typed", "told"),
    [("오늘", DAPO.title), ("도움말", "/papers today"), ("검색 embodied", COSMOS.title)],
)
def test_commands_are_known_in_decomposed_hangul(typed: str, told: str, story: Story) -> None:
    assert story.slack.slash("minji", CHANNEL, "/papers", apart(typed)).acknowledged
    story.slack.wait_for_ephemeral("minji", CHANNEL, contains=told)


def test_a_question_in_decomposed_hangul_is_the_same_question(story: Story) -> None:
    thread = story.paper_thread()
    story.slack.say("junho", CHANNEL, apart("한계가 뭐야?"), thread_ts=thread)
    story.slack.wait_for_message(CHANNEL, thread_ts=thread, contains="answer to")
    assert story.answers.asked[0].question == "한계가 뭐야?"


def test_topics_in_a_form_are_stored_composed(story: Story) -> None:
    story.slack.slash("alice", CHANNEL, "/papers", "subscribe")
    form = story.slack.wait_for_view("alice", callback_id="subscribe")
    story.slack.submit("alice", form, {"subscription_topics": apart("강화\u200b 학습")})
    story.slack.wait_for(lambda: bool(story.storage.subscriptions.active()))
    assert story.storage.subscriptions.active()[0].topics == ("강화 학습",)


def links() -> list[str]:
    return shared_data("outside/C20_links.txt").read_text(encoding="utf-8").split()


def shown(story: Story, *, times: int) -> bool:
    cards = [one for one in story.slack.ephemerals("minji", CHANNEL) if DAPO.title in str(one)]
    return len(cards) == times


def test_every_form_of_link_shows_the_paper(story: Story) -> None:
    for number, link in enumerate(links(), start=1):
        typed = link.replace("2503.11111", DAPO.id)
        story.slack.slash("minji", CHANNEL, "/papers", f"show {typed}")
        story.slack.wait_for(partial(shown, story, times=number))


@pytest.mark.parametrize("line", range(5))
def test_every_form_of_link_is_offered_and_asked_about(line: int, story: Story) -> None:
    root = story.slack.say("alice", CHANNEL, links()[line].replace("2503.11111", DAPO.id))
    story.slack.wait_for_ephemeral("alice", CHANNEL)
    story.slack.say("junho", CHANNEL, "@paperboy 데이터가 뭐야?", thread_ts=root.ts)
    story.slack.wait_for_message(CHANNEL, thread_ts=root.ts, contains="answer to")
    assert story.answers.asked[0].paper_ids == (DAPO.id,)
