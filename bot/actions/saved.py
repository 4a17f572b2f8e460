"""A member's saved papers: keeping the list, showing it, and giving it to take along."""

from collections.abc import Sequence

from bot.actions.citation_lists import ListSender
from bot.actions.papers import PaperFinder
from bot.clock import Clock
from bot.digests.localisation import Localisation
from bot.digests.paper_text import linked_title, shown_title, withdrawal
from bot.languages import catalog
from bot.slack.blocks import (
    Block,
    Message,
    actions,
    button,
    header,
    overflow,
    plain_message,
    section,
    truncate,
)
from bot.slack.blocks.ids import OPTION_VALUE_LIMIT, ActionId, make_value, numbered
from bot.slack.blocks.message import fallback
from storage import Paper, SavedPaper, Storage

PAGE = 10
# What a reaction on a paper's message means, by the emoji's name.
REACTIONS = {"bookmark": "saved", "+1": "liked", "thumbsup": "liked", "-1": "unwanted"}


class SavedPapers:
    """Members' lists. That one saved a paper or thinks something of it is a signal as well, which
    shifts what their channel's digests choose."""

    def __init__(
        self, storage: Storage, papers: PaperFinder, lists: ListSender, clock: Clock
    ) -> None:
        self._storage = storage
        self._papers = papers
        self._lists = lists
        self._clock = clock

    def save(self, channel: str, words: str, user: str, language: str) -> Message:
        """Put the paper that *words* mean on the member's list.

        Raises:
            InputError: no paper is named.
            UnknownPaperError: nothing fits.
        """
        paper = self._papers.find(channel, words)
        is_new = self._storage.library.save(user, paper.id, now=self._clock())
        self._signal(channel, paper.id, user, "saved")
        message_id = "actions-saved" if is_new else "actions-saved-before"
        return plain_message(
            catalog(language).text(message_id, title=truncate(shown_title(paper), 150))
        )

    def react(self, channel: str, ts: str, user: str, emoji: str, *, added: bool) -> None:
        """Take a reaction on a paper's message for what it says: a bookmark saves, and one that is
        taken back takes its signal along."""
        thread = self._storage.threads.get(channel, ts)
        kind = REACTIONS.get(emoji)
        if thread is None or thread.paper_id is None or kind is None:
            return
        if kind == "saved" and added:
            self._storage.library.save(user, thread.paper_id, now=self._clock())
        elif kind == "saved":
            self._storage.library.unsave(user, thread.paper_id)
        if added:
            self._signal(channel, thread.paper_id, user, kind)
        else:
            self._storage.library.unsignal(channel, user=user, paper_id=thread.paper_id, kind=kind)

    def unsave(self, paper_id: str, user: str) -> None:
        """Take a paper from the member's list."""
        self._storage.library.unsave(user, paper_id)

    def mark_read(self, paper_id: str, user: str, *, read: bool) -> None:
        """Tick a saved paper off, or untick it."""
        now = self._clock() if read else None
        self._storage.library.mark_read(user, paper_id, now=now)

    def show(self, user: str, language: str, *, page: int = 0) -> Message:
        """The member's list, unread papers first."""
        words = catalog(language)
        entries = self.entries(user)
        if not entries:
            return plain_message(words.text("actions-nothing-saved"))
        unread = sum(entry.read_at is None for entry, _ in entries)
        title = words.text("actions-saved-title", count=len(entries), unread=unread)
        start = min(page, (len(entries) - 1) // PAGE) * PAGE
        shown = entries[start : start + PAGE]
        blocks: list[Block] = [header(title)]
        blocks.extend(saved_row(entry, paper, language) for entry, paper in shown)
        blocks.extend(_page_buttons(start // PAGE, len(entries), language))
        rows = [(_saved_line(entry, paper, language), "") for entry, paper in shown]
        return Message(fallback([title], rows), tuple(blocks))

    def export(self, user: str, kind: str, language: str) -> tuple[Message, ...]:
        """Bring the member's list as ``bibtex``, ``csl`` or ``markdown``, whole.

        Raises:
            InputError: no such form.
        """
        papers = [paper for _, paper in self.entries(user)]
        return self._lists.send(papers, kind, user, language)

    def entries(self, user: str) -> list[tuple[SavedPaper, Paper]]:
        """The member's list with its papers, unread ones first."""
        entries = self._storage.library.saved(user)
        known = self._storage.papers.get_many([one.paper_id for one in entries])
        papers = {paper.id: paper for paper in known}
        return [(one, papers[one.paper_id]) for one in entries]

    def _signal(self, channel: str, paper_id: str, user: str, kind: str) -> None:
        self._storage.library.signal(
            channel, user=user, paper_id=paper_id, kind=kind, now=self._clock()
        )


def saved_row(entry: SavedPaper, paper: Paper, language: str) -> Block:
    """One paper of a member's list, with the menu that changes its place there."""
    words = catalog(language)
    ticking = ("actions-mark-unread", "unread") if entry.read_at else ("actions-mark-read", "read")
    choices = [
        (words.text(label), make_value({"paper": paper.id, "do": what}, limit=OPTION_VALUE_LIMIT))
        for label, what in (ticking, ("actions-unsave", "unsave"))
    ]
    menu = overflow(numbered(ActionId.SAVED_MENU, paper.id), choices)
    gone = withdrawal(paper, Localisation(language))
    shown = " · ".join(part for part in (linked_title(paper), gone) if part)
    return section(f"{_tick(entry)} {shown}", accessory=menu)


def _tick(entry: SavedPaper) -> str:
    return "✓" if entry.read_at else "•"


def _saved_line(entry: SavedPaper, paper: Paper, language: str) -> str:
    gone = withdrawal(paper, Localisation(language))
    return f"{_tick(entry)} {shown_title(paper)}{f' ({gone})' if gone else ''}"


def _page_buttons(page: int, count: int, language: str) -> Sequence[Block]:
    words = catalog(language)
    turns = []
    if page > 0:
        value = make_value({"saved": 1, "page": page - 1})
        turns.append(button(words.text("digests-list-previous"), ActionId.PAGE_PREVIOUS, value))
    if (page + 1) * PAGE < count:
        value = make_value({"saved": 1, "page": page + 1})
        turns.append(button(words.text("digests-list-next"), ActionId.PAGE_NEXT, value))
    return [actions(*turns)] if turns else []
