"""A member's saved papers as a list to take along: BibTeX, CSL-JSON or Markdown, always whole.

What fits into one message is shown to be copied. A longer list comes as a file in the member's
messages with Paperboy or, where Slack takes no file, as pages.
"""

import logging
import time
from collections.abc import Callable, Iterator, Sequence

from bot.actions.citations import LISTS
from bot.clock import Clock
from bot.delivery import Outbox
from bot.delivery.retries import patiently
from bot.errors import InputError, SlackError
from bot.languages import catalog
from bot.slack.blocks import Message, escape, plain_message, section
from bot.slack.blocks.message import TEXT_LIMIT
from bot.slack.blocks.pages import Piece, pack
from bot.slack.port import SlackOut, Upload
from storage import Paper

# What a reply may show; more pages come as messages of their own.
MOST_PAGES = 4
LONGEST_FENCE = 2_900
ENDINGS = {"bibtex": "bib", "csl": "json", "markdown": "md"}

Written = Callable[[Sequence[Paper]], str]

log = logging.getLogger(__name__)


class ListSender:
    """Gives lists to members."""

    def __init__(self, slack: SlackOut, outbox: Outbox, clock: Clock) -> None:
        self._slack = slack
        self._outbox = outbox
        self._clock = clock

    def send(
        self, papers: Sequence[Paper], kind: str, user: str, language: str
    ) -> tuple[Message, ...]:
        """Give *papers* as *kind* to a member.

        Returns:
            What to show in reply: the list itself, or where it is.

        Raises:
            InputError: no such form.
        """
        if kind not in LISTS:
            raise InputError(kind, message_id="actions-unknown-list", typed=kind[:40])
        words = catalog(language)
        if not papers:
            return (plain_message(words.text("actions-nothing-saved")),)
        title = words.text("actions-list-title", count=len(papers), kind=kind)
        pages = tuple(list_pages(papers, LISTS[kind], title))
        if len(pages) == 1:
            return pages
        name = f"papers.{ENDINGS[kind]}"
        if self._uploaded(Upload(name, title, title, lambda: LISTS[kind](papers).encode()), user):
            return (plain_message(words.text("actions-list-file", title=title, file=name)),)
        if len(pages) <= MOST_PAGES:
            return pages
        moment = self._clock().isoformat()
        for number, page in enumerate(pages):
            self._outbox.plan(f"list:{user}:{kind}:{moment}:{number}", user, page, "notice")
        return (plain_message(words.text("actions-list-pages", title=title, pages=len(pages))),)

    def _uploaded(self, file: Upload, user: str) -> bool:
        """Share a file in the member's messages; False where Slack doesn't take it."""
        try:
            channel = self._slack.conversation_open(user)
            patiently(lambda: self._slack.upload(channel, file), sleep=time.sleep)
        except SlackError as error:
            log.info("no file for %s, the list comes in pages: %s", user, error)
            return False
        return True


def list_pages(papers: Sequence[Paper], written: Written, title: str) -> Iterator[Message]:
    """The list as messages to copy from. Each is whole by itself, but for a paper that is too long
    for one: its pages go on where the one before ends."""
    text = written(papers).strip()
    pages = pack([Piece((section(f"```\n{one}\n```"),)) for one in _fenced(text)])
    if len(pages) > 1 and len(papers) > 1:
        half = len(papers) // 2
        yield from list_pages(papers[:half], written, title)
        yield from list_pages(papers[half:], written, title)
        return
    whole = escape(text)
    text_fallback = whole if len(pages) == 1 and len(whole) <= TEXT_LIMIT else escape(title)
    for page in pages:
        yield Message(text_fallback, tuple(block for piece in page for block in piece.blocks))


def _fenced(text: str) -> Iterator[str]:
    """Escaped pieces that fit between the marks of a code block, cut at lines where possible."""
    room = LONGEST_FENCE
    # The marks themselves must not stand within.
    pieces = [text.replace("```", "ˋˋˋ")]
    while any(len(escape(one)) > LONGEST_FENCE for one in pieces):
        pieces = _split_lines(text.replace("```", "ˋˋˋ"), room)
        room = room * 3 // 4
    yield from map(escape, pieces)


def _split_lines(text: str, limit: int) -> list[str]:
    """*text* in pieces of at most *limit* characters, which hold all of it and end at lines."""
    pieces: list[str] = []
    for line in text.split("\n"):
        for start in range(0, max(len(line), 1), limit):
            part = line[start : start + limit]
            if pieces and start == 0 and len(pieces[-1]) + 1 + len(part) <= limit:
                pieces[-1] += f"\n{part}"
            else:
                pieces.append(part)
    return pieces
