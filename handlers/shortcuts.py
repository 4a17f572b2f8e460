"""Shortcuts: search from anywhere, and what can be done with somebody's message."""

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.actions.search import search_view
from bot.errors import InputError
from bot.languages import catalog
from bot.questions import IncomingMessage
from bot.services import Services
from bot.slack.blocks.ids import ActionId, CallbackId, parse_value
from handlers.payloads import field_of, place_of, plain_text, words_of


def register(app: App, services: Services) -> None:
    """Connect the shortcuts and their modals."""
    shortcuts = Shortcuts(services)
    app.shortcut(CallbackId.SEARCH_PAPERS.value)(shortcuts.open_search)
    app.shortcut(CallbackId.ASK_ABOUT_PAPER.value)(shortcuts.open_question)
    app.shortcut(CallbackId.ADD_TO_NOTES.value)(shortcuts.open_note)
    app.view(CallbackId.SEARCH_PAPERS.value)(shortcuts.search)
    app.view(CallbackId.ASK_QUESTION.value)(shortcuts.ask)


class Shortcuts:
    """The listeners, with the services they call."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def open_search(self, ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        """Open the search."""
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=search_view(self._language(body)))

    def search(self, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        """Show what was found below the words."""
        language, query = self._language(body), field_of(view, ActionId.SEARCH_TEXT)
        try:
            user = place_of(body).user
            found = self._services.search.find(query, language, place=user, member=user)
        except InputError as problem:
            text = catalog(language).text(problem.message_id, **problem.arguments)
            ack(response_action="errors", errors={ActionId.SEARCH_TEXT.value: text})
            return
        ack(response_action="update", view=search_view(language, query=query, found=found))

    def open_question(self, ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        """Open the form for a question about the message's paper."""
        ack()
        place = place_of(body)
        view = self._services.question_form.view(
            place.channel,
            place.thread_ts or place.message_ts or "",
            words_of(body.get("message") or {}),
            self._language(body),
        )
        client.views_open(trigger_id=body["trigger_id"], view=view)

    def open_note(self, ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        """Open the form for a note, holding the message's words."""
        ack()
        place, message = place_of(body), body.get("message") or {}
        view = self._services.notes.view_of_message(
            place.channel,
            place.thread_ts or place.message_ts or "",
            words_of(message),
            self._language(body),
            user=place.user,
            text=plain_text(str(message.get("text") or "")),
        )
        client.views_open(trigger_id=body["trigger_id"], view=view)

    def ask(self, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        """Answer in the thread of the message."""
        ack()
        fields = parse_value(view.get("private_metadata") or "")
        message = IncomingMessage(
            channel=str(fields.get("channel", "")),
            # Nobody wrote this question as a message: the form is its identity.
            ts=str(view["id"]),
            user=place_of(body).user,
            text=field_of(view, ActionId.QUESTION_TEXT),
            thread_ts=str(fields.get("thread", "")),
            mentions_us=True,
            team=(body.get("team") or {}).get("id"),
        )
        self._services.conversations.ask_about(message, str(fields.get("paper", "")))

    def _language(self, body: dict[str, Any]) -> str:
        return self._services.members.known_language(place_of(body).user)
