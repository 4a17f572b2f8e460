"""Other events: joining a channel, and what only wants an acknowledgement."""

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
        if services.repeats.first_time(body.get("event_id") or f"joined:{event['channel']}"):
            services.desk.greet(event["channel"])
