"""Embeddings that come from a server."""

from collections.abc import Sequence
from datetime import datetime

import pytest

from bot.errors import ModelError, ModelUnavailableError
from bot.search import SearchIndex, ServedEmbedder
from storage import Fulltext, Paper, Passage, Storage
from tests.bot.model.conftest import FakeTime, model_of
from tests.model_server import ModelServer
from tests.vectors_gone_wrong import CHANGING, USABLE, USELESS

PAPER = Paper(id="2503.00001", title="Paced rewards", abstract="We release rewards step by step.")


class Server:
    """Counts letters, until it is switched off."""

    def __init__(self) -> None:
        self.is_up = True
        self.asked = 0

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        self.asked += 1
        if not self.is_up:
            raise ModelUnavailableError("down")
        return [[float(text.count(letter)) + 1 for letter in "aeiou"] for text in texts]


def make_index(storage: Storage, server: Server, now: datetime) -> SearchIndex:
    storage.papers.save([PAPER], now=now)
    passages = [Passage(0, "Rewards are held back.", section="Method")]
    storage.fulltexts.save(Fulltext(PAPER.id, 1, "html"), passages, now=now)
    return SearchIndex(storage, ServedEmbedder("letters", server.embed))


def test_nothing_is_asked_of_the_server_before_it_is_needed(
    storage: Storage, now: datetime
) -> None:
    server = Server()
    make_index(storage, server, now)

    assert server.asked == 0


def test_vectors_of_a_server_are_stored_with_its_models_name(
    storage: Storage, now: datetime
) -> None:
    index = make_index(storage, Server(), now)
    index.index([PAPER.id])

    stored = storage.search.paper_vectors(model="letters")
    assert [one.dimension for one in stored] == [5]
    assert index.passages([PAPER.id], "rewards?", limit=1)[0].similarity is not None


def test_while_the_server_is_down_words_go_on_and_vectors_follow_later(
    storage: Storage, now: datetime
) -> None:
    server = Server()
    index = make_index(storage, server, now)
    server.is_up = False
    index.index([PAPER.id])

    assert [hit.paper.id for hit in index.papers("paced rewards", limit=5)] == [PAPER.id]
    assert index.passages([PAPER.id], "rewards?", limit=1)[0].similarity is None

    server.is_up = True
    index.index([PAPER.id])
    assert index.passages([PAPER.id], "other rewards?", limit=1)[0].similarity is not None


def test_the_sentences_of_an_answer_are_never_sent_to_a_server(
    storage: Storage, now: datetime
) -> None:
    assert make_index(storage, Server(), now).embedder is None


@pytest.mark.parametrize("kind", [*USABLE, *USELESS, *CHANGING])
def test_whatever_a_server_answers_papers_are_indexed_found_and_asked_about(
    storage: Storage, now: datetime, kind: str
) -> None:
    with ModelServer({**USABLE, **USELESS, **CHANGING}[kind]) as server:
        model = model_of(server, storage, now, FakeTime(), embedding_model="letters")
        storage.papers.save([PAPER], now=now)
        passages = [Passage(at, f"Rewards are held {at}.", section="Method") for at in range(3)]
        storage.fulltexts.save(Fulltext(PAPER.id, 1, "html"), passages, now=now)
        index = SearchIndex(storage, ServedEmbedder("letters", model.embed))

        index.index([PAPER.id])
        index.index_missing()
        assert [hit.paper.id for hit in index.papers("paced rewards", limit=5)] == [PAPER.id]
        assert index.papers("author:nobody rewards held", limit=5) == []
        assert [paper.id for paper in index.related("rewards?", limit=3)] == [PAPER.id]
        assert len(index.passages([PAPER.id], "are rewards held?", limit=3)) == 3
        assert set(index.similarities("rewards", [PAPER.id])) <= {PAPER.id}
        assert index.near("rewards", [PAPER.id])[PAPER.id][1] is False

        stored = storage.search.paper_vectors(model="letters")
        assert len(stored) == (0 if kind in USELESS else 1)
        model.close()


@pytest.mark.parametrize("kind", USELESS)
def test_vectors_that_are_no_use_are_a_models_error(
    storage: Storage, now: datetime, kind: str
) -> None:
    with ModelServer(USELESS[kind]) as server:
        model = model_of(server, storage, now, FakeTime(), embedding_model="letters")
        with pytest.raises(ModelError):
            model.embed(["one", "two"])
        assert len(server.requests) <= 4
        model.close()


def test_a_query_is_not_compared_with_vectors_of_another_size(
    storage: Storage, now: datetime
) -> None:
    """As after a change of the model behind a name, from one start to the next."""
    make_index(storage, Server(), now).index([PAPER.id])
    other = SearchIndex(storage, ServedEmbedder("letters", lambda texts: [[1.0, 2.0]] * len(texts)))

    assert [hit.paper.id for hit in other.papers("paced rewards", limit=5)] == [PAPER.id]
    assert other.similarities("rewards", [PAPER.id]) == {}
    assert other.near("rewards", [PAPER.id])[PAPER.id][1] is False
    assert other.passages([PAPER.id], "rewards?", limit=1)[0].similarity is None
