"""A model whose answers are written down beforehand."""

from collections.abc import Iterator, Sequence

from bot.model.prompts import Prompt


class Scripted:
    """Streams one answer in small pieces, or raises; keeps the prompts it got."""

    name = "stub-model"

    def __init__(
        self, answer: str | Exception, *, finish_reason: str = "stop", size: int = 7
    ) -> None:
        self._answer = answer
        self._finish_reason = finish_reason
        self._size = size
        self.prompts: list[Prompt] = []

    def context_tokens(self) -> int | None:
        return None

    def stream(self, prompt: Prompt, *, max_tokens: int) -> Iterator[str]:
        self.prompts.append(prompt)
        if isinstance(self._answer, Exception):
            raise self._answer
        return _Pieces(
            [self._answer[at : at + self._size] for at in range(0, len(self._answer), self._size)],
            self._finish_reason,
        )


class _Pieces(Iterator[str]):
    def __init__(self, pieces: Sequence[str], finish_reason: str) -> None:
        self._pieces = iter(pieces)
        self.finish_reason = finish_reason
        self.model = "stub-model-v2"

    def __next__(self) -> str:
        return next(self._pieces)
