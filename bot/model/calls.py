"""Single calls to a server: each waits for its place, is booked, and is read to its end."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx2
import openai
from openai.types.chat import ChatCompletion, ChatCompletionChunk

from bot.model.dialect import Dialect
from bot.model.faults import UnusableAnswerError
from bot.model.ledger import Ledger, Order, Tally
from bot.model.limits import Gate
from bot.model.records import Usage, estimate_tokens
from bot.model.requests import Answer, Request, read_answer, read_vectors, with_ending
from bot.model.stream import ChunkReader, StreamState
from bot.net import CallEndedError

_Raw = openai.Stream[ChatCompletionChunk]


@dataclass(frozen=True)
class Caller:
    """Makes calls, each once. Raises what the library raises, and UnusableAnswerError."""

    client: openai.OpenAI
    name: str
    embedding_name: str | None
    ledger: Ledger
    gate: Gate

    def answer(self, request: Request, dialect: Dialect) -> Answer:
        """The whole answer. It is read piece by piece where the server can, so that a slow one
        runs out of time only when it falls silent."""
        state = StreamState()
        text = "".join(self._pieces(request, dialect, state, for_people=False))
        return Answer(text, state.finish_reason or "stop", state.model or "", state.usage)

    def pieces(
        self, request: Request, dialect: Dialect, state: StreamState
    ) -> Generator[str, None, None]:
        """The answer's text as it comes, for somebody who waits; all at once from a server that
        knows no streams."""
        return self._pieces(request, dialect, state, for_people=True)

    def _pieces(
        self, request: Request, dialect: Dialect, state: StreamState, *, for_people: bool
    ) -> Generator[str, None, None]:
        order = self._order(request, dialect)
        with self._call(order, for_people=for_people) as tally:
            raw = self.client.chat.completions.create(**self._arguments(request, dialect))
            whole = _whole(raw, request)
            if whole is not None:
                tally.served, tally.usage = whole.model, whole.usage
                _check(whole, for_people=for_people)
                state.end(whole)
                yield whole.text
                return
            reader = ChunkReader(request.asked)
            try:
                with raw:
                    for chunk in raw:
                        piece = reader.piece(chunk)
                        state.model = reader.model
                        if piece:
                            yield piece
            finally:
                tally.served, tally.usage = reader.model, reader.usage
            whole = reader.answer()
            _check(whole, for_people=for_people)
            state.end(whole)

    def embed(self, batch: list[str]) -> list[list[float]]:
        """A vector for each text of one batch."""
        if self.embedding_name is None:
            raise UnusableAnswerError("no-embedding-model")
        most = Usage(input=sum(estimate_tokens(text) for text in batch))
        order = Order("embed", self.embedding_name, "", most)
        # A lone text is a query that somebody waits for; papers are taken in by many.
        lone = len(batch) == 1
        with self._call(order, for_people=lone) as tally:
            # Without this the library asks for base64, which compatible servers don't know.
            raw = self.client.embeddings.create(
                model=self.embedding_name, input=batch, encoding_format="float"
            )
            vectors = read_vectors(raw, count=len(batch))
            read = raw.usage.prompt_tokens if raw.usage else 0
            tally.served, tally.usage = raw.model, Usage(input=read or most.input)
            return vectors

    def served(self) -> list[Any]:
        """What the server says of its models."""
        with self._faults_named():
            page = self.client.models.list()
        if not isinstance(getattr(page, "data", None), list):
            raise UnusableAnswerError("corrupt")
        return page.data

    @contextmanager
    def _call(self, order: Order, *, for_people: bool) -> Iterator[Tally]:
        """One call in its place and on the books."""
        with (
            self.gate.place(for_people=for_people),
            self.ledger.booked(order) as tally,
            self._faults_named(),
        ):
            yield tally

    @contextmanager
    def _faults_named(self) -> Iterator[None]:
        """Raise what ended a call from outside in place of what that led to, and the library's
        errors for those of its connection, which come bare where we read the answer ourselves.

        A call that was ended would not go better another time, so it counts as answered.
        """
        try:
            yield
        except Exception as error:
            if self.client.is_closed():
                raise UnusableAnswerError("closed") from error
            ended = error if isinstance(error, CallEndedError) else error.__cause__
            if isinstance(ended, CallEndedError):
                raise UnusableAnswerError(ended.reason) from error
            if isinstance(error, httpx2.TimeoutException):
                raise openai.APITimeoutError(error.request) from error
            if isinstance(error, httpx2.RequestError):
                raise openai.APIConnectionError(request=error.request) from error
            raise

    def _order(self, request: Request, dialect: Dialect) -> Order:
        most = Usage(input=estimate_tokens(request.asked), output=dialect.room(request.max_tokens))
        return Order(request.prompt.name or "chat", self.name, request.prompt.hash, most)

    def _arguments(self, request: Request, dialect: Dialect) -> dict[str, Any]:
        arguments = dialect.arguments(request.max_tokens)
        messages = request.messages
        if request.schema is not None:
            response_format = dialect.response_format(request.schema)
            if response_format is not None:
                arguments["response_format"] = response_format
            messages = with_ending(messages, dialect.shape_in_words(request.schema))
        return {"model": self.name, "messages": messages, **arguments}


def _whole(raw: object, request: Request) -> Answer | None:
    """The answer that came in one piece; None when it comes in several.

    Raises:
        UnusableAnswerError: it is neither.
    """
    if isinstance(raw, openai.Stream) and _is_json(raw):
        # Asked for a stream, it sent the whole: not all servers know the word.
        with raw:
            raw = ChatCompletion.model_validate_json(raw.response.read())
    if isinstance(raw, ChatCompletion):
        return read_answer(raw, request.asked)
    if not isinstance(raw, openai.Stream):
        raise UnusableAnswerError("corrupt")
    return None


def _is_json(raw: _Raw) -> bool:
    kind: str = raw.response.headers.get("content-type", "")
    return kind.startswith("application/json")


def _check(answer: Answer, *, for_people: bool) -> None:
    """Raise UnusableAnswerError when there is nothing in the answer. What spent its limit on
    thinking is told to be shorter where nobody waits."""
    if answer.finish_reason == "content_filter":
        raise UnusableAnswerError("filtered")
    if not answer.text.strip() and (for_people or answer.finish_reason != "length"):
        raise UnusableAnswerError("empty")
