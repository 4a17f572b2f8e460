"""A click on a button or a choice in a menu, wherever it stands, and what can be done in answer.

Each is acknowledged before anything else, in one place.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.languages import Catalog, catalog
from bot.plugins import found_in
from bot.services import Services
from bot.slack.blocks import Message, plain_message
from bot.slack.blocks.ids import ActionId, action_of, parse_value
from handlers.payloads import ANYTHING, Place, place_of, response_url, whole
from handlers.replies import reply_privately

# No id of ours is longer.
LONGEST_ID = 300


@dataclass(frozen=True)
class Click:
    """Who clicked what, with the ways to answer. ``value`` is what the button or the chosen option
    carries."""

    body: Mapping[str, Any]
    value: str
    services: Services
    client: WebClient
    # What was asked about the clicker.
    _told: dict[Callable[[str], str], str] = field(default_factory=dict, repr=False, compare=False)

    @property
    def place(self) -> Place:
        """Where it was clicked."""
        return place_of(self.body)

    @property
    def response_url(self) -> str:
        """Where to reply; empty in the App Home and modals."""
        return response_url(self.body)

    @property
    def user(self) -> str:
        """Who clicked."""
        return self.place.user

    @property
    def id(self) -> str:
        """The id that a button carries by itself."""
        return self.value[:LONGEST_ID]

    @property
    def fields(self) -> dict[str, str | int]:
        """The several things that a button carries."""
        return parse_value(self.value)

    def text(self, name: str) -> str:
        """One of them, empty where it is missing."""
        return str(self.fields.get(name, ""))

    def number(self, name: str) -> int:
        """One of them that is a number, 0 where it is missing."""
        return whole(self.fields, name)

    @property
    def language(self) -> str:
        """The clicker's language."""
        return self._once(self.services.members.language)

    @property
    def known_language(self) -> str:
        """The same, for when a form must open at once."""
        return self._once(self.services.members.known_language)

    def _once(self, ask: Callable[[str], str]) -> str:
        """What is said about the clicker, asked for once. Until Python 3.12 a cached property would
        have every click wait for the one that asks Slack."""
        if ask not in self._told:
            self._told[ask] = ask(self.user)
        return self._told[ask]

    @property
    def words(self) -> Catalog:
        """The words of the clicker's language."""
        return catalog(self.language)

    @property
    def is_in_modal(self) -> bool:
        """Whether the element stands in a modal, not in a message or the App Home."""
        return bool((self.body.get("view") or {}).get("type") == "modal")

    def tell(self, message: Message | str, *, in_thread: bool = False) -> None:
        """Show the clicker alone a message, or a sentence of the catalogue."""
        shown = plain_message(self.words.text(message)) if isinstance(message, str) else message
        thread_ts = self.place.thread_ts if in_thread else None
        reply_privately(self.response_url, [shown], thread_ts=thread_ts)

    def open(self, view: Mapping[str, Any]) -> None:
        """Open a modal."""
        self.client.views_open(trigger_id=self.body["trigger_id"], view=dict(view))

    def redraw(self, view: Mapping[str, Any]) -> None:
        """Show *view* in place of the modal that the element stands in, unless it has changed."""
        shown = self.body["view"]
        self.client.views_update(view_id=shown["id"], hash=shown.get("hash"), view=dict(view))

    def publish_home(self, view: Mapping[str, Any] | None = None) -> None:
        """Show the clicker's App Home as it is now, or as *view* has it."""
        shown = view or self.services.home.view(self.user, self.language)
        self.client.views_publish(user_id=self.user, view=dict(shown))


Clicks = Mapping[ActionId, Callable[[Click], object]]


def in_modal(listener: Callable[[Click], object]) -> Callable[[Click], object]:
    """*listener* for an element of modals alone: what has its name elsewhere is none of ours."""
    return lambda click: listener(click) if click.is_in_modal else None


def all_clicks() -> Clicks:
    """All that the handlers' constants ``CLICKS`` say is done about an element."""
    found: list[Clicks] = found_in("handlers", "CLICKS")
    return {action: listener for one in found for action, listener in one.items()}


def register(app: App, services: Services) -> None:
    """Connect all clicks. One listener finds what is clicked by its name: Bolt would try one after
    the other."""
    clicks = all_clicks()

    @app.action({"action_id": ANYTHING})
    def clicked(
        ack: Ack,
        body: dict[str, Any],
        action: dict[str, Any],
        client: WebClient,
    ) -> None:
        ack()
        known = action_of(action["action_id"])
        if known is not None and known in clicks:
            chosen = action.get("selected_option") or {}
            value = str(action.get("value") or chosen.get("value") or "")
            clicks[known](Click(body, value, services, client))
