"""What is asked in one call, and what was answered. Pure."""

from dataclasses import dataclass, replace
from typing import Any, TypeVar

from openai.types import CreateEmbeddingResponse
from openai.types.chat import ChatCompletion
from pydantic import BaseModel

from bot.model.faults import UnusableAnswerError
from bot.model.prompts import Prompt, load_prompt
from bot.model.records import Objection, Usage, usage_of
from bot.model.structured import InvalidObjectError, parse_object

_CUT_OFF = "it was cut off at the length limit; write much less in every field"
# The library's own types for messages are unions of dictionaries that nothing here needs.
Messages = list[Any]
S = TypeVar("S", bound=BaseModel)


@dataclass(frozen=True)
class Request:
    """One call to be made."""

    messages: Messages
    prompt: Prompt
    max_tokens: int
    schema: type[BaseModel] | None = None
    stream: bool = False

    @property
    def asked(self) -> str:
        """All that the model will read, for counting."""
        return "\n".join(str(message["content"]) for message in self.messages)


@dataclass(frozen=True)
class Answer:
    """What came back whole."""

    text: str
    finish_reason: str
    model: str
    usage: Usage


def messages_of(prompt: Prompt) -> Messages:
    """The messages of a prompt that is asked for the first time."""
    system = [{"role": "system", "content": prompt.system}] if prompt.system else []
    return [*system, {"role": "user", "content": prompt.user}]


def with_ending(messages: Messages, ending: str) -> Messages:
    """The messages with something added to the last one."""
    last = messages[-1]
    return [*messages[:-1], {**last, "content": last["content"] + ending}]


def once_more(request: Request, objection: Objection) -> Request:
    """The request with the earlier answer and what was wrong with it."""
    told = load_prompt("bot.model", "invalid").render(problem=objection.problem).user
    messages = [
        *request.messages,
        {"role": "assistant", "content": objection.answer or "…"},
        {"role": "user", "content": told},
    ]
    return replace(request, messages=messages)


def read_answer(raw: ChatCompletion, asked: str) -> Answer:
    """Take a completion apart; the library checks nothing, so any part may be missing.

    Raises:
        UnusableAnswerError: there is no message in it.
    """
    choice = raw.choices[0] if raw.choices else None
    if choice is None or choice.message is None:
        raise UnusableAnswerError("corrupt")
    text = choice.message.content or ""
    usage = usage_of(raw.usage, asked=asked, written=text)
    refused = "content_filter" if choice.message.refusal else None
    return Answer(text, refused or choice.finish_reason or "stop", raw.model or "", usage)


def read_vectors(raw: CreateEmbeddingResponse, *, count: int) -> list[list[float]]:
    """The vectors in the order of their texts.

    Raises:
        UnusableAnswerError: there aren't *count* of them.
    """
    if not isinstance(raw, CreateEmbeddingResponse) or len(raw.data or []) != count:
        raise UnusableAnswerError("corrupt")
    return [list(one.embedding) for one in sorted(raw.data, key=lambda one: one.index)]


def parsed_answer(answer: Answer, schema: type[S], *, cut_off_too: bool = False) -> S:
    """The object in an answer; with *cut_off_too* also what there is of one that was cut off.

    Raises:
        InvalidObjectError: there is none, it isn't valid, or it was cut off.
    """
    if answer.finish_reason == "length" and not cut_off_too:
        raise InvalidObjectError(_CUT_OFF)
    return parse_object(answer.text, schema)
