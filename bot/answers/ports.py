"""What this room needs of a language model."""

from collections.abc import Iterator
from typing import Any, Protocol


class Model(Protocol):
    """The part of ``bot.model.Model`` that writes answers."""

    @property
    def name(self) -> str:
        """The model's name, shown as the answer's maker."""

    def stream(self, prompt: Any, *, max_tokens: int) -> Iterator[str]:
        """The answer piece by piece; raises ModelError when it breaks."""
