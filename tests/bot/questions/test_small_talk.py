"""What is said to Paperboy that is no question about papers."""

import pytest

from bot.questions.talk import Intent
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
        ("2503.14476 한 줄로 요약해줘", Intent.BRIEF),
        ("compare 2503.14476 with 2503.14456", Intent.QUESTION),
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


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("어제 논문 보여줘", "today 어제 논문 보여줘 ko None"),
        ("today's top three", "today today's top three en 3"),
        ("지난주 화제가 뭐였어?", "week 지난주 화제가 뭐였어? ko None"),
        ("이번 주 인기 논문 3개만", "week 이번 주 인기 논문 3개만 ko 3"),
        ("show my saved papers", "saved U1 en"),
        ("제 데이터를 지워 주세요", "`/papers forget`에서"),
        ("please delete all my data", "`/papers forget` shows"),
        ("이메일로 보내줘", "그 요청은 처리할 수 없습니다"),
        ("2503.14476이랑 비슷한 논문 세 편만 보여줘", "related 2503.14476 ko 3"),
        ("2503.14476 save it for me", "save C1 2503.14476 U1 en"),
    ],
)
def test_what_a_tool_is_for_is_done_by_it(storage: Storage, text: str, told: str) -> None:
    room = Room(storage)
    room.conversations.receive(said(text, thread_ts=None, direct=True))
    room.finish()
    room.conversations.close()
    assert told in room.slack.posts[0].text
    assert room.answers.asked == []


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("비디오 논문만 골라줘", "비디오"),
        ("only the video papers", "video"),
        ("양자 컴퓨터 논문은 없어?", "양자 컴퓨터"),
        ("비디오 논문 두 편만 골라줘", "비디오"),
        ("show me 3 robot papers", "robot"),
    ],
)
def test_a_list_is_filtered_for_a_subject(storage: Storage, text: str, subject: str) -> None:
    room = Room(storage)
    room.digest_thread()
    room.ask(text)
    room.conversations.close()
    assert room.slack.posts[0].text.startswith(f"pick {subject} 2")


@pytest.mark.parametrize(
    ("text", "manner"),
    [("초등학생도 이해하게", "simple"), ("in one line", "brief"), ("더 자세히", "detailed")],
)
def test_how_an_answer_is_to_be_put_alone_asks_again_what_was_asked(
    storage: Storage, text: str, manner: str
) -> None:
    room = Room(storage)
    room.paper_thread()
    room.ask("데이터는 뭘 썼나요?")
    room.conversations.receive(said(text, "4.0"))
    room.finish()
    room.conversations.close()
    assert room.answers.asked[1].question == "데이터는 뭘 썼나요?"
    assert room.answers.asked[1].manner == manner


def test_an_answer_has_as_many_lines_as_were_wanted(storage: Storage) -> None:
    room = Room(storage)
    room.paper_thread()
    room.ask("3줄 요약")
    room.conversations.close()
    (asked,) = room.answers.asked
    assert (asked.lines, asked.manner) == (3, "normal")


@pytest.mark.parametrize(
    "text",
    ["tl;dr", "3줄 요약", "요약해줘", "페이퍼보이, 요약해줘", "paperboy summarise it briefly"],
)
def test_who_asks_for_the_summary_gets_that_whatever_was_asked_before(
    storage: Storage, text: str
) -> None:
    room = Room(storage)
    room.paper_thread()
    room.ask("데이터는 뭘 썼나요?")
    room.conversations.receive(said(text, "4.0"))
    room.finish()
    room.conversations.close()
    asked = room.answers.asked[1].question
    assert asked in ("이 논문을 요약해 주세요", "What is this paper about?")


def test_a_question_is_handed_on_without_the_call_before_it(storage: Storage) -> None:
    room = Room(storage)
    room.paper_thread()
    room.ask("페이퍼보이, 데이터는 뭘 썼나요?")
    room.conversations.close()
    assert [one.question for one in room.answers.asked] == ["데이터는 뭘 썼나요?"]


def test_papers_like_one_of_a_list_are_like_that_one_whatever_was_talked_about(
    storage: Storage,
) -> None:
    room = Room(storage)
    room.digest_thread()
    room.ask("1번 논문의 한계가 뭐야?")
    room.conversations.receive(said("2번이랑 비슷한 논문 3개만", "4.0"))
    room.finish()
    room.conversations.close()
    assert room.slack.posts[-1].text == "related 2503.15558 ko 3"


def test_a_question_of_few_words_is_asked_as_it_is(storage: Storage) -> None:
    room = Room(storage)
    room.paper_thread()
    room.ask("언제 나온 논문이야?")
    room.conversations.close()
    assert [one.question for one in room.answers.asked] == ["언제 나온 논문이야?"]


@pytest.mark.parametrize("text", ["COSMOS-Reason1 한 줄로", "2번 짧게", "#2 about?"])
def test_a_named_papers_summary_is_not_the_question_before_on_another(
    storage: Storage, text: str
) -> None:
    room = Room(storage)
    room.digest_thread()
    room.ask("1번 논문의 데이터는 뭘 썼나요?")
    room.conversations.receive(said(text, "4.0", mentions_us=True))
    room.finish()
    room.conversations.close()
    ask = room.answers.asked[1]
    assert ask.paper_ids == ("2503.15558",)
    assert ask.question in ("이 논문을 요약해 주세요", "What is this paper about?")


@pytest.mark.parametrize("text", ["그럼 2번은?", "두 번째 거는?", "what about number 2?"])
def test_a_number_alone_goes_on_from_the_question_before(storage: Storage, text: str) -> None:
    room = Room(storage)
    room.digest_thread()
    room.ask("1번 논문의 데이터는 뭘 썼나요?")
    room.conversations.receive(said(text, "4.0", mentions_us=True))
    room.finish()
    room.conversations.close()
    ask = room.answers.asked[1]
    assert (ask.paper_ids, ask.question) == (("2503.15558",), "1번 논문의 데이터는 뭘 썼나요?")


@pytest.mark.parametrize("text", ["관련 논문 3개만", "한 줄로", "요약해줘"])
def test_without_a_paper_the_one_talked_about_last_is_meant_or_asked_for(
    storage: Storage, text: str
) -> None:
    room = Room(storage)

    def say(text: str, ts: str) -> None:
        room.conversations.receive(said(text, ts, thread_ts=None, direct=True))
        room.finish()

    say(text, "2.0")
    assert "어느 논문을 말씀하시나요?" in room.slack.posts[0].text
    say("2503.14476의 데이터는?", "3.0")
    say(text, "4.0")
    room.conversations.close()
    about = [one.paper_ids for one in room.answers.asked[1:]]
    assert about == [(DAPO.id,)] or room.slack.posts[-1].text == f"related {DAPO.id} ko 3"


@pytest.mark.parametrize("text", ["두 번째 거는?", "#2 about?"])
def test_a_number_alone_asks_what_its_paper_is_about(storage: Storage, text: str) -> None:
    room = Room(storage)
    room.digest_thread()
    room.ask(text)
    room.conversations.close()
    (ask,) = room.answers.asked
    assert ask.paper_ids == ("2503.15558",)
    assert ask.question in ("이 논문을 요약해 주세요", "What is this paper about?")
