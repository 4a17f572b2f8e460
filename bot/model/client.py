"""The adapter over the ``openai`` library."""

import logging
import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, TypeVar, overload

from bot.clock import Clock
from bot.errors import ModelError, ModelUnavailableError
from bot.model.calls import Caller, Server
from bot.model.costs import Budget, Ledger, PriceTable
from bot.model.dialect import Dialect, Negotiation, Tries
from bot.model.faults import Fault, as_model_error, caught, fault_of
from bot.model.limits import Gate
from bot.model.prompts import Prompt
from bot.model.reading import LEAST_CONTEXT, Answer, Reading, context_of
from bot.model.records import Completion, Objection
from bot.model.requests import (
    InvalidObjectError,
    Kind,
    Request,
    messages_of,
    once_more,
    parsed_answer,
)
from bot.model.shared_limits import SharedLimits
from bot.net import LimitedTransport, Limits, host_of, limited_client
from bot.settings import Settings
from storage import Storage

if TYPE_CHECKING:
    from pydantic import BaseModel

OFFICIAL_URL = "https://api.openai.com/v1"
# 64 embeddings of 8,192 numbers each; a written answer is far shorter.
_MOST_ANSWER_BYTES = 16_000_000
_LOCAL_HOSTS = ("localhost", "127.0.0.1", "::1", "host.docker.internal")
_NO_KEY = "no-key-needed"
_EMBEDDED_AT_ONCE = 64
_HOPELESS_FOR = timedelta(minutes=10)
T = TypeVar("T")
S = TypeVar("S", bound="BaseModel")

log = logging.getLogger(__name__)


class TextStream(Iterator[str]):
    """Iterate over the pieces of an answer; close it when you stop early.

    ``answer`` is known once the last piece was read. A stream that broke raises ModelError.
    """

    def __init__(self, pieces: Generator[str, None, Answer]) -> None:
        self._pieces = pieces
        self.answer: Answer | None = None

    def __next__(self) -> str:
        try:
            return next(self._pieces)
        except StopIteration as end:
            self.answer = end.value or self.answer
            raise

    def close(self) -> None:
        """Stop reading and free the connection."""
        self._pieces.close()

    @property
    def finish_reason(self) -> str | None:
        """``stop``, or ``length`` when it was cut off at the token limit; None before the end."""
        return self.answer.finish_reason if self.answer else None

    @property
    def model(self) -> str | None:
        """The model that served it; None before the end."""
        return self.answer.model if self.answer else None


class Model:
    """A chat model, and an embedding model when one is set. Safe in any thread.

    Every method raises BudgetSpentError (before a call that might exceed the day's budget),
    ModelUnavailableError (the server can't be reached or refuses) or ModelError (it answered,
    but unusably); ``error.arguments["outcome"]`` is a word for what happened.
    """

    def __init__(
        self,
        caller: Caller,
        *,
        gate: Gate,
        dialect: Dialect,
        clock: Clock,
        sleep: Callable[[float], None],
        closing: threading.Event,
        context_tokens: int | None = None,
        holds: bool = True,
    ) -> None:
        self.name = caller.name
        self.embedding_name = caller.embedding_name
        self._caller = caller
        self._gate = gate
        self._dialect = dialect
        # Kinds of requests that the server understood: if it refuses one, that's not the dialect.
        self._understood: set[Kind] = set()
        # Kinds of which it refused every way, until when they are not tried again.
        self._hopeless: dict[Kind, datetime] = {}
        # Whether thoughts may come first with nothing but a mark at their end: nothing is shown
        # before it then, nor of the first answer of a server that we don't know.
        self._holds = holds
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
        clock: Clock,
        *,
        sleep: Callable[[float], None] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        proxies: Mapping[str, str] | None = None,
        beside: "Model | None" = None,
    ) -> "Model | None":
        """The model that settings name, or None when there is none. Makes no call.

        Args:
            settings: name the server, the model and the limits.
            storage: gets a row for each call.
            clock: the time in UTC.
            sleep: waits; by default until :meth:`close` at the longest.
            monotonic: seconds, for the pauses between calls.
            proxies: see :func:`bot.proxies.proxy_for`.
            beside: shares its budget, and at the same server its places for calls.
        """
        if not settings.has_model:
            return None
        url = settings.openai_base_url or OFFICIAL_URL
        host = host_of(url)
        prices = PriceTable(settings.prices, local=host in _LOCAL_HOSTS)
        server = Server(
            url=url,
            key=settings.openai_api_key or _NO_KEY,
            patience=settings.model_timeout,
            http=limited_client(
                LimitedTransport(
                    Limits(settings.model_longest_call, _MOST_ANSWER_BYTES),
                    private_hosts=(host,) if settings.openai_base_url else (),
                    proxies=proxies,
                )
            ),
        )
        closing = threading.Event()
        sleep = sleep or partial(_sleep, closing)
        same_server = beside is not None and beside.url == url.rstrip("/")
        shared = beside._gate.shared if beside else SharedLimits.of(storage, clock, sleep)
        limits = (settings.concurrency, settings.calls_per_minute)
        gate = (same_server and beside and beside._gate) or Gate(
            *limits, monotonic=monotonic, sleep=sleep, shared=shared, server=url
        )
        budget = beside._caller.ledger.budget if beside else None
        caller = Caller(
            server=server,
            name=settings.model,
            embedding_name=settings.embedding_model,
            ledger=Ledger(
                storage,
                budget or Budget(storage, settings.daily_budget_usd, clock, shared),
                prices,
                clock,
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
            holds=url != OFFICIAL_URL,
        )

    @overload
    def complete(
        self,
        prompt: Prompt,
        *,
        schema: None = None,
        max_tokens: int = ...,
        objection: Objection | None = ...,
        for_people: bool = ...,
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
        for_people: bool = ...,
    ) -> Completion[S]: ...

    def complete(
        self,
        prompt: Prompt,
        *,
        schema: type[S] | None = None,
        max_tokens: int = 1500,
        objection: Objection | None = None,
        cut_off_too: bool = False,
        for_people: bool = False,
    ) -> Completion[S] | Completion[None]:
        """Ask and wait for the whole answer.

        With a *schema* the answer is an object of that form: the server is told to enforce it if
        it can, and the model gets one more try if its answer doesn't fit. Without one, look at
        ``finish_reason``: ``length`` means that the text is cut off. With *cut_off_too* an object
        that was cut off twice is given as far as it goes, with that reason. With an *objection*
        the model is shown its earlier answer and what was wrong with it. A call that somebody
        waits for (*for_people*) goes before those that nobody does.
        """
        request = Request(messages_of(prompt), prompt, max_tokens, schema, for_people=for_people)
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
        return TextStream(self._pieces(request))

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
        return [str(one.get("id")) for one in self._retrying(self._caller.served)]

    @property
    def url(self) -> str:
        """The server's base URL."""
        return self._caller.server.url.rstrip("/")

    def address_with_version(self) -> str | None:
        """The base URL with ``/v1`` added, where the server answers there and not without it."""
        longer = f"{self.url}/v1"
        return longer if not self._is_at(self.url) and self._is_at(longer) else None

    def context_tokens(self) -> int | None:
        """How many tokens the model can take in and write together: as set, as its server tells
        (asked once), or as its refusals have shown; None when nobody says."""
        if not self._asked_for_context:
            try:
                self._learn_context(context_of(self._caller.served(), self.name))
                self._asked_for_context = True
            except caught() as error:
                # A server that can't be reached is asked again next time.
                self._asked_for_context = not fault_of(error).retriable
        return self._context_tokens

    def close(self) -> None:
        """End all calls and all waiting with a ModelError."""
        self._closing.set()
        self._gate.close()
        self._caller.server.http.close()

    def load(self) -> None:
        """Import the library, which takes a second, before somebody waits for it."""
        _ = self._caller.server.client

    def _is_at(self, url: str) -> bool:
        server = replace(self._caller.server, url=url)
        try:
            replace(self._caller, server=server).served()
        except caught():
            return False
        return True

    def _answer(self, request: Request) -> Answer:
        pieces = self._pieces(request)
        while True:
            try:
                next(pieces)
            except StopIteration as end:
                answer: Answer = end.value
                return answer

    def _pieces(self, request: Request) -> Generator[str, None, Answer]:
        negotiation = self._negotiation(request)
        while True:
            # Nobody sees the pieces of an answer that is wanted as a whole.
            is_held = self._holds or not request.stream
            reading = Reading(request.asked, held=is_held, context=self._context_tokens)
            try:
                yield from self._caller.pieces(request, negotiation.dialect, reading)
            except caught() as error:
                self._holds |= reading.visible.lacks_opening
                try:
                    self._go_on(error, negotiation, is_shown=reading.visible.has_given)
                finally:
                    if negotiation.is_spent:
                        self._hopeless[request.kind] = self._clock() + _HOPELESS_FOR
            else:
                self._learn(negotiation, request, reading)
                return reading.answer

    def _learn(self, negotiation: Negotiation, request: Request, reading: Reading) -> None:
        self._understood.add(request.kind)
        if negotiation.has_changed:
            self._dialect = negotiation.dialect
        if request.schema is None:
            # An answer in a schema has no room for thoughts: it doesn't show how they are marked.
            self._holds = reading.visible.lacks_opening

    def _negotiation(self, request: Request) -> Negotiation:
        """How this call may simplify its form: not at all for a while after every form of such a
        request was refused, and by guessing only while the server is new to such requests."""
        return Negotiation(
            self._dialect,
            request,
            is_new=request.kind not in self._understood,
            is_hopeless=self._hopeless.get(request.kind, self._clock()) > self._clock(),
        )

    def _retrying(self, once: Callable[[], T]) -> T:
        tries = Tries()
        while True:
            try:
                return once()
            except caught() as error:
                self._go_on(error, tries)

    def _go_on(self, error: Exception, tries: Tries, *, is_shown: bool = False) -> None:
        """Wait for the next try, or raise our own error where there is none."""
        fault = fault_of(error, now=self._clock())
        wait = None if is_shown else tries.wait_after(fault)
        if wait is None:
            self._note_limit(fault)
            said = fault.said.replace(self._caller.server.key, "…")
            raise as_model_error(replace(fault, said=said), error) from error
        if fault.retry_after is not None:
            self._gate.pause(wait)
        elif wait:
            self._sleep(wait)

    def _note_limit(self, fault: Fault) -> None:
        if fault.limit is None or fault.limit < LEAST_CONTEXT:
            return
        log.warning(
            "the model's server takes %d tokens at a time: prompts are made to fit. "
            "Give it a larger context to have more of a paper read",
            fault.limit,
        )
        self._learn_context(fault.limit)

    def _learn_context(self, told: int | None) -> None:
        known = self._context_tokens
        self._context_tokens = min(filter(None, (known, told)), default=None)


def _sleep(closing: threading.Event, seconds: float) -> None:
    if closing.wait(seconds):
        raise ModelUnavailableError("the model's client was closed", outcome="closed")
