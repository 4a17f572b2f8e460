"""When Paperboy speaks and when it keeps out."""

from datetime import UTC, datetime, timedelta

from bot.questions import IncomingMessage
from bot.questions.policy import (
    NO_DOUBT,
    OUR_NAME,
    Decision,
    EarlierMessage,
    MessageContext,
    decide,
)
from tests.bot.questions.room import TALK

NOW = datetime(2025, 3, 20, tzinfo=UTC)
# What surely asks something, what surely doesn't, and what nobody can tell.
ASKS, REMARK, UNSURE = 0.7, -0.7, NO_DOUBT + 0.1


def context(
    looks: float = ASKS,
    *,
    known: bool = True,
    policy: str = "questions",
    last: EarlierMessage | None = None,
) -> MessageContext:
    return MessageContext(known_thread=known, policy=policy, looks=lambda: looks, last=last)


def said_by(speaker: str, *, minutes: float, to_us: bool = False) -> EarlierMessage:
    return EarlierMessage(speaker, NOW - timedelta(minutes=minutes), to_us)


def decided(text: str, where: MessageContext, **more: object) -> Decision:
    values: dict[str, object] = {"thread_ts": "1.0", **more}
    message = IncomingMessage(channel="C1", ts="2.0", user="U1", text=text, **values)  # type: ignore[arg-type]
    return decide(message, where, now=NOW)


def test_a_question_in_our_thread_is_answered_without_a_mention() -> None:
    assert decided("한계가 뭐야?", context()) is Decision.ANSWER


def test_a_remark_in_our_thread_is_only_remembered() -> None:
    assert decided("재미있네요", context(REMARK)) is Decision.REMEMBER


def test_in_doubt_it_keeps_out() -> None:
    assert decided("글쎄요", context(0.0)) is Decision.REMEMBER


def test_a_thread_of_others_is_let_pass() -> None:
    assert decided("한계가 뭐야?", context(known=False)) is Decision.PASS


def test_a_mention_is_answered_anywhere_even_in_doubt() -> None:
    for text, looks in (("이거 설명해줘", ASKS), ("흠", -0.2), ("", REMARK)):
        where = context(looks, known=False)
        assert decided(text, where, mentions_us=True) is Decision.ANSWER


def test_who_merely_speaks_of_paperboy_gets_no_answer() -> None:
    assert decided("Paperboy 덕분에 편하다", context(REMARK), mentions_us=True) is Decision.REMEMBER
    spoken = context(-0.1, known=False)
    assert decided("they asked Paperboy", spoken, mentions_us=True, spoken_of=True) is Decision.PASS


def test_a_direct_message_is_answered_in_any_words() -> None:
    found = decided("RLHF 논문", context(REMARK, known=False), thread_ts=None, direct=True)
    assert found is Decision.ANSWER


def test_a_message_in_the_channel_itself_is_let_pass() -> None:
    assert decided("한계가 뭐야?", context(), thread_ts=None) is Decision.PASS


def test_a_question_to_somebody_else_is_not_ours() -> None:
    where = context(0.5)
    assert decided("@U2 이거 봤어?", where, to_others=True) is Decision.REMEMBER
    both = decided("@U2 이거 봤어?", where, to_others=True, mentions_us=True)
    assert both is Decision.ANSWER


def test_what_is_unsure_depends_on_who_spoke_last() -> None:
    person, ours = said_by("U2", minutes=1), said_by(OUR_NAME, minutes=1)
    assert decided("왜?", context(UNSURE, last=person)) is Decision.REMEMBER
    assert decided("왜?", context(NO_DOUBT, last=ours)) is Decision.ANSWER
    assert decided("왜?", context(UNSURE, last=said_by("U2", minutes=30))) is Decision.ANSWER
    assert decided("왜?", context(UNSURE, last=said_by("U1", minutes=0.1))) is Decision.ANSWER
    to_us = said_by("U2", minutes=0.1, to_us=True)
    assert decided("데이터는?", context(UNSURE, last=to_us)) is Decision.ANSWER


def test_a_clear_question_right_after_a_colleagues_remark_is_ours() -> None:
    assert decided("데이터는 뭘 썼나요?", context(last=said_by("U2", minutes=1))) is Decision.ANSWER


def test_calling_it_by_name_decides_in_doubt() -> None:
    for text in ("페이퍼보이, 이건 어때", "paperboy: this one too", "이건 어때 페이퍼보이?"):
        assert decided(text, context(-0.3)) is Decision.ANSWER
    assert decided("I like what paperboy writes", context(-0.3)) is Decision.REMEMBER


def test_under_the_policy_mentions_only_a_mention_counts() -> None:
    where = context(policy="mentions")
    assert decided("한계가 뭐야?", where) is Decision.REMEMBER
    assert decided("한계", where, mentions_us=True) is Decision.ANSWER


def test_under_the_policy_all_every_word_counts_except_those_to_others() -> None:
    where = context(REMARK, policy="all")
    assert decided("흥미롭네요", where) is Decision.ANSWER
    assert decided("@U2 봐봐", where, to_others=True) is Decision.REMEMBER


# How many of such messages are seen for what they are; the rest nobody is sure about.
NEARLY_ALL = 0.85
QUESTIONS = (
    "한계가 뭐야?",
    "이 논문의 한계가 뭐야",
    "어떤 데이터로 학습했나요",
    "3번 논문 요약해줘",
    "1번이랑 3번 비교해 주세요",
    "좀 더 쉽게 설명해 줄래",
    "코드가 공개되어 있는지 궁금합니다",
    "GRPO랑 뭐가 다른가요",
    "왜 KL을 뺐지？",
    "성능은 얼마나 좋아졌을까",
    "What is the main limitation",
    "How does it compare to GRPO?",
    "explain the loss function",
    "ok, and which datasets were used for evaluation",
    "Summarize this please",
    "is the code available anywhere",
    "3번은 어때요",
    "더 자세히",
    "요약 좀",
    "more details please",
    "can you explain",
    "왜 그런 거죠",
    "이거 재현 가능한가",
    "학습률 얼마임",
    "누가 쓴 논문이에요",
    "이게 왜 되는 거지",
    "baseline이 뭐였지",
    "한 줄 요약",
    "차이가 뭐예요",
    "무슨 말이에요",
    "결과가 어떻게 되죠",
    "몇 점이에요",
    "데이터는 어디서 나왔죠",
    "둘 다 비교",
)
REMARKS = (
    "재미있네요",
    "감사합니다!",
    "저도 그렇게 생각해요.",
    "이거 좋은데요",
    "왜냐하면 데이터가 적으니까요",
    "내일 세미나에서 다룰게요",
    "코드 링크도 있어",
    "thanks, very helpful",
    "What a paper",
    "I wonder about that one day",
    "https://arxiv.org/abs/2503.14476?context=cs.LG",
    "`x = a ? b : c`",
    "nice work",
    "ㅋㅋㅋㅋ",
    "누가 봐도 좋은 논문이에요",
    "어떻게든 해봐야죠",
    "뭐 어쩔 수 없죠",
    "언제나 같은 방법이죠",
    "왜 이렇게 잘 되는지 신기하네요",
    "저는 왜 되는지 알아요",
    "어디서 본 것 같아요",
    "몇몇은 좋은 논문이에요",
    "다들 그렇게 하죠",
    "제가 쓴 요약",
    "그거 어제 본 거예요",
    "얼마 전에 나온 논문이에요",
    "data is in the folder",
)


def test_questions_look_like_questions_in_both_languages() -> None:
    seen = [text for text in QUESTIONS if TALK.looks(text) > NO_DOUBT]
    assert len(seen) >= NEARLY_ALL * len(QUESTIONS)


def test_remarks_do_not_look_like_questions() -> None:
    seen = [text for text in REMARKS if TALK.looks(text) <= NO_DOUBT]
    assert len(seen) >= NEARLY_ALL * len(REMARKS)
