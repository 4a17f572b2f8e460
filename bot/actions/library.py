"""A member's saved papers, and what the team noted about a paper."""

from collections.abc import Callable, Sequence
from typing import Any

from bot.actions.audience import seen_by
from bot.clock import Clock
from bot.digests.lists import plain_message
from bot.digests.localisation import Localisation
from bot.digests.paper_text import linked_title, shown_title, withdrawal
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
    header,
    overflow,
    section,
    truncate,
)
from bot.slack.blocks.ids import OPTION_VALUE_LIMIT, ActionId, CallbackId, make_value, numbered
from bot.slack.blocks.message import fallback
from bot.slack.blocks.pages import MAX_CHARACTERS, Piece, pack
from bot.slack.blocks.text import escaped
from storage import WHOLE_TEAM, Note, Paper, SavedPaper, Storage

PAGE = 10
LONGEST_NOTE = 3000
SHOWN_NOTE = 700
MOST_NOTES = 20
ORIGIN = "slack"
# What a reaction on a paper's message means, by the emoji's name.
REACTIONS = {"bookmark": "saved", "+1": "liked", "thumbsup": "liked", "-1": "unwanted"}

Find = Callable[[str, str], Paper]


class LibraryDesk:
    """Lists and notes. *find* finds the paper that a member means in a channel, *ensure* fetches
    one by its id, *noted* is told the ids of papers that got a note."""

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        *,
        find: Find,
        ensure: Callable[[str], Paper],
        noted: Callable[[Sequence[str]], object] = lambda _ids: None,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._find = find
        self._ensure = ensure
        self._noted = noted

    def save(self, channel: str, words: str, user: str, language: str) -> Message:
        """Put the paper that *words* mean on the member's list.

        Raises:
            InputError: no paper is named.
            UnknownPaperError: nothing fits.
        """
        paper = self._find(channel, words)
        is_new = self._storage.library.save(user, paper.id, now=self._clock())
        self.sign(channel, paper.id, user, "saved")
        told = "desk-saved" if is_new else "desk-saved-before"
        return plain_message(catalog(language).text(told, title=truncate(shown_title(paper), 150)))

    def sign(self, channel: str, paper_id: str, user: str, kind: str) -> None:
        """Remember a sign that a member of a channel cares for a paper, or doesn't."""
        self._storage.library.signal(
            channel, user=user, paper_id=paper_id, kind=kind, now=self._clock()
        )

    def react(self, channel: str, ts: str, user: str, emoji: str, *, added: bool) -> None:
        """Take a reaction on a paper's message for what it says: a bookmark saves, and one that is
        taken back takes its sign along."""
        thread = self._storage.threads.get(channel, ts)
        kind = REACTIONS.get(emoji)
        if thread is None or thread.paper_id is None or kind is None:
            return
        if kind == "saved" and added:
            self._storage.library.save(user, thread.paper_id, now=self._clock())
        elif kind == "saved":
            self._storage.library.unsave(user, thread.paper_id)
        if added:
            self.sign(channel, thread.paper_id, user, kind)
        else:
            self._storage.library.unsignal(channel, user=user, paper_id=thread.paper_id, kind=kind)

    def unsave(self, paper_id: str, user: str) -> None:
        """Take a paper from the member's list."""
        self._storage.library.unsave(user, paper_id)

    def mark_read(self, paper_id: str, user: str, *, read: bool) -> None:
        """Tick a saved paper off, or untick it."""
        now = self._clock() if read else None
        self._storage.library.mark_read(user, paper_id, now=now)

    def saved(self, user: str, language: str, *, page: int = 0) -> Message:
        """The member's list, unread papers first."""
        words = catalog(language)
        entries = self.entries(user)
        if not entries:
            return plain_message(words.text("desk-nothing-saved"))
        unread = sum(entry.read_at is None for entry, _ in entries)
        title = words.text("desk-saved-title", count=len(entries), unread=unread)
        start = min(page, (len(entries) - 1) // PAGE) * PAGE
        shown = entries[start : start + PAGE]
        blocks: list[Block] = [header(title)]
        for entry, paper in shown:
            blocks.extend(saved_row(entry, paper, language))
        blocks.extend(_turning(start // PAGE, len(entries), language))
        rows = [(_saved_line(entry, paper, language), "") for entry, paper in shown]
        return Message(fallback([title], rows), tuple(blocks))

    def entries(self, user: str) -> list[tuple[SavedPaper, Paper]]:
        """The member's list with its papers, unread ones first."""
        entries = self._storage.library.saved(user)
        known = self._storage.papers.get_many([one.paper_id for one in entries])
        papers = {paper.id: paper for paper in known}
        return [(one, papers[one.paper_id]) for one in entries]

    def notes(self, channel: str, words: str, language: str, *, place: str = WHOLE_TEAM) -> Message:
        """What was noted about a paper and may be seen in *place*.

        Raises:
            InputError: no paper is named.
            UnknownPaperError: nothing fits.
        """
        paper = self._find(channel, words)
        return self._notes(paper, language, place)

    def add_note(self, paper_id: str, text: str, user: str, *, place: str) -> None:
        """Keep what a member wrote about a paper, for those who can see *place*.

        Raises:
            InputError: no words, or too many.
            UnknownPaperError: there is no such paper.
        """
        words = check_note(text)
        self._ensure(paper_id)
        note = Note(paper_id, user, words, ORIGIN, self._clock())
        notes = self._storage.seen_in(place).notes
        if not any((one.author, one.text) == (user, words) for one in notes.of_paper(paper_id)):
            notes.add(note)
            self._noted([paper_id])

    def note_view(
        self, paper_id: str, language: str, *, place: str, text: str = ""
    ) -> dict[str, Any]:
        """The modal that takes a note on a paper, for those who can see *place*."""
        words = catalog(language)
        paper = self._storage.papers.get(paper_id)
        element: Block = {
            "type": "plain_text_input",
            "action_id": ActionId.NOTE_TEXT.value,
            "multiline": True,
            "max_length": LONGEST_NOTE,
        }
        if text:
            element["initial_value"] = text[:LONGEST_NOTE]
        return {
            "type": "modal",
            "callback_id": CallbackId.NOTE.value,
            "private_metadata": make_value({"paper": paper_id, "place": place}),
            "title": _plain(words.text("desk-note-form")),
            "submit": _plain(words.text("desk-note-submit")),
            "close": _plain(words.text("desk-form-close")),
            "blocks": [
                section(f"*{linked_title(paper) if paper else escape(paper_id)}*"),
                {
                    "type": "input",
                    "block_id": ActionId.NOTE_TEXT.value,
                    "label": _plain(words.text("desk-note-label")),
                    "element": element,
                },
                seen_by(place, language),
            ],
        }

    def _notes(self, paper: Paper, language: str, place: str) -> Message:
        words = catalog(language)
        title = words.text("desk-notes-title", title=truncate(shown_title(paper), 150))
        notes = self._storage.seen_in(place).notes.of_paper(paper.id)[-MOST_NOTES:]
        add = actions(button(words.text("desk-note-add"), ActionId.PAPER_NOTE, paper.id))
        told = [] if notes else [words.text("desk-no-notes")]
        blocks: list[Block] = [section(bold(title))]
        blocks.extend(section(escape(line)) for line in told)
        newest = [_note_piece(note, language) for note in reversed(notes)]
        shown = list(reversed(pack(newest, characters=MAX_CHARACTERS - 1500)[0])) if newest else []
        rows = [row for piece in shown for row in piece.rows]
        drawn = (block for piece in shown for block in piece.blocks)
        return Message(fallback([title, *told], rows), (*blocks, *drawn, add))


def check_note(text: str) -> str:
    """What is kept of a note.

    Raises:
        InputError: no words, or too many.
    """
    words = text.strip()
    if not words:
        raise InputError("empty note", message_id="desk-empty-note")
    if len(words) > LONGEST_NOTE:
        raise InputError("long note", message_id="desk-long-note", most=LONGEST_NOTE)
    return words


def _note_piece(note: Note, language: str) -> Piece:
    blocks = (section(escaped(note.text, SHOWN_NOTE)), context(_byline(note, language)))
    return Piece(blocks, ((truncate(note.text, SHOWN_NOTE), ""),))


def _byline(note: Note, language: str) -> str:
    words = catalog(language)
    day = words.short_day(note.written_at.date())
    if note.author:
        return words.text("desk-note-by", user=f"<@{note.author}>", day=day)
    return words.text("desk-note-from", origin=escape(note.origin), day=day)


def _tick(entry: SavedPaper) -> str:
    return "✓" if entry.read_at else "•"


def _saved_line(entry: SavedPaper, paper: Paper, language: str) -> str:
    gone = withdrawal(paper, Localisation(language))
    return f"{_tick(entry)} {shown_title(paper)}{f' ({gone})' if gone else ''}"


def saved_row(entry: SavedPaper, paper: Paper, language: str) -> Sequence[Block]:
    """One paper of a member's list, with the menu that changes its place there."""
    words = catalog(language)
    ticking = ("desk-mark-unread", "unread") if entry.read_at else ("desk-mark-read", "read")
    choices = [
        (words.text(label), make_value({"paper": paper.id, "do": what}, limit=OPTION_VALUE_LIMIT))
        for label, what in (ticking, ("desk-unsave", "unsave"))
    ]
    menu = overflow(numbered(ActionId.SAVED_MENU, paper.id), choices)
    gone = withdrawal(paper, Localisation(language))
    shown = " · ".join(part for part in (linked_title(paper), gone) if part)
    return (section(f"{_tick(entry)} {shown}", accessory=menu),)


def _turning(page: int, count: int, language: str) -> Sequence[Block]:
    words = catalog(language)
    turns = []
    if page > 0:
        value = make_value({"saved": 1, "page": page - 1})
        turns.append(button(words.text("digests-list-previous"), ActionId.PAGE_PREVIOUS, value))
    if (page + 1) * PAGE < count:
        value = make_value({"saved": 1, "page": page + 1})
        turns.append(button(words.text("digests-list-next"), ActionId.PAGE_NEXT, value))
    return [actions(*turns)] if turns else []


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text}
