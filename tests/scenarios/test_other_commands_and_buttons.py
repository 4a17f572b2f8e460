"""What no other story tells: each remaining button and word, in both languages, and wrong words."""

import threading
from collections.abc import Sequence

import pytest

from bot.slack.blocks.ids import make_value
from bot.workspace import Workspace
from storage import Storage, Thread
from tests.fakes import FakeAnswers
from tests.scenarios.conftest import CHANNEL, COSMOS, DAPO, Mode, Story

KOREAN, ENGLISH = "minji", "alice"


@pytest.mark.parametrize(
    ("typed", "korean", "english"),
    [
        (("date 2025-03-19", "날짜 2025-03-19"), DAPO.title, DAPO.title),
        (("date 2099-01-01", "날짜 2099-01-01"), "아직 나오지 않았습니다", "not out yet"),
        (("date 1/32", "날짜 1/32"), "달력에 없는", "no such day as “1/32”"),
        (("week 2025-W12", "주간 2025-W12"), DAPO.title, DAPO.title),
        (("week 2025-W99", "주간 2025-W99"), "주를 인식하지 못했습니다", "2025-W99"),
        (("show 1", "보기 1"), DAPO.title, DAPO.title),
        (("show 2501.99999", "보기 2501.99999"), "2501.99999", "2501.99999"),
        (("search embodied", "검색 embodied"), COSMOS.title, COSMOS.title),
        (("search", "검색"), "검색할 키워드", "some keywords"),
        (("ask", "질문"), "질문을 함께", "question"),
        (("ask robots?", "질문 로봇?"), "answer to 로봇", "answer to robots"),
        (("save 2", "저장 2"), "저장했습니다", "Saved"),
        (("save 99", "저장 99"), "99번 논문은 없습니다", "no paper number 99"),
        (("saved", "저장목록"), "저장한 논문이 없습니다", "no saved papers"),
        (("notes 1", "노트 1"), "아직 노트가 없습니다", "no notes yet"),
        (("notes", "노트"), "어떤 논문인지", "which paper"),
        (("unsubscribe", "구독취소"), "취소할 구독이 없습니다", "no subscription here to cancel"),
        (("status", "상태"), "아직 구독하지 않았습니다", "no subscription"),
        (("help", "도움말"), "사용법", "papers"),
        (("serach robots", "겁색 로봇"), "검색", "search robots"),
    ],
)
def test_each_word_is_understood_and_answered_in_the_askers_language(
    typed: Sequence[str], korean: str, english: str, story: Story
) -> None:
    for user, words, told in ((ENGLISH, typed[0], english), (KOREAN, typed[1], korean)):
        assert story.slack.slash(user, CHANNEL, "/papers", words).acknowledged
        story.slack.wait_for_ephemeral(user, CHANNEL, contains=told)
    assert story.slack.messages(CHANNEL) == []


@pytest.mark.parametrize("words", [("subscribe", "구독"), ("settings", "설정")])
def test_the_form_opens_for_either_word_in_the_askers_language(
    words: tuple[str, str], story: Story
) -> None:
    for user, word, title in ((ENGLISH, words[0], "Digest"), (KOREAN, words[1], "브리핑")):
        story.slack.slash(user, CHANNEL, "/papers", word)
        form = story.slack.wait_for_view(user, callback_id="subscribe")
        assert title in form.content["title"]["text"]


def test_the_list_of_saved_papers_is_ticked_and_emptied(story: Story) -> None:
    story.slack.slash(KOREAN, CHANNEL, "/papers", "save 1")
    story.slack.wait_for_ephemeral(KOREAN, CHANNEL, contains="저장했습니다")
    story.slack.slash(KOREAN, CHANNEL, "/papers", "saved")
    shown = story.slack.wait_for_ephemeral(KOREAN, CHANNEL, contains="안 읽은 논문 1편")
    gone = make_value({"paper": DAPO.id, "do": "unsave"})
    story.slack.click(KOREAN, shown, f"saved_menu:{DAPO.id}", selected=gone)
    story.slack.wait_for_ephemeral(KOREAN, CHANNEL, contains="저장한 논문이 없습니다")


def test_a_card_is_saved_and_noted_from_its_buttons(story: Story) -> None:
    story.paper_thread()
    (card,) = story.slack.messages(CHANNEL)
    story.slack.click(ENGLISH, card, "paper_save", DAPO.id)
    story.slack.wait_for_ephemeral(ENGLISH, CHANNEL, contains="Saved")
    story.slack.click(ENGLISH, card, "paper_note", DAPO.id)
    assert story.slack.wait_for_view(ENGLISH, callback_id="note")


def test_a_reaction_taken_back_takes_the_paper_from_the_list(story: Story) -> None:
    story.paper_thread()
    (card,) = story.slack.messages(CHANNEL)
    story.slack.react(ENGLISH, card, "bookmark")
    story.slack.wait_for(lambda: bool(story.storage.library.saved("U0ALICE001")))
    story.slack.unreact(ENGLISH, card, "bookmark")
    story.slack.wait_for(lambda: story.storage.library.saved("U0ALICE001") == [])


def test_an_offer_is_waved_away(story: Story) -> None:
    story.slack.say(KOREAN, CHANNEL, f"https://arxiv.org/abs/{COSMOS.id}")
    offer = story.slack.wait_for_ephemeral(KOREAN, CHANNEL, contains="요약해 드릴까요")
    story.slack.click(KOREAN, offer, "dismiss")
    story.slack.wait_for(lambda: story.slack.ephemerals(KOREAN, CHANNEL) == [])


def test_an_answer_is_rated_and_told_in_more_detail(story: Story) -> None:
    thread = story.paper_thread()
    story.slack.say(KOREAN, CHANNEL, "한계가 뭐야?", thread_ts=thread)
    answer = story.slack.wait_for_message(CHANNEL, thread_ts=thread, contains="answer to")
    story.slack.click(KOREAN, answer, "answer_detail")
    story.slack.wait_for(lambda: len(story.answers.asked) == 2)
    assert story.answers.asked[1].manner == "detailed"
    buttons = [b for b in answer.blocks if "answer_feedback" in str(b)]
    value = buttons[0]["elements"][0]["positive_button"]["value"]
    story.slack.click(KOREAN, answer, "answer_feedback", value)
    story.slack.wait_for_ephemeral(KOREAN, CHANNEL, contains="감사합니다")


def test_an_unclear_question_is_continued_with_the_chosen_paper(story: Story) -> None:
    said = story.slack.say(KOREAN, CHANNEL, f"{DAPO.title} vs {COSMOS.title}")
    story.slack.wait_for(lambda: bool(said.ts))
    digest = story.storage.digests.claim(
        channel="C0DAILY001",
        kind="daily",
        period="2025-03-19",
        language="ko",
        style="brief",
        paper_ids=[DAPO.id, COSMOS.id],
        now=story.clock(),
    )
    story.storage.threads.save(digest_thread(said.ts, digest), now=story.clock())
    story.slack.say(KOREAN, CHANNEL, "@paperboy 9번 논문의 한계가 뭐야?", thread_ts=said.ts)
    menu = story.slack.wait_for_message(CHANNEL, thread_ts=said.ts, contains="어느 논문")
    story.slack.click(KOREAN, menu, "choose_paper:2")
    story.slack.wait_for_message(CHANNEL, thread_ts=said.ts, contains="answer to")
    assert story.answers.asked[0].paper_ids == (COSMOS.id,)


def digest_thread(ts: str, digest_id: int) -> Thread:
    return Thread("C0DAILY001", ts, "digest", digest_id=digest_id)


def test_slacks_stop_button_ends_an_answer(mode: Mode, storage: Storage) -> None:
    going_on = threading.Event()
    answers = FakeAnswers(pieces=["word " * 60] * 3, between=lambda: going_on.wait(10))
    with Workspace(mode=mode) as workspace:
        story = Story(storage, workspace, mode, answers=answers)
        thread = story.paper_thread()
        story.slack.say(KOREAN, CHANNEL, "한계가 뭐야?", thread_ts=thread)
        story.slack.wait_for(lambda: bool(answers.asked))
        story.slack.stop_session(KOREAN, CHANNEL, thread)
        story.slack.wait_for(lambda: storage.questions.is_stopped(1))
        going_on.set()
        story.slack.wait_for_message(CHANNEL, thread_ts=thread, contains="중단")
        story.stop()
