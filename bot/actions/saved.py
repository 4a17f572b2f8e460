"""A member's saved papers: keeping the list, showing it, and giving it to take along."""

from dataclasses import dataclass

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


@dataclass(frozen=True)
class SavedPapers:
    """Members' lists. That one saved a paper or thinks something of it is a signal as well, which
    shifts what their channel's digests choose."""

    storage: Storage
    papers: PaperFinder
    lists: ListSender
    clock: Clock

    def save(self, channel: str, words: str, user: str, language: str) -> Message:
        """Put the paper that *words* mean on the member's list.

        Raises:
            InputError: no paper is named.
            UnknownPaperError: nothing fits.
        """
        paper = self.papers.find(channel, words)
        with self.storage.transaction():
            is_new = self.storage.library.save(user, paper.id, now=self.clock())
            self._signal(channel, paper.id, user, "saved")
        message_id = "actions-saved" if is_new else "actions-saved-before"
        return plain_message(
            catalog(language).text(message_id, title=truncate(shown_title(paper), 150))
        )

    def react(self, channel: str, ts: str, user: str, emoji: str, *, added: bool) -> None:
        """Take a reaction on a paper's message for what it says: a bookmark saves, and one that is
        taken back takes its signal along."""
        thread = self.storage.threads.get(channel, ts)
        kind = REACTIONS.get(emoji)
        if thread is None or thread.paper_id is None or kind is None:
            return
        with self.storage.transaction():
            if kind == "saved" and added:
                self.storage.library.save(user, thread.paper_id, now=self.clock())
            elif kind == "saved":
                self.storage.library.unsave(user, thread.paper_id)
            if added:
                self._signal(channel, thread.paper_id, user, kind)
            else:
                self.storage.library.unsignal(
                    channel, user=user, paper_id=thread.paper_id, kind=kind
                )

    def unsave(self, paper_id: str, user: str) -> None:
        """Take a paper from the member's list."""
        self.storage.library.unsave(user, paper_id)

    def mark_read(self, paper_id: str, user: str, *, read: bool) -> None:
        """Tick a saved paper off, or untick it."""
        now = self.clock() if read else None
        self.storage.library.mark_read(user, paper_id, now=now)

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
        return self.lists.send(papers, kind, user, language)

    def entries(self, user: str) -> list[tuple[SavedPaper, Paper]]:
        """The member's list with its papers, unread ones first."""
        entries = self.storage.library.saved(user)
        known = self.storage.papers.get_many([one.paper_id for one in entries])
        papers = {paper.id: paper for paper in known}
        return [(one, papers[one.paper_id]) for one in entries]

    def _signal(self, channel: str, paper_id: str, user: str, kind: str) -> None:
        self.storage.library.signal(
            channel, user=user, paper_id=paper_id, kind=kind, now=self.clock()
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


def _page_buttons(page: int, count: int, language: str) -> list[Block]:
    ways = (
        (page - 1, "digests-list-previous", ActionId.PAGE_PREVIOUS),
        (page + 1, "digests-list-next", ActionId.PAGE_NEXT),
    )
    turns = [
        button(catalog(language).text(label), action, make_value({"saved": 1, "page": other}))
        for other, label, action in ways
        if 0 <= other * PAGE < count
    ]
    return [actions(*turns)] if turns else []
