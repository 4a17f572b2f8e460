"""Buttons under an answer, and the button that stops one."""

from functools import partial
from typing import Any

from slack_bolt import App

from bot.answers import evidence_view
from bot.languages import LANGUAGES
from bot.services import Services
from bot.slack.blocks.ids import ActionId
from handlers.clicks import Click, Clicks
from handlers.replies import reply_privately


def register(app: App, services: Services) -> None:
    """Connect the event of Slack's own stop button."""

    @app.event("agent_session_stopped")
    def stopped(event: dict[str, Any]) -> None:
        channel, thread = event.get("channel"), event.get("thread_ts")
        if channel and thread:
            services.conversations.stop_thread(channel, thread)


def feedback(click: Click) -> None:
    """Keep what the clicker thinks of the answer."""
    question, vote = click.number("question"), click.text("vote")
    if question and vote:
        click.services.conversations.feedback(question, user=click.user, value=vote)
        click.tell("commands-thanks", in_thread=True)


def in_other_language(click: Click) -> None:
    """Answer again, in the language that the button names."""
    if click.text("language") in LANGUAGES:
        again(click, language=click.text("language"))


def again(click: Click, **how: str) -> None:
    """Answer again, in another manner or language."""
    question, place = click.number("question"), click.place
    if question and not click.services.conversations.again(
        question,
        user=place.user,
        reply=lambda messages: reply_privately(
            click.response_url, messages, thread_ts=place.thread_ts
        ),
        **how,
    ):
        click.tell("commands-answered-so", in_thread=True)


def stop(click: Click) -> None:
    """Leave off."""
    if click.number("question"):
        click.services.conversations.stop(click.number("question"))


def show_evidence(click: Click) -> None:
    """Show the clicker alone which sentences the answer rests on."""
    answer = click.services.conversations.answer(click.number("question"))
    if answer is None:
        click.tell("commands-answer-gone", in_thread=True)
        return
    click.open(evidence_view(answer, click.known_language))


CLICKS: Clicks = {
    ActionId.ANSWER_FEEDBACK: feedback,
    ActionId.ANSWER_LANGUAGE: in_other_language,
    ActionId.ANSWER_DETAIL: partial(again, manner="detailed"),
    ActionId.ANSWER_SIMPLER: partial(again, manner="simple"),
    ActionId.ANSWER_STOP: stop,
    ActionId.ANSWER_EVIDENCE: show_evidence,
}
