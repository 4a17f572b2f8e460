"""Sending a reply: ephemeral, with the button that shares it."""

from collections.abc import Sequence

from slack_bolt import Respond
from slack_sdk import WebClient

from bot.blocks import Message, actions, button, escape, link, one_paragraph
from bot.blocks.ids import ActionId, make_value
from bot.blocks.pictures import plainer
from bot.blocks.split import MAX_BLOCKS
from bot.digests.lists import plain_message
from bot.i18n import catalog
from handlers.commands.base import Reply, Request

# A response_url may be used five times; the last is kept for an error's words.
MOST_MESSAGES = 4
SHARE_TEXT_LIMIT = 1500


def send(reply: Reply, request: Request, respond: Respond, client: WebClient) -> None:
    """Show the reply to its asker alone, or open its modal."""
    if reply.view is not None and request.trigger_id:
        client.views_open(trigger_id=request.trigger_id, view=dict(reply.view))
        return
    messages = list(reply.messages[:MOST_MESSAGES])
    if reply.share and messages:
        messages[-1] = with_share_button(messages[-1], reply.share, request.language)
    whisper(respond, messages)


def whisper(respond: Respond, messages: Sequence[Message], *, thread_ts: str | None = None) -> bool:
    """Show messages to the one who acted, below what is there; tells whether Slack took them.

    Without *thread_ts* Slack shows them in the channel, even to one who acted in a thread. One that
    Slack refuses for a picture it cannot fetch, or for a chart, is shown without.
    """
    return all(_taken(respond, message, thread_ts) for message in messages)


def _taken(respond: Respond, message: Message, thread_ts: str | None) -> bool:
    if _whispered(respond, message, thread_ts):
        return True
    bare = plainer(message)
    return bare is not None and _whispered(respond, bare, thread_ts)


def _whispered(respond: Respond, message: Message, thread_ts: str | None) -> bool:
    answer = respond(
        text=message.text,
        blocks=list(message.blocks) or None,
        response_type="ephemeral",
        replace_original=False,
        thread_ts=thread_ts,
        unfurl_links=False,
        unfurl_media=False,
    )
    return answer.status_code == 200


def words_reply(text: str) -> Reply:
    """A reply of one sentence."""
    return Reply((plain_message(text),))


def thread_message(address: str, language: str, *, is_new: bool) -> Message:
    """Where the thread of a paper is that was opened just now, or before."""
    words = catalog(language)
    told = words.text("commands-thread-opened" if is_new else "commands-thread-known")
    return one_paragraph(f"{escape(told)} {link(address, words.text('commands-go-to-thread'))}")


def with_share_button(
    message: Message, command_text: str, language: str, *, page: int = 0
) -> Message:
    """The message with a button that posts the same for everyone: a page of what the command
    shows."""
    if len(message.blocks) >= MAX_BLOCKS or len(command_text) > SHARE_TEXT_LIMIT:
        return message
    label = catalog(language).text("digests-list-share")
    fields: dict[str, str | int] = {"run": command_text, "language": language}
    if page:
        fields["page"] = page
    share = button(label, ActionId.SHARE, make_value(fields))
    return Message(message.text, (*message.blocks, actions(share)))
