"""Searching the archive: what is found, and the search modal."""

from dataclasses import dataclass
from typing import Any

from bot.actions.forms import input_block, modal, text_input
from bot.digests.lists import PAGE_SIZE, results_message
from bot.errors import InputError
from bot.languages import catalog
from bot.search import SearchIndex
from bot.slack.blocks import Message
from bot.slack.blocks.ids import ActionId, CallbackId
from storage import WHOLE_TEAM

MOST_HITS = 50
LONGEST_QUERY = 200
MOST_BLOCKS = 90


@dataclass(frozen=True)
class Search:
    """Searches for members."""

    index: SearchIndex

    def find(
        self,
        query: str,
        language: str,
        *,
        place: str = WHOLE_TEAM,
        member: str | None = None,
        page: int = 0,
    ) -> Message:
        """Papers of the archive that fit, by what may be seen in *place*; ``saved:`` means the list
        of *member*.

        Raises:
            InputError: an empty query.
        """
        if not query.strip():
            raise InputError("empty query", message_id="actions-empty-query")
        found = self.index.find(
            query,
            limit=PAGE_SIZE,
            offset=page * PAGE_SIZE,
            most=MOST_HITS,
            member=member,
            place=place,
        )
        return results_message(
            found.hits,
            query,
            language,
            total=found.total,
            page=page,
            suggestion=None if found.is_sure else self.index.suggest(query),
            unclear=found.unclear,
        )


def search_view(language: str, *, query: str = "", found: Message | None = None) -> dict[str, Any]:
    """The search modal; with *found* it shows that below the words."""
    words = catalog(language)
    field = text_input(LONGEST_QUERY, text=query)
    blocks = [
        input_block(ActionId.SEARCH_TEXT, words.text("actions-search-label"), field),
        *([] if found is None else found.blocks[:MOST_BLOCKS]),
    ]
    return modal(
        words.text("actions-search-title"),
        blocks,
        words,
        callback=CallbackId.SEARCH_PAPERS,
        submit=words.text("actions-search-submit"),
    )
