"""Buttons under an answer, and the button that stops one."""

from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.answers import evidence_view
from bot.languages import LANGUAGES, catalog
from bot.services import Services
from bot.slack.blocks import plain_message
from bot.slack.blocks.ids import ActionId, action_pattern, parse_value
from handlers.buttons import value_of
from handlers.payloads import place_of, whole
from handlers.replies import reply_privately

Listener = Callable[..., None]
MANNERS = {ActionId.ANSWER_DETAIL: "detailed", ActionId.ANSWER_SIMPLER: "simple"}


def register(app: App, services: Services) -> None:
    """Connect the buttons and the event of Slack's own stop button."""
    clicks = AnswerButtons(services)
    app.action(action_pattern(ActionId.ANSWER_FEEDBACK))(clicks.feedback)
    app.action(action_pattern(ActionId.ANSWER_LANGUAGE))(clicks.in_other_language)
    app.action(action_pattern(ActionId.ANSWER_STOP))(clicks.stop)
    app.action(action_pattern(ActionId.ANSWER_EVIDENCE))(clicks.show_evidence)
    for action, manner in MANNERS.items():
        app.action(action_pattern(action))(clicks.in_manner(manner))

    @app.event("agent_session_stopped")
    def stopped(event: dict[str, Any]) -> None:
        channel, thread = event.get("channel"), event.get("thread_ts")
        if channel and thread:
            services.conversations.stop_thread(channel, thread)


class AnswerButtons:
    """The listeners, with the services they call."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def feedback(
        self, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
    ) -> None:
        """Keep what the clicker thinks of the answer."""
        ack()
        fields, user = parse_value(value_of(action)), place_of(body).user
        question, vote = whole(fields, "question"), str(fields.get("vote", ""))
        if question and vote:
            self._services.conversations.feedback(question, user=user, value=vote)
            self._whisper(respond, body, "commands-thanks")

    def in_manner(self, manner: str) -> Listener:
        """Answer again, in another manner."""

        def listener(
            ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
        ) -> None:
            ack()
            self._again(body, action, respond, manner=manner)

        return listener

    def in_other_language(
        self, ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond
    ) -> None:
        """Answer again, in the language that the button names."""
        ack()
        language = str(parse_value(value_of(action)).get("language", ""))
        if language in LANGUAGES:
            self._again(body, action, respond, language=language)

    def stop(self, ack: Ack, action: dict[str, Any]) -> None:
        """Leave off."""
        ack()
        question = whole(parse_value(value_of(action)), "question")
        if question:
            self._services.conversations.stop(question)

    def show_evidence(
        self,
        ack: Ack,
        body: dict[str, Any],
        action: dict[str, Any],
        respond: Respond,
        client: WebClient,
    ) -> None:
        """Show the clicker alone which sentences the answer rests on."""
        ack()
        question, user = whole(parse_value(value_of(action)), "question"), place_of(body).user
        answer = self._services.conversations.answer(question)
        if answer is None:
            self._whisper(respond, body, "commands-answer-gone")
            return
        language = self._services.members.known_language(user)
        client.views_open(trigger_id=body["trigger_id"], view=evidence_view(answer, language))

    def _again(
        self, body: dict[str, Any], action: dict[str, Any], respond: Respond, **how: str
    ) -> None:
        question, place = whole(parse_value(value_of(action)), "question"), place_of(body)
        if question and not self._services.conversations.again(
            question,
            user=place.user,
            reply=lambda messages: reply_privately(respond, messages, thread_ts=place.thread_ts),
            **how,
        ):
            self._whisper(respond, body, "commands-answered-so")

    def _whisper(self, respond: Respond, body: dict[str, Any], message_id: str) -> None:
        place = place_of(body)
        words = catalog(self._services.members.language(place.user))
        reply_privately(respond, [plain_message(words.text(message_id))], thread_ts=place.thread_ts)
