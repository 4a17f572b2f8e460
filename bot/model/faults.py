"""Every way a call can fail, mapped once to our own errors."""

import json
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from bot.errors import ModelError, ModelUnavailableError
from bot.net.client import seconds_to_wait

if TYPE_CHECKING:
    import openai

# Seconds before the second try; twice as long before each further one.
FIRST_WAIT = 1.0
LONGEST_WAIT = 60.0
ATTEMPTS = 4
# A call that ran out of its time will mostly do so again; each try costs the whole of it.
ATTEMPTS_OUT_OF_TIME = 2
_SAID_SHOWN = 300


class UnusableAnswerError(ValueError):
    """The call went well but its answer cannot be used; ``outcome`` is a word for the row.

    ``limit`` are the tokens that the server turned out to read of a longer prompt.
    """

    def __init__(self, outcome: str, *, limit: int | None = None) -> None:
        super().__init__(outcome)
        self.outcome = outcome
        self.limit = limit


class RefusedError(ValueError):
    """An error that came in place of an answer, whatever the status of the response was."""

    def __init__(self, status: int, body: object, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(f"refused with {status}")
        self.status_code = status
        self.body = body
        self.headers = headers or {}

    @classmethod
    def from_body(cls, body: object) -> "RefusedError":
        """An error object that came with a status that says all is well."""
        told = " ".join(map(str, _values(body, "code", "status", "status_code", "type"))).lower()
        numbers = [int(one) for one in re.findall(r"\b[45]\d\d\b", told)]
        named = (status for word, status in _STATUS_WORDS if word in told)
        return cls(numbers[0] if numbers else next(named, 500), body)

    @classmethod
    def from_status(cls, error: "openai.APIStatusError") -> "RefusedError":
        """What the library raises for a status of 400 or more."""
        try:
            body = json.loads(error.response.text)
        except (ValueError, RecursionError):
            body = error.response.text
        return cls(error.status_code, body, error.response.headers)

    @property
    def said(self) -> str:
        """The server's own words, on one line."""
        texts = _values(self.body, "message", "error", "detail", "msg")
        words = next((one for one in texts if isinstance(one, str) and one.strip()), None)
        body = self.body if isinstance(self.body, str) else json.dumps(self.body)
        return " ".join((words or body).split())[:_SAID_SHOWN]

    @property
    def names(self) -> str:
        """The parts of the request that the server points at."""
        return " ".join(map(str, _values(self.body, "param", "loc"))).lower()[:_SAID_SHOWN]

    @property
    def codes(self) -> str:
        """The error's kind in the words of its own API."""
        return " ".join(map(str, _values(self.body, "code", "type"))).lower()


@dataclass(frozen=True)
class Fault:
    """A failed call: a word for its row, and whether trying again can help.

    ``available`` tells a server that answered badly (ModelError) from one that could not be had.
    ``said`` are a server's words, which may hold parts of the prompt and are never logged;
    ``names`` are the parts of the request that it points at; ``limit`` is the most tokens that it
    says it takes.
    """

    outcome: str
    retriable: bool
    available: bool = False
    retry_after: float | None = None
    status: int | None = None
    said: str = field(default="", repr=False)
    limit: int | None = None
    names: str = ""

    @property
    def is_refusal(self) -> bool:
        """Whether it may be about how the request was put, even if it names nothing."""
        return self.status in _ABOUT_REQUEST

    @property
    def may_name_form(self) -> bool:
        """Whether what it names may be what is wrong with how the request was put."""
        return self.status is not None and self.status not in _ABOUT_OTHERS


_ABOUT_REQUEST = (400, 404, 413, 422, 500, 501)
# The key, the money, or the time.
_ABOUT_OTHERS = (401, 402, 407, 408, 409, 425, 429)
_STATUSES = {
    400: Fault("bad-request", False),
    401: Fault("unauthorized", False),
    402: Fault("quota", False),
    403: Fault("forbidden", False),
    404: Fault("not-found", False),
    405: Fault("not-found", False),
    408: Fault("timeout", True),
    409: Fault("conflict", True),
    413: Fault("too-long", False, available=True),
    422: Fault("bad-request", False),
    501: Fault("bad-request", False),
    429: Fault("rate-limited", True),
}
_STATUS_WORDS = (
    ("rate_limit", 429),
    ("quota", 429),
    ("exhausted", 429),
    ("auth", 401),
    ("not_found", 404),
    ("invalid", 400),
)
# Bytes that are not UTF-8, and whatever else reading may raise.
_CORRUPT = Fault("corrupt", True, available=True)
_RETRIED_OUTCOMES = ("corrupt", "empty", "cut-off")
_TOO_LONG = (
    "context length",
    "context size",
    "context_length",
    "context window",
    "too long",
    "too many tokens",
)
# Of a single request, whatever the status: waiting would not make it smaller.
_REQUEST_TOO_LARGE = "request too large"
_NO_CREDIT = ("insufficient_quota", "billing", "credit", "balance", "payment")
# A number that stands alone, which the digits in a model's name or a date don't.
_NUMBER = re.compile(r"(?<![\w.,-])(?:\d{1,3}(?:,\d{3})+|\d{2,9})(?![\w-])")
_LEAST_LIMIT = 64
_WAIT_NAMES = ("retrydelay", "retryafter", "retryafterseconds", "retryin")
_WAIT_WORDS = re.compile(r"\b(?:again|retry|wait)\b\D{0,30}(?=\d)", re.IGNORECASE)
_DURATION = re.compile(r"(\d{1,9}(?:\.\d{1,9})?) ?(ms|h|m|s)?", re.IGNORECASE)
_UNITS = {"ms": 0.001, "s": 1.0, "": 1.0, "m": 60.0, "h": 3600.0}


@cache
def library_faults() -> tuple[tuple[type[Exception], Fault], ...]:
    """What the errors of the library mean: the first class that fits is taken, so subclasses come
    before their bases."""
    import openai

    return (
        (openai.APITimeoutError, Fault("timeout", True)),
        (openai.APIConnectionError, Fault("connection", True)),
        (openai.APIResponseValidationError, Fault("corrupt", True, available=True)),
        (openai.APIError, Fault("server-error", True)),
        (openai.LengthFinishReasonError, Fault("truncated", False, available=True)),
        (openai.ContentFilterFinishReasonError, Fault("filtered", False, available=True)),
        (openai.OpenAIError, Fault("refused", False)),
    )


def caught() -> tuple[type[Exception], ...]:
    """What a call may raise."""
    import openai

    return (openai.OpenAIError, ValueError)


def fault_of(error: Exception, *, now: datetime | None = None) -> Fault:
    """What *error* means. *now* is needed to read a Retry-After that is a date."""
    if isinstance(error, UnusableAnswerError):
        retried = error.outcome in _RETRIED_OUTCOMES
        return Fault(error.outcome, retried, available=True, limit=error.limit)
    if isinstance(error, RefusedError):
        return _refused(error, now)
    import openai

    if isinstance(error, openai.APIStatusError):
        return _refused(RefusedError.from_status(error), now)
    return next((fault for kind, fault in library_faults() if isinstance(error, kind)), _CORRUPT)


def as_model_error(fault: Fault, error: Exception) -> ModelError:
    """Our error for the caller. Its detail names classes and codes, never contents; the
    arguments ``said`` and ``limit`` are the fault's."""
    status = f" {fault.status}" if fault.status else ""
    detail = f"{fault.outcome} ({type(error).__name__}{status})"
    kind = ModelError if fault.available else ModelUnavailableError
    return kind(detail, outcome=fault.outcome, said=fault.said, limit=fault.limit)


def wait_before_retry(fault: Fault, attempt: int) -> float | None:
    """Seconds to wait after the *attempt*-th try (from 1), or None to give up."""
    attempts = ATTEMPTS_OUT_OF_TIME if fault.outcome == "timeout" else ATTEMPTS
    if not fault.retriable or attempt >= attempts:
        return None
    if fault.retry_after is not None:
        return fault.retry_after if fault.retry_after <= LONGEST_WAIT else None
    return FIRST_WAIT * float(2 ** (attempt - 1)) * random.uniform(0.75, 1.25)


def told_limit(said: str, *, below: int | None = None) -> int | None:
    """The most tokens that a complaint allows: its largest number under what was asked for.

    Without *below* what was asked for is the largest number that is told, unless it is the only
    one; the parts that it was the sum of are no limits.
    """
    numbers = {int(one.replace(",", "")) for one in _NUMBER.findall(said)}
    if below is None and len(numbers) > 1:
        below = max(numbers)
        numbers -= {one for one in numbers if below - one in numbers}
    allowed = (one for one in numbers if one >= _LEAST_LIMIT and (not below or one < below))
    return max(allowed, default=None)


def _refused(error: RefusedError, now: datetime | None) -> Fault:
    status, said = error.status_code, error.said
    fault = _STATUSES.get(status) or Fault("server-error" if status >= 500 else "refused", False)
    wait = None
    if any(word in error.codes for word in _NO_CREDIT):
        fault = _STATUSES[402]
    elif _is_too_long(error) or fault.outcome == "too-long":
        fault = Fault("too-long", False, available=True, limit=told_limit(said))
    elif (status >= 500 and status not in _STATUSES) or fault.retriable:
        wait = _wait_told(error, now)
        fault = Fault(fault.outcome, True, fault.available, wait)
    return replace(fault, retry_after=wait, status=status, said=said, names=error.names)


def _is_too_long(error: RefusedError) -> bool:
    said = f"{error.codes} {error.said}".lower()
    told = error.status_code in _ABOUT_REQUEST and any(words in said for words in _TOO_LONG)
    return told or _REQUEST_TOO_LARGE in said


def _wait_told(error: RefusedError, now: datetime | None) -> float | None:
    """Seconds that the server asks to wait, in a header, a field of the body, or in words."""
    if (milliseconds := _seconds(error.headers.get("retry-after-ms"))) is not None:
        return milliseconds / 1000
    header = error.headers.get("retry-after")
    if header:
        told = _seconds(header)
        return told if told is not None or now is None else seconds_to_wait(header, now)
    for name, value in _fields(error.body):
        if "".join(filter(str.isalpha, name.lower())) in _WAIT_NAMES:
            return _seconds(value)
    words = _WAIT_WORDS.search(error.said)
    return _seconds(error.said[words.end() :].split(",")[0]) if words else None


def _seconds(value: object) -> float | None:
    """Seconds from a number or a duration such as ``12s``, ``1m30.5s`` or ``20 seconds``."""
    text, total, at = str(value if value is not None else "").strip(), 0.0, 0
    while part := _DURATION.match(text, at):
        total += float(part[1]) * _UNITS[(part[2] or "").lower()]
        at = part.end()
    return total if at else None


def _fields(body: object) -> Iterator[tuple[str, Any]]:
    """Names and values of every object in *body*, outermost first."""
    level = [body]
    while level:
        objects = [one for one in level if isinstance(one, dict)]
        yield from ((str(name), value) for one in objects for name, value in one.items())
        inner = [value for one in objects for value in one.values()]
        inner += [value for one in level if isinstance(one, list) for value in one]
        level = [one for one in inner if isinstance(one, dict | list)]


def _values(body: object, *names: str) -> list[Any]:
    found = list(_fields(body))
    return [value for wanted in names for name, value in found if name == wanted]
