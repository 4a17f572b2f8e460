"""What is asked in one call, and the object that its answer has to be. Pure."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from bot.model.prompts import Prompt, load_prompt
from bot.model.reading import Answer
from bot.model.records import Objection, estimate_tokens
from bot.text import each_text, normalised

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError

_CUT_OFF = "it was cut off at the length limit; write much less in every field"
# The library's own types for messages are unions of dictionaries that nothing here needs.
Messages = list[Any]
# What makes requests alike to a server: the object asked for, and whether somebody waits.
Kind = tuple["type[BaseModel] | None", bool]
S = TypeVar("S", bound="BaseModel")
_SHOWN_ERRORS = 5


class InvalidObjectError(ValueError):
    """The text holds no object of the asked shape; ``problem`` can be shown to the model."""

    def __init__(self, problem: str) -> None:
        super().__init__("the answer is not an object of the asked shape")
        self.problem = problem


@dataclass(frozen=True)
class Request:
    """One call to be made; somebody waits for a stream, and for one that is *for_people*."""

    messages: Messages
    prompt: Prompt
    max_tokens: int
    schema: "type[BaseModel] | None" = None
    stream: bool = False
    for_people: bool = False

    @property
    def kind(self) -> Kind:
        """Requests that are put in the same way."""
        return self.schema, self.stream

    @property
    def asked(self) -> str:
        """All that the model will read, for counting."""
        return "\n".join(str(message["content"]) for message in self.messages)

    @property
    def size(self) -> int:
        """A cautious guess of its tokens."""
        return estimate_tokens(self.asked)


def messages_of(prompt: Prompt) -> Messages:
    """The messages of a prompt that is asked for the first time."""
    system = [{"role": "system", "content": prompt.system}] if prompt.system else []
    return [*system, {"role": "user", "content": prompt.user}]


def once_more(request: Request, objection: Objection) -> Request:
    """The request with the earlier answer and what was wrong with it."""
    told = load_prompt("bot.model", "invalid").render(problem=objection.problem).user
    messages = [
        *request.messages,
        {"role": "assistant", "content": objection.answer or "…"},
        {"role": "user", "content": told},
    ]
    return replace(request, messages=messages)


def parsed_answer(answer: Answer, schema: type[S], *, cut_off_too: bool = False) -> S:
    """The object in an answer; with *cut_off_too* also what there is of one that was cut off.

    Raises:
        InvalidObjectError: there is none, it isn't valid, or it was cut off.
    """
    if answer.finish_reason == "length" and not cut_off_too:
        raise InvalidObjectError(_CUT_OFF)
    return parse_object(answer.text, schema)


def parse_object(text: str, schema: type[S]) -> S:
    """Read an object out of *text*, mending quotes, commas, fences and chatter around it.

    Raises:
        InvalidObjectError: there is none, or it is not valid.
    """
    import json_repair
    from pydantic import ValidationError

    found = json_repair.loads(text)
    if isinstance(found, list):
        # Chatter before or after the object makes a list of what was found.
        found = next((one for one in found if isinstance(one, dict)), None)
    if not isinstance(found, dict):
        raise InvalidObjectError("it holds no JSON object")
    try:
        return schema.model_validate(each_text(found, normalised))
    except ValidationError as error:
        raise InvalidObjectError(_told(error)) from error


def _told(error: "ValidationError") -> str:
    problems = error.errors(include_url=False, include_context=False, include_input=False)
    lines = [
        f"{'.'.join(str(step) for step in one['loc']) or 'object'}: {one['msg']}"
        for one in problems[:_SHOWN_ERRORS]
    ]
    return "; ".join(lines)
