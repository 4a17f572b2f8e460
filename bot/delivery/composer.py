"""A subscription's digest of one day: composed from what is stored, and drawn as messages."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.digests import (
    Choice,
    DigestContent,
    DigestEntry,
    Notice,
    choose_daily,
    compose_chosen,
    compose_daily,
    paper_card,
    render_digest,
)
from bot.digests.buttons import paper_buttons
from bot.digests.choose import Meaning
from bot.digests.evidence_links import NO_LINKS, EvidenceLinks, evidence_links_of
from bot.digests.pictures import Picture, picture_of
from bot.languages import languages_of
from bot.slack.blocks import Message
from bot.summaries.summarizer import BUDGET, LATE, MODEL
from storage import Digest, Listing, Storage, Subscription

# More than a listing ever holds: everything becomes an entry.
ALL = 10_000
_TROUBLES = {
    BUDGET: Notice.BUDGET_SPENT,
    MODEL: Notice.MODEL_DOWN,
    LATE: Notice.SUMMARIES_LATE,
}


@dataclass(frozen=True)
class Drawn:
    """A digest's messages, and a card for each paper when the channel wants cards."""

    messages: tuple[Message, ...]
    cards: tuple[tuple[str, Message], ...] = ()


class Composer:
    """Chooses and composes new digests, and composes posted ones again with their numbers
    unchanged."""

    def __init__(self, storage: Storage, meaning: Meaning | None = None) -> None:
        self._storage = storage
        self._meaning = meaning

    def choose(
        self,
        subscription: Subscription,
        listings: Sequence[Listing],
        *,
        exclude: Collection[str] = frozenset(),
        since: datetime | None = None,
    ) -> Choice:
        """The papers that the channel is to get of some listings, without *exclude*, and with
        *since* of those only that were listed later."""
        return choose_daily(
            self._storage,
            listings,
            language=subscription.language,
            count=subscription.count,
            topics=subscription.topics,
            negative_topics=subscription.negative_topics,
            exclude=exclude,
            channel=subscription.channel,
            meaning=self._meaning,
            since=since,
        )

    def compose(
        self,
        subscription: Subscription,
        day: date,
        choice: Choice,
        listings: Sequence[Listing],
        *,
        notices: Sequence[str] = (),
    ) -> DigestContent:
        """What the channel is to read about the chosen papers."""
        content = compose_chosen(
            self._storage,
            day,
            choice,
            listings=listings,
            sources=subscription.sources,
            language=subscription.language,
            style=subscription.style,
            notices=notices,
            channel=subscription.channel,
        )
        return _with_troubles(content)

    def recompose(self, digest: Digest, *, topics: Sequence[str] = ()) -> DigestContent:
        """A posted digest as it would be written now: the same papers under the same numbers."""
        content = compose_daily(
            self._storage,
            date.fromisoformat(digest.period),
            listings=self._storage.listings.these(digest.listings),
            language=digest.language,
            style=digest.style,
            count=ALL,
            topics=topics,
            among=digest.paper_ids,
            keep=digest.paper_ids,
            channel=digest.channel,
            meaning=self._meaning,
        )
        by_id = {entry.paper.id: entry for entry in content.entries}
        known = [by_id[one] for one in digest.paper_ids if one in by_id]
        told = digest.entries
        content = replace(
            content,
            entries=_numbered(known[:told]),
            rest=tuple(one.paper for one in known[told:]),
            hidden=digest.hidden,
            left_out=digest.left_out,
            ranked_by=digest.ranked_by,
        )
        return _with_troubles(content)

    def draw(self, content: DigestContent, *, layout: str = "list") -> Drawn:
        """The messages of a digest; with the layout ``cards`` a message for each entry as well."""
        if layout != "cards":
            return Drawn(tuple(render_digest(content)))
        return Drawn(
            tuple(render_digest(replace(content, style="brief"))),
            tuple(
                (
                    one.paper.id,
                    draw_card(
                        one, content, self._evidence(one), picture_of(self._storage, one.paper)
                    ),
                )
                for one in content.entries
            ),
        )

    def _evidence(self, entry: DigestEntry) -> EvidenceLinks:
        return evidence_links_of(self._storage, entry.paper, entry.summaries)


def draw_card(
    entry: DigestEntry,
    content: DigestContent,
    evidence: EvidenceLinks = NO_LINKS,
    picture: Picture | None = None,
) -> Message:
    """One entry as a message of its own; *evidence* are those its summary rests on."""
    return paper_card(
        entry.paper,
        entry.summary,
        content.language,
        listed_on=content.day,
        votes=entry.votes,
        others=entry.others,
        related=entry.related,
        picture=picture,
        evidence=evidence,
        notes=entry.notes,
        buttons=[paper_buttons(entry.paper, _first_language(content.language))],
    )


def _first_language(language: str) -> str:
    return languages_of(language)[0]


def _with_troubles(content: DigestContent) -> DigestContent:
    """The content with notices for what kept the model from its summaries."""
    problems = {one.problem for entry in content.entries for one in entry.summaries}
    found = [notice for problem, notice in _TROUBLES.items() if problem in problems]
    return replace(content, notices=tuple(dict.fromkeys((*content.notices, *found))))


def _numbered(entries: Sequence[DigestEntry]) -> tuple[DigestEntry, ...]:
    return tuple(replace(entry, number=number) for number, entry in enumerate(entries, start=1))
