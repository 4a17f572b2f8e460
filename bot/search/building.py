"""Puts the search index on the embedder that is set."""

from collections.abc import Callable, Sequence

from bot.search.embedder import ServedEmbedder, load_embedder
from bot.search.index import SearchIndex
from bot.settings import NO_EMBEDDINGS, Settings
from storage import Storage


def build_index(
    settings: Settings,
    storage: Storage,
    embed: Callable[[Sequence[str]], list[list[float]]] | None,
) -> SearchIndex:
    """The index with the embedder that is set; *embed* asks the server of models for vectors."""
    if settings.embedding_model == NO_EMBEDDINGS:
        return SearchIndex(storage, None)
    embedded = load_embedder()
    if embed is not None and settings.embedding_model:
        served = ServedEmbedder(settings.embedding_model, embed)
        return SearchIndex(storage, served, sentences=embedded)
    return SearchIndex(storage, embedded)
