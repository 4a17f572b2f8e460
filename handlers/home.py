"""The App Home, and the opening of the messages with Paperboy."""

import logging
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.actions.search import search_view
from bot.languages import LANGUAGES
from bot.services import Services
from bot.slack.blocks.ids import ActionId, action_pattern, parse_value
from handlers.buttons import value_of
from handlers.payloads import place_of, whole

logger = logging.getLogger(__name__)


def register(app: App, services: Services) -> None:
    """Connect the App Home and its controls."""
    home = Home(services)
    app.event("app_home_opened")(home.opened)
    app.action(ActionId.HOME_LANGUAGE.value)(home.choose_language)
    app.action(ActionId.HOME_REFRESH.value)(home.refresh)
    app.action(ActionId.HOME_SEARCH.value)(home.search)
    app.action(action_pattern(ActionId.HOME_TURN))(home.turn)


class Home:
    """The listeners, with the services they call."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def opened(self, event: dict[str, Any], client: WebClient) -> None:
        """Publish the Home, or offer something to say when the messages were opened."""
        user, channel = event.get("user"), event.get("channel")
        if not user:
            return
        if event.get("tab") == "messages" and channel:
            self._suggest(client, channel, user)
        else:
            publish(client, self._services, user)

    def choose_language(
        self, ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient
    ) -> None:
        """Speak the chosen language from now on."""
        ack()
        user, chosen = place_of(body).user, value_of(action)
        language = chosen if chosen in LANGUAGES else None
        self._services.members.choose_language(user, language)
        publish(client, self._services, user)

    def refresh(self, ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        """Publish the Home anew."""
        ack()
        publish(client, self._services, place_of(body).user)

    def turn(
        self, ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient
    ) -> None:
        """Show another page of a list."""
        ack()
        fields = parse_value(value_of(action))
        user, services = place_of(body).user, self._services
        view = services.home.view(
            user,
            services.members.language(user),
            today_page=whole(fields, "today"),
            saved_page=whole(fields, "saved"),
        )
        client.views_publish(user_id=user, view=view)

    def search(
        self, ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient
    ) -> None:
        """Show what was found in a modal."""
        ack()
        query = value_of(action).strip()
        if not query:
            return
        user = place_of(body).user
        language = self._services.members.known_language(user)
        found = self._services.search.find(query, language, place=user, member=user)
        view = search_view(language, query=query, found=found)
        client.views_open(trigger_id=body["trigger_id"], view=view)

    def _suggest(self, client: WebClient, channel: str, user: str) -> None:
        prompts = self._services.home.prompts(self._services.members.language(user))
        try:
            client.assistant_threads_setSuggestedPrompts(channel_id=channel, prompts=prompts)
        except SlackApiError as error:
            # A workspace without the agent surface has no place for prompts.
            logger.info("no prompts here: %s", error.response.get("error"))


def publish(client: WebClient, services: Services, user: str) -> None:
    """Show a member's Home as it is now."""
    view = services.home.view(user, services.members.language(user))
    client.views_publish(user_id=user, view=view)
