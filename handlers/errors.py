"""The one place where a failure becomes words: what went wrong for the member, the rest for the
log under the same request id."""

import logging
from typing import Any

from slack_bolt import App, BoltContext, BoltResponse
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.errors import PaperboyError
from bot.failures import log_failure
from bot.languages import catalog
from bot.services import Services
from bot.slack.blocks import one_paragraph
from bot.slack.blocks.message import AS_WRITTEN
from bot.slack.error_text import error_text
from bot.telemetry.request_ids import reference
from handlers.payloads import place_of, response_url
from handlers.replies import reply_privately, send_direct

# A form has to be opened within three seconds of the click, and once.
TOO_LATE = ("expired_trigger_id", "trigger_expired", "exchanged_trigger_id", "trigger_exchanged")
# What comes from the Home, a form or a shortcut without a channel.
IN_VIEWS = ("block_actions", "view_submission", "shortcut")

logger = logging.getLogger(__name__)


def register(app: App, services: Services) -> None:
    """Connect the error handler of all listeners and middleware."""

    @app.error
    def failed(
        error: Exception,
        body: dict[str, Any],
        context: BoltContext,
        client: WebClient,
    ) -> BoltResponse | None:
        language = services.members.known_language(context.user_id)
        text = _words(error, language)
        try:
            _tell(text, body, client)
        except (SlackApiError, OSError) as problem:
            logger.warning("the member could not be told: %s", problem)
        return None


def _words(error: Exception, language: str) -> str:
    words = catalog(language)
    if isinstance(error, PaperboyError):
        logger.info("refused: %s: %s", error.message_id, error)
        return error_text(error, language)
    if isinstance(error, SlackApiError) and error.response.get("error") in TOO_LATE:
        logger.info("a form came too late: %s", error.response.get("error"))
        return words.text("commands-too-late")
    log_failure(logger, "listener failed", error)
    return words.text("commands-failed", reference=reference())


def _tell(text: str, body: dict[str, Any], client: WebClient) -> None:
    place = place_of(body)
    if url := response_url(body):
        reply_privately(url, [one_paragraph(text)])
    elif place.channel and place.user and body.get("type") != "event_callback":
        client.chat_postEphemeral(
            channel=place.channel,
            user=place.user,
            thread_ts=place.thread_ts,
            **one_paragraph(text).payload(),
            **AS_WRITTEN,
        )
    elif place.user and body.get("type") in IN_VIEWS:
        # The Home and a form that has closed have no channel: their words go to its messages.
        send_direct(client, place.user, one_paragraph(text))
