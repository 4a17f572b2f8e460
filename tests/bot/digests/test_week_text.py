"""A week in a model's words: shown as far as its papers and its counts bear it out."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.digests import Choice, DigestContent, Week, compose_week, render_digest
from bot.digests.content import DigestEntry, WeekText
from bot.digests.trends import Trend
from bot.digests.week_text import keep_told, tell_week, told_before, week_facts
from bot.digests.wish import WEEKLY, Wish
from bot.model import Model
from bot.settings import Settings
from bot.verification import Verifier
from storage import Storage, open_storage
from tests.bot.digests.samples import NOW, paper
from tests.model_server import ModelReply, ModelServer
from tests.slack_limits import problems

LANTERN = paper(
    1,
    title="Lantern: fast ranking",
    abstract="Lantern ranks documents with 110M parameters. It halves latency to 45 ms.",
)
HARBOUR = paper(
    2,
    title="Harbour: ranking on phones",
    abstract="Harbour ranks documents on a phone. It needs 2 GB of memory.",
)
TREND = Trend("retrieval", False, (2, 9), (40, 30), (LANTERN, HARBOUR))
CHOICE = Choice((DigestEntry(LANTERN, 9), DigestEntry(HARBOUR, 4)), (), ())
TRUE = (
    ("Lantern and Harbour rank documents.", (1, 2), ()),
    ("Lantern halves latency to 45 ms.", (1,), ()),
    ("Retrieval stands at 9 of 30 papers (30%), up from 5% before.", (), (1,)),
)
Sentences = Sequence[tuple[str, Sequence[int], Sequence[int]]]
Tell = Callable[..., Any]


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[Storage]:
    storage = open_storage(tmp_path / "paperboy.db")
    storage.papers.save([LANTERN, HARBOUR], now=NOW)
    yield storage
    storage.close()


@pytest.fixture
def tell(storage: Storage) -> Iterator[Tell]:
    """Tells the week with a model that says these sentences, and rules in a verifier's place."""
    with ExitStack() as stack:

        def told(sentences: Sentences, said: ModelReply | None = None, code: str = "en") -> Any:
            parts = [
                {"text": text, "papers": list(papers), "topics": list(topics)}
                for text, papers, topics in sentences
            ]
            whole = {"paragraphs": [{"sentences": parts[:2]}, {"sentences": parts[2:]}]}
            answer = said or ModelReply(json.dumps(whole))
            server = stack.enter_context(ModelServer(lambda _: answer))
            settings = Settings(openai_base_url=server.url, model="stub")
            model = Model.from_settings(settings, storage, lambda: NOW, sleep=lambda _: None)
            assert model is not None
            stack.callback(model.close)
            return tell_week(model, Verifier(None), week_facts(storage, week_of(storage), code))

        yield told


def week_of(storage: Storage) -> DigestContent:
    """The week of the two papers, whose topic rose."""
    content = compose_week(storage, Week(2025, 12), CHOICE, Wish("en", WEEKLY))
    return replace(content, trends=(TREND,))


def texts(told: WeekText | None) -> list[str]:
    return [] if told is None else [one.text for claims in told.paragraphs for one in claims]


def test_what_is_borne_out_is_told_in_its_paragraphs_with_its_papers(tell: Tell) -> None:
    told = tell(TRUE)
    assert [len(claims) for claims in told.paragraphs] == [2, 1]
    assert texts(told) == [text for text, _, _ in TRUE]
    assert told.paragraphs[0][1].papers == (LANTERN,)
    assert told.paragraphs[1][0].papers == (LANTERN, HARBOUR), "counts rest on the topic's papers"
    assert told.maker == "stub-2025-01-01"


@pytest.mark.parametrize(
    "wrong",
    [
        ("Lantern halves latency to 54 ms.", (1,), ()),
        ("Documents are ranked by Beacon.", (1,), ()),
        ("Harbour halves latency to 45 ms.", (2,), ()),
        ("Retrieval stands at 12 of 30 papers.", (), (1,)),
        ("Retrieval stands at 45 of 30 papers, as Lantern shows.", (1,), (1,)),
        ("Retrieval stands at 9 of 30 papers.", (1,), ()),
        ("Retrieval stands at 9 of 30 papers (30%), down from 5%.", (), (1,)),
        ("Lantern is the best ranker.", (1,), ()),
        ("Everybody ranks documents.", (), ()),
        ("Lantern ranks documents.", (7,), ()),
        ("문서의 순위를 매긴다.", (1,), ()),
    ],
)
def test_what_is_not_borne_out_is_left_out_alone(tell: Tell, wrong: Any) -> None:
    assert texts(tell([*TRUE, wrong])) == [text for text, _, _ in TRUE]


def test_a_text_of_which_most_is_not_borne_out_is_not_shown(tell: Tell) -> None:
    invented = [(f"Lantern gains {number}%.", (1,), ()) for number in range(20, 24)]
    assert tell([*TRUE[:2], *invented]) is None


@pytest.mark.parametrize(
    "said", [ModelReply(status=400, error="no"), ModelReply("Once upon a time")]
)
def test_a_model_that_cannot_be_asked_leaves_the_counts_alone(tell: Tell, said: ModelReply) -> None:
    assert tell((), said) is None


def test_each_sentence_is_shown_with_links_to_its_papers(storage: Storage, tell: Tell) -> None:
    hostile = replace(HARBOUR, title="<!channel> *Harbour* & more: a")
    told = tell(TRUE)
    first = (replace(told.paragraphs[0][0], papers=(LANTERN, hostile)),)
    told = replace(told, paragraphs=(first, *told.paragraphs[1:]))
    (root, *_) = render_digest(replace(week_of(storage), told=(told,), listed=2))
    shown = json.dumps(root.blocks)
    assert "(<https://arxiv.org/abs/2503.14001|Lantern>, " in shown
    assert "<!channel>" not in shown
    assert problems(root) == []
    assert "stub-2025-01-01" in shown


def test_what_was_told_is_found_again_from_the_same_facts_alone(
    storage: Storage, tell: Tell
) -> None:
    told, week = tell(TRUE), week_of(storage)
    facts = week_facts(storage, week, "en")
    assert told_before(storage, facts) is None
    keep_told(storage, facts, told, now=NOW)
    again = told_before(storage, facts)
    assert again is not None
    assert (texts(again), again.maker) == (texts(told), told.maker)
    assert [each.id for each in again.paragraphs[1][0].papers] == [LANTERN.id, HARBOUR.id]
    assert told_before(storage.of_team("T2"), facts) is None
    risen = replace(week, trends=(replace(TREND, counts=(2, 10)),))
    assert told_before(storage, week_facts(storage, risen, "en")) is None, "its counts are others"
    assert told_before(storage, week_facts(storage, week, "ko")) is None
