"""Notes: what members write about a paper."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.actions.forms import audience_line, input_block, modal, no_paper_view, text_input
from bot.actions.papers import PaperFinder
from bot.clock import Clock
from bot.digests.paper_text import linked_title, shown_title
from bot.errors import InputError
from bot.languages import catalog
from bot.slack.blocks import (
    Block,
    Message,
    actions,
    bold,
    button,
    context,
    escape,
    section,
    truncate,
)
from bot.slack.blocks.ids import ActionId, CallbackId
from bot.slack.blocks.message import fallback
from bot.slack.blocks.pages import MAX_CHARACTERS, Piece, pack
from bot.slack.blocks.text import escaped
from bot.slack.visibility import Places
from storage import WHOLE_TEAM, Note, Storage

LONGEST_NOTE = 3000
SHOWN_NOTE = 700
MOST_NOTES = 20
ORIGIN = "slack"


@dataclass(frozen=True)
class Notes:
    """Keeps notes with the place from which they may be seen, and shows them there."""

    storage: Storage
    papers: PaperFinder
    places: Places
    clock: Clock
    # index makes papers that got a note findable by it.
    index: Callable[[Sequence[str]], object]
    # retell has what is posted about a paper show the note.
    retell: Callable[[str], object]

    def show(self, channel: str, words: str, language: str, *, place: str = WHOLE_TEAM) -> Message:
        """What was noted about the paper that *words* mean and may be seen in *place*.

        Raises:
            InputError: no paper is named.
            UnknownPaperError: nothing fits.
        """
        paper, texts = self.papers.find(channel, words), catalog(language)
        title = texts.text("actions-notes-title", title=truncate(shown_title(paper), 150))
        notes = self.storage.notes.of_paper(paper.id, place=place)[-MOST_NOTES:]
        add = actions(button(texts.text("actions-note-add"), ActionId.PAPER_NOTE, paper.id))
        empty = [] if notes else [texts.text("actions-no-notes")]
        blocks: list[Block] = [section(bold(title))]
        blocks.extend(section(escape(line)) for line in empty)
        newest = [_note_piece(note, language) for note in reversed(notes)]
        shown = list(reversed(pack(newest, characters=MAX_CHARACTERS - 1500)[0])) if newest else []
        rows = [row for piece in shown for row in piece.rows]
        drawn = (block for piece in shown for block in piece.blocks)
        text = fallback([title, *empty], rows)
        return Message(text, (*blocks, *drawn, add), is_empty=not notes)

    def add(self, paper_id: str, text: str, user: str, *, place: str) -> None:
        """Keep what a member wrote about a paper, for those who can see *place*.

        Raises:
            InputError: no words, or too many.
            UnknownPaperError: there is no such paper.
        """
        words = check_note(text)
        paper_id = self.papers.by_id(paper_id).id
        note = Note(paper_id, user, words, ORIGIN, self.clock())
        known = self.storage.notes.of_paper(paper_id, place=place)
        if not any((one.author, one.text) == (user, words) for one in known):
            self.storage.notes.add(note, place=place)
            self.index([paper_id])
            self.retell(paper_id)

    def view(
        self, paper_id: str, language: str, *, channel: str, user: str, text: str = ""
    ) -> dict[str, Any]:
        """The modal that takes a note of *user* on a paper, filled in with *text*."""
        words = catalog(language)
        paper = self.storage.papers.get(paper_id)
        place = self.places.written_in(channel, user)
        field = text_input(LONGEST_NOTE, text=text, multiline=True)
        return modal(
            words.text("actions-note-form"),
            [
                section(f"*{linked_title(paper) if paper else escape(paper_id)}*"),
                input_block(ActionId.NOTE_TEXT, words.text("actions-note-label"), field),
                audience_line(place, language),
            ],
            words,
            callback=CallbackId.NOTE,
            about={"paper": paper_id, "place": place},
            submit=words.text("actions-note-submit"),
        )

    def view_of_message(
        self, channel: str, root_ts: str, message: str, language: str, *, user: str, text: str
    ) -> dict[str, Any]:
        """The modal that takes a note on the paper of a message; asks no source. *root_ts* is the
        message's thread."""
        paper_id = self.papers.of_message(channel, root_ts, message)
        if paper_id is None:
            return no_paper_view(language, catalog(language).text("actions-note-form"))
        return self.view(paper_id, language, channel=channel, user=user, text=text)


def check_note(text: str) -> str:
    """What is kept of a note.

    Raises:
        InputError: no words, or too many.
    """
    words = text.strip()
    if not words:
        raise InputError("empty note", message_id="actions-empty-note")
    if len(words) > LONGEST_NOTE:
        raise InputError("long note", message_id="actions-long-note", most=LONGEST_NOTE)
    return words


def _note_piece(note: Note, language: str) -> Piece:
    blocks = (section(escaped(note.text, SHOWN_NOTE)), context(_byline(note, language)))
    return Piece(blocks, ((truncate(note.text, SHOWN_NOTE), ""),))


def _byline(note: Note, language: str) -> str:
    words = catalog(language)
    day = words.short_day(note.written_at.date())
    if note.author:
        return words.text("actions-note-by", user=f"<@{note.author}>", day=day)
    return words.text("actions-note-from", origin=escape(note.origin), day=day)
