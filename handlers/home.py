"""The App Home, and the opening of the messages with Paperboy."""

import logging
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.actions.search import search_view
from bot.languages import LANGUAGES
from bot.services import Services
from bot.slack.blocks.ids import ActionId
from handlers.clicks import Click, Clicks

logger = logging.getLogger(__name__)


def register(app: App, services: Services) -> None:
    """Connect the event of the App Home."""

    @app.event("app_home_opened")
    def opened(event: dict[str, Any], client: WebClient) -> None:
        """Publish the Home, or offer something to say when the messages were opened."""
        user, channel = event.get("user"), event.get("channel")
        if not user:
            return
        language = services.members.language(user)
        if event.get("tab") == "messages" and channel:
            _suggest(client, channel, services.home.prompts(language))
        else:
            client.views_publish(user_id=user, view=services.home.view(user, language))


def choose_language(click: Click) -> None:
    """Speak the chosen language from now on."""
    language = click.value if click.value in LANGUAGES else None
    click.services.members.choose_language(click.user, language)
    click.publish_home()


def turn(click: Click) -> None:
    """Show another page of a list."""
    click.publish_home(
        click.services.home.view(
            click.user,
            click.language,
            today_page=click.number("today"),
            saved_page=click.number("saved"),
        )
    )


def search(click: Click) -> None:
    """Show what was found in a modal."""
    query, user, language = click.value.strip(), click.user, click.known_language
    if query:
        found = click.services.search.find(query, language, place=user, member=user)
        click.open(search_view(language, query=query, found=found))


def _suggest(client: WebClient, channel: str, prompts: list[dict[str, str]]) -> None:
    try:
        client.assistant_threads_setSuggestedPrompts(channel_id=channel, prompts=prompts)
    except SlackApiError as error:
        # A workspace without the agent surface has no place for prompts.
        logger.info("no prompts here: %s", error.response.get("error"))


CLICKS: Clicks = {
    ActionId.HOME_LANGUAGE: choose_language,
    ActionId.HOME_REFRESH: Click.publish_home,
    ActionId.HOME_SEARCH: search,
    ActionId.HOME_TURN: turn,
}
