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
        """The line that is shown for it; a setting is called as it is written."""
        own = f"checks-name-{self.name}"
        name = words.text(own) if words.has(own) else self.name
        return f"[{words.text(f'checks-{self.state}')}] {name}: {self.text}"
