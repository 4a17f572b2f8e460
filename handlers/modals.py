"""Clicks inside the search modal, where there is no message to reply below."""

from collections.abc import Mapping
from typing import Any

from slack_sdk import WebClient

from bot.actions.search_form import search_view, told_view
from bot.languages import catalog
from bot.services import Services
from handlers.payloads import place_of


def is_in_modal(body: Mapping[str, Any]) -> bool:
    """Whether an element was clicked in a modal, not in a message or the App Home."""
    return (body.get("view") or {}).get("type") == "modal"


def show_results(
    client: WebClient, services: Services, body: Mapping[str, Any], query: str, *, page: int = 0
) -> None:
    """Show in the search modal what a query finds."""
    language = services.members.known_language(place_of(body).user)
    found = services.desk.search(query, language, page=page)
    view = search_view(language, query=query, found=found)
    client.views_update(view_id=body["view"]["id"], hash=body["view"].get("hash"), view=view)


def tell_in_modal(
    client: WebClient, body: Mapping[str, Any], language: str, told: str, mrkdwn: str
) -> None:
    """Say something to one who clicked in a modal or in the App Home."""
    title = catalog(language).text("digests-open-thread")
    view = told_view(language, title, told, mrkdwn=[mrkdwn])
    if is_in_modal(body):
        client.views_push(trigger_id=body["trigger_id"], view=view)
    else:
        client.views_open(trigger_id=body["trigger_id"], view=view)
