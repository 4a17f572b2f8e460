"""Messages: new, edited, deleted, by members and by others."""

from functools import partial
from typing import Any

from slack_bolt import BoltContext

from bot.questions import IncomingMessage
from bot.services import Services
from bot.serving.bolt import SlackApp
from handlers import links
from handlers.payloads import incoming

# Subtypes under which a member still says something.
SPOKEN = (None, "file_share", "thread_broadcast", "me_message")


def register(app: SlackApp, services: Services) -> None:
    """Connect the listeners for messages and mentions.

    A mention in a channel comes as ``message`` and as ``app_mention``. Both take the same path,
    and a message is heard once, whichever is first: its channel and ``ts`` are its key.
    """

    def offer_thread(event: dict[str, Any], context: BoltContext) -> None:
        """Offer the poster of a link, and nobody else, to open the paper's thread."""
        message = incoming(event, our_user=context.bot_user_id, team=context.team_id)
        if event.get("subtype") is None and message and _stands_alone(message):
            links.offer(message, services)

    hear = app.recording(partial(_hear, services=services))
    app.event("message", middleware=[hear])(offer_thread)
    app.event("app_mention", middleware=[hear])(acknowledged)


def acknowledged() -> None:
    """Bolt acknowledges the event; what is in it is recorded already."""


def _stands_alone(message: IncomingMessage) -> bool:
    return not (message.thread_ts or message.direct or message.mentions_us)


def _hear(event: dict[str, Any], context: BoltContext, services: Services) -> None:
    subtype = event.get("subtype")
    if subtype in SPOKEN:
        _receive(event, context, services)
    elif subtype == "message_changed":
        _change(event, context, services)
    elif subtype == "message_deleted":
        channel, ts = event.get("channel"), event.get("deleted_ts")
        if channel and ts:
            services.conversations.deleted(channel, ts)


def _receive(event: dict[str, Any], context: BoltContext, services: Services) -> None:
    message = incoming(event, our_user=context.bot_user_id, team=context.team_id)
    if message is not None:
        services.conversations.receive(message)


def _change(event: dict[str, Any], context: BoltContext, services: Services) -> None:
    """An edit by the author. Slack also reports unfurled links and new replies as changes."""
    before, after = event.get("previous_message") or {}, event.get("message") or {}
    if after.get("subtype") not in SPOKEN or before.get("text") == after.get("text"):
        return
    whole = {**after, "channel": event.get("channel"), "channel_type": event.get("channel_type")}
    message = incoming(whole, our_user=context.bot_user_id, team=context.team_id)
    if message is not None:
        services.conversations.edited(message)
