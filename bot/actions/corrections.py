"""A member's corrections: the summary as a form, and what was written there as a new summary."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.actions.audience import seen_by
from bot.actions.forms import plain
from bot.clock import Clock
from bot.digests.paper_text import linked_title
from bot.errors import UnknownPaperError
from bot.languages import catalog
from bot.slack.blocks import Block, escape, section
from bot.slack.blocks.ids import ActionId, CallbackId, make_value, numbered
from storage import Highlight, Storage, Summary, member_maker

SLOTS = ("new", "technical", "performance")
LONGEST_TEXT = 1000
TLDR = ActionId.CORRECTION_TEXT.value


class CorrectionDesk:
    """Corrections are stored beside what they correct, with their author, and shown instead."""

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        *,
        noted: Callable[[Sequence[str]], object],
    ) -> None:
        """*noted* is told the ids of corrected papers."""
        self._storage = storage
        self._clock = clock
        self._noted = noted

    def view(
        self, paper_id: str, language: str, *, summary_language: str, place: str
    ) -> dict[str, Any]:
        """The modal, holding the summary in *summary_language* as it is shown now in the place
        for which it will be corrected."""
        words = catalog(language)
        paper = self._storage.papers.get(paper_id)
        summary = self._summary(paper_id, summary_language, place)
        told = {one.slot: one.text for one in summary.highlights}
        fields = [
            _field(TLDR, words.text("digests-card-tldr"), summary.tldr, optional=False),
            *(
                _field(_name(slot), words.text(f"digests-highlight-{slot}"), told.get(slot, ""))
                for slot in SLOTS
            ),
        ]
        return {
            "type": "modal",
            "callback_id": CallbackId.CORRECTION.value,
            "private_metadata": make_value(
                {"paper": paper_id, "language": summary_language, "place": place}
            ),
            "title": plain(words.text("desk-correction-form")),
            "submit": plain(words.text("desk-note-submit")),
            "close": plain(words.text("desk-form-close")),
            "blocks": [
                section(f"*{linked_title(paper) if paper else escape(paper_id)}*"),
                *fields,
                seen_by(place, language),
            ],
        }

    def keep(
        self, paper_id: str, language: str, fields: Mapping[str, str], user: str, *, place: str
    ) -> None:
        """Store what the form's *fields* hold as this member's summary, for those who can see
        *place*.

        Raises:
            UnknownPaperError: the paper is gone, or has got another id, since the form was opened.
        """
        if self._storage.papers.get(paper_id) is None:
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
        self._storage.seen_in(place).summaries.save(corrected, now=self._clock())
        self._noted([paper_id])

    def _summary(self, paper_id: str, language: str, place: str) -> Summary:
        known = self._storage.seen_in(place).summaries.get(paper_id, language)
        return known or Summary(paper_id=paper_id, language=language, tldr="")


def field_names() -> tuple[str, ...]:
    """The names of the form's fields."""
    return (TLDR, *(_name(slot) for slot in SLOTS))


def _name(slot: str) -> str:
    return numbered(ActionId.CORRECTION_TEXT, slot)


def _field(name: str, label: str, text: str, *, optional: bool = True) -> Block:
    element: Block = {
        "type": "plain_text_input",
        "action_id": name,
        "multiline": True,
        "max_length": LONGEST_TEXT,
    }
    if text:
        element["initial_value"] = text[:LONGEST_TEXT]
    return {
        "type": "input",
        "block_id": name,
        "label": plain(label),
        "element": element,
        "optional": optional,
    }
