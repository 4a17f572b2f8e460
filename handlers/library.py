"""Saving papers and noting things about them: buttons and the note's modal."""

from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.actions.forms import notice_view
from bot.actions.notes import check_note
from bot.errors import InputError
from bot.languages import catalog
from bot.services import Services
from bot.slack.blocks.ids import ActionId, CallbackId, action_pattern, parse_value
from handlers.buttons import id_of, value_of
from handlers.home import publish
from handlers.payloads import field_of, place_of
from handlers.replies import replace_original, reply_privately


def register(app: App, services: Services) -> None:
    """Connect the buttons and the modal."""
    clicks = LibraryButtons(services)
    app.action(action_pattern(ActionId.PAPER_SAVE))(clicks.save)
    app.action(action_pattern(ActionId.SAVED_MENU))(clicks.choose_in_list)
    app.action(action_pattern(ActionId.PAPER_NOTE))(clicks.open_note)
    app.view(CallbackId.NOTE.value)(clicks.keep_note)


class LibraryButtons:
    """The listeners, with the services they call."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def save(
        self, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
    ) -> None:
        """Put the paper on the clicker's list."""
        ack()
        place = place_of(body)
        language = self._services.members.language(place.user)
        saved = self._services.saved.save(place.channel, id_of(action), place.user, language)
        if respond.response_url:
            reply_privately(respond, [saved])

    def choose_in_list(
        self,
        ack: Ack,
        body: dict[str, Any],
        action: dict[str, Any],
        respond: Respond,
        client: WebClient,
    ) -> None:
        """Tick a paper of the clicker's list off, untick it, or take it from the list."""
        ack()
        fields, user = parse_value(value_of(action)), place_of(body).user
        paper, what = str(fields.get("paper", "")), str(fields.get("do", ""))
        saved = self._services.saved
        if what == "unsave":
            saved.unsave(paper, user)
        else:
            saved.mark_read(paper, user, read=what == "read")
        self._show_list(body, respond, client)

    def open_note(
        self, ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient
    ) -> None:
        """Open the modal for a note."""
        ack()
        place = place_of(body)
        language = self._services.members.known_language(place.user)
        view = self._services.notes.view(
            id_of(action), language, channel=place.channel, user=place.user
        )
        client.views_open(trigger_id=body["trigger_id"], view=view)

    def keep_note(self, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        """Keep the note, or say next to the field what is wrong with it."""
        user = place_of(body).user
        about = parse_value(view.get("private_metadata") or "")
        try:
            text = check_note(field_of(view, ActionId.NOTE_TEXT))
        except InputError as problem:
            words = catalog(self._services.members.known_language(user))
            text = words.text(problem.message_id, **problem.arguments)
            ack(response_action="errors", errors={ActionId.NOTE_TEXT.value: text})
            return
        words = catalog(self._services.members.known_language(user))
        said = notice_view(
            words.language, words.text("actions-note-form"), words.text("actions-note-kept")
        )
        ack(response_action="update", view=said)
        paper, seen_from = str(about.get("paper", "")), str(about.get("place", user))
        self._services.notes.add(paper, text, user, place=seen_from)

    def _show_list(self, body: dict[str, Any], respond: Respond, client: WebClient) -> None:
        """Show the list as it is now where the click was made: in a reply or in the Home."""
        user = place_of(body).user
        if not respond.response_url:
            publish(client, self._services, user)
            return
        language = self._services.members.language(user)
        shown = self._services.saved.show(user, language)
        replace_original(respond, shown)
