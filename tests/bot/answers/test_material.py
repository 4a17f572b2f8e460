"""What a model gets to answer from."""

from collections.abc import Callable
from datetime import datetime

import pytest

from bot.answers import Answers, Ask, Citation
from bot.answers.material import Collector, frame
from bot.answers.places import Place, named_places
from bot.answers.wishes import Kind
from bot.languages import catalog
from bot.search import SearchIndex
from storage import Fulltext, Note, Passage, Section, Storage, Summary
from tests.bot.answers.conftest import KITE, PASSAGES
from tests.bot.answers.stub import Scripted

Make = Callable[..., Answers]
LONG = [
    *PASSAGES,
    *(
        Passage(
            at, f"Filler {at} on kites and their rewards. " * 12, section="5 Further experiments"
        )
        for at in range(5, 60)
    ),
    Passage(60, "Table 3 Sizes of kites\nkite | size\nsmall | 12", section="A More", kind="table"),
    Passage(61, "Figure 4: The tail of a kite over time.", section="A More", kind="figure"),
]


@pytest.fixture
def collector(archive: Storage, search: SearchIndex) -> Collector:
    """Collects from the archive."""
    return Collector(archive, search)


@pytest.fixture
def long_paper(archive: Storage, search: SearchIndex, now: datetime) -> None:
    """KITE with a text that no request can hold."""
    archive.fulltexts.save(Fulltext(KITE.id, 2, "html"), LONG, now=now)
    search.index([KITE.id])


def shown(collector: Collector, question: str, *, tokens: int = 3000, **more: object) -> str:
    ask = Ask(question, (KITE.id,), "en", **more)  # type: ignore[arg-type]
    found = collector.collect(ask, [KITE], query=question, kind=Kind.OTHER, tokens=tokens)
    return "\n".join(frame(found, [KITE], catalog("en")))


def test_a_paper_that_fits_is_sent_whole_and_begins_alike_for_every_question(
    make_answers: Make,
) -> None:
    model = Scripted("NOT_FOUND")
    answers = make_answers(model)
    for question, language in (("What is the batch size?", "en"), ("한계가 뭐야?", "ko")):
        answers.answer(Ask(question, (KITE.id,), language))
    first, second = (prompt.user for prompt in model.prompts)
    end = first.index("Also stored:")

    assert all(one.text in first for one in PASSAGES)
    assert model.prompts[0].system == model.prompts[1].system
    assert first[:end] == second[:end]
    assert first.index("Question:") > end


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("Table 1의 결과는?", [Place("table", "1")]),
        ("표 2랑 그림 3 설명해줘", [Place("table", "2"), Place("figure", "3")]),
        ("What does figure 3 show?", [Place("figure", "3")]),
        ("4.2절에서 하는 말이 뭐야?", [Place("section", "4.2")]),
        ("4장 요약해줘", [Place("section", "4")]),
        ("summarise section 4 and appendix B", [Place("section", "4"), Place("section", "B")]),
        ("GPU 4장으로 학습했어?", []),
        ("목표 1이 뭐야?", []),
    ],
)
def test_tables_figures_and_sections_are_named(question: str, places: list[Place]) -> None:
    assert list(named_places(question)) == places


@pytest.mark.usefixtures("long_paper")
@pytest.mark.parametrize(
    ("question", "needed"),
    [
        ("Table 3에 뭐가 있어?", "small | 12"),
        ("What does Figure 4 show?", "The tail of a kite"),
        ("6장 내용 알려줘", "below two billion parameters"),
    ],
)
def test_a_place_that_is_named_is_sent(collector: Collector, question: str, needed: str) -> None:
    assert needed in shown(collector, question)


@pytest.mark.usefixtures("long_paper")
def test_a_follow_up_gets_what_the_answer_before_rested_on(collector: Collector) -> None:
    before = (Citation(1, KITE.id, "A More", "The tail.", "", passage=61),)

    assert "The tail of a kite" not in shown(collector, "그건 왜?")
    assert "The tail of a kite" in shown(collector, "그건 왜?", before=before)


@pytest.mark.usefixtures("long_paper")
def test_a_paper_that_does_not_fit_is_cut_to_the_best_passages(collector: Collector) -> None:
    text = shown(collector, "What is the learning rate?", tokens=3000)

    assert "3e-6" in text
    assert len(text) < 4 * 3000


def test_the_fitting_part_of_the_summary_and_the_teams_notes_come_along(
    archive: Storage, collector: Collector, now: datetime
) -> None:
    archive.summaries.save(
        Summary(
            KITE.id,
            "en",
            "Paced rewards.",
            sections=(Section("limitations", "Small models only.", (4,)),),
            maker="model",
        ),
        now=now,
    )
    archive.notes.add(Note(KITE.id, "U1", "We tried it on Tuesday.", "slack", now))
    ask = Ask("What are its limitations?", (KITE.id,), "en")
    found = collector.collect(ask, [KITE], query=ask.question, kind=Kind.LIMITATIONS, tokens=16_000)
    others = frame(found, [KITE], catalog("en"))[1]
    cited = next(n for n, one in enumerate(found.sources, start=1) if one.ordinal == 4)

    assert f'<summary part="Summary: limitations and failure cases" passages="[{cited}]">' in others
    assert "Small models only." in others
    assert "We tried it on Tuesday." in others
