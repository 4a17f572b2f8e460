"""Sharing: a paper with another channel, by a form; a reply that one member got, with all."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.actions.channels import Channels
from bot.actions.forms import input_block, modal, text_input
from bot.actions.poster import Poster
from bot.actions.threads import PaperThreads
from bot.digests.lists import shared_message
from bot.languages import Catalog, catalog
from bot.slack.blocks import Block, Message, escape, link, section, truncate
from bot.slack.blocks.ids import ActionId, CallbackId
from bot.slack.blocks.message import fallback
from bot.text import one_line
from storage import Storage

LONGEST_TITLE = 200
LONGEST_COMMENT = 500


@dataclass(frozen=True)
class Sharing:
    """Posts a paper's card, once, in a channel that a member chose, with what they say of it."""

    storage: Storage
    threads: PaperThreads
    channels: Channels
    poster: Poster

    def share_reply(
        self, channel: str, messages: Sequence[Message], *, user: str, language: str, key: str
    ) -> None:
        """Post for everybody what one member was shown, what follows the first message in its
        thread; the same *key* posts once.

        Raises:
            InputError: Paperboy isn't in the channel.
        """
        first, *more = messages
        key = f"share:{channel}:{key}"
        shared = shared_message(first, user, language)
        _, thread = self.poster.post(key, channel, shared, "notice", user=user)
        for part, message in enumerate(more, start=2):
            self.poster.post(
                f"{key}/{part}", channel, message, "notice", user=user, thread_ts=thread
            )

    def view(
        self,
        paper_id: str,
        language: str,
        *,
        channel: str | None = None,
        comment: str = "",
        problem: str = "",
    ) -> dict[str, Any]:
        """The form; with *problem* it says what kept the card from being posted, and how to mend
        that."""
        words = catalog(language)
        wrong = [section(f":warning: {escape(problem)}")] if problem else []
        where = input_block(
            ActionId.SHARE_CHANNEL, words.text("actions-share-channel"), _to(channel)
        )
        what = input_block(
            ActionId.SHARE_COMMENT,
            words.text("actions-share-comment"),
            text_input(LONGEST_COMMENT, text=comment, multiline=True),
            optional=True,
        )
        submit = words.text("actions-share-submit")
        return self._modal(paper_id, words, before=wrong, after=[where, what], submit=submit)

    def progress_view(self, paper_id: str, language: str, *lines: str) -> dict[str, Any]:
        """The form's place while the card is being posted, and after; *lines* are mrkdwn."""
        return self._modal(paper_id, catalog(language), after=[section(line) for line in lines])

    def share(
        self, paper_id: str, channel: str, *, user: str, comment: str, language: str, key: str
    ) -> Sequence[str]:
        """Post the card in *channel*, or the comment in the thread that the paper has there; done
        twice under one *key* it is done once.

        Returns:
            What to tell *user*, as mrkdwn.

        Raises:
            InputError: Slack takes no post there, or the card is still waiting to be sent.
            UnknownPaperError: there is no such paper.
        """
        comment, spoken = one_line(comment), self.channels.language(channel)
        introduction = _introduction(user, comment, spoken)
        thread = self.threads.open(channel, paper_id, user=user, introduction=introduction)
        if comment and not thread.is_new:
            self.poster.post(
                f"share:{channel}:{key}",
                channel,
                introduction,
                "notice",
                user=user,
                thread_ts=thread.ts,
            )
        words = catalog(language)
        done = "actions-share-done" if thread.is_new else "actions-share-known"
        return [
            words.text(done, channel=f"<#{channel}>"),
            link(thread.address, words.text("commands-go-to-thread")),
        ]

    def _modal(
        self,
        paper_id: str,
        words: Catalog,
        *,
        after: Sequence[Block],
        before: Sequence[Block] = (),
        submit: str | None = None,
    ) -> dict[str, Any]:
        """The form about a paper, with blocks above and below its title."""
        paper = self.storage.papers.get(paper_id)
        shown = truncate(one_line(paper.title) if paper else paper_id, LONGEST_TITLE)
        return modal(
            words.text("actions-share-title"),
            [*before, section(f"*{escape(shown)}*"), *after],
            words,
            callback=CallbackId.SHARE_PAPER,
            about={"paper": paper.id if paper else paper_id},
            submit=submit,
        )


def _introduction(user: str, comment: str, language: str) -> Message:
    """Who shares the paper, and what they say of it, quoted as theirs."""
    words = catalog(language)
    text = words.text("actions-share-by", user=f"<@{user}>")
    quoted = f"\n> {escape(comment)}" if comment else ""
    lines = [words.text("actions-share-by-member"), *([comment] if comment else [])]
    return Message(fallback(lines), (section(f"{text}{quoted}"),))


def _to(channel: str | None) -> Block:
    element: Block = {
        "type": "conversations_select",
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    return element | ({"initial_conversation": channel} if channel else {})
