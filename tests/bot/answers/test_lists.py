"""Lists that a paper makes of its techniques and contributions."""

from collections.abc import Callable
from datetime import datetime

import pytest

from bot.answers import Answer, Answers, Ask, render_answer
from bot.answers.kinds import Kind, kind_of
from bot.answers.lists import find_list, wants_list
from bot.answers.outline import method_sections, title_of
from bot.search import SearchIndex
from storage import Fulltext, Paper, Passage, Storage

Asking = Callable[[str, str, list[Passage]], Answer]
PIER = Paper(
    id="2503.00009",
    title="PIER: Steady Rewards for Long Answers",
    abstract="We propose PIER and introduce four key techniques for long answers.",
)
LISTED = [
    Passage(
        0,
        "Long answers are hard to reward. We propose PIER, and introduce 4 key techniques that "
        "keep training steady. Details are presented in Section 3. 1. Slow-Release, which keeps "
        "the entropy up;",
        section="1 Introduction",
        page=2,
    ),
    Passage(
        1,
        "2. Wide Batches, which save time; 3. Token Loss, which matters for long answers; "
        "4. Soft Limits, which reduce noise. Our code is based on an open library.",
        section="1 Introduction",
        page=2,
    ),
    Passage(
        2,
        "Two problems remain: 1) sparse rewards: they come late. 2) long answers: they cost much.",
        section="2 Background",
        page=3,
    ),
]
PARTS = [
    Passage(0, "We study long answers.", section="1 Introduction"),
    Passage(1, "Our way has parts.", section="3 PIER › 3.1 Preliminaries"),
    Passage(2, "We hold rewards back.", section="3 PIER › 3.2 Slow-Release"),
    Passage(3, "We fill each batch.", section="3 PIER › 3.3 Wide Batches"),
    Passage(4, "We use eight machines.", section="4 Experiments › 4.1 Setup"),
]


@pytest.fixture
def ask(storage: Storage, now: datetime) -> Asking:
    """Asks about a paper with these passages."""

    def asked(question: str, language: str, passages: list[Passage]) -> Answer:
        storage.papers.save([PIER], now=now)
        storage.fulltexts.save(Fulltext(PIER.id, 1, "pdf"), passages, now=now)
        index = SearchIndex(storage, None)
        index.index([PIER.id])
        return Answers(storage, index, None).answer(Ask(question, (PIER.id,), language))

    return asked


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("What are the key techniques?", "en"),
        ("핵심 아이디어가 뭐야?", "ko"),
        ("핵심 기법이 뭔가요?", "ko"),
        ("What are the contributions?", "en"),
        ("이 논문의 기여는?", "ko"),
    ],
)
def test_the_papers_own_list_answers_in_its_order(
    ask: Asking, question: str, language: str
) -> None:
    made = ask(question, language, LISTED)
    (message,) = render_answer(made, language, question_id=1)

    assert made.found
    assert "4 key techniques" in made.text
    places = [
        message.text.index(one)
        for one in ("1. Slow-Release", "2. Wide Batches", "3. Token Loss", "4. Soft Limits")
    ]
    assert places == sorted(places)
    assert "sparse rewards" not in made.text
    assert "Wide Batches, which save time; … Token Loss" in made.citations[0].quote


def test_bullets_are_a_list_too() -> None:
    text = (
        "The main contributions of this paper are: • We introduce PIER, a way to pace rewards. It "
        "is simple. • We collect two data sets of long answers."
    )
    listing = find_list([Passage(0, text, section="1 Introduction")], Kind.CONTRIBUTIONS)

    assert listing is not None
    assert [one.text for one in listing.items] == [
        "We introduce PIER, a way to pace rewards.",
        "We collect two data sets of long answers.",
    ]
    assert listing.lead is not None
    assert listing.lead.text.startswith("The main contributions")


@pytest.mark.parametrize(
    "text",
    [
        "The task has three main challenges: 1) sparse rewards, which come late, 2) long answers, "
        "which cost much, 3) noise.",
        "We tried sizes 1. 5 and 2. 5 in turn.",
        "We propose one key technique. 1. Slow-Release, which keeps the entropy up.",
    ],
)
def test_troubles_and_lone_numbers_are_no_list_of_techniques(text: str) -> None:
    assert find_list([Passage(0, text, section="1 Introduction")], Kind.METHOD) is None


def test_without_a_list_the_sections_of_the_method_are_named_with_links(ask: Asking) -> None:
    made = ask("What are the key techniques?", "en", PARTS)

    assert "- 3.2 Slow-Release [" in made.text
    assert "- 3.3 Wide Batches [" in made.text
    assert "Preliminaries" not in made.text
    assert [one.section for one in made.citations][-2:] == ["3.2 Slow-Release", "3.3 Wide Batches"]


def test_only_the_method_is_outlined() -> None:
    assert [title_of(one) for one in method_sections(PARTS, "PIER")] == [
        "3.2 Slow-Release",
        "3.3 Wide Batches",
    ]
    assert method_sections(PARTS[3:], "Another") == []


@pytest.mark.parametrize(
    "question",
    ["How does it keep the entropy up?", "Which method do they compare with?", "한계는?"],
)
def test_other_questions_want_no_list(question: str) -> None:
    assert not wants_list(question, kind_of(question))
