"""Vectors from a model server instead of the embedded encoder."""

from datetime import datetime

from bot.model import Model
from bot.search import SearchIndex, load_embedder
from bot.search.embedder import EmbeddedEncoder, ServedEncoder
from bot.settings import Settings
from storage import Paper, Storage
from tests.model_server import ModelServer, Said


def model_at(url: str, storage: Storage, now: datetime) -> Model:
    settings = Settings(openai_base_url=url, embedding_model="tiny-embedder")
    model = Model.from_settings(settings, storage, lambda: now, sleep=lambda _seconds: None)
    assert model is not None
    return model


def test_papers_are_found_by_the_servers_vectors(storage: Storage, now: datetime) -> None:
    storage.papers.save([Paper("1", "Kites"), Paper("2", "Looms")], now=now)
    with ModelServer(lambda _request: Said()) as server:
        model = model_at(server.url, storage, now)
        embedder = load_embedder(model, "tiny-embedder")
        assert isinstance(embedder, ServedEncoder)
        index = SearchIndex(storage, embedder, lambda: now)
        index.index(["1", "2"])
        assert set(index.similarities("flying", ["1", "2"])) == {"1", "2"}
        model.close()


def test_a_server_that_is_down_leaves_the_embedded_encoder(storage: Storage, now: datetime) -> None:
    model = model_at("http://127.0.0.1:9/v1", storage, now)
    assert isinstance(load_embedder(model, "tiny-embedder"), EmbeddedEncoder)
    model.close()


def test_a_server_that_fails_later_leaves_search_by_words(storage: Storage, now: datetime) -> None:
    storage.papers.save([Paper("1", "Kites in the wind")], now=now)
    with ModelServer(lambda _request: Said()) as server:
        model = model_at(server.url, storage, now)
        index = SearchIndex(storage, load_embedder(model, "tiny-embedder"), lambda: now)
        server.reply = lambda _request: Said(status=500, error="broken")
        index.index(["1"])
        assert [hit.paper.id for hit in index.papers("kites", limit=5)] == ["1"]
        assert index.similarities("kites", ["1"]) == {}
        model.close()
