"""Sending a reply: ephemeral, with the button that shares it."""

import logging
import time
from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk import WebClient

from bot.actions import OpenedThread
from bot.delivery.retries import send_fitting
from bot.errors import SlackError
from bot.languages import catalog
from bot.slack.blocks import Message, actions, button, escape, link, one_paragraph, plain_message
from bot.slack.blocks.ids import ActionId, make_value
from bot.slack.blocks.message import AS_WRITTEN, UNFETCHED
from bot.slack.blocks.pages import MAX_BLOCKS
from bot.slack.replies import reply_to
from handlers.commands.base import Reply, Request

# A response_url may be used five times; the last is kept for an error's words.
MOST_MESSAGES = 4
SHARE_TEXT_LIMIT = 1500

logger = logging.getLogger(__name__)


def send(reply: Reply, request: Request, client: WebClient) -> None:
    """Show the reply to its asker alone, or open its modal."""
    if reply.view is not None and request.trigger_id:
        client.views_open(trigger_id=request.trigger_id, view=dict(reply.view))
        return
    messages = list(reply.messages[:MOST_MESSAGES])
    if reply.share and messages:
        messages[-1] = with_share_button(messages[-1], reply.share, request.language)
    request.reply(messages)


def reply_privately(url: str, messages: Sequence[Message], *, thread_ts: str | None = None) -> bool:
    """Show messages to the one who acted, below what is there; tells whether Slack took them.

    Without *thread_ts* Slack shows them in the channel, even to one who acted in a thread.
    """
    kept = {"response_type": "ephemeral", "replace_original": False, "thread_ts": thread_ts}
    return all(_sent(url, message.payload(), **kept) for message in messages)


def send_direct(client: WebClient, user: str, message: Message) -> None:
    """Write to a member's messages with Paperboy, where there is nothing to reply to.

    Raises:
        SlackApiError: Slack doesn't take it.
    """
    client.chat_postMessage(channel=user, **message.payload(), **AS_WRITTEN, **UNFETCHED)


def replace_original(url: str, message: Message) -> bool:
    """Show *message* in place of the one that was acted in; tells whether Slack took it."""
    return _sent(url, message.payload(), replace_original=True)


def delete_original(url: str) -> bool:
    """Take the message away that was acted in; tells whether Slack did."""
    return _sent(url, {}, delete_original=True)


def _sent(url: str, payload: Mapping[str, Any], **how: Any) -> bool:
    """Reply, again when Slack didn't take it in and plainer when it refused it. A reply that is
    shown twice does less harm than none."""

    def send(payload: Mapping[str, Any]) -> None:
        text, blocks = payload.get("text", ""), payload.get("blocks") or None
        reply_to(url, {"text": text, "blocks": blocks, **UNFETCHED, **how})

    try:
        send_fitting(payload, send, sleep=time.sleep, repeatable=True)
    except SlackError as error:
        logger.warning("a reply was not shown: %s", error)
        return False
    return True


def words_reply(text: str) -> Reply:
    """A reply of one sentence."""
    return Reply((plain_message(text),))


def thread_message(thread: OpenedThread, language: str) -> Message:
    """Where the thread of a paper is that was opened just now, or before."""
    words = catalog(language)
    text = words.text("commands-thread-opened" if thread.is_new else "commands-thread-known")
    go_there = link(thread.address, words.text("commands-go-to-thread"))
    return one_paragraph(f"{escape(text)} {go_there}")


def with_share_button(
    message: Message, command_text: str, language: str, *, page: int = 0
) -> Message:
    """The message with a button that posts the same for everyone: a page of what the command
    shows. Where it shows nothing there is nothing to post."""
    is_too_much = len(message.blocks) >= MAX_BLOCKS or len(command_text) > SHARE_TEXT_LIMIT
    if message.is_empty or is_too_much:
        return message
    label = catalog(language).text("digests-list-share")
    fields: dict[str, str | int] = {"run": command_text, "language": language}
    if page:
        fields["page"] = page
    share = button(label, ActionId.SHARE, make_value(fields))
    return Message(message.text, (*message.blocks, actions(share)))
