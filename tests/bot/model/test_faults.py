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
    RefusedError,
    UnusableAnswerError,
    as_model_error,
    fault_of,
    library_faults,
    told_limit,
    wait_before_retry,
)

REQUEST = httpx2.Request("POST", "http://127.0.0.1/v1/chat/completions")


def status_error(
    kind: Any, status: int, *, code: str | None = None, message: str = "", **headers: str
) -> openai.APIStatusError:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    body = {"error": {"code": code, "message": message}}
    response = httpx2.Response(status, request=REQUEST, headers=named, json=body)
    error: openai.APIStatusError = kind(message, response=response, body=body)
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
    (status_error(openai.APIStatusError, 402), "quota", False, ModelUnavailableError),
    (status_error(openai.APIStatusError, 413), "too-long", False, ModelError),
    (
        status_error(openai.RateLimitError, 429, message="Request too large: limit 900"),
        "too-long",
        False,
        ModelError,
    ),
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
    mapped = tuple(kind for kind, _ in library_faults())
    assert [kind for kind in raised if not issubclass(kind, mapped)] == []


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


@pytest.mark.parametrize(
    ("body", "wait"),
    [
        ([{"error": {"code": 429, "details": [{"@type": "x", "retryDelay": "12s"}]}}], 12.0),
        ({"error": {"message": "slow down", "retry_after": 7}}, 7.0),
        ({"error": {"message": "Rate limit reached. Please try again in 1m2.5s."}}, 62.5),
        ({"error": {"message": "retry after 20 seconds, or pay more"}}, 20.0),
        ({"error": {"message": "try again in 250ms"}}, 0.25),
        ({"detail": "too many requests of 9 members"}, None),
        ("Too many requests", None),
    ],
)
def test_the_wait_that_stands_in_the_body_is_kept_like_a_header(
    body: object, wait: float | None
) -> None:
    response = httpx2.Response(429, request=REQUEST, json=body)
    fault = fault_of(openai.RateLimitError("", response=response, body=None))
    assert (fault.outcome, fault.retry_after) == ("rate-limited", wait)


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        ({"error": {"code": 429, "message": "slow down"}}, "rate-limited"),
        ({"error": {"code": "rate_limit_exceeded"}}, "rate-limited"),
        ({"error": {"code": "insufficient_quota"}}, "quota"),
        ({"object": "error", "code": 400, "message": "no such argument"}, "bad-request"),
        ({"error": {"status": "INVALID_ARGUMENT", "message": "no"}}, "bad-request"),
        ({"error": {"code": 400, "message": "the prompt is too long"}}, "too-long"),
        ({"error": "something broke"}, "server-error"),
        ({"error": {"code": {"odd": [1]}}}, "server-error"),
    ],
)
def test_an_error_under_a_good_status_is_what_it_says(body: object, outcome: str) -> None:
    assert fault_of(RefusedError.from_body(body)).outcome == outcome


@pytest.mark.parametrize(
    ("said", "below", "limit"),
    [
        ("max_tokens must be between 1 and 4096", 5500, 4096),
        ("max_tokens is too large: 5500. At most 4,096 tokens are written", 5500, 4096),
        ("not supported with gpt-9-2025-08-07", 5500, None),
        ("no number at all", None, None),
        ("the maximum context length is 8192 tokens", None, 8192),
        ("context of 8192 tokens, but 12000 were asked for (10000 read, 2000 written)", None, 8192),
        ("this request asks for 9000 tokens and a minute allows 6000", None, 6000),
        ("prompt is too long: 210000 tokens > 200000 maximum", None, 200000),
    ],
)
def test_the_limit_that_a_server_tells_is_read_from_its_numbers(
    said: str, below: int | None, limit: int | None
) -> None:
    assert told_limit(said, below=below) == limit


def test_the_words_of_a_server_are_kept_but_not_shown_in_logs() -> None:
    error = status_error(openai.BadRequestError, 400, message="your SECRET\n is odd")
    fault = fault_of(error)
    assert fault.said == "your SECRET is odd"
    assert "SECRET" not in repr(fault)
    assert "SECRET" not in str(as_model_error(fault, error))
