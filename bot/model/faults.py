"""Every way a call can fail, mapped once to our own errors."""

import json
import random
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import openai

from bot.errors import ModelError, ModelUnavailableError

LONGEST_WAIT = 60.0
ATTEMPTS = 4
# A call that ran out of its time will mostly do so again; each try costs the whole of it.
ATTEMPTS_OUT_OF_TIME = 2


class UnusableAnswerError(ValueError):
    """The call went well but its answer cannot be used; ``outcome`` is a word for the row."""

    def __init__(self, outcome: str) -> None:
        super().__init__(outcome)
        self.outcome = outcome


@dataclass(frozen=True)
class Fault:
    """A failed call: a word for its row, and whether trying again can help."""

    outcome: str
    retriable: bool
    available: bool = False
    retry_after: float | None = None


# The first class that fits is taken, so subclasses come before their bases. ``available`` tells
# a server that answered badly (ModelError) from one that could not be had at all.
_FAULTS: tuple[tuple[type[Exception], Fault], ...] = (
    (openai.APITimeoutError, Fault("timeout", True)),
    (openai.APIConnectionError, Fault("connection", True)),
    (openai.RateLimitError, Fault("rate-limited", True)),
    (openai.AuthenticationError, Fault("unauthorized", False)),
    (openai.PermissionDeniedError, Fault("forbidden", False)),
    (openai.NotFoundError, Fault("not-found", False)),
    (openai.ConflictError, Fault("conflict", True)),
    (openai.UnprocessableEntityError, Fault("bad-request", False)),
    (openai.BadRequestError, Fault("bad-request", False)),
    (openai.InternalServerError, Fault("server-error", True)),
    (openai.APIStatusError, Fault("refused", False)),
    (openai.APIResponseValidationError, Fault("corrupt", True, available=True)),
    (openai.APIError, Fault("server-error", True)),
    (openai.LengthFinishReasonError, Fault("truncated", False, available=True)),
    (openai.ContentFilterFinishReasonError, Fault("filtered", False, available=True)),
    (openai.OpenAIError, Fault("refused", False)),
    # A chunk of a stream that isn't JSON comes up bare, so do undecodable bytes.
    (json.JSONDecodeError, Fault("corrupt", True, available=True)),
    (UnicodeDecodeError, Fault("corrupt", True, available=True)),
)
MAPPED = tuple(kind for kind, _ in _FAULTS)
CAUGHT = (openai.OpenAIError, ValueError)
_RETRIED_OUTCOMES = ("corrupt", "empty", "cut-off")
_TOO_LONG = ("context length", "context size", "context_length", "context window", "too long")
_REQUEST_TIMEOUT = 408


def fault_of(error: Exception, *, now: datetime | None = None) -> Fault:
    """What *error* means. *now* is needed to read a Retry-After that is a date."""
    if isinstance(error, UnusableAnswerError):
        return Fault(error.outcome, error.outcome in _RETRIED_OUTCOMES, available=True)
    found = next((fault for kind, fault in _FAULTS if isinstance(error, kind)), None)
    if found is None:
        return Fault("corrupt", True, available=True)
    if isinstance(error, openai.APIStatusError):
        return _refined(found, error, now)
    return found


def as_model_error(fault: Fault, error: Exception) -> ModelError:
    """Our error for the caller. Its detail names classes and codes, never contents."""
    status = getattr(error, "status_code", None)
    detail = f"{fault.outcome} ({type(error).__name__}{f' {status}' if status else ''})"
    kind = ModelError if fault.available else ModelUnavailableError
    return kind(detail, outcome=fault.outcome)


def wait_before_retry(fault: Fault, attempt: int) -> float | None:
    """Seconds to wait after the *attempt*-th try (from 1), or None to give up."""
    attempts = ATTEMPTS_OUT_OF_TIME if fault.outcome == "timeout" else ATTEMPTS
    if not fault.retriable or attempt >= attempts:
        return None
    if fault.retry_after is not None:
        return fault.retry_after if fault.retry_after <= LONGEST_WAIT else None
    return float(2 ** (attempt - 1)) * random.uniform(0.75, 1.25)


def is_too_long(error: openai.APIStatusError) -> bool:
    """Whether the server refused because the prompt doesn't fit its context."""
    said = f"{error.code or ''} {error.message}".lower()
    return any(words in said for words in _TOO_LONG)


def _refined(fault: Fault, error: openai.APIStatusError, now: datetime | None) -> Fault:
    if error.code == "insufficient_quota":
        return Fault("quota", False)
    if fault.outcome == "bad-request" and is_too_long(error):
        return Fault("too-long", False, available=True)
    if error.status_code == _REQUEST_TIMEOUT:
        return Fault("timeout", True)
    wait = _retry_after(error.response.headers.get("retry-after"), now)
    return Fault(fault.outcome, fault.retriable, fault.available, wait)


def _retry_after(header: str | None, now: datetime | None) -> float | None:
    if not header:
        return None
    try:
        return max(0.0, float(header))
    except ValueError:
        pass
    try:
        then = parsedate_to_datetime(header)
    except ValueError:
        return None
    then = then if then.tzinfo else then.replace(tzinfo=UTC)
    return None if now is None else max(0.0, (then - now).total_seconds())
