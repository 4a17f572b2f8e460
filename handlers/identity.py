"""What is said to payloads that come before Slack has told who the bot is.

Its own mentions and messages can't be told from those of others then, so events are not
acknowledged: Slack sends them again. Whoever acted is told to try again.
"""

import json
import logging
from functools import partial
from typing import Any

from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.request import payload_utils as kinds

from bot.actions.forms import notice_view
from bot.background import BackgroundThread
from bot.errors import SlackError
from bot.languages import catalog
from bot.services import Services
from bot.slack.identity import Identity
from bot.slack.replies import reply_to
from handlers.payloads import Gate, place_of, response_url

# The answer to the first question after a start is nearly there; Slack waits three seconds.
PATIENCE_SECONDS = 1.5
# Those of a URL's verification, which is answered by anybody.
_FOR_ANYBODY = ("url_verification", "ssl_check")

log = logging.getLogger(__name__)


class IdentityNeeded(Gate):
    """Lets payloads in once it is known who the bot is."""

    def __init__(self, services: Services) -> None:
        self._identity: Identity = services.identity
        self._language = services.members.known_language

    def answer(self, req: BoltRequest) -> BoltResponse | None:
        """Go on, or say why not."""
        if req.body.get("type") in _FOR_ANYBODY or self._is_known():
            return None
        if kinds.is_event(req.body):
            return BoltResponse(status=500, body="")
        language = self._language(place_of(req.body).user)
        return _refusal(req.body, catalog(language).text("commands-slack-silent"), language)

    def _is_known(self) -> bool:
        try:
            return self._identity.wait(PATIENCE_SECONDS) is not None
        except SlackError:
            return False


def _refusal(body: dict[str, Any], text: str, language: str) -> BoltResponse:
    """*text* by the acknowledgement where that can say something, or by the ``response_url``;
    Slack itself tells of the others that they failed."""
    if kinds.is_slash_command(body):
        return BoltResponse(status=200, body=text)
    if kinds.is_view_submission(body):
        # On top of the form, so that nothing typed is lost.
        title = catalog(language).text("commands-not-done-title")
        view = notice_view(language, title, text)
        return _json({"response_action": "push", "view": view})
    if kinds.is_options(body):
        return _json({"options": []})
    if url := response_url(body):
        BackgroundThread("respond", partial(_respond, url, text)).start()
        return BoltResponse(status=200, body="")
    return BoltResponse(status=500, body="")


def _respond(url: str, text: str) -> None:
    try:
        reply_to(url, {"text": text, "response_type": "ephemeral", "replace_original": False})
    except SlackError as error:
        log.warning("the member could not be told: %s", error)


def _json(answer: dict[str, Any]) -> BoltResponse:
    return BoltResponse(
        status=200, body=json.dumps(answer), headers={"Content-Type": "application/json"}
    )
