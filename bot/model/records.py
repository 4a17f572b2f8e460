"""What model calls give back."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
BYTES_PER_TOKEN = 3


@dataclass(frozen=True)
class Usage:
    """Tokens of one call; ``cached`` are part of ``input``."""

    input: int = 0
    cached: int = 0
    output: int = 0


@dataclass(frozen=True)
class Completion(Generic[T]):
    """A finished answer. ``parsed`` is the checked object when a schema was asked for.

    ``model`` is the one that served. ``finish_reason`` is ``stop`` or ``length`` (cut off).
    """

    text: str
    parsed: T
    model: str
    finish_reason: str
    usage: Usage = Usage()


@dataclass(frozen=True)
class Objection:
    """An earlier answer of the model, and what was wrong with it, told to the model."""

    answer: str
    problem: str


def estimate_tokens(text: str) -> int:
    """A cautious guess: a Hangul syllable is one token, four English letters are 1.3."""
    return len(text.encode("utf-8")) // BYTES_PER_TOKEN + 1


def usage_of(reported: object, *, asked: str, written: str) -> Usage:
    """The server's count of tokens, or a guess where it gives none."""
    counts = reported if isinstance(reported, dict) else {}
    if not _count(counts, "prompt_tokens"):
        return Usage(input=estimate_tokens(asked), output=estimate_tokens(written))
    return Usage(
        input=_count(counts, "prompt_tokens"),
        cached=_count(counts.get("prompt_tokens_details"), "cached_tokens"),
        output=_count(counts, "completion_tokens"),
    )


def _count(counts: object, name: str) -> int:
    value = counts.get(name) if isinstance(counts, dict) else None
    return value if isinstance(value, int) and value > 0 else 0
