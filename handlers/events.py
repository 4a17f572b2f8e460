"""Other events: being invited to a channel, and reactions to a paper."""

from functools import partial
from typing import Any

from slack_bolt import BoltContext

from bot.services import Services
from bot.serving.bolt import SlackApp
from handlers.messages import acknowledged


def register(app: SlackApp, services: Services) -> None:
    """Connect the listeners for events that aren't messages. A reaction is kept before it is
    acknowledged."""

    @app.event("member_joined_channel")
    def joined(event: dict[str, Any], body: dict[str, Any], context: BoltContext) -> None:
        """Greet once when it is Paperboy that was invited."""
        if event.get("user") != context.bot_user_id or not event.get("channel"):
            return
        if services.conversations.first_time(body.get("event_id") or f"joined:{event['channel']}"):
            services.channels.greet(event["channel"])

    for event_type, added in (("reaction_added", True), ("reaction_removed", False)):
        keep = app.recording(partial(_react, services=services, added=added))
        app.event(event_type, middleware=[keep])(acknowledged)


def _react(
    event: dict[str, Any],
    context: BoltContext,  # noqa: ARG001
    *,
    services: Services,
    added: bool,
) -> None:
    """A bookmark on a paper's message saves it; thumbs say whether it is wanted."""
    item, user = event.get("item") or {}, event.get("user")
    channel, ts = item.get("channel"), item.get("ts")
    if user and channel and ts:
        emoji = str(event.get("reaction", "")).partition("::")[0]
        services.saved.react(channel, ts, user, emoji, added=added)
