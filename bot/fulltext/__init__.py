"""The full text of papers: fetched from arXiv, parsed, cut into passages, stored.

Everything between bytes and passages is pure and takes no network; the parsers run in a child
process, because papers come from strangers. This room decides what of a paper is its content. It
knows nothing of models: it only tells where a paper's text addresses one, and can take that out.
"""

from bot.fulltext.injection import MARKER, Finding, find_instructions, neutralise
from bot.fulltext.service import FulltextService

__all__ = ["MARKER", "Finding", "FulltextService", "find_instructions", "neutralise"]
