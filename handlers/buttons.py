"""Buttons and menus of cards, lists and search results, in messages and in modals."""

from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.actions.forms import notice_view
from bot.actions.search import search_view
from bot.languages import LANGUAGES, catalog
from bot.services import Services
from bot.slack.blocks import Message, link, plain_message
from bot.slack.blocks.ids import ActionId, action_pattern, parse_value
from bot.slack.visibility import seen_from
from handlers.commands import Request, discover
from handlers.payloads import Place, is_ephemeral, place_of, whole
from handlers.replies import (
    MOST_MESSAGES,
    delete_original,
    replace_original,
    reply_privately,
    send,
    thread_message,
    with_share_button,
)
from handlers.slash import run_text

Listener = Callable[..., None]


LONGEST_ID = 300


def register(app: App, services: Services) -> None:
    """Connect every button that stands in a message."""
    buttons = PaperButtons(services)
    listeners: dict[ActionId, Listener] = {
        ActionId.PAPER_OPEN: buttons.open_paper,
        ActionId.PAPER_MENU: buttons.choose_in_menu,
        ActionId.PAPER_LANGUAGE: buttons.show_in_language,
        ActionId.SHARE: buttons.share,
        ActionId.SEARCH_SUGGESTION: buttons.run_command,
        ActionId.PAGE_NEXT: buttons.turn_page,
        ActionId.PAGE_PREVIOUS: buttons.turn_page,
        ActionId.CHOOSE_PAPER: buttons.choose_paper,
        ActionId.DISMISS: buttons.dismiss,
    }
    for action, listener in listeners.items():
        app.action(action_pattern(action))(listener)


class PaperButtons:
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
        thread = self._services.threads.open(
            place.channel or place.user, id_of(action), user=place.user
        )
        language = self._services.members.language(place.user)
        if respond.response_url:
            reply_privately(respond, [thread_message(thread, language)])
            return
        words = catalog(language)
        view = notice_view(
            language,
            words.text("digests-open-thread"),
            words.text("commands-thread-in-messages"),
            mrkdwn=link(thread.address, words.text("commands-go-to-thread")),
        )
        show = client.views_push if _is_in_modal(body) else client.views_open
        show(trigger_id=body["trigger_id"], view=view)

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
        place, fields, services = place_of(body), parse_value(value_of(action)), self._services
        paper, what = str(fields.get("paper", "")), str(fields.get("do", ""))
        if what == "open":
            thread = services.threads.open(place.channel or place.user, paper, user=place.user)
            language = services.members.language(place.user)
            reply_privately(respond, [thread_message(thread, language)])
        elif what == "correct":
            language = services.members.known_language(place.user)
            view = services.corrections.view(
                paper, language, channel=place.channel, user=place.user
            )
            client.views_open(trigger_id=body["trigger_id"], view=view)
        elif paper:
            language = services.members.language(place.user)
            shown = services.cards.menu(what, place.channel, paper, place.user, language)
            reply_privately(respond, [shown])

    def show_in_language(
        self, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
    ) -> None:
        """Show the clicker the card in another language: beside a card that all can see, and in
        the place of one that is theirs alone."""
        ack()
        place, fields, services = place_of(body), parse_value(value_of(action)), self._services
        language = str(fields.get("in", ""))
        if language not in LANGUAGES:
            return
        card = services.cards.in_language(
            str(fields.get("paper", "")), language, place=seen_from(place.channel, place.user)
        )
        if is_ephemeral(body):
            replace_original(respond, card)
        else:
            reply_privately(respond, [card])

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
            shown = list(run_text(request, self._commands, self._services).messages)
        if shown:
            self._services.sharing.share_reply(
                place.channel,
                shown[:MOST_MESSAGES],
                user=place.user,
                language=request.language,
                key=f"{place.message_ts or ''}:{request.text}{f':{page}' if page else ''}",
            )
        delete_original(respond)

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
        if _is_in_modal(body):
            self._show_results(client, body, value)
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
        if _is_in_modal(body):
            query = str(fields.get("query", ""))
            self._show_results(client, body, query, page=page)
            return
        language = self._services.members.language(place.user)
        if "saved" in fields:
            shown = self._services.saved.show(place.user, language, page=page)
        else:
            asked = (
                f"search {fields['query']}" if "query" in fields else f"date {fields.get('day')}"
            )
            shown = self._page(place, asked, language, page)
            if is_ephemeral(body):
                shown = with_share_button(shown, asked, language, page=page)
        replace_original(respond, shown)

    def choose_paper(
        self, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
    ) -> None:
        """Continue a question with the paper that was meant."""
        ack()
        fields = parse_value(value_of(action))
        question, paper = whole(fields, "question"), str(fields.get("paper", ""))
        if not self._services.conversations.choose(question, paper):
            words = catalog(self._services.members.language(place_of(body).user))
            reply_privately(respond, [plain_message(words.text("commands-already-chosen"))])

    def dismiss(self, ack: Ack, respond: Respond) -> None:
        """Take away what only its reader sees."""
        ack()
        delete_original(respond)

    def _page(self, place: Place, asked: str, language: str, page: int) -> Message:
        """A page of what a search or the list of a day shows."""
        command, _, words = asked.partition(" ")
        if command == "search":
            seen = seen_from(place.channel, place.user)
            return self._services.search.find(
                words, language, place=seen, member=place.user, page=page
            )
        return self._services.listings.day(place.channel, words, language, page=page)

    def _show_results(
        self, client: WebClient, body: Mapping[str, Any], query: str, *, page: int = 0
    ) -> None:
        """Show in the search modal what a query finds."""
        user, view = place_of(body).user, body["view"]
        language = self._services.members.known_language(user)
        found = self._services.search.find(query, language, place=user, member=user, page=page)
        shown = search_view(language, query=query, found=found)
        client.views_update(view_id=view["id"], hash=view.get("hash"), view=shown)

    def _request(self, body: dict[str, Any], text: str, respond: Respond) -> Request:
        place = place_of(body)
        return Request(
            text=text,
            channel=place.channel,
            user=place.user,
            language=self._services.members.language(place.user),
            trigger_id=body.get("trigger_id"),
            reply=lambda messages: reply_privately(respond, messages),
        )


def _is_in_modal(body: Mapping[str, Any]) -> bool:
    """Whether an element was clicked in a modal, not in a message or the App Home."""
    return (body.get("view") or {}).get("type") == "modal"


def value_of(action: dict[str, Any]) -> str:
    """What a button or the chosen option carries."""
    chosen = action.get("selected_option") or {}
    return str(action.get("value") or chosen.get("value") or "")


def id_of(action: dict[str, Any]) -> str:
    """The id that a button carries by itself; none of ours is longer than LONGEST_ID."""
    return value_of(action)[:LONGEST_ID]
