"""Questions from being heard to being answered, once each."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from bot.answers import Answer, Ask
from bot.answers.records import Citation
from bot.errors import SourceError
from bot.questions import Decision
from storage import Paper, QuestionState, Storage
from tests.bot.questions.room import COSMOS, DAPO, NOW, Room, said
from tests.fakes import FakeAnswers, FakeSlack


@pytest.fixture
def room(storage: Storage) -> Iterator[Room]:
    made = Room(storage)
    yield made
    made.conversations.close()


def test_a_question_in_a_paper_thread_is_answered_there(room: Room) -> None:
    room.paper_thread()
    assert room.conversations.receive(said("한계가 뭐야?")) is Decision.ANSWER
    room.finish()
    (posted,) = room.slack.posts
    assert (posted.channel, posted.thread_ts) == ("C1", "1.0")
    assert posted.text.startswith("answer to 한계가 뭐야?")
    assert room.answers.asked[0].paper_ids == (DAPO.id,)
    assert room.answers.asked[0].language == "ko"
    assert room.states() == [QuestionState.ANSWERED]


def test_the_two_events_of_a_mention_give_one_answer(room: Room) -> None:
    room.paper_thread()
    for _ in range(2):
        room.conversations.receive(said("한계가 뭐야?", mentions_us=True))
    room.finish()
    assert len(room.slack.posts) == 1


def test_a_number_in_a_digest_thread_names_its_paper(room: Room) -> None:
    room.digest_thread()
    room.conversations.receive(said("2번 논문의 한계가 뭐야?"))
    room.finish()
    assert room.answers.asked[0].paper_ids == (COSMOS.id,)
    assert room.answers.asked[0].is_named


def test_the_paper_of_a_papers_own_thread_is_not_named_again(room: Room) -> None:
    room.paper_thread()
    room.ask()
    assert not room.answers.asked[0].is_named


def test_a_follow_up_brings_what_the_answer_before_rested_on(storage: Storage) -> None:
    rested = (Citation(1, DAPO.id, "3 Method", "A sentence.", "https://arxiv.org", passage=12),)

    def found(ask: Ask) -> Answer:
        return Answer("It is so [1].", True, "fake", rested, paper_ids=(DAPO.id,))

    room = Room(storage, answers=FakeAnswers(found))
    room.paper_thread()
    room.ask()
    room.conversations.receive(said("그건 왜 그런가요?", "3.0"))
    room.finish()
    room.conversations.close()
    assert [ask.before for ask in room.answers.asked] == [(), rested]


def test_a_follow_up_is_about_the_paper_last_talked_about_and_knows_what_was_said(
    room: Room,
) -> None:
    room.digest_thread()
    room.conversations.receive(said("2번 논문의 한계가 뭐야?"))
    room.finish()
    room.conversations.receive(said("데이터는 뭘 썼나요?", "3.0"))
    room.finish()
    second = room.answers.asked[1]
    assert second.paper_ids == (COSMOS.id,)
    assert [turn.speaker for turn in second.history] == ["U1", "paperboy"]


def test_an_unclear_question_gets_a_menu_whose_choice_continues_it(room: Room) -> None:
    room.digest_thread()
    room.conversations.receive(said("한계가 뭐야?"))
    room.finish()
    (menu,) = room.slack.posts
    assert room.states() == [QuestionState.ASKING]
    assert COSMOS.title in menu.text
    assert room.conversations.choose(1, COSMOS.id)
    room.finish()
    (answer,) = room.slack.posts
    assert answer.text.startswith("answer to 한계가 뭐야?")
    assert room.answers.asked[0].paper_ids == (COSMOS.id,)


def test_a_choice_made_before_the_parking_is_stored_is_not_lost(storage: Storage) -> None:
    chosen: list[bool] = []
    answered = threading.Event()

    class QuickReaders(FakeSlack):
        def post(self, *args: Any, **more: Any) -> str:
            ts = super().post(*args, **more)
            if not chosen:
                chosen.append(here.conversations.choose(1, COSMOS.id))
            return ts

    def answer(ask: Ask) -> Answer:
        answered.set()
        return Answer(f"answer to {ask.question}", found=True, maker="fake")

    here = Room(storage, slack=QuickReaders(), answers=FakeAnswers(answer))
    here.digest_thread()
    here.conversations.receive(said("한계가 뭐야?"))
    assert answered.wait(30)
    here.finish()
    here.conversations.close()
    assert chosen == [True]
    assert [ask.paper_ids for ask in here.answers.asked] == [(COSMOS.id,)]
    assert here.states() == [QuestionState.ANSWERED]


def test_a_second_click_on_the_menu_changes_nothing(room: Room) -> None:
    room.digest_thread()
    room.conversations.receive(said("한계가 뭐야?"))
    room.finish()
    assert room.conversations.choose(1, COSMOS.id)
    assert not room.conversations.choose(1, DAPO.id)
    room.finish()
    assert [ask.paper_ids for ask in room.answers.asked] == [(COSMOS.id,)]


def test_a_number_beyond_the_list_is_said_to_be_missing(room: Room) -> None:
    room.digest_thread()
    room.conversations.receive(said("12번 논문의 한계가 뭐야?"))
    room.finish()
    assert "12번 논문은 없습니다" in room.slack.posts[0].text


def test_a_mention_in_a_thread_about_a_linked_paper_makes_it_a_paper_thread(room: Room) -> None:
    room.slack.roots["1.0"] = "이거 봤나요 https://arxiv.org/abs/2503.15558v2"
    room.conversations.receive(said("요약해줘", mentions_us=True))
    room.finish()
    assert room.answers.asked[0].paper_ids == (COSMOS.id,)
    thread = room.storage.threads.get("C1", "1.0")
    assert thread is not None
    assert thread.paper_id == COSMOS.id


def test_a_linked_paper_that_is_not_stored_is_fetched(room: Room) -> None:
    room.collector.elsewhere["1706.03762"] = Paper("1706.03762", "Attention Is All You Need")
    room.slack.roots["1.0"] = "https://arxiv.org/pdf/1706.03762"
    room.conversations.receive(said("요약해줘", mentions_us=True))
    room.finish()
    assert room.answers.asked[0].paper_ids == ("1706.03762",)


def test_a_direct_message_asks_the_archive(room: Room) -> None:
    room.conversations.receive(said("로봇 추론을 다룬 논문이 있어?", thread_ts=None, direct=True))
    room.finish()
    assert room.answers.asked[0].paper_ids == ()
    assert room.slack.posts[0].thread_ts == "2.0"


def test_a_direct_message_may_go_on_about_the_paper_last_talked_about(room: Room) -> None:
    room.conversations.receive(said("2503.14476 요약해줘", thread_ts=None, direct=True))
    room.finish()
    room.conversations.receive(said("그 논문 한계는?", "5.0", thread_ts=None, direct=True))
    room.finish()
    assert room.answers.asked[1].paper_ids == (DAPO.id,)


def test_a_number_in_a_direct_message_is_one_of_todays_list(room: Room) -> None:
    room.conversations.receive(said("2번 논문 요약해줘", thread_ts=None, direct=True))
    room.finish()
    assert room.answers.asked[0].paper_ids == (COSMOS.id,)


@pytest.mark.parametrize(
    "text", ["첫 번째 논문의 방법을 설명해줘", "Explain the method of the first one", "1번은 어때?"]
)
def test_a_number_below_an_answer_is_one_of_that_answers_list(storage: Storage, text: str) -> None:
    cited = tuple(
        Citation(number, paper.id, "1 Introduction", "A sentence.", "https://arxiv.org")
        for number, paper in enumerate((COSMOS, DAPO), start=1)
    )

    def found(ask: Ask) -> Answer:
        return Answer("[1] and [2]", True, "fake", cited, paper_ids=(DAPO.id, COSMOS.id))

    room = Room(storage, answers=FakeAnswers(found))
    room.conversations.receive(said("강화학습 논문 있어?", thread_ts=None, direct=True))
    room.finish()
    room.conversations.receive(said(text, "3.0", thread_ts="2.0", direct=True))
    room.finish()
    room.conversations.receive(said("7번은 어때?", "4.0", thread_ts="2.0", direct=True))
    room.finish()
    room.conversations.close()
    assert [ask.paper_ids for ask in room.answers.asked] == [(), (COSMOS.id,)]


def test_a_paper_nobody_knows_is_said_to_be_unknown(room: Room) -> None:
    room.conversations.receive(said("2501.99999 요약해줘", mentions_us=True, thread_ts=None))
    room.finish()
    assert "2501.99999" in room.slack.posts[0].text
    assert room.states() == [QuestionState.FAILED]


def test_a_question_left_by_a_dead_process_is_finished_by_the_next(storage: Storage) -> None:
    room = Room(storage)
    room.paper_thread()
    room.conversations.close()
    storage.questions.record(
        key="C1:2.0",
        channel="C1",
        thread_ts="1.0",
        ts="2.0",
        user="U1",
        text="한계가 뭐야?",
        language="ko",
        now=NOW,
    )
    next_process = room.another()
    assert next_process.resume_unfinished() == 1
    next_process.close()
    (posted,) = room.slack.posts
    assert posted.text.startswith("answer to 한계가 뭐야?")


def test_an_answer_posted_by_a_process_that_died_is_not_posted_again(storage: Storage) -> None:
    room = Room(storage)
    room.paper_thread()
    room.conversations.close()
    real_close = storage.questions.set_answer_ts
    died = threading.Event()

    def die(question_id: int, ts: str) -> None:
        if not died.is_set():
            died.set()
            raise SystemExit
        real_close(question_id, ts)

    storage.questions.set_answer_ts = die  # type: ignore[method-assign]
    first = room.another()
    first.receive(said("한계가 뭐야?"))
    first.close()
    assert len(room.slack.posts) == 1
    room.clock.forward(minutes=5)
    second = room.another()
    assert second.resume_unfinished() == 1
    second.close()
    assert len(room.slack.posts) == 1
    assert room.states() == [QuestionState.ANSWERED]
    assert len(room.answers.asked) == 1


def test_two_processes_never_answer_the_same_question_twice(storage: Storage) -> None:
    room = Room(storage)
    room.paper_thread()
    processes = [room.another() for _ in range(4)]
    for number in range(10):
        for process in processes:
            process.receive(said("한계가 뭐야?", f"{number + 2}.0"))
    for process in processes:
        process.resume_unfinished()
        process.close()
    room.conversations.close()
    assert len(room.slack.posts) == 10
    assert len(room.answers.asked) == 10


def test_a_failure_nobody_foresaw_ends_in_an_apology_not_in_silence(storage: Storage) -> None:
    def fail(ask: Ask) -> Answer:
        raise RuntimeError("boom secret")

    room = Room(storage, answers=FakeAnswers(fail))
    room.paper_thread()
    room.conversations.receive(said("한계가 뭐야?"))
    room.finish()
    for _ in range(6):
        room.clock.forward(minutes=10)
        room.conversations.resume_unfinished()
        room.finish()
    room.conversations.close()
    (post,) = room.slack.posts
    assert "boom" not in post.text
    assert room.states() == [QuestionState.FAILED]


def test_a_foreseen_failure_is_told_in_its_own_words(storage: Storage) -> None:
    def fail(ask: Ask) -> Answer:
        raise SourceError("HTTP 503 at /secret")

    room = Room(storage, answers=FakeAnswers(fail))
    room.paper_thread()
    room.conversations.receive(said("한계가 뭐야?"))
    room.finish()
    room.conversations.close()
    assert "secret" not in room.slack.posts[0].text


def test_slack_being_down_for_a_while_delays_the_answer(room: Room) -> None:
    room.paper_thread()
    room.slack.refuse = ["", "internal_error"]
    room.conversations.receive(said("한계가 뭐야?"))
    room.finish()
    assert room.slack.posts == []
    room.clock.forward(minutes=2)
    room.conversations.resume_unfinished()
    room.finish()
    assert len(room.slack.posts) == 1
    assert len(room.answers.asked) == 1


@pytest.mark.parametrize("code", ["channel_not_found", "not_in_channel", "is_archived"])
def test_an_answer_whose_channel_is_closed_comes_back_to_its_asker(room: Room, code: str) -> None:
    room.paper_thread()
    room.slack.refuse = ["", code]
    room.conversations.receive(said("한계가 뭐야?"))
    room.finish()
    told, answer = room.slack.posts
    assert {told.channel, answer.channel} == {"DU1"}
    assert "<#C1>" in told.text
    assert "한계가 뭐야?" in told.text
    assert answer.text.startswith("answer to 한계가 뭐야?")
    assert room.states() == [QuestionState.ANSWERED]


def test_an_answer_that_grows_survives_a_closed_channel(storage: Storage) -> None:
    answers = FakeAnswers(pieces=("The paper ", "removes ", "the KL term."))
    room = Room(storage, answers=answers)
    answers.between = lambda: room.clock.forward(seconds=4)
    room.paper_thread()
    room.slack.streaming = False
    room.slack.refuse = ["", "not_in_channel", "not_in_channel"]
    room.conversations.receive(said("한계가 뭐야?"))
    room.finish()
    assert [post.channel for post in room.slack.posts] == ["DU1", "DU1"]
    assert len(answers.asked) == 1


def test_an_answer_that_cannot_be_brought_back_now_is_brought_back_later(room: Room) -> None:
    room.paper_thread()
    room.slack.refuse = ["", "not_in_channel", "unreachable"]
    room.conversations.receive(said("한계가 뭐야?"))
    room.finish()
    assert room.slack.posts == []
    room.slack.refuse = ["not_in_channel"]
    room.clock.forward(minutes=2)
    room.conversations.resume_unfinished()
    room.finish()
    assert [post.channel for post in room.slack.posts] == ["DU1", "DU1"]
    assert len(room.answers.asked) == 1


def test_a_token_that_slack_refuses_closes_the_question(room: Room) -> None:
    room.paper_thread()
    room.slack.refuse = ["", "token_revoked", "token_revoked"]
    room.conversations.receive(said("한계가 뭐야?"))
    room.finish()
    assert room.states() == [QuestionState.FAILED]


def test_a_deleted_question_is_not_answered(room: Room) -> None:
    room.paper_thread()
    room.slack.refuse = ["", "internal_error"]
    room.conversations.receive(said("한계가 뭐야?"))
    room.finish()
    room.conversations.deleted("C1", "2.0")
    room.clock.forward(minutes=2)
    assert room.conversations.resume_unfinished() == 0
    assert room.slack.posts == []


def test_a_remark_edited_into_a_question_is_answered(room: Room) -> None:
    room.paper_thread()
    room.conversations.receive(said("재미있네요"))
    room.conversations.edited(said("한계가 뭐야?"))
    room.finish()
    (posted,) = room.slack.posts
    assert posted.text.startswith("answer to 한계가 뭐야?")


def test_an_answered_question_that_is_edited_gets_its_new_answer_in_the_old_ones_place(
    room: Room,
) -> None:
    room.digest_thread()
    room.ask("1번 논문의 한계가 뭐야?")
    room.conversations.edited(said("2번 논문의 한계가 뭐야?"))
    room.finish()
    (posted,) = room.slack.posts
    assert posted.text.startswith("answer to 2번")
    assert [ask.paper_ids for ask in room.answers.asked] == [(DAPO.id,), (COSMOS.id,)]
    turns = room.storage.threads.turns("C1", "1.0")
    assert [turn.text for turn in turns] == ["2번 논문의 한계가 뭐야?", posted.text.split("\n")[0]]


def test_a_question_edited_while_it_is_answered_is_answered_in_its_last_words(
    storage: Storage,
) -> None:
    def edit(ask: Ask) -> Answer:
        if ask.question == "한게가 뭐야?":
            here.conversations.edited(said("한계가 뭐야?"))
        return Answer(f"answer to {ask.question}", True, "fake", paper_ids=ask.paper_ids)

    here = Room(storage, answers=FakeAnswers(edit))
    here.paper_thread()
    here.ask("한게가 뭐야?")
    (posted,) = here.slack.posts
    assert posted.text.startswith("answer to 한계가")
    assert here.states() == [QuestionState.ANSWERED]
    here.conversations.close()


def test_an_edit_that_asks_nothing_any_more_leaves_the_answer_alone(room: Room) -> None:
    room.paper_thread()
    room.ask("한계가 뭐야?")
    room.conversations.edited(said("아 찾았습니다"))
    room.finish()
    assert len(room.answers.asked) == 1


def test_an_edit_that_names_the_paper_makes_the_menu_unneeded(room: Room) -> None:
    room.digest_thread()
    room.ask("한계가 뭐야?")
    assert room.states() == [QuestionState.ASKING]
    room.conversations.edited(said("2번 한계가 뭐야?"))
    room.finish()
    (posted,) = room.slack.posts
    assert posted.text.startswith("answer to 2번")


def test_a_question_deleted_while_its_answer_is_written_leaves_nothing_behind(
    storage: Storage,
) -> None:
    def delete() -> None:
        here.clock.forward(seconds=5)
        if here.slack.posts:
            here.conversations.deleted("C1", "2.0")

    answers = FakeAnswers(pieces=["one ", "two ", "three ", "four "], between=delete)
    here = Room(storage, answers=answers)
    here.paper_thread()
    here.ask()
    assert here.slack.posts == []
    assert here.states() == [QuestionState.FAILED]
    here.conversations.close()


def test_the_same_question_in_another_manner_is_answered_once_more(room: Room) -> None:
    room.paper_thread()
    room.conversations.receive(said("한계가 뭐야?"))
    room.finish()
    assert room.conversations.again(1, user="U2", manner="simple", language="en")
    assert not room.conversations.again(1, user="U2", manner="simple", language="en")
    room.finish()
    assert (room.answers.asked[1].manner, room.answers.asked[1].language) == ("simple", "en")
    assert room.answers.asked[1].paper_ids == (DAPO.id,)
    assert len(room.slack.posts) == 2


def test_both_papers_talked_about_are_asked_about_at_once(room: Room) -> None:
    room.digest_thread()
    for ts, text in (
        ("2.0", "1번 한계는?"),
        ("3.0", "2번은 어때?"),
        ("4.0", "둘 다 코드가 있어?"),
        ("5.0", "1번의 데이터는?"),
        ("6.0", "both of them in short?"),
    ):
        room.conversations.receive(said(text, ts))
        room.finish()

    asked = [one.paper_ids for one in room.answers.asked]
    assert asked == [
        (DAPO.id,),
        (COSMOS.id,),
        (DAPO.id, COSMOS.id),
        (DAPO.id,),
        (DAPO.id, COSMOS.id),
    ]


@pytest.mark.parametrize(
    ("question", "paper"),
    [
        ("what are the limits of the paper about embodied reasoning?", COSMOS),
        ("오픈소스 강화학습 시스템 논문의 한계가 뭐야?", DAPO),
        ("체화된 추론 논문은 뭘 해?", COSMOS),
        ("일번 요약해줘", DAPO),
        ("두 번째 거 성능은?", COSMOS),
    ],
)
def test_a_paper_is_found_by_how_people_speak_of_it(
    room: Room, question: str, paper: Paper
) -> None:
    room.digest_thread()

    room.ask(question)

    assert [one.paper_ids for one in room.answers.asked] == [(paper.id,)]


def test_an_answer_that_is_stopped_just_before_it_is_shown_is_not_shown(storage: Storage) -> None:
    def stopped(_ask: Ask) -> Answer:
        storage.questions.stop(1)
        return Answer(text="too late", found=True, maker="fake")

    room = Room(storage, answers=FakeAnswers(stopped))
    room.paper_thread()
    room.conversations.receive(said("한계가 뭐야?"))
    room.finish()
    room.conversations.close()
    assert [one.text for one in room.slack.posts] == ["답변을 중단했습니다."]
    assert room.states() == [QuestionState.FAILED]
