"""Messages to the URL that Slack sends with what a member did: for half an hour, five times."""

import json
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from bot.errors import SlackError
from bot.slack.connections import keep_connections
from bot.slack.faults import refused_reply, reply_lost

TIMEOUT_SECONDS = 10


def reply_to(url: str, message: Mapping[str, Any]) -> None:
    """Send *message*, without those of its fields that are None.

    Raises:
        SlackError: Slack didn't take it, or nobody knows whether it did.
    """
    if not url.startswith(("https://", "http://")):
        raise SlackError("response_url: no address", code="invalid_url")
    keep_connections()
    body = json.dumps({name: value for name, value in message.items() if value is not None})
    kind = {"Content-Type": "application/json; charset=utf-8"}
    request = Request(url, body.encode(), kind, method="POST")
    try:
        urlopen(request, timeout=TIMEOUT_SECONDS).close()
    except HTTPError as error:
        told = error.read().decode(errors="replace")
        raise refused_reply(error.code, dict(error.headers), told) from error
    except (OSError, HTTPException, ValueError) as error:
        raise reply_lost(error) from error
