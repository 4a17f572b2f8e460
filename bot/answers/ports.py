"""What this room needs of a language model."""

from collections.abc import Iterator
from typing import Protocol

from bot.model.prompts import Prompt


class Model(Protocol):
    """The part of ``bot.model.Model`` that writes answers."""

    @property
    def name(self) -> str:
        """The model's name, shown as the answer's maker."""

    def stream(self, prompt: Prompt, *, max_tokens: int) -> Iterator[str]:
        """The answer piece by piece; raises ModelError when it breaks. The iterator may have
        ``finish_reason`` (``length`` when the answer was cut off) and ``model``."""

    def context_tokens(self) -> int | None:
        """Tokens that it can take in and write together; None when nobody knows."""
