"""The full text of papers: fetched from arXiv, parsed, cut into passages, stored.

Everything between bytes and passages is pure and takes no network; the parsers run in a child
process, because papers come from strangers. This room decides what of a paper is its content, and
which sentences of it a language model may read.
"""

from bot.fulltext.injection import InjectionFilter
from bot.fulltext.service import FulltextService

__all__ = ["FulltextService", "InjectionFilter"]
