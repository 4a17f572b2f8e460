"""When Paperboy speaks and when it keeps out."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.questions import IncomingMessage
from bot.questions.policy import OUR_NAME, Decision, Said, Scene, decide
from bot.questions.questions import is_question

NOW = datetime(2025, 3, 20, tzinfo=UTC)
OURS = Scene(known_thread=True, policy="questions")
STRANGE = Scene(known_thread=False, policy="questions")


def message(
    text: str,
    *,
    user: str = "U1",
    thread_ts: str | None = "1.0",
    direct: bool = False,
    mentions_us: bool = False,
    to_others: bool = False,
) -> IncomingMessage:
    return IncomingMessage(
        channel="C1",
        ts="2.0",
        user=user,
        text=text,
        thread_ts=thread_ts,
        direct=direct,
        mentions_us=mentions_us,
        to_others=to_others,
    )


def after(speaker: str, *, minutes: float, to_us: bool = False, policy: str = "questions") -> Scene:
    last = Said(speaker, NOW - timedelta(minutes=minutes), to_us)
    return Scene(known_thread=True, policy=policy, last=last)


def test_a_question_in_our_thread_is_answered_without_a_mention() -> None:
    assert decide(message("한계가 뭐야?"), OURS, now=NOW) is Decision.ANSWER


def test_a_remark_in_our_thread_is_only_remembered() -> None:
    assert decide(message("재미있네요"), OURS, now=NOW) is Decision.REMEMBER


def test_a_thread_of_others_is_let_pass() -> None:
    assert decide(message("한계가 뭐야?"), STRANGE, now=NOW) is Decision.PASS


def test_a_mention_is_answered_anywhere() -> None:
    for text in ("이거 설명해줘", "흠", ""):
        assert decide(message(text, mentions_us=True), STRANGE, now=NOW) is Decision.ANSWER


def test_a_direct_message_is_answered_in_any_words() -> None:
    found = decide(message("RLHF 논문", thread_ts=None, direct=True), STRANGE, now=NOW)
    assert found is Decision.ANSWER


def test_a_message_in_the_channel_itself_is_let_pass() -> None:
    assert decide(message("한계가 뭐야?", thread_ts=None), OURS, now=NOW) is Decision.PASS


def test_a_question_to_somebody_else_is_not_ours() -> None:
    assert decide(message("@U2 이거 봤어?", to_others=True), OURS, now=NOW) is Decision.REMEMBER


def test_a_mention_of_us_beside_others_is_ours() -> None:
    both = message("@U2 이거 봤어?", to_others=True, mentions_us=True)
    assert decide(both, OURS, now=NOW) is Decision.ANSWER


def test_quick_back_and_forth_between_people_is_left_alone() -> None:
    assert decide(message("왜?"), after("U2", minutes=1), now=NOW) is Decision.REMEMBER


def test_a_question_long_after_a_remark_is_ours_again() -> None:
    assert decide(message("왜?"), after("U2", minutes=30), now=NOW) is Decision.ANSWER


def test_a_question_after_our_own_answer_is_ours() -> None:
    assert decide(message("왜?"), after(OUR_NAME, minutes=0.1), now=NOW) is Decision.ANSWER


def test_a_question_beside_another_question_to_us_is_ours() -> None:
    scene = after("U2", minutes=0.1, to_us=True)
    assert decide(message("데이터는?"), scene, now=NOW) is Decision.ANSWER


def test_ones_own_remark_before_a_question_changes_nothing() -> None:
    assert decide(message("왜?"), after("U1", minutes=0.1), now=NOW) is Decision.ANSWER


def test_under_the_policy_mentions_only_a_mention_counts() -> None:
    scene = Scene(known_thread=True, policy="mentions")
    assert decide(message("한계가 뭐야?"), scene, now=NOW) is Decision.REMEMBER
    assert decide(message("한계", mentions_us=True), scene, now=NOW) is Decision.ANSWER


def test_under_the_policy_all_every_word_counts_except_those_to_others() -> None:
    scene = after("U2", minutes=0.1, policy="all")
    assert decide(message("흥미롭네요"), scene, now=NOW) is Decision.ANSWER
    assert decide(message("@U2 봐봐", to_others=True), scene, now=NOW) is Decision.REMEMBER


@pytest.mark.parametrize(
    "text",
    [
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
    ],
)
def test_questions_are_known_in_both_languages(text: str) -> None:
    assert is_question(text)


@pytest.mark.parametrize(
    "text",
    [
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
    ],
)
def test_remarks_are_not_taken_for_questions(text: str) -> None:
    assert not is_question(text)
