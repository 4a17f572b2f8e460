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
from bot.slack.blocks.ids import ActionId, CallbackId, parse_value
from bot.slack.error_text import error_text
from handlers.clicks import Click, Clicks, in_modal
from handlers.payloads import place_of
from handlers.replies import send_direct
from handlers.sharing import replace_waiting


def register(app: App, services: Services) -> None:
    """Connect the modal."""

    @app.view(CallbackId.SUBSCRIBE.value)
    def submit(ack: Ack, body: dict[str, Any], view: dict[str, Any], client: WebClient) -> None:
        """Keep the wish, or say next to each field what is wrong with it."""
        user = place_of(body).user
        words = catalog(services.members.known_language(user))
        wish, problems = _read(view, services)
        if problems:
            ack(response_action="errors", errors=_problem_texts(problems, words))
            return
        ack()
        try:
            before = services.channels.subscription(wish.channel)
            now = wants_now(view["state"]["values"], before)
            services.subscriptions.subscribe(wish, user, now=now)
        except PaperboyError as problem:
            # The form has closed: the sentence goes to its sender's messages with Paperboy.
            send_direct(client, user, one_paragraph(error_text(problem, words.language)))


def open_own(click: Click) -> None:
    """Open the form for the digest in the member's own messages."""
    _open(click, click.services.subscriptions.own_channel(click.user))


def show_learned(click: Click) -> None:
    """Show what the member's own digest has learned."""
    click.open(click.services.learned.view(click.user, click.known_language))


def forget_learned(click: Click) -> None:
    """Let it begin anew, and show the page as it is then."""
    click.services.learned.reset(click.user)
    click.redraw(click.services.learned.view(click.user, click.known_language))


def preview(click: Click) -> None:
    """Show on top of the form what it would have brought; what cannot be is named. The sources may
    take longer than Slack waits, so the place for it comes first."""
    wish, problems = _read(click.body["view"], click.services)
    words = catalog(click.known_language)
    title, waiting = (words.text(f"actions-form-preview{one}") for one in ("", "-waiting"))
    name = f"{ActionId.SUBSCRIPTION_PREVIEW}-{secrets.token_hex(8)}"
    view = {**notice_view(words.language, title, waiting), "external_id": name}
    click.client.views_push(trigger_id=click.body["trigger_id"], view=view)
    shown = click.services.subscriptions.preview_view(
        wish, words.language, tuple(_problem_texts(problems, words).values())
    )
    replace_waiting(click.client, name, shown)


def show_more(click: Click) -> None:
    """Show the fields that are folded away, and keep what was typed in the others."""
    wish, problems = _read(click.body["view"], click.services)
    texts = _problem_texts(problems, catalog(click.known_language))
    click.redraw(
        click.services.subscriptions.view(
            wish.channel,
            click.known_language,
            draft=wish,
            user=click.user,
            problems=tuple(texts.values()),
            is_whole=True,
        )
    )


def _open(click: Click, channel: str) -> None:
    """Open the form for a channel, or say who may."""
    subscriptions, language = click.services.subscriptions, click.known_language
    try:
        subscriptions.check_may_change(click.user, channel)
        zone = click.services.members.known_timezone(click.user)
        view = subscriptions.view(channel, language, user=click.user, zone=zone)
    except InputError as problem:
        words = catalog(language)
        text = words.text(problem.message_id, **problem.arguments)
        view = notice_view(language, words.text("actions-form-title"), mrkdwn=text)
    click.open(view)


def _read(view: Mapping[str, Any], services: Services) -> Draft:
    """What the fields say, and what is wrong with them."""
    base = services.channels.subscription(str(_about(view).get("channel", "")))
    return read_form(view["state"]["values"], base)


def _about(view: Mapping[str, Any]) -> dict[str, str | int]:
    """What the form carries along."""
    return parse_value(view.get("private_metadata") or "")


def _problem_texts(problems: Mapping[str, InputError], words: Catalog) -> dict[str, str]:
    """What is wrong with which field, in words."""
    return {
        field: words.text(problem.message_id, **problem.arguments)
        for field, problem in problems.items()
    }


CLICKS: Clicks = {
    ActionId.SUBSCRIPTION_PREVIEW: in_modal(preview),
    ActionId.SUBSCRIPTION_MORE: in_modal(show_more),
    ActionId.SUBSCRIBE_OPEN: lambda click: _open(click, click.id),
    ActionId.OWN_OPEN: open_own,
    ActionId.LEARNED_OPEN: show_learned,
    ActionId.LEARNED_RESET: in_modal(forget_learned),
}
