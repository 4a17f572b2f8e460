"""What the rooms ask of a language. A folder of this package fills one such record in.

Each group of rules that a room needs is a small frozen record of data and functions, and one field
of :class:`Language`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any


@dataclass(frozen=True)
class Language:
    """One language that Paperboy speaks."""

    # As in BCP 47; also the name of the language's folder.
    code: str
    # How a model is told to write in it.
    written: str
    # Its letters, as the inside of a pattern's character class.
    letters: str
    # About how many Latin letters say as much as one of its own.
    letter_weight: float = 1.0
    # What its catalogue can call, beside what Fluent has.
    functions: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    # Questions of every kind (``bot.answers.wishes.Kind``), what stands in them for a paper, and
    # what joins two in one sentence.
    questions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    this_paper: str = ""
    joint: re.Pattern[str] = re.compile(r",\s")

    @cached_property
    def letter(self) -> re.Pattern[str]:
        """Matches one letter of its script."""
        return re.compile(f"[{self.letters}]")

    @cached_property
    def is_latin(self) -> bool:
        """Whether it shares the Latin script, in which names stand in texts of all languages."""
        return self.letter.match("a") is not None

    def amount(self, text: str) -> float:
        """How much of *text* is written in its script, counted in Latin letters."""
        return self.letter_weight * len(self.letter.findall(text))
