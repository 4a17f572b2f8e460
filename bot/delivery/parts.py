"""The messages that a digest is posted as, each with the name by which it is found again."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.slack.blocks import Message


@dataclass(frozen=True)
class Part:
    """One of a digest's messages, a delivery of some *kind*. A ``card`` is a message of its own
    about the paper ``paper_id``; all others but the ``root`` stand in the root's thread."""

    name: str
    message: Message
    kind: str = "part"
    paper_id: str | None = None

    @classmethod
    def card(cls, paper_id: str, message: Message) -> "Part":
        """The card of a paper."""
        return cls(f"card/{paper_id}", message, "card", paper_id)


def part_key(kind: str, channel: str, period: str, name: str) -> str:
    """What the part called *name* of a channel's digest is known by."""
    return f"{kind}/{channel}/{period}/{name}"


def parts_of(messages: Sequence[Message]) -> list[Part]:
    """The messages of a digest: the first one is its root, the others go on in its thread."""
    root, *others = messages
    further = (Part(f"part/{number}", one) for number, one in enumerate(others, start=1))
    return [Part("root", root, "digest"), *further]
