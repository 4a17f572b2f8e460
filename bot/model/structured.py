"""From what a model wrote to a checked object."""

import re
from typing import TypeVar

import json_repair
from pydantic import BaseModel, ValidationError

from bot.text import each_text, normalised

T = TypeVar("T", bound=BaseModel)
_THOUGHTS = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)
_SHOWN_ERRORS = 5


class InvalidObjectError(ValueError):
    """The text holds no object of the asked shape; ``problem`` can be shown to the model."""

    def __init__(self, problem: str) -> None:
        super().__init__("the answer is not an object of the asked shape")
        self.problem = problem


def parse_object(text: str, schema: type[T]) -> T:
    """Read an object out of *text*, mending quotes, commas, fences and chatter around it.

    Raises:
        InvalidObjectError: there is none, or it is not valid.
    """
    found = json_repair.loads(_THOUGHTS.sub("", text))
    if isinstance(found, list):
        # Chatter before or after the object makes a list of what was found.
        found = next((one for one in found if isinstance(one, dict)), None)
    if not isinstance(found, dict):
        raise InvalidObjectError("it holds no JSON object")
    try:
        return schema.model_validate(each_text(found, normalised))
    except ValidationError as error:
        raise InvalidObjectError(_told(error)) from error


def _told(error: ValidationError) -> str:
    problems = error.errors(include_url=False, include_context=False, include_input=False)
    lines = [
        f"{'.'.join(str(step) for step in one['loc']) or 'object'}: {one['msg']}"
        for one in problems[:_SHOWN_ERRORS]
    ]
    return "; ".join(lines)
