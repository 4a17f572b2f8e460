"""Turns the errors of the Slack SDK and of the network into our own.

A refused connection means that nothing was sent. Every other lost answer to a change (a time-out,
a reset, a 5xx, nonsense in the body) means that the change may have been made.
"""

import http.client
import json
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.error import URLError

from slack_sdk.errors import SlackApiError, SlackClientError

from bot.errors import SlackError, SlackOutcomeUnknown, SlackRateLimited

DEFAULT_RETRY_AFTER_SECONDS = 30.0
# Slack's words for "something broke inside": the change may have been made all the same.
_BROKE_INSIDE = {"fatal_error", "internal_error", "request_timeout", "service_unavailable"}


@contextmanager
def mapped(method: str, *, changes: bool) -> Iterator[None]:
    """Turn whatever a call of *method* raises into a SlackError.

    *changes* says whether the call changes something, so that a lost answer matters.
    """
    try:
        yield
    except SlackApiError as error:
        raise _refused(method, error, changes=changes) from error
    except (ConnectionRefusedError, URLError) as error:
        if _never_sent(error):
            raise SlackError(f"{method}: {error}", code="unreachable") from error
        raise _lost(method, error, changes=changes) from error
    except (OSError, http.client.HTTPException, SlackClientError) as error:
        raise _lost(method, error, changes=changes) from error
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        # The SDK reads an answer that is no JSON object without looking at it first.
        raise _lost(method, error, changes=changes) from error


def reply_lost(cause: Exception) -> SlackError:
    """The error for a message to a response URL whose answer got lost."""
    return _lost("response_url", cause, changes=True)


def refused_reply(status: int, headers: object, body: str) -> SlackError:
    """The error for a message to a response URL that was answered with something else than 200."""
    if status == 429:
        return SlackRateLimited("response_url: 429", retry_after=_seconds(headers))
    if status >= 500:
        return _lost("response_url", f"HTTP {status}", changes=True)
    code = _word(body)
    return SlackError(f"response_url: HTTP {status} {code}", code=code)


def _word(body: str) -> str:
    """Slack's error word, which stands in a body alone or in JSON."""
    try:
        found = json.loads(body)
    except ValueError:
        found = {"error": body.strip()}
    word = str(found.get("error", "")) if isinstance(found, dict) else ""
    return word if word.isidentifier() else "refused"


def _refused(method: str, error: SlackApiError, *, changes: bool) -> SlackError:
    response = error.response
    status = int(getattr(response, "status_code", 200) or 200)
    data = getattr(response, "data", None)
    code = str(data.get("error", "")) if isinstance(data, dict) else ""
    if status == 429 or code in ("ratelimited", "rate_limited"):
        seconds = _seconds(getattr(response, "headers", None) or {})
        return SlackRateLimited(f"{method}: wait {seconds:g} s", retry_after=seconds)
    # Slack's own words are single ones; anything else is the SDK's account of a broken body.
    if status >= 500 or not code or " " in code or code in _BROKE_INSIDE:
        return _lost(method, f"HTTP {status} {code}".strip(), changes=changes)
    return SlackError(f"{method}: {code}{_reasons(data)}", code=code)


def _lost(method: str, cause: object, *, changes: bool) -> SlackError:
    detail = f"{method}: {cause or type(cause).__name__}"
    return SlackOutcomeUnknown(detail) if changes else SlackError(detail, code="no_answer")


def _never_sent(error: OSError) -> bool:
    """Whether the connection was refused or the host is unknown."""
    reason = getattr(error, "reason", error)
    return isinstance(reason, ConnectionRefusedError) or type(reason).__name__ == "gaierror"


def _seconds(headers: object) -> float:
    given = headers if isinstance(headers, dict) else {}
    found = {str(name).lower(): value for name, value in given.items()}.get("retry-after")
    value = found[0] if isinstance(found, list) and found else found
    try:
        return max(0.0, float(str(value)))
    except ValueError:
        return DEFAULT_RETRY_AFTER_SECONDS


def _reasons(data: object) -> str:
    details = data.get("response_metadata") if isinstance(data, dict) else None
    messages = details.get("messages") if isinstance(details, dict) else None
    return f" ({'; '.join(map(str, messages))})" if messages else ""
