"""Correcting a summary: the summary as a form, and what was written there as a new summary."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.actions.channels import Channels
from bot.actions.forms import audience_line, input_block, modal, text_input
from bot.clock import Clock
from bot.digests.paper_text import linked_title
from bot.errors import UnknownPaperError
from bot.languages import catalog
from bot.slack.blocks import escape, section
from bot.slack.blocks.ids import ActionId, CallbackId, numbered
from bot.slack.visibility import Places
from storage import Highlight, Storage, Summary, member_maker

SLOTS = ("new", "technical", "performance")
LONGEST_TEXT = 1000
TLDR = ActionId.CORRECTION_TEXT.value


@dataclass(frozen=True)
class Corrections:
    """Corrections are stored beside what they correct, with their author, and shown instead."""

    storage: Storage
    channels: Channels
    places: Places
    clock: Clock
    # index makes corrected papers findable by their new words.
    index: Callable[[Sequence[str]], object]
    # retell has what is posted about a paper show the correction.
    retell: Callable[[str], object]

    def view(self, paper_id: str, language: str, *, channel: str, user: str) -> dict[str, Any]:
        """The modal, holding the summary as it is shown now to *user* in *channel*."""
        words, place = catalog(language), self.places.written_in(channel, user)
        paper, shown = self.storage.papers.get(paper_id), self.channels.language(channel)
        summary = self._summary(paper_id, shown, place)
        texts = {_name(one.slot): one.text for one in summary.highlights} | {TLDR: summary.tldr}
        labels = {
            TLDR: words.text("digests-card-tldr"),
            **{_name(slot): words.text(f"digests-highlight-{slot}") for slot in SLOTS},
        }
        fields = [
            input_block(
                name,
                label,
                text_input(LONGEST_TEXT, text=texts.get(name, ""), multiline=True),
                optional=name != TLDR,
            )
            for name, label in labels.items()
        ]
        return modal(
            words.text("actions-correction-form"),
            [
                section(f"*{linked_title(paper) if paper else escape(paper_id)}*"),
                *fields,
                audience_line(place, language),
            ],
            words,
            callback=CallbackId.CORRECTION,
            about={"paper": paper_id, "language": shown, "place": place},
            submit=words.text("actions-note-submit"),
        )

    def keep(
        self, paper_id: str, language: str, fields: Mapping[str, str], user: str, *, place: str
    ) -> None:
        """Store what the form's *fields* hold as this member's summary, for those who can see
        *place*.

        Raises:
            UnknownPaperError: the paper is gone, or has got another id, since the form was opened.
        """
        if self.storage.papers.get(paper_id) is None:
            raise UnknownPaperError(f"no paper {paper_id}", paper=paper_id or "-")
        before = self._summary(paper_id, language, place)
        rests_on = {one.slot: one.passages for one in before.highlights}
        highlights = tuple(
            Highlight(slot, fields[_name(slot)], rests_on.get(slot, ()))
            for slot in SLOTS
            if fields.get(_name(slot))
        )
        corrected = replace(
            before,
            tldr=fields.get(TLDR, ""),
            highlights=highlights,
            maker=member_maker(user),
            prompt_hash="correction",
            problem=None,
        )
        self.storage.summaries.save(corrected, now=self.clock(), place=place)
        self.index([paper_id])
        self.retell(paper_id)

    def _summary(self, paper_id: str, language: str, place: str) -> Summary:
        known = self.storage.summaries.get(paper_id, language, place=place)
        return known or Summary(paper_id=paper_id, language=language, tldr="")


def field_names() -> tuple[str, ...]:
    """The names of the form's fields."""
    return (TLDR, *(_name(slot) for slot in SLOTS))


def _name(slot: str) -> str:
    return numbered(ActionId.CORRECTION_TEXT, slot)
