"""Other events: being invited to a channel, and reactions to a paper."""

from typing import Any

from slack_bolt import App, BoltContext

from bot.services import Services


def register(app: App, services: Services) -> None:
    """Connect the listeners for events that aren't messages."""

    @app.event("member_joined_channel")
    def joined(event: dict[str, Any], body: dict[str, Any], context: BoltContext) -> None:
        """Greet once when it is Paperboy that was invited."""
        if event.get("user") != context.bot_user_id or not event.get("channel"):
            return
        if services.conversations.first_time(body.get("event_id") or f"joined:{event['channel']}"):
            services.channels.greet(event["channel"])

    @app.event("reaction_added")
    def reacted(event: dict[str, Any]) -> None:
        _react(event, services, added=True)

    @app.event("reaction_removed")
    def unreacted(event: dict[str, Any]) -> None:
        _react(event, services, added=False)


def _react(event: dict[str, Any], services: Services, *, added: bool) -> None:
    """A bookmark on a paper's message saves it; thumbs say whether it is wanted."""
    item, user = event.get("item") or {}, event.get("user")
    channel, ts = item.get("channel"), item.get("ts")
    if user and channel and ts:
        emoji = str(event.get("reaction", "")).partition("::")[0]
        services.saved.react(channel, ts, user, emoji, added=added)
