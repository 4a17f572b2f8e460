"""Which papers a question is about."""

import pytest

from bot.answers.pointing import counted, lines_wanted
from bot.answers.records import Subject
from bot.answers.resolve import resolve
from storage import Paper

TITLES = [
    "DAPO: An Open-Source LLM Reinforcement Learning System at Scale",
    "Impossible Videos",
    "Creation-MMBench: Assessing Context-Aware Creative Intelligence in MLLM",
    "Frac-Connections: Fractional Extension of Hyper-Connections",
    "Temporal Consistency for LLM Reasoning Process Error Identification",
]
PAPERS = [Paper(id=f"2503.0000{n}", title=title) for n, title in enumerate(TITLES, start=1)]
DIGEST = Subject(entries=tuple(enumerate(PAPERS, start=1)))


def numbers(question: str, subject: Subject = DIGEST) -> list[int]:
    """The digest numbers of the papers that the question resolves to."""
    known = {paper.id: number for number, paper in subject.entries}
    return [known[one] for one in resolve(question, subject).paper_ids]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("3번 논문의 한계가 뭐야?", [3]),
        ("3번의 데이터셋은?", [3]),
        ("#3 what data do they use?", [3]),
        ("no. 3 limitations?", [3]),
        ("No 2: what is new?", [2]),
        ("세 번째 논문 요약해줘", [3]),
        ("세번째 거 한계", [3]),
        ("what does the third paper claim?", [3]),
        ("the 2nd paper's results", [2]),
        ("paper 4 in simple words", [4]),
        ("1번이랑 3번 비교해줘", [1, 3]),
        ("1, 3번 비교", [1, 3]),
        ("1과 3번의 차이", [1, 3]),
        ("1-3번 요약", [1, 2, 3]),
        ("2번이랑 비슷한 논문 3개만", [2]),
        ("첫 논문 뭐야", [1]),
        ("첫 번째와 두 번째 논문 비교", [1, 2]),
        ("compare the first and the third one", [1, 3]),
        ("the last one, please", [5]),
        ("마지막 논문은?", [5]),
        ("2", [2]),
        ("papers 1 and 4: which is better?", [1, 4]),
        ("compare 1 and 3", [1, 3]),
        ("what is the difference between 2 and 4?", [2, 4]),
        ("1 vs 5", [1, 5]),
        ("1이랑 3 비교해줘", [1, 3]),
        ("３번 논문", [3]),
    ],
)
def test_numbers_and_ordinals_point_into_the_digest(question: str, expected: list[int]) -> None:
    assert numbers(question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "3번 반복하면 어떻게 되나요?",
        "정확도가 50.3인가요?",
        "AIME 2024에서 몇 점인가요?",
        "does it use 16 GPUs?",
        "does the score lie between 10 and 20%?",
    ],
)
def test_other_numbers_are_not_taken_for_list_numbers(question: str) -> None:
    found = resolve(question, Subject(entries=DIGEST.entries, last_paper_ids=("2503.00002",)))

    assert found.paper_ids == ("2503.00002",)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("DAPO의 한계는?", [1]),
        ("what does Impossible Videos measure?", [2]),
        ("frac-connections 성능이 어때?", [4]),
        ("creation mmbench assessing creative intelligence 데이터는?", [3]),
        ("temporal consistency error identification method?", [5]),
    ],
)
def test_words_of_a_title_are_enough(question: str, expected: list[int]) -> None:
    assert numbers(question) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("RWKV-7 상태가 뭐야?", ["1"]),
        ("RWKV의 상태는 어떻게 바뀌어?", ["1"]),
        ("LLMs에서도 되나요?", ["3"]),
        ("compare RWKV with BlobCtrl", ["1", "2"]),
    ],
)
def test_a_coined_name_at_the_head_of_a_title_is_enough_and_a_common_one_is_not(
    question: str, expected: list[str]
) -> None:
    papers = (
        Paper("1", 'RWKV-7 "Goose" with Expressive Dynamic State Evolution'),
        Paper("2", "BlobCtrl for Element-level Image Generation"),
        Paper("3", "LLMs Can Easily Learn to Reason from Demonstrations"),
    )
    subject = Subject(entries=tuple(enumerate(papers, 1)), last_paper_ids=("3",))
    assert list(resolve(question, subject).paper_ids) == expected


def test_an_arxiv_link_wins_even_when_the_paper_is_not_in_the_digest() -> None:
    found = resolve("https://arxiv.org/abs/1706.03762v5 이 논문은?", DIGEST)

    assert found.paper_ids == ("1706.03762",)


def test_a_number_that_the_digest_lacks_is_told_with_the_whole_list_to_choose_from() -> None:
    found = resolve("9번 논문의 한계는?", DIGEST)

    assert found.paper_ids == ()
    assert found.unknown_numbers == (9,)
    assert found.candidates == DIGEST.entries


def test_a_thread_about_one_paper_keeps_to_it_unless_another_is_named() -> None:
    subject = Subject(paper_id="2503.00002", entries=DIGEST.entries)

    assert resolve("한계가 뭐야?", subject).paper_ids == ("2503.00002",)
    assert resolve("DAPO의 한계는?", subject).paper_ids == ("2503.00001",)
    assert resolve("2503.00004는?", subject).paper_ids == ("2503.00004",)


def test_a_follow_up_is_about_the_paper_talked_about_last() -> None:
    subject = Subject(entries=DIGEST.entries, last_paper_ids=("2503.00003",))

    assert resolve("데이터셋은 뭘 썼어?", subject).paper_ids == ("2503.00003",)
    assert resolve("and its limitations?", subject).paper_ids == ("2503.00003",)


def test_an_unclear_question_in_a_digest_thread_offers_its_papers() -> None:
    found = resolve("한계가 뭐야?", DIGEST)

    assert found.paper_ids == ()
    assert found.candidates == DIGEST.entries


def test_a_question_about_the_list_as_such_is_about_all_of_it() -> None:
    found = resolve("이 중에서 강화학습을 다루는 논문은?", DIGEST)

    assert found.whole_list
    assert len(found.paper_ids) == 5
    assert resolve("which of these papers has code?", DIGEST).whole_list


def test_without_any_subject_nothing_is_resolved() -> None:
    found = resolve("강화학습 논문 있어?", Subject())

    assert found.paper_ids == ()
    assert found.candidates == ()


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("삼번", [3]),
        ("삼번 논문 한계는?", [3]),
        ("사 번은 뭐야?", [4]),
        ("세 번째 거", [3]),
        ("3번째 논문", [3]),
        ("둘째 논문의 데이터는?", [2]),
        ("일번이랑 이번 비교해줘", [1, 2]),
        ("이번이랑 삼번 중에 뭐가 나아?", [2, 3]),
    ],
)
def test_spoken_korean_numbers_point_into_the_digest(question: str, expected: list[int]) -> None:
    assert numbers(question) == expected


@pytest.mark.parametrize(
    "question", ["이번 논문은 뭐야?", "두 번째 단계는 뭐야?", "3번째 실험은?", "한번 더 설명해줘"]
)
def test_words_that_only_sound_like_a_number_point_to_no_other_paper(question: str) -> None:
    found = resolve(question, Subject(entries=DIGEST.entries, last_paper_ids=("2503.00005",)))

    assert found.paper_ids == ("2503.00005",)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("오픈소스 강화학습 시스템 논문의 한계는?", [1]),
        ("창의성 평가 멀티모달 논문 데이터가 뭐야?", [3]),
        ("추론 과정 오류 식별 논문 성능은?", [5]),
        ("what are the limits of the paper about open-source reinforcement learning?", [1]),
        ("how good is the impossible video paper?", [2]),
    ],
)
def test_a_description_in_either_language_finds_its_title(
    question: str, expected: list[int]
) -> None:
    assert numbers(question) == expected


def test_a_description_that_fits_several_offers_those() -> None:
    twins = (
        Paper("2503.00011", "A Reinforcement Learning System for Robots"),
        Paper("2503.00012", "A Reinforcement Learning System for Games"),
        Paper("2503.00013", "Impossible Videos"),
    )
    found = resolve(
        "강화학습 시스템 논문의 한계는?", Subject(entries=tuple(enumerate(twins, start=1)))
    )

    assert found.paper_ids == ()
    assert [paper for _, paper in found.candidates] == list(twins[:2])


@pytest.mark.parametrize(
    "question",
    [
        "기존 강화학습 시스템 논문과 뭐가 달라?",
        "이 강화학습 시스템 논문의 한계는?",
        "관련 논문 있어?",
    ],
)
def test_other_peoples_papers_are_no_description(question: str) -> None:
    found = resolve(question, Subject(entries=DIGEST.entries, last_paper_ids=("2503.00002",)))

    assert found.paper_ids == ("2503.00002",)


BOTH = ("둘 다 어때?", "both of them", "what about both?", "두 논문 비교해줘", "둘 중 뭐가 나아?")


@pytest.mark.parametrize("question", BOTH)
@pytest.mark.parametrize(
    ("last", "before"),
    [
        (("2503.00001", "2503.00003"), ()),
        (("2503.00003",), ("2503.00003", "2503.00001")),
        (("2503.00001",), ("2503.00001", "2503.00003", "2503.00004")),
    ],
)
def test_both_are_the_two_talked_about_last(
    question: str, last: tuple[str, ...], before: tuple[str, ...]
) -> None:
    subject = Subject(entries=DIGEST.entries, last_paper_ids=last, talked_about=before)

    assert numbers(question, subject) == [1, 3]


def test_both_in_a_thread_about_one_paper_are_that_one_and_the_other_named_there() -> None:
    talked = ("2503.00002",)
    subject = Subject(paper_id="2503.00001", last_paper_ids=talked, talked_about=talked)

    assert resolve("둘 다 어때?", subject).paper_ids == ("2503.00002", "2503.00001")


def test_both_of_nothing_said_yet_offers_the_list() -> None:
    found = resolve("둘 다 어때?", DIGEST)

    assert found.paper_ids == ()
    assert found.candidates == DIGEST.entries


def test_both_things_within_the_only_paper_are_no_two_papers() -> None:
    subject = Subject(entries=DIGEST.entries, last_paper_ids=("2503.00003",))

    assert numbers("둘 다 필요한가요?", subject) == [3]
    assert numbers("Are both losses needed?", subject) == [3]


def test_a_digest_of_two_has_only_one_pair() -> None:
    pair = Subject(entries=DIGEST.entries[:2])

    assert numbers("둘 다 요약해줘", pair) == [1, 2]


@pytest.mark.parametrize(
    "question",
    ["추천 수 가장 많은 논문", "추천 수가 가장 많은 논문은?", "which paper has the most votes?"],
)
def test_who_asks_for_the_first_of_a_list_means_all_of_it(question: str) -> None:
    assert resolve(question, DIGEST).whole_list


OWN_LIST = Subject(
    entries=DIGEST.entries,
    last_paper_ids=(PAPERS[4].id, PAPERS[1].id),
    answered=(PAPERS[4].id, PAPERS[1].id),
    marked={1: PAPERS[4].id, 2: PAPERS[1].id},
)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("첫 번째 논문의 한계는?", [5]),
        ("두 번째 논문 자세히", [2]),
        ("what does paper 2 conclude?", [2]),
        ("the first paper, please", [5]),
        ("[2]는 뭐라고 해?", [2]),
        # The digest prints its numbers; the answer's list is too short for the others.
        ("3번은?", [3]),
        ("#1 what data?", [1]),
        ("네 번째 논문은?", [4]),
    ],
)
def test_places_in_an_answers_own_list_come_before_the_digests(
    question: str, expected: list[int]
) -> None:
    assert numbers(question, OWN_LIST) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("3번이랑 비교하면?", [1, 3]),
        ("how does it differ from paper 3?", [1, 3]),
        ("Impossible Videos랑 뭐가 달라?", [1, 2]),
        ("3번 논문의 한계는?", [3]),
        ("2번이랑 3번 비교해줘", [2, 3]),
    ],
)
def test_a_comparison_keeps_the_threads_own_paper(question: str, expected: list[int]) -> None:
    thread = Subject(paper_id=PAPERS[0].id, entries=DIGEST.entries)

    assert numbers(question, thread) == expected


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ("이번 주 인기 논문 3개만", 3),
        ("열한 편만", 11),
        ("하나만 추천해줘", 1),
        ("3월 19일 논문 보여줘", None),
        ("최근 3개월 논문", None),
        ("only three popular papers this week", 3),
        ("today's top 5", 5),
        ("find two video papers", 2),
        ("papers from March 19", None),
        ("the last 2 weeks", None),
        ("give me 3 minutes", None),
        ("which one of the papers has code?", None),
    ],
)
def test_how_many_papers_are_wanted_is_understood(text: str, many: int | None) -> None:
    assert counted(text) == many


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("3줄 요약", 3),
        ("세 문장으로 말해줘", 3),
        ("한 줄로", None),
        ("summarize it in three sentences", 3),
        ("a 3-line summary", 3),
        ("in one line", None),
        ("which line of work is it?", None),
    ],
)
def test_how_many_lines_an_answer_is_to_have_is_understood(text: str, lines: int | None) -> None:
    assert lines_wanted(text) == lines
