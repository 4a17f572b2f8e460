"""Clicks on buttons and menus in messages."""

from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.digests.lists import plain_message
from bot.languages import catalog
from bot.services import Services
from bot.slack.blocks import Message, link
from bot.slack.blocks.ids import ActionId, action_pattern, parse_value
from bot.slack.visibility import seen_from
from handlers.commands import Request, discover
from handlers.modals import is_in_modal, show_results, tell_in_modal
from handlers.payloads import Place, is_ephemeral, place_of, whole
from handlers.replies import (
    put_in_place,
    send,
    take_away,
    thread_message,
    whisper,
    with_share_button,
)
from handlers.slash import run_text

Listener = Callable[..., None]


LONGEST_ID = 300


def register(app: App, services: Services) -> None:
    """Connect every button that stands in a message."""
    clicks = Clicks(services)
    listeners: dict[ActionId, Listener] = {
        ActionId.PAPER_OPEN: clicks.open_paper,
        ActionId.PAPER_MENU: clicks.choose_in_menu,
        ActionId.SHARE: clicks.share,
        ActionId.SEARCH_SUGGESTION: clicks.run_command,
        ActionId.PAGE_NEXT: clicks.turn_page,
        ActionId.PAGE_PREVIOUS: clicks.turn_page,
        ActionId.CHOOSE_PAPER: clicks.choose_paper,
        ActionId.DISMISS: clicks.dismiss,
    }
    for action, listener in listeners.items():
        app.action(action_pattern(action))(listener)


class Clicks:
    """The listeners, with the services they call."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._commands = discover()

    def open_paper(
        self,
        ack: Ack,
        body: dict[str, Any],
        action: dict[str, Any],
        respond: Respond,
        client: WebClient,
    ) -> None:
        """Post the paper's card for everybody and tell the clicker where it is. One who clicks in
        a modal or in the App Home gets the card in their messages."""
        ack()
        place = place_of(body)
        opened = self._services.desk.open_paper(
            place.channel or place.user, id_of(action), user=place.user
        )
        language = self._services.members.language(place.user)
        address = self._services.desk.permalink(opened)
        if respond.response_url:
            whisper(respond, [thread_message(address, language, is_new=opened.is_new)])
            return
        words = catalog(language)
        told = words.text("commands-thread-in-messages")
        way = link(address, words.text("commands-go-to-thread"))
        tell_in_modal(client, body, language, told, way)

    def choose_in_menu(
        self,
        ack: Ack,
        body: dict[str, Any],
        action: dict[str, Any],
        respond: Respond,
        client: WebClient,
    ) -> None:
        """Show the chooser what an entry of a card's menu asks for."""
        ack()
        place, fields, desk = place_of(body), parse_value(value_of(action)), self._services.desk
        paper, what = str(fields.get("paper", "")), str(fields.get("do", ""))
        if what == "correct":
            view = desk.corrections.view(
                paper,
                self._services.members.known_language(place.user),
                summary_language=desk.language_of_channel(place.channel),
                place=desk.places.written_in(place.channel, place.user),
            )
            client.views_open(trigger_id=body["trigger_id"], view=view)
        elif paper:
            language = self._services.members.language(place.user)
            whisper(respond, [desk.menu(what, place.channel, paper, place.user, language)])

    def share(
        self,
        ack: Ack,
        body: dict[str, Any],
        action: dict[str, Any],
        respond: Respond,
    ) -> None:
        """Make the reply once more and post it for everybody."""
        ack()
        place, fields = place_of(body), parse_value(value_of(action))
        request = self._request(body, str(fields.get("run") or ""), respond)
        page = whole(fields, "page")
        if page:
            shown = [self._page(place, request.text, request.language, page)]
        else:
            shown = list(run_text(request, self._commands, self._services).messages[:1])
        for message in shown:
            self._services.desk.share(
                place.channel,
                message,
                user=place.user,
                language=request.language,
                key=f"{place.message_ts or ''}:{request.text}{f':{page}' if page else ''}",
            )
        take_away(respond)

    def run_command(
        self,
        ack: Ack,
        body: dict[str, Any],
        action: dict[str, Any],
        respond: Respond,
        client: WebClient,
    ) -> None:
        """Run the command that was offered; a bare value is a search."""
        ack()
        value = value_of(action)
        if is_in_modal(body):
            show_results(client, self._services, body, value)
            return
        text = str(parse_value(value).get("run") or f"search {value}")
        request = self._request(body, text, respond)
        send(run_text(request, self._commands, self._services), request, respond, client)

    def turn_page(
        self,
        ack: Ack,
        body: dict[str, Any],
        action: dict[str, Any],
        respond: Respond,
        client: WebClient,
    ) -> None:
        """Replace a list by another page of it."""
        ack()
        place, fields = place_of(body), parse_value(value_of(action))
        page = whole(fields, "page")
        if is_in_modal(body):
            query = str(fields.get("query", ""))
            show_results(client, self._services, body, query, page=page)
            return
        language = self._services.members.language(place.user)
        if "saved" in fields:
            shown = self._services.desk.library.saved(place.user, language, page=page)
        else:
            asked = (
                f"search {fields['query']}" if "query" in fields else f"date {fields.get('day')}"
            )
            shown = self._page(place, asked, language, page)
            if is_ephemeral(body):
                shown = with_share_button(shown, asked, language, page=page)
        put_in_place(respond, shown)

    def choose_paper(
        self, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
    ) -> None:
        """Continue a question with the paper that was meant."""
        ack()
        fields = parse_value(value_of(action))
        question, paper = whole(fields, "question"), str(fields.get("paper", ""))
        if not self._services.conversations.choose(question, paper):
            words = catalog(self._services.members.language(place_of(body).user))
            whisper(respond, [plain_message(words.text("commands-already-chosen"))])

    def dismiss(self, ack: Ack, respond: Respond) -> None:
        """Take away what only its reader sees."""
        ack()
        take_away(respond)

    def _page(self, place: Place, asked: str, language: str, page: int) -> Message:
        """A page of what a search or the list of a day shows."""
        command, _, words = asked.partition(" ")
        if command == "search":
            seen = seen_from(place.channel, place.user)
            return self._services.desk.search(
                words, language, place=seen, member=place.user, page=page
            )
        return self._services.desk.day(place.channel, words, language, page=page)

    def _request(self, body: dict[str, Any], text: str, respond: Respond) -> Request:
        place = place_of(body)
        return Request(
            text=text,
            channel=place.channel,
            user=place.user,
            language=self._services.members.language(place.user),
            trigger_id=body.get("trigger_id"),
            reply=lambda messages: whisper(respond, messages),
        )


def value_of(action: dict[str, Any]) -> str:
    """What a button or the chosen option carries."""
    chosen = action.get("selected_option") or {}
    return str(action.get("value") or chosen.get("value") or "")


def id_of(action: dict[str, Any]) -> str:
    """The id that a button carries by itself; none of ours is longer than LONGEST_ID."""
    return value_of(action)[:LONGEST_ID]
