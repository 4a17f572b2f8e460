"""A model whose answers are written down beforehand."""

from collections.abc import Iterator, Sequence

from bot.model.prompts import Prompt


class Scripted:
    """Streams one answer in small pieces, or raises; keeps the prompts it got. Calls after the
    first get the answers *then*, one each, and after these the first one again."""

    name = "stub-model"

    def __init__(
        self,
        answer: str | Exception,
        *then: str | Exception,
        finish_reason: str = "stop",
        size: int = 7,
    ) -> None:
        self._answers = [answer, *then]
        self._finish_reason = finish_reason
        self._size = size
        self.prompts: list[Prompt] = []

    def context_tokens(self) -> int | None:
        return None

    def stream(self, prompt: Prompt, *, max_tokens: int) -> Iterator[str]:
        self.prompts.append(prompt)
        answer = self._answers[(len(self.prompts) - 1) % len(self._answers)]
        if isinstance(answer, Exception):
            raise answer
        return _Pieces(
            [answer[at : at + self._size] for at in range(0, len(answer), self._size)],
            self._finish_reason,
        )


class _Pieces(Iterator[str]):
    def __init__(self, pieces: Sequence[str], finish_reason: str) -> None:
        self._pieces = iter(pieces)
        self.finish_reason = finish_reason
        self.model = "stub-model-v2"

    def __next__(self) -> str:
        return next(self._pieces)
