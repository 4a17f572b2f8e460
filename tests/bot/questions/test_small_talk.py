"""What is said to Paperboy that is no question about papers."""

import pytest

from bot.questions import Conversations
from bot.questions.talk import Intent
from bot.slack.blocks import Message
from storage import QuestionState, Storage
from tests.bot.questions.room import DAPO, TALK, Room, said


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("안녕하세요!", Intent.GREETING),
        ("hi", Intent.GREETING),
        ("도움말", Intent.HELP),
        ("What can you do?", Intent.HELP),
        ("고마워요 ㅎㅎ", Intent.THANKS),
        ("Thanks a lot!", Intent.THANKS),
        ("오늘의 논문 알려줘", Intent.TODAY),
        ("오늘 새로 나온 논문에는 뭐가 있어?", Intent.TODAY),
        ("최신 논문 보여줘", Intent.TODAY),
        ("What are today's papers?", Intent.TODAY),
        ("What are today's papers about?", Intent.TODAY),
        ("what's new?", Intent.TODAY),
        ("   ", Intent.NOTHING),
        ("오늘 나온 논문 중에 강화 학습을 다룬 게 있어?", Intent.FIND),
        ("hi, what is the limitation of DAPO?", Intent.QUESTION),
        ("help me understand the loss", Intent.QUESTION),
        ("고마워요, 그런데 데이터는요?", Intent.QUESTION),
    ],
)
def test_what_is_wanted_is_told_by_examples(text: str, intent: Intent) -> None:
    assert TALK.intent(text) is intent


def test_a_greeting_is_answered_with_what_can_be_asked(storage: Storage) -> None:
    room = Room(storage)
    room.conversations.receive(said("안녕하세요", thread_ts=None, direct=True))
    room.finish()
    room.conversations.close()
    assert "/papers help" in room.slack.posts[0].text
    assert room.answers.asked == []
    assert room.states() == [QuestionState.ANSWERED]


def test_a_bare_mention_under_a_paper_asks_for_its_summary(storage: Storage) -> None:
    room = Room(storage)
    room.paper_thread()
    room.conversations.receive(said("", mentions_us=True))
    room.finish()
    room.conversations.close()
    (ask,) = room.answers.asked
    assert ask.paper_ids == (DAPO.id,)
    assert "요약" in ask.question


def test_todays_papers_are_shown_when_they_are_asked_for(storage: Storage) -> None:
    room = Room(storage)
    conversations = Conversations(
        storage=storage,
        answers=room.answers,
        slack=room.slack,
        collector=room.collector,
        clock=room.clock,
        listed=lambda: [],
        talk=TALK,
        today=lambda language: Message(f"the list in {language}"),
    )
    conversations.receive(said("오늘의 논문 알려줘", thread_ts=None, direct=True))
    conversations.close()
    room.conversations.close()
    assert room.slack.posts[0].text == "the list in ko"
