"""Finding the paper somebody means: by a number, an id, a link, words of its title, a message."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process, utils

from bot.actions.listings import Listings
from bot.delivery.ports import PaperFetcher
from bot.errors import InputError, UnknownPaperError
from bot.languages import any_of
from bot.search import SearchIndex
from bot.sources.ids import find_ids
from storage import Paper, Storage

TITLE_FITS = 80
SHOWN = 60
# A number of the list: "3", "#3", "3.", or with what a language puts behind it.
_NUMBER = any_of(lambda one: rf"#?\s{{0,3}}(\d{{1,3}})\s{{0,3}}(?:{one.number_suffix})\.?")


@dataclass(frozen=True)
class PaperFinder:
    """Looks in the list at hand first, then in the archive, then at arXiv."""

    storage: Storage
    source: PaperFetcher
    index: SearchIndex
    listings: Listings

    def find(self, channel: str, words: str) -> Paper:
        """The paper that *words* mean; numbers count the channel's newest list.

        Raises:
            InputError: no paper is named, or the number isn't in the list.
            UnknownPaperError: nothing fits.
            SourceError: it isn't stored, and arXiv could not be asked.
        """
        typed = words.strip()
        if not typed:
            raise InputError("no paper given", message_id="actions-no-paper")
        number = _NUMBER.fullmatch(typed)
        if number is not None:
            return self._by_number(
                int(number[number.lastindex or 0]), self.listings.listed(channel)
            )
        ids = find_ids(typed)
        if ids:
            return self.by_id(ids[0])
        return self._by_title(typed, self.listings.listed(channel))

    def is_named(self, channel: str, words: str) -> bool:
        """Whether *words* are a number of the list, an id, a link or nearly a whole title."""
        typed = words.strip()
        if _NUMBER.fullmatch(typed) or find_ids(typed):
            return True
        found = [
            *self.listings.listed(channel),
            *(one.paper for one in self.index.papers(typed, limit=1)),
        ]
        titles = [paper.title for paper in found]
        names = [title.partition(":")[0] for title in titles]
        best = process.extractOne(
            typed, [*titles, *names], scorer=fuzz.ratio, processor=utils.default_process
        )
        return best is not None and best[1] >= TITLE_FITS

    def by_id(self, paper_id: str) -> Paper:
        """The paper with this arXiv id.

        Raises:
            UnknownPaperError: arXiv has none.
            SourceError: it isn't stored, and arXiv could not be asked.
        """
        known = self.storage.papers.get(paper_id)
        found = [known] if known else self.source.ensure_papers([paper_id])
        if not found:
            raise UnknownPaperError(f"no paper {paper_id}", paper=paper_id)
        return found[0]

    def of_message(self, channel: str, root_ts: str, message: str) -> str | None:
        """The id of the paper that a message links to, or in whose thread it stands."""
        ids = find_ids(message)
        thread = self.storage.threads.get(channel, root_ts)
        return ids[0] if ids else thread.paper_id if thread else None

    def _by_number(self, number: int, listed: Sequence[Paper]) -> Paper:
        if 1 <= number <= len(listed):
            return listed[number - 1]
        raise InputError(
            f"number {number} of {len(listed)}",
            message_id="actions-no-such-number",
            number=number,
            count=len(listed),
        )

    def _by_title(self, typed: str, listed: Sequence[Paper]) -> Paper:
        titles = {paper.id: paper.title for paper in listed}
        best = process.extractOne(
            typed,
            titles,
            scorer=fuzz.partial_ratio if len(typed) > 5 else fuzz.WRatio,
            processor=utils.default_process,
            score_cutoff=TITLE_FITS,
        )
        if best is not None:
            return self.by_id(str(best[2]))
        hits = self.index.papers(typed, limit=1)
        if hits:
            return hits[0].paper
        raise UnknownPaperError(f"no paper fits {typed!r}", paper=typed[:SHOWN])
