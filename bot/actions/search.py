"""Searching the archive: what is found, and the search modal."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.actions.forms import input_block, modal, text_input
from bot.digests import sentences_of
from bot.digests.lists import PAGE_SIZE, results_message
from bot.errors import InputError
from bot.languages import catalog, is_in
from bot.search import PaperHit, SearchIndex
from bot.search.matching import coverage, query_terms
from bot.slack.blocks import Message
from bot.slack.blocks.ids import ActionId, CallbackId
from bot.text.words import content_words
from storage import WHOLE_TEAM, Paper, Storage

MOST_HITS = 50
LONGEST_QUERY = 200
MOST_BLOCKS = 90
# How much of a subject's words a paper holds to be picked; how near it is by meaning where none
# does, and how much less than the nearest one.
_MOST_OF_IT, _ALIKE, _NEXT = 0.5, 0.25, 0.1


@dataclass(frozen=True)
class Search:
    """Searches for members."""

    index: SearchIndex
    storage: Storage

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
            self._in_words_of(language, found.hits, place),
            query,
            language,
            total=found.total,
            page=page,
            suggestion=None if found.is_sure else self.index.suggest(query),
            unclear=found.unclear,
        )

    def _in_words_of(
        self, language: str, hits: Sequence[PaperHit], place: str
    ) -> Sequence[PaperHit]:
        """The hits, where what was found is in another language with the sentence that lists show,
        if that one is in the reader's."""
        foreign = [hit.paper for hit in hits if not is_in(hit.snippet, language)]
        lines = sentences_of(self.storage, foreign, language, place=place)
        own = {paper_id: line for paper_id, line in lines.items() if is_in(line, language)}
        return [
            replace(hit, snippet=own[hit.paper.id], marked="") if hit.paper.id in own else hit
            for hit in hits
        ]

    def pick(
        self, subject: str, papers: Sequence[Paper], language: str, most: int | None = None
    ) -> Message:
        """Those of *papers* that are about a subject, by its words or else by its meaning; the
        first ones, if not all are wanted."""
        lines = sentences_of(self.storage, papers, language)
        wanted = query_terms(subject)
        told = {one.id: content_words(f"{one.title}\n{one.abstract}") for one in papers}
        share = {paper_id: coverage(wanted, set(words)) for paper_id, words in told.items()}
        least = _MOST_OF_IT
        if max(share.values(), default=0.0) < least:
            share = self.index.similarities(subject, list(told))
            least = max(_ALIKE, max(share.values(), default=0.0) - _NEXT)
        hits = [
            PaperHit(paper, None, share[paper.id], lines[paper.id])
            for paper in papers
            if share.get(paper.id, 0.0) >= least
        ]
        total = len(hits)
        return results_message(hits[:most], subject, language, total=total, size=max(1, total))


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
