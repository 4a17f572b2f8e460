"""Each class of failure that we promise to map, and what each means."""

import inspect
import json
from datetime import UTC, datetime
from typing import Any

import httpx2
import openai
import pytest

from bot.errors import ModelError, ModelUnavailableError
from bot.model.faults import (
    MAPPED,
    UnusableAnswerError,
    as_model_error,
    fault_of,
    wait_before_retry,
)

REQUEST = httpx2.Request("POST", "http://127.0.0.1/v1/chat/completions")


def status_error(
    kind: Any, status: int, *, code: str | None = None, message: str = "", **headers: str
) -> openai.APIStatusError:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    response = httpx2.Response(status, request=REQUEST, headers=named)
    error: openai.APIStatusError = kind(message, response=response, body={"code": code})
    return error


PROMISED: list[tuple[Exception, str, bool, type[ModelError]]] = [
    (openai.APITimeoutError(REQUEST), "timeout", True, ModelUnavailableError),
    (openai.APIConnectionError(request=REQUEST), "connection", True, ModelUnavailableError),
    (status_error(openai.RateLimitError, 429), "rate-limited", True, ModelUnavailableError),
    (
        status_error(openai.RateLimitError, 429, code="insufficient_quota"),
        "quota",
        False,
        ModelUnavailableError,
    ),
    (
        status_error(openai.AuthenticationError, 401),
        "unauthorized",
        False,
        ModelUnavailableError,
    ),
    (status_error(openai.PermissionDeniedError, 403), "forbidden", False, ModelUnavailableError),
    (status_error(openai.NotFoundError, 404), "not-found", False, ModelUnavailableError),
    (status_error(openai.ConflictError, 409), "conflict", True, ModelUnavailableError),
    (status_error(openai.BadRequestError, 400), "bad-request", False, ModelUnavailableError),
    (
        status_error(openai.BadRequestError, 400, message="maximum context length exceeded"),
        "too-long",
        False,
        ModelError,
    ),
    (
        status_error(openai.UnprocessableEntityError, 422),
        "bad-request",
        False,
        ModelUnavailableError,
    ),
    (status_error(openai.InternalServerError, 503), "server-error", True, ModelUnavailableError),
    (status_error(openai.APIStatusError, 408), "timeout", True, ModelUnavailableError),
    (status_error(openai.APIStatusError, 418), "refused", False, ModelUnavailableError),
    (
        openai.APIResponseValidationError(httpx2.Response(200, request=REQUEST), None),
        "corrupt",
        True,
        ModelError,
    ),
    (openai.APIError("boom", REQUEST, body=None), "server-error", True, ModelUnavailableError),
    (openai.OpenAIError("no credentials"), "refused", False, ModelUnavailableError),
    (openai.ContentFilterFinishReasonError(), "filtered", False, ModelError),
    (json.JSONDecodeError("bad chunk", "{", 1), "corrupt", True, ModelError),
    (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad"), "corrupt", True, ModelError),
    (UnusableAnswerError("cut-off"), "cut-off", True, ModelError),
    (UnusableAnswerError("filtered"), "filtered", False, ModelError),
    (ValueError("anything else that a parser may raise"), "corrupt", True, ModelError),
]


@pytest.mark.parametrize(
    ("error", "outcome", "retriable", "kind"),
    PROMISED,
    ids=[f"{type(one[0]).__name__}-{one[1]}" for one in PROMISED],
)
def test_each_failure_is_mapped_as_promised(
    error: Exception, outcome: str, retriable: bool, kind: type[ModelError]
) -> None:
    fault = fault_of(error)
    assert (fault.outcome, fault.retriable) == (outcome, retriable)
    mapped = as_model_error(fault, error)
    assert type(mapped) is kind
    assert mapped.arguments["outcome"] == outcome


def test_no_exception_of_the_library_is_forgotten() -> None:
    public = {kind for _, kind in inspect.getmembers(openai, inspect.isclass)}
    raised = {kind for kind in public if issubclass(kind, Exception)}
    # It is raised by the check of webhooks only, which Paperboy has none of.
    raised.discard(openai.InvalidWebhookSignatureError)
    assert len(raised) > 10
    assert [kind for kind in raised if not issubclass(kind, MAPPED)] == []


def test_waits_grow_and_end() -> None:
    fault = fault_of(openai.APIConnectionError(request=REQUEST))
    waits = [wait_before_retry(fault, attempt) for attempt in (1, 2, 3, 4)]
    assert all(wait and wait > 0.5 for wait in waits[:3])
    assert (waits[1] or 0) > (waits[0] or 0)
    assert waits[3] is None


@pytest.mark.parametrize(
    ("header", "wait"),
    [("2", 2.0), ("Thu, 20 Mar 2025 00:00:30 GMT", 30.0), ("3600", None), ("0", 0.0)],
)
def test_the_wait_that_a_server_asks_for_is_kept_or_given_up(
    header: str, wait: float | None
) -> None:
    now = datetime(2025, 3, 20, tzinfo=UTC)
    fault = fault_of(status_error(openai.RateLimitError, 429, retry_after=header), now=now)
    assert wait_before_retry(fault, 1) == wait


def test_a_wait_that_cannot_be_read_is_our_own() -> None:
    fault = fault_of(status_error(openai.RateLimitError, 429, retry_after="soon"))
    assert fault.retry_after is None
    assert wait_before_retry(fault, 1)
