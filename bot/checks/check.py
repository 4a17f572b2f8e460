"""One line of ``paperboy check``."""

from dataclasses import dataclass

from bot.languages import Catalog


@dataclass(frozen=True)
class Check:
    """``state`` is ``ok``, ``wrong``, or ``off`` for what is not set up and need not be."""

    name: str
    state: str
    text: str

    def line(self, words: Catalog) -> str:
        """The line that is shown for it."""
        return f"[{words.text(f'checks-{self.state}')}] {self.name}: {self.text}"


def one_line(reason: object) -> str:
    """A reason without line breaks."""
    return " ".join(str(reason).split())
