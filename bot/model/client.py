"""The adapter over the ``openai`` library."""

import threading
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import TypeVar, overload

import openai
from pydantic import BaseModel

from bot.errors import ModelError, ModelUnavailableError
from bot.model.budget import Budget
from bot.model.calls import Caller
from bot.model.dialect import Dialect
from bot.model.faults import CAUGHT, as_model_error, fault_of, is_too_long, wait_before_retry
from bot.model.ledger import Ledger
from bot.model.limits import Gate
from bot.model.prices import PriceTable
from bot.model.prompts import Prompt
from bot.model.records import Completion, Objection
from bot.model.requests import Answer, Request, messages_of, once_more, parsed_answer
from bot.model.served import context_of
from bot.model.stream import StreamState, TextStream
from bot.model.structured import InvalidObjectError
from bot.net import LimitedTransport, Limits, host_of, limited_client
from bot.settings import Settings
from storage import Storage

OFFICIAL_URL = "https://api.openai.com/v1"
_CONNECT_SECONDS = 10.0
# 64 embeddings of 8,192 numbers each; a written answer is far shorter.
_MOST_ANSWER_BYTES = 16_000_000
_LOCAL_HOSTS = ("localhost", "127.0.0.1", "::1", "host.docker.internal")
_NO_KEY = "no-key-needed"
_EMBEDDED_AT_ONCE = 64
T = TypeVar("T")
S = TypeVar("S", bound=BaseModel)


class Model:
    """A chat model, and an embedding model when one is set. Safe in any thread.

    Every method raises BudgetSpentError (before a call that the day's budget cannot bear),
    ModelUnavailableError (the server can't be reached or refuses) or ModelError (it answered,
    but unusably); ``error.arguments["outcome"]`` is a word for what happened.
    """

    def __init__(
        self,
        caller: Caller,
        *,
        gate: Gate,
        dialect: Dialect,
        clock: Callable[[], datetime],
        sleep: Callable[[float], None],
        closing: threading.Event,
        context_tokens: int | None = None,
    ) -> None:
        self.name = caller.name
        self.embedding_name = caller.embedding_name
        self._caller = caller
        self._gate = gate
        self._dialect = dialect
        # Kinds of requests that the server understood: if it refuses one, that's not the dialect.
        self._understood: set[tuple[type[BaseModel] | None, bool]] = set()
        self._clock = clock
        self._sleep = sleep
        self._closing = closing
        self._context_tokens = context_tokens
        self._asked_for_context = context_tokens is not None

    @classmethod
    def from_settings(
        cls,
        settings: Settings,
        storage: Storage,
        clock: Callable[[], datetime],
        *,
        sleep: Callable[[float], None] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        proxies: Mapping[str, str] | None = None,
    ) -> "Model | None":
        """The model that settings name, or None when there is none. Makes no call.

        Args:
            settings: name the server, the model and the limits.
            storage: gets a row for each call.
            clock: the time in UTC.
            sleep: waits; by default until :meth:`close` at the longest.
            monotonic: seconds, for the pauses between calls.
            proxies: see :func:`bot.net.proxy_for`.
        """
        if not settings.has_model:
            return None
        url = settings.openai_base_url or OFFICIAL_URL
        host = host_of(url)
        prices = PriceTable(settings.prices, local=host in _LOCAL_HOSTS)
        client = openai.OpenAI(
            api_key=settings.openai_api_key or _NO_KEY,
            base_url=url,
            timeout=openai.Timeout(settings.model_timeout, connect=_CONNECT_SECONDS),
            max_retries=0,
            http_client=limited_client(
                LimitedTransport(
                    Limits(settings.model_longest_call, _MOST_ANSWER_BYTES),
                    private_hosts=(host,) if settings.openai_base_url else (),
                    proxies=proxies,
                )
            ),
        )
        closing = threading.Event()
        sleep = sleep or partial(_sleep, closing)
        gate = Gate(
            concurrency=settings.concurrency,
            per_minute=settings.calls_per_minute,
            monotonic=monotonic,
            sleep=sleep,
        )
        caller = Caller(
            client=client,
            name=settings.model,
            embedding_name=settings.embedding_model,
            ledger=Ledger(
                storage, Budget(storage, settings.daily_budget_usd, clock), prices, clock
            ),
            gate=gate,
        )
        return cls(
            caller,
            gate=gate,
            dialect=Dialect.first_guess(settings.model, official=url == OFFICIAL_URL),
            clock=clock,
            sleep=sleep,
            closing=closing,
            context_tokens=settings.context_tokens,
        )

    @overload
    def complete(
        self,
        prompt: Prompt,
        *,
        schema: None = None,
        max_tokens: int = ...,
        objection: Objection | None = ...,
    ) -> Completion[None]: ...

    @overload
    def complete(
        self,
        prompt: Prompt,
        *,
        schema: type[S],
        max_tokens: int = ...,
        objection: Objection | None = ...,
        cut_off_too: bool = ...,
    ) -> Completion[S]: ...

    def complete(
        self,
        prompt: Prompt,
        *,
        schema: type[S] | None = None,
        max_tokens: int = 1500,
        objection: Objection | None = None,
        cut_off_too: bool = False,
    ) -> Completion[S] | Completion[None]:
        """Ask and wait for the whole answer.

        With a *schema* the answer is an object of that shape: the server is made to keep to it
        where it can, and one more try is given to an answer that doesn't. Without one, look at
        ``finish_reason``: ``length`` means that the text is cut off. With *cut_off_too* an object
        that was cut off twice is given as far as it goes, with that reason. With an *objection*
        the model is shown its earlier answer and what was wrong with it.
        """
        request = Request(messages_of(prompt), prompt, max_tokens, schema)
        if objection is not None:
            request = once_more(request, objection)
        answer = self._answer(request)
        if schema is None:
            return Completion(answer.text, None, answer.model, answer.finish_reason, answer.usage)
        try:
            parsed = parsed_answer(answer, schema)
        except InvalidObjectError as invalid:
            answer = self._answer(once_more(request, Objection(answer.text, invalid.problem)))
            try:
                parsed = parsed_answer(answer, schema, cut_off_too=cut_off_too)
            except InvalidObjectError as error:
                outcome = "truncated" if answer.finish_reason == "length" else "invalid"
                raise ModelError(f"{outcome}: {error}", outcome=outcome) from error
        return Completion(answer.text, parsed, answer.model, answer.finish_reason, answer.usage)

    def stream(self, prompt: Prompt, *, max_tokens: int = 1500) -> TextStream:
        """Ask and read the answer piece by piece. The call is made at the first ``next``.

        Streams are for people who wait: they go before every call of :meth:`complete`.
        """
        request = Request(messages_of(prompt), prompt, max_tokens, stream=True)
        return TextStream(lambda state: self._pieces(request, state))

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """A vector for each text, in order.

        Raises:
            ModelUnavailableError: also when no embedding model is set.
        """
        vectors: list[list[float]] = []
        for start in range(0, len(texts), _EMBEDDED_AT_ONCE):
            batch = list(texts[start : start + _EMBEDDED_AT_ONCE])
            vectors += self._retrying(partial(self._caller.embed, batch))
        return vectors

    def served_models(self) -> list[str]:
        """The names of the models that the server offers: tells whether it is there at all."""
        return [one.id for one in self._retrying(self._caller.served)]

    def context_tokens(self) -> int | None:
        """How many tokens the model can take in and write together: as set, or as its server
        tells (asked once); None when nobody says."""
        if not self._asked_for_context:
            try:
                self._context_tokens = context_of(self._caller.served(), self.name)
                self._asked_for_context = True
            except CAUGHT:
                # The call that wanted to know will tell what is wrong with the server.
                return None
        return self._context_tokens

    def close(self) -> None:
        """End all calls and all waiting with a ModelError."""
        self._closing.set()
        self._caller.client.close()

    def _answer(self, request: Request) -> Answer:
        dialect = self._dialect
        while True:
            try:
                answer = self._retrying(partial(self._caller.answer, request, dialect))
            except ModelError as error:
                simpler = self._simpler(dialect, error.__cause__, request)
                if simpler is None:
                    raise
                dialect = simpler
            else:
                self._remember(dialect, request)
                return answer

    def _pieces(self, request: Request, state: StreamState) -> Generator[str, None, None]:
        dialect, attempt = self._dialect, 1
        while True:
            started = False
            try:
                for piece in self._caller.pieces(request, dialect, state):
                    started = True
                    yield piece
            except CAUGHT as error:
                if started:
                    raise as_model_error(fault_of(error), error) from error
                simpler = self._simpler(dialect, error, request)
                if simpler is None:
                    self._wait_or_raise(error, attempt)
                    attempt += 1
                dialect = simpler or dialect
            else:
                self._remember(dialect, request)
                return

    def _simpler(
        self, dialect: Dialect, error: BaseException | None, request: Request
    ) -> Dialect | None:
        if not isinstance(error, openai.BadRequestError | openai.UnprocessableEntityError):
            return None
        if is_too_long(error) or (request.schema, request.stream) in self._understood:
            return None
        return dialect.simpler(error.message, schema=request.schema is not None)

    def _remember(self, dialect: Dialect, request: Request) -> None:
        self._dialect = dialect
        self._understood.add((request.schema, request.stream))

    def _retrying(self, once: Callable[[], T]) -> T:
        attempt = 1
        while True:
            try:
                return once()
            except CAUGHT as error:
                self._wait_or_raise(error, attempt)
            attempt += 1

    def _wait_or_raise(self, error: Exception, attempt: int) -> None:
        fault = fault_of(error, now=self._clock())
        wait = wait_before_retry(fault, attempt)
        if wait is None:
            raise as_model_error(fault, error) from error
        if fault.retry_after is not None:
            self._gate.pause(wait)
        else:
            self._sleep(wait)


def _sleep(closing: threading.Event, seconds: float) -> None:
    if closing.wait(seconds):
        raise ModelUnavailableError("the model's client was closed", outcome="closed")
