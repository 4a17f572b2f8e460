"""Showing a paper: its card, and what the card's menu asks for."""

from dataclasses import dataclass, replace

from bot.actions.citations import bibtex
from bot.actions.papers import PaperFinder
from bot.clock import Clock
from bot.digests import DigestEntry, paper_card, sentences_of
from bot.digests.buttons import paper_buttons
from bot.digests.evidence_links import evidence_links_of
from bot.digests.lists import results_message
from bot.digests.paper_text import shown_title
from bot.digests.pictures import picture_of
from bot.digests.related import related_of
from bot.languages import catalog
from bot.search import SearchIndex
from bot.slack.blocks import Message, plain_message, section, truncate
from bot.slack.blocks.message import TEXT_LIMIT
from bot.slack.blocks.text import escaped
from storage import WHOLE_TEAM, Paper, Storage

MOST_RELATED = 5
# Entries of the menu that show what a member thinks of a paper, and what is said then in a channel
# and in the member's messages.
SHOWN = {
    "more": ("actions-more-told", "actions-more-told-own"),
    "unwanted": ("actions-unwanted-told", "actions-unwanted-told-own"),
}


@dataclass(frozen=True)
class Cards:
    """Draws cards and what their menus ask for."""

    storage: Storage
    index: SearchIndex
    papers: PaperFinder
    clock: Clock

    def show(self, channel: str, words: str, language: str, *, place: str = WHOLE_TEAM) -> Message:
        """The card of the paper that *words* mean, for its asker alone.

        Raises:
            InputError: no paper is named, or the number isn't in the list.
            UnknownPaperError: nothing fits.
        """
        paper = self.papers.find(channel, words)
        return self.card(paper, language, place=place, with_thread_button=True)

    def is_paper(self, channel: str, words: str) -> bool:
        """Whether *words* alone name a paper."""
        return self.papers.is_named(channel, words)

    def menu(self, what: str, channel: str, paper_id: str, user: str, language: str) -> Message:
        """What an entry of a card's menu shows to the one who chose it.

        Raises:
            UnknownPaperError: there is no such paper.
        """
        paper = self.papers.by_id(paper_id)
        if what in SHOWN:
            self.storage.library.signal(
                channel, user=user, paper_id=paper.id, kind=what, now=self.clock()
            )
            own = channel.startswith(("D", "U", "W"))
            return plain_message(catalog(language).text(SHOWN[what][own]))
        if what == "bibtex":
            return _bibtex(paper)
        if what == "related":
            return self.related(paper.id, language)
        return self._abstract(paper, language)

    def in_language(self, paper_id: str, language: str, *, place: str) -> Message:
        """The card in another language, for one reader.

        Raises:
            UnknownPaperError: there is no such paper.
        """
        paper = self.papers.by_id(paper_id)
        return self.card(paper, language, place=place, with_thread_button=True)

    def card(
        self,
        paper: Paper,
        language: str,
        *,
        place: str = WHOLE_TEAM,
        with_thread_button: bool = False,
    ) -> Message:
        """The card as it may be seen in a place; a posted one is its thread's root and needs no
        button for that."""
        dates = self.storage.listings.dates_of(paper.id)
        summary = self.storage.summaries.get(paper.id, language, place=place)
        entry = DigestEntry(
            paper=paper,
            votes=paper.votes,
            summary=summary,
            related=related_of(self.storage, [paper.id]).get(paper.id, ()),
            picture=picture_of(self.storage, paper),
            notes=tuple(self.storage.notes.of_paper(paper.id, place=place)),
        )
        return paper_card(
            entry,
            language,
            listed_on=dates[0] if dates else None,
            evidence=evidence_links_of(self.storage, paper, entry.summaries),
            saved=self.storage.library.many_saved(place, paper.id),
            buttons=[paper_buttons(paper, language, with_thread_button=with_thread_button)],
            is_root=not with_thread_button,
        )

    def _abstract(self, paper: Paper, language: str) -> Message:
        """The abstract, in the reader's language when there is one."""
        text = self.storage.papers.abstract(paper.id, language) or paper.abstract
        return plain_message(
            truncate(text, 2800) if text else catalog(language).text("actions-no-abstract")
        )

    def related(self, paper_id: str, language: str, most: int = MOST_RELATED) -> Message:
        """Papers of the archive that are near.

        Raises:
            UnknownPaperError: there is no such paper.
        """
        paper = self.papers.by_id(paper_id)
        hits = self.index.papers(paper.title, limit=most + 1)
        near = [hit for hit in hits if hit.paper.id != paper.id][:most]
        words = catalog(language)
        if not near:
            return plain_message(words.text("actions-no-related"))
        title = words.text("actions-related", title=truncate(shown_title(paper), 120))
        lines = sentences_of(self.storage, [hit.paper for hit in near], language)
        shown = [replace(hit, snippet=lines[hit.paper.id], marked="") for hit in near]
        return results_message(shown, paper.title, language, title=title)


def _bibtex(paper: Paper) -> Message:
    """The entry for a reference manager."""
    entry = bibtex([paper]).strip().replace("`", "ˋ")  # a fence must not end within
    return Message(escaped(entry, TEXT_LIMIT), (section(f"```{escaped(entry, 2900)}```"),))
