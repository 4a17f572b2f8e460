"""An answer piece by piece."""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass

from openai.types.chat import ChatCompletionChunk

from bot.model.faults import UnusableAnswerError
from bot.model.records import Usage, usage_of
from bot.model.requests import Answer


@dataclass
class StreamState:
    """What is known of a stream so far."""

    finish_reason: str | None = None
    model: str | None = None
    usage: Usage = Usage()

    def end(self, answer: Answer) -> None:
        """The whole has come."""
        self.finish_reason, self.model, self.usage = (
            answer.finish_reason,
            answer.model,
            answer.usage,
        )


class TextStream(Iterator[str]):
    """Iterate over the pieces of an answer; close it when you stop early.

    ``finish_reason`` (``stop``, or ``length`` when it was cut off at the token limit) and
    ``model`` are known once the last piece was read. A stream that broke raises ModelError.
    """

    def __init__(self, start: Callable[[StreamState], Generator[str, None, None]]) -> None:
        self._state = StreamState()
        self._pieces = start(self._state)

    def __next__(self) -> str:
        return next(self._pieces)

    def close(self) -> None:
        """Stop reading and free the connection."""
        self._pieces.close()

    @property
    def finish_reason(self) -> str | None:
        """Why it ended; None before the end."""
        return self._state.finish_reason

    @property
    def model(self) -> str | None:
        """The model that serves it; None before the first piece."""
        return self._state.model


class ChunkReader:
    """Takes chunks in, keeps count, and says in the end whether the whole came."""

    def __init__(self, asked: str) -> None:
        self._asked = asked
        self._written: list[str] = []
        self._reported: ChatCompletionChunk | None = None
        self._is_refused = False
        self.finish_reason: str | None = None
        self.model: str | None = None

    def piece(self, chunk: ChatCompletionChunk) -> str:
        """The text of one chunk, often empty."""
        self.model = chunk.model or self.model
        if chunk.usage:
            self._reported = chunk
        if not chunk.choices:
            return ""
        choice = chunk.choices[0]
        self.finish_reason = choice.finish_reason or self.finish_reason
        self._is_refused |= bool(choice.delta and choice.delta.refusal)
        text = (choice.delta.content if choice.delta else None) or ""
        self._written.append(text)
        return text

    @property
    def usage(self) -> Usage:
        """Tokens so far, as reported or guessed."""
        reported = self._reported.usage if self._reported else None
        return usage_of(reported, asked=self._asked, written="".join(self._written))

    def answer(self) -> Answer:
        """All that came, as one answer.

        Raises:
            UnusableAnswerError: the stream broke off.
        """
        if self.finish_reason is None:
            raise UnusableAnswerError("cut-off")
        reason = "content_filter" if self._is_refused else self.finish_reason
        return Answer("".join(self._written), reason, self.model or "", self.usage)
