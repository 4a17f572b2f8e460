"""The subscription modal: preview, checks next to the fields, and submission."""

import secrets
from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.actions.forms import notice_view
from bot.actions.subscription_form import Draft, read_form, wants_now
from bot.errors import InputError, PaperboyError
from bot.languages import Catalog, catalog
from bot.services import Services
from bot.slack.blocks import one_paragraph
from bot.slack.blocks.ids import ActionId, CallbackId, action_pattern, parse_value
from bot.slack.error_text import error_text
from handlers.buttons import id_of
from handlers.payloads import place_of
from handlers.replies import send_direct
from handlers.sharing import replace_waiting


def register(app: App, services: Services) -> None:
    """Connect the modal."""
    form = SubscriptionForm(services)
    app.action(ActionId.SUBSCRIPTION_PREVIEW.value)(form.preview)
    app.action(ActionId.SUBSCRIPTION_MORE.value)(form.show_more)
    app.action(action_pattern(ActionId.SUBSCRIBE_OPEN))(form.open)
    app.action(ActionId.OWN_OPEN.value)(form.open_own)
    app.action(ActionId.LEARNED_OPEN.value)(form.show_learned)
    app.action(ActionId.LEARNED_RESET.value)(form.forget_learned)
    app.view(CallbackId.SUBSCRIBE.value)(form.submit)


class SubscriptionForm:
    """The listeners, with the services they call."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def open(
        self, ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient
    ) -> None:
        """Open the form for the channel that the button of the App Home names, or say who may."""
        ack()
        self._open(body, id_of(action), client)

    def open_own(self, ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        """Open the form for the digest in the member's own messages."""
        ack()
        channel = self._services.subscriptions.own_channel(place_of(body).user)
        self._open(body, channel, client)

    def show_learned(self, ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        """Show what the member's own digest has learned."""
        ack()
        user = place_of(body).user
        language = self._services.members.known_language(user)
        view = self._services.learned.view(user, language)
        client.views_open(trigger_id=body["trigger_id"], view=view)

    def forget_learned(self, ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        """Let it begin anew, and show the page as it is then."""
        ack()
        user, shown = place_of(body).user, body["view"]
        self._services.learned.reset(user)
        view = self._services.learned.view(user, self._services.members.known_language(user))
        client.views_update(view_id=shown["id"], hash=shown.get("hash"), view=view)

    def _open(self, body: dict[str, Any], channel: str, client: WebClient) -> None:
        user, subscriptions = place_of(body).user, self._services.subscriptions
        language = self._services.members.known_language(user)
        try:
            subscriptions.check_may_change(user, channel)
            zone = self._services.members.known_timezone(user)
            view = subscriptions.view(channel, language, user=user, zone=zone)
        except InputError as problem:
            words = catalog(language)
            text = words.text(problem.message_id, **problem.arguments)
            view = notice_view(language, words.text("actions-form-title"), mrkdwn=text)
        client.views_open(trigger_id=body["trigger_id"], view=view)

    def preview(self, ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        """Show on top of the form what it would have brought; what cannot be is named. The sources
        may take longer than Slack waits, so the place for it comes first."""
        ack()
        wish, problems = self._read(body["view"])
        words = catalog(self._services.members.known_language(place_of(body).user))
        title, waiting = (words.text(f"actions-form-preview{one}") for one in ("", "-waiting"))
        name = f"{ActionId.SUBSCRIPTION_PREVIEW}-{secrets.token_hex(8)}"
        view = {**notice_view(words.language, title, waiting), "external_id": name}
        client.views_push(trigger_id=body["trigger_id"], view=view)
        shown = self._services.subscriptions.preview_view(
            wish, words.language, tuple(_problem_texts(problems, words).values())
        )
        replace_waiting(client, name, shown)

    def show_more(self, ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        """Show the fields that are folded away, and keep what was typed in the others."""
        ack()
        view, user = body["view"], place_of(body).user
        wish, problems = self._read(view)
        language = self._services.members.known_language(user)
        shown = self._services.subscriptions.view(
            wish.channel,
            language,
            draft=wish,
            user=user,
            problems=tuple(_problem_texts(problems, catalog(language)).values()),
            is_whole=True,
        )
        client.views_update(view_id=view["id"], hash=view.get("hash"), view=shown)

    def submit(
        self, ack: Ack, body: dict[str, Any], view: dict[str, Any], client: WebClient
    ) -> None:
        """Keep the wish, or say next to each field what is wrong with it."""
        user = place_of(body).user
        words = catalog(self._services.members.known_language(user))
        wish, problems = self._read(view)
        if problems:
            ack(response_action="errors", errors=_problem_texts(problems, words))
            return
        ack()
        try:
            before = self._services.subscriptions.current(wish.channel)
            now = wants_now(view["state"]["values"], before)
            self._services.subscriptions.subscribe(wish, user, now=now)
        except PaperboyError as problem:
            # The form has closed: the sentence goes to its sender's messages with Paperboy.
            send_direct(client, user, one_paragraph(error_text(problem, words.language)))

    def _read(self, view: dict[str, Any]) -> Draft:
        """What the fields say, and what is wrong with them."""
        channel = str(_about(view).get("channel", ""))
        base = self._services.subscriptions.current(channel)
        return read_form(view["state"]["values"], base)


def _about(view: dict[str, Any]) -> dict[str, str | int]:
    """What the form carries along."""
    return parse_value(view.get("private_metadata") or "")


def _problem_texts(problems: Mapping[str, InputError], words: Catalog) -> dict[str, str]:
    """What is wrong with which field, in words."""
    return {
        field: words.text(problem.message_id, **problem.arguments)
        for field, problem in problems.items()
    }
