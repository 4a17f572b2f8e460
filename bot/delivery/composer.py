"""A subscription's digest of one day: composed from what is stored, and drawn as messages."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.delivery.parts import Part, parts_of
from bot.digests import (
    Choice,
    DigestContent,
    DigestEntry,
    Notice,
    choose_daily,
    compose_chosen,
    paper_card,
    render_digest,
)
from bot.digests.buttons import paper_buttons
from bot.digests.choose import Meaning
from bot.digests.evidence_links import evidence_links_of
from bot.digests.pictures import picture_of
from bot.digests.wish import Wish
from bot.languages import languages_of
from bot.slack.blocks import Message
from bot.summaries.summarizer import BUDGET, LATE, MODEL
from storage import Digest, Listing, Storage

_TROUBLES = {
    BUDGET: Notice.BUDGET_SPENT,
    MODEL: Notice.MODEL_DOWN,
    LATE: Notice.SUMMARIES_LATE,
}


class Composer:
    """Composes digests, posted ones again with their numbers unchanged, and draws them."""

    def __init__(self, storage: Storage, meaning: Meaning | None = None) -> None:
        self._storage = storage
        self._meaning = meaning

    def compose(
        self,
        day: date,
        choice: Choice,
        listings: Sequence[Listing],
        wish: Wish,
        *,
        notices: Sequence[str] = (),
    ) -> DigestContent:
        """What the channel is to read about the chosen papers, and about what kept the model from
        its summaries."""
        content = compose_chosen(self._storage, day, choice, listings, wish, notices=notices)
        problems = {one.problem for entry in content.entries for one in entry.summaries}
        found = [notice for problem, notice in _TROUBLES.items() if problem in problems]
        return replace(content, notices=tuple(dict.fromkeys((*content.notices, *found))))

    def recompose(self, digest: Digest, *, topics: Sequence[str] = ()) -> DigestContent:
        """A posted digest as it would be written now: the same papers under the same numbers."""
        ids, told = digest.paper_ids, digest.entries
        listings = self._storage.listings.these(digest.listings)
        wish = Wish(
            digest.language, digest.style, len(ids), topics=tuple(topics), channel=digest.channel
        )
        own = [
            replace(one, entries=tuple(each for each in one.entries if each.paper_id in ids))
            for one in listings
        ]
        papers = choose_daily(self._storage, own, wish, numbered=ids, meaning=self._meaning).chosen
        choice = Choice(papers[:told], papers[told:], (), (), digest.ranked_by)
        content = self.compose(date.fromisoformat(digest.period), choice, listings, wish)
        return replace(content, hidden=digest.hidden, left_out=digest.left_out)

    def draw(self, content: DigestContent, *, layout: str = "list") -> list[Part]:
        """The messages of a digest; with the layout ``cards`` a message for each entry as well."""
        if layout != "cards":
            return parts_of(render_digest(content))
        cards = [Part.card(one.paper.id, self._card(one, content)) for one in content.entries]
        return [*parts_of(render_digest(replace(content, style="brief"))), *cards]

    def _card(self, entry: DigestEntry, content: DigestContent) -> Message:
        language = languages_of(content.language)[0]
        return paper_card(
            replace(entry, picture=picture_of(self._storage, entry.paper)),
            content.language,
            listed_on=content.day,
            evidence=evidence_links_of(self._storage, entry.paper, entry.summaries),
            buttons=[paper_buttons(entry.paper, language)],
        )
