"""Single calls to a server: each waits for its turn, is recorded, and is read to its end."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import httpx2

from bot.model.costs import CallResult, Ledger, PlannedCall
from bot.model.dialect import Dialect
from bot.model.faults import UnusableAnswerError
from bot.model.limits import Gate
from bot.model.reading import Reading, events, models_of, parse, vectors_of
from bot.model.records import Usage, estimate_tokens, usage_of
from bot.model.requests import Request
from bot.net import CallEndedError

if TYPE_CHECKING:
    import openai

_CONNECT_SECONDS = 10.0
# Seconds for what any server knows at once; somebody may wait for the call that it is asked for.
_LISTED_WITHIN = 10.0


@dataclass(frozen=True)
class Server:
    """Where calls go. The library, which takes longer to import than all else, comes with the
    first call."""

    url: str
    key: str = field(repr=False)
    # Seconds without a byte.
    patience: float
    http: httpx2.Client

    @cached_property
    def client(self) -> "openai.OpenAI":
        """The library's client."""
        import openai

        return openai.OpenAI(
            api_key=self.key,
            base_url=self.url,
            timeout=httpx2.Timeout(self.patience, connect=_CONNECT_SECONDS),
            max_retries=0,
            http_client=self.http,
        )


@dataclass(frozen=True)
class Caller:
    """Makes calls, each once. Raises what ``faults.caught`` lists."""

    server: Server
    name: str
    embedding_name: str | None
    ledger: Ledger
    gate: Gate

    def pieces(
        self, request: Request, dialect: Dialect, reading: Reading
    ) -> Generator[str, None, None]:
        """The answer's text as it comes; all at once from a server that knows no streams.

        Answers that nobody waits for are streamed, too: a slow server then runs out of time only
        when it falls silent.
        """
        most = Usage(input=request.size, output=dialect.written(request))
        planned = PlannedCall(request.prompt.name or "chat", self.name, request.prompt.hash, most)
        with self._call(planned, for_people=request.stream or request.for_people) as result:
            arguments = {"model": self.name, **dialect.arguments(request)}
            with self.server.client.chat.completions.with_streaming_response.create(
                **arguments
            ) as raw:
                try:
                    for event in events(raw.iter_bytes()):
                        if piece := reading.take(event):
                            yield piece
                    if rest := reading.finish():
                        yield rest
                finally:
                    result.served, result.usage = reading.model or None, reading.usage

    def embed(self, batch: list[str]) -> list[list[float]]:
        """A vector for each text of one batch."""
        if self.embedding_name is None:
            raise UnusableAnswerError("no-embedding-model")
        most = Usage(input=sum(estimate_tokens(text) for text in batch))
        planned = PlannedCall("embed", self.embedding_name, "", most)
        # A lone text is a query that somebody waits for; papers are taken in by many.
        lone = len(batch) == 1
        with self._call(planned, for_people=lone) as result:
            # The library's own method asks for base64, which compatible servers don't know.
            body: dict[str, Any] = {"model": self.embedding_name, "input": batch}
            answered = _body_of(
                self.server.client.post("/embeddings", cast_to=httpx2.Response, body=body)
            )
            vectors = vectors_of(answered, count=len(batch))
            result.served = str(answered.get("model") or "") or None
            counted = usage_of(answered.get("usage"), asked="\n".join(batch), written="")
            result.usage = Usage(input=counted.input)
            return vectors

    def served(self) -> list[dict[str, Any]]:
        """What the server says of its models."""
        client = self.server.client.with_options(timeout=_LISTED_WITHIN)
        with self._faults_named():
            return models_of(_body_of(client.get("/models", cast_to=httpx2.Response)))

    @contextmanager
    def _call(self, planned: PlannedCall, *, for_people: bool) -> Iterator[CallResult]:
        """One call: it waits for its turn, and is recorded."""
        with (
            self.gate.place(for_people=for_people),
            self.ledger.recorded(planned) as result,
            self._faults_named(),
        ):
            yield result

    @contextmanager
    def _faults_named(self) -> Iterator[None]:
        """Raise the errors that :mod:`bot.model.faults` knows for those of the connection.

        The library wraps those itself only while it reads the answer, and here we read it. If we
        ended the call, that is the error, whatever it led to; such a call would not go better a
        second time, so it counts as answered.
        """
        try:
            yield
        except Exception as error:
            if self.server.http.is_closed:
                raise UnusableAnswerError("closed") from error
            import openai

            ended = error if isinstance(error, CallEndedError) else error.__cause__
            if isinstance(ended, CallEndedError):
                raise UnusableAnswerError(ended.reason) from error
            if isinstance(error, httpx2.DecodingError):
                raise UnusableAnswerError("corrupt") from error
            if isinstance(error, httpx2.TimeoutException):
                raise openai.APITimeoutError(error.request) from error
            if isinstance(error, httpx2.RequestError):
                raise openai.APIConnectionError(request=error.request) from error
            raise


def _body_of(response: httpx2.Response) -> Any:
    return parse(response.content.decode())
