"""Sharing: a paper with another channel, by a form; a reply that one member got, with all."""

from collections.abc import Sequence
from typing import Any

from bot.actions.cards import Cards
from bot.actions.channels import Channels
from bot.actions.forms import input_block, modal, text_input
from bot.actions.papers import PaperFinder
from bot.actions.poster import Poster
from bot.actions.threads import card_key
from bot.clock import Clock
from bot.digests.lists import shared_message
from bot.languages import Catalog, catalog
from bot.slack.blocks import Block, Message, escape, link, section, truncate
from bot.slack.blocks.ids import ActionId, CallbackId
from bot.slack.blocks.message import TEXT_LIMIT, fallback
from bot.slack.port import SlackOut
from bot.slack.visibility import seen_from
from bot.text import one_line
from storage import Paper, Storage

LONGEST_TITLE = 200
LONGEST_COMMENT = 500


class Sharing:
    """Posts a paper's card, once, in a channel that a member chose, with what they say of it."""

    def __init__(
        self,
        storage: Storage,
        slack: SlackOut,
        papers: PaperFinder,
        cards: Cards,
        channels: Channels,
        poster: Poster,
        clock: Clock,
    ) -> None:
        self._storage = storage
        self._slack = slack
        self._papers = papers
        self._cards = cards
        self._channels = channels
        self._poster = poster
        self._clock = clock

    def share_reply(
        self, channel: str, message: Message, *, user: str, language: str, key: str
    ) -> None:
        """Post for everybody what one member was shown; the same *key* posts once.

        Raises:
            InputError: Paperboy isn't in the channel.
        """
        shared = shared_message(message, user, language)
        self._poster.post(f"share:{channel}:{key}", channel, shared, "notice", user=user)

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
        paper, comment = self._papers.by_id(paper_id), one_line(comment)
        known = self._storage.threads.of_paper(channel, paper.id)
        if known is None:
            ts = self._open(paper, channel, user=user, comment=comment)
        else:
            ts = known.ts
            self._add(channel, ts, user=user, comment=comment, key=f"share:{channel}:{key}")
        self._storage.library.signal(
            channel, user=user, paper_id=paper.id, kind="opened", now=self._clock()
        )
        words = catalog(language)
        text = words.text(
            "actions-share-known" if known else "actions-share-done", channel=f"<#{channel}>"
        )
        address = self._slack.permalink(channel, ts)
        return [text, link(address, words.text("commands-go-to-thread"))]

    def _open(self, paper: Paper, channel: str, *, user: str, comment: str) -> str:
        language = self._channels.language(channel)
        card = self._cards.card(paper, language, place=seen_from(channel, user))
        intro = _introduction(user, comment, language)
        shared = Message(
            truncate(f"{intro.text}\n{card.text}", TEXT_LIMIT), (*intro.blocks, *card.blocks)
        )
        _, ts = self._poster.post(
            card_key(channel, paper.id), channel, shared, "card", user=user, paper_id=paper.id
        )
        return ts

    def _add(self, channel: str, ts: str, *, user: str, comment: str, key: str) -> None:
        if comment:
            intro = _introduction(user, comment, self._channels.language(channel))
            self._poster.post(key, channel, intro, "notice", user=user, thread_ts=ts)

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
        paper = self._storage.papers.get(paper_id)
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
