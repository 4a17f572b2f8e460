"""The App Home and the opening of the message tab."""

from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.services import Services


def register(app: App, services: Services) -> None:
    """Connect the listener for the App Home."""

    @app.event("app_home_opened")
    def opened(event: dict[str, Any], client: WebClient) -> None:
        user = event.get("user")
        if not user or event.get("tab") == "messages":
            return
        language = services.members.language(user)
        blocks = services.desk.home(user, language).blocks
        client.views_publish(user_id=user, view={"type": "home", "blocks": list(blocks)})
