"""A member's own data: the button of the Home, and the form that deletes it."""

import secrets
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.services import Services
from bot.slack.blocks.ids import ActionId, CallbackId
from handlers.clicks import Click, Clicks
from handlers.payloads import place_of
from handlers.sharing import replace_waiting


def register(app: App, services: Services) -> None:
    """Connect the form. Whose data it is tells the payload, which Slack has signed;
    no button and no form carries a member's id."""

    @app.view(CallbackId.FORGET.value)
    def submit(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        """Delete it, and say so in the form's place; the Home shows it, too."""
        user = place_of(body).user
        language = services.members.known_language(user)
        waiting = f"{CallbackId.FORGET}-{secrets.token_hex(8)}"
        view = {**services.forgetting.waiting_view(language), "external_id": waiting}
        ack(response_action="update", view=view)
        replace_waiting(client, waiting, services.forgetting.forget(user, language))
        # Their profile is not read again for this: nothing is kept until they come back.
        client.views_publish(user_id=user, view=services.home.view(user, language))


def open_form(click: Click) -> None:
    """Show what is kept about the clicker."""
    click.open(click.services.forgetting.view(click.user, click.known_language))


CLICKS: Clicks = {ActionId.HOME_FORGET: open_form}
