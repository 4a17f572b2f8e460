"""Sharing a paper with another channel: the form, and the card that opens its thread there."""

from collections.abc import Callable, Sequence
from typing import Any

from bot.actions.cards import Cards
from bot.actions.forms import input_block, plain
from bot.actions.library import LibraryDesk
from bot.actions.papers import PaperFinder
from bot.actions.posting import Postman
from bot.languages import catalog
from bot.slack.blocks import Block, Message, escape, link, section, truncate
from bot.slack.blocks.ids import ActionId, CallbackId, make_value
from bot.slack.blocks.message import TEXT_LIMIT, fallback
from bot.slack.port import SlackOut
from bot.slack.visibility import seen_from
from bot.text import one_line
from storage import Paper, Storage

LONGEST_COMMENT = 500


class SharingDesk:
    """Posts a paper's card, once, in a channel that a member chose, with what they say of it."""

    def __init__(
        self,
        storage: Storage,
        *,
        slack: SlackOut,
        postman: Postman,
        finder: PaperFinder,
        cards: Cards,
        library: LibraryDesk,
        language_of: Callable[[str], str],
    ) -> None:
        self._storage = storage
        self._slack = slack
        self._postman = postman
        self._finder = finder
        self._cards = cards
        self._library = library
        self._language_of = language_of

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
        paper = self._storage.papers.get(paper_id)
        words = catalog(language)
        told = [section(f":warning: {escape(problem)}")] if problem else []
        return {
            **_frame(language, paper_id, paper),
            "submit": plain(words.text("desk-share-submit")),
            "blocks": [
                *told,
                _title(paper, paper_id),
                input_block(ActionId.SHARE_CHANNEL, words.text("desk-share-channel"), _to(channel)),
                input_block(
                    ActionId.SHARE_COMMENT,
                    words.text("desk-share-comment"),
                    _comment(comment),
                    optional=True,
                ),
            ],
        }

    def told_view(self, paper_id: str, language: str, *lines: str) -> dict[str, Any]:
        """The form's place while the card is being posted, and after; *lines* are mrkdwn."""
        paper = self._storage.papers.get(paper_id)
        shown = [_title(paper, paper_id), *(section(line) for line in lines)]
        return {**_frame(language, paper_id, paper), "blocks": shown}

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
        paper, said = self._finder.by_id(paper_id), one_line(comment)
        known = self._storage.threads.of_paper(channel, paper.id)
        if known is None:
            ts = self._open(paper, channel, user=user, comment=said)
        else:
            ts = known.ts
            self._add(channel, ts, user=user, comment=said, key=f"share:{channel}:{key}")
        self._library.sign(channel, paper.id, user, "opened")
        words = catalog(language)
        told = words.text(
            "desk-share-known" if known else "desk-share-done", channel=f"<#{channel}>"
        )
        address = self._slack.permalink(channel, ts)
        return [told, link(address, words.text("commands-go-to-thread"))]

    def _open(self, paper: Paper, channel: str, *, user: str, comment: str) -> str:
        language = self._language_of(channel)
        card = self._cards.card(paper, language, place=seen_from(channel, user))
        told = _introduction(user, comment, language)
        shared = Message(
            truncate(f"{told.text}\n{card.text}", TEXT_LIMIT), (*told.blocks, *card.blocks)
        )
        _, ts = self._postman.post(
            f"card:{channel}:{paper.id}", channel, shared, "card", user=user, paper_id=paper.id
        )
        return ts

    def _add(self, channel: str, ts: str, *, user: str, comment: str, key: str) -> None:
        if comment:
            told = _introduction(user, comment, self._language_of(channel))
            self._postman.post(key, channel, told, "notice", user=user, thread_ts=ts)


def _introduction(user: str, comment: str, language: str) -> Message:
    """Who shares the paper, and what they say of it, quoted as theirs."""
    words = catalog(language)
    told = words.text("desk-share-by", user=f"<@{user}>")
    quoted = f"\n> {escape(comment)}" if comment else ""
    lines = [words.text("desk-share-by-member"), *([comment] if comment else [])]
    return Message(fallback(lines), (section(f"{told}{quoted}"),))


def _frame(language: str, paper_id: str, paper: Paper | None) -> dict[str, Any]:
    words = catalog(language)
    return {
        "type": "modal",
        "callback_id": CallbackId.SHARE_PAPER.value,
        "private_metadata": make_value({"paper": paper.id if paper else paper_id}),
        "title": plain(words.text("desk-share-title")),
        "close": plain(words.text("desk-form-close")),
    }


def _title(paper: Paper | None, paper_id: str) -> Block:
    return section(f"*{escape(truncate(one_line(paper.title) if paper else paper_id, 200))}*")


def _to(channel: str | None) -> Block:
    element: Block = {
        "type": "conversations_select",
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    return element | ({"initial_conversation": channel} if channel else {})


def _comment(text: str) -> Block:
    element: Block = {
        "type": "plain_text_input",
        "multiline": True,
        "max_length": LONGEST_COMMENT,
    }
    return element | ({"initial_value": text[:LONGEST_COMMENT]} if text else {})
