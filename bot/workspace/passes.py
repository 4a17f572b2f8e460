"""What Slack hands out for a short while: trigger ids, response URLs, Socket Mode tickets."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, NamedTuple, TypeVar

from bot.workspace.records import Message, Refusal

T = TypeVar("T")


@dataclass(frozen=True)
class Trigger:
    """A leave to open one modal for one user; `view_id` is the modal in which it was earned."""

    user: str
    view_id: str | None = None


@dataclass(frozen=True)
class Hook:
    """A response URL: whom and where it answers, and which message it may replace."""

    user: str
    channel: str
    origin: Message | None = None


class Terms(NamedTuple):
    """For how long and how often a pass is good, and Slack's errors when it is not."""

    life: timedelta
    uses: int
    unknown: str
    expired: str
    used: str


TRIGGER = Terms(
    timedelta(seconds=3), 1, "invalid_trigger_id", "trigger_expired", "trigger_exchanged"
)
HOOK = Terms(timedelta(minutes=30), 5, "no_such_url", "expired_url", "used_url")
TICKET = Terms(timedelta(seconds=30), 1, "unknown_ticket", "expired_ticket", "used_ticket")


@dataclass
class _Pass(Generic[T]):
    thing: T
    made: datetime
    left: int


class Passes(Generic[T]):
    """Keys that were handed out on the same terms, each for one thing."""

    def __init__(self, terms: Terms, clock: Callable[[], datetime]) -> None:
        self._terms = terms
        self._clock = clock
        self._known: dict[str, _Pass[T]] = {}

    def issue(self, thing: T) -> str:
        """A new key for a thing."""
        key = secrets.token_urlsafe(24)
        self._known[key] = _Pass(thing, self._clock(), self._terms.uses)
        return key

    def redeem(self, key: str) -> T:
        """What a key is for; counts as one use. Raises Refusal when it is not good (any more)."""
        held = self._known.get(key)
        if held is None:
            raise Refusal(self._terms.unknown)
        if not held.left:
            raise Refusal(self._terms.used)
        if self._clock() - held.made > self._terms.life:
            raise Refusal(self._terms.expired)
        held.left -= 1
        return held.thing
