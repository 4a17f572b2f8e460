"""What conversations need from the rooms around them."""

from collections.abc import Callable, Sequence
from typing import Protocol

from bot.answers import Answer, Ask
from storage import Paper

Listener = Callable[[str], None]


class PaperSource(Protocol):
    """Knows papers by their arXiv ids, and fetches those that aren't stored."""

    def ensure_papers(self, ids: Sequence[str]) -> list[Paper]:
        """The papers, without those that nobody knows."""


class Answerer(Protocol):
    """Finds or writes answers. ``on_status`` hears what it is doing, ``on_text`` the answer's
    Markdown piece by piece, as far as it is written one by one."""

    def answer(
        self, ask: Ask, *, on_status: Listener | None = None, on_text: Listener | None = None
    ) -> Answer:
        """Answer a question about papers."""

    def ask_archive(
        self,
        question: str,
        language: str,
        *,
        place: str = "",
        on_status: Listener | None = None,
        on_text: Listener | None = None,
    ) -> Answer:
        """Answer a question from the whole archive, with what may be seen in *place*."""
