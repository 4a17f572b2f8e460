"""Sharing a paper with another channel: the button, and the form's submission."""

import secrets
import time
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.errors import PaperboyError
from bot.languages import catalog
from bot.services import Services
from bot.slack.blocks import escape, plain_message
from bot.slack.blocks.ids import ActionId, CallbackId, parse_value
from handlers.clicks import Click, Clicks
from handlers.payloads import conversation_of, field_of, place_of
from handlers.replies import send_direct

TRIES = 10
SECONDS_BETWEEN_TRIES = 0.15


def register(app: App, services: Services) -> None:
    """Connect the form."""

    @app.view(CallbackId.SHARE_PAPER.value)
    def submitted(ack: Ack, body: dict[str, Any], view: dict[str, Any], client: WebClient) -> None:
        submit(ack, body, view, client, services)


def open_form(click: Click) -> None:
    """Open the form for the card's paper."""
    click.open(click.services.sharing.view(click.id, click.known_language))


def submit(
    ack: Ack, body: dict[str, Any], view: dict[str, Any], client: WebClient, services: Services
) -> None:
    """Post the card, and say in the form's place where it is or what is in its way."""
    user, sharing = place_of(body).user, services.sharing
    language = services.members.known_language(user)
    words = catalog(language)
    paper = str(parse_value(view.get("private_metadata") or "").get("paper", ""))
    channel = conversation_of(view, ActionId.SHARE_CHANNEL)
    comment = field_of(view, ActionId.SHARE_COMMENT)
    if not channel:
        text = words.text("actions-share-no-channel")
        ack(response_action="errors", errors={ActionId.SHARE_CHANNEL.value: text})
        return
    waiting = f"{CallbackId.SHARE_PAPER}-{secrets.token_hex(8)}"
    posting = sharing.progress_view(paper, language, escape(words.text("actions-share-posting")))
    ack(response_action="update", view={**posting, "external_id": waiting})
    try:
        lines = sharing.share(
            paper, channel, user=user, comment=comment, language=language, key=str(view["id"])
        )
        replace_waiting(client, waiting, sharing.progress_view(paper, language, *lines))
    except PaperboyError as problem:
        text = words.text(_there(problem.message_id), **problem.arguments)
        form = sharing.view(paper, language, channel=channel, comment=comment, problem=text)
        if not replace_waiting(client, waiting, form):
            send_direct(client, user, plain_message(text))


def replace_waiting(client: WebClient, external_id: str, view: dict[str, Any]) -> bool:
    """Show *view* in place of the one that keeps its place, which an acknowledgement or a call has
    brought.

    It goes by the name that only that view carries, since Slack may hear of the change before the
    acknowledgement has arrived.

    Returns:
        False when the view was closed meanwhile.
    """
    for _ in range(TRIES):
        try:
            client.views_update(external_id=external_id, view=view)
            return True
        except SlackApiError as error:
            if error.response.get("error") != "not_found":
                raise
            time.sleep(SECONDS_BETWEEN_TRIES)
    return False


def _there(message_id: str) -> str:
    """The same refusal, of a channel that the reader isn't looking at."""
    return "actions-share-not-in-channel" if message_id == "actions-not-in-channel" else message_id


CLICKS: Clicks = {ActionId.PAPER_SHARE: open_form}
