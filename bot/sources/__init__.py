"""Where papers come from, one file a source: fetching (I/O) and parsing (pure) side by side.

Parsers are lenient: what a source leaves out, adds or garbles costs at most that one field or
entry. A whole answer that makes no sense is a SourceError.
"""

from bot.sources.arxiv import Arxiv, parse_feed
from bot.sources.huggingface import HuggingFace, ListingPage, parse_listing
from bot.sources.ids import arxiv_id, find_ids
from bot.sources.ports import DayListing, day_in_utc

__all__ = [
    "Arxiv",
    "DayListing",
    "HuggingFace",
    "ListingPage",
    "arxiv_id",
    "day_in_utc",
    "find_ids",
    "parse_feed",
    "parse_listing",
]
