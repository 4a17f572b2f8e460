"""Search over papers and passages in Korean and English: by words, by meaning, and both fused.

Words are indexed in SQLite's full-text tables in a form that ignores Korean spacing and
particles; meaning comes from small multilingual vectors that lie beside them. Where no embedder
is installed, search goes on by words alone.
"""

from bot.search.building import build_index
from bot.search.embedder import EmbeddedEncoder, Embedder, ServedEmbedder, load_embedder
from bot.search.index import PaperHit, PassageHit, SearchIndex
from bot.search.query import Query, parse_query

__all__ = [
    "EmbeddedEncoder",
    "Embedder",
    "PaperHit",
    "PassageHit",
    "Query",
    "SearchIndex",
    "ServedEmbedder",
    "build_index",
    "load_embedder",
    "parse_query",
]
