"""What Slack hands out for a short while: trigger ids, response URLs, Socket Mode tickets."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from bot.workspace.records import Message, Refusal

TRIGGER_LIFE = timedelta(seconds=3)
TICKET_LIFE = timedelta(seconds=30)
HOOK_LIFE = timedelta(minutes=30)
HOOK_USES = 5


@dataclass
class Trigger:
    """A leave to open one modal for one user, for three seconds."""

    user: str
    made: datetime
    view_id: str | None = None
    used: bool = False


@dataclass
class Triggers:
    """All trigger ids that were handed out."""

    clock: Callable[[], datetime]
    _known: dict[str, Trigger] = field(default_factory=dict)
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    def issue(self, user: str, view_id: str | None = None) -> str:
        """A new trigger id for something that `user` did (inside the modal `view_id`)."""
        now = self.clock()
        number = next(self._numbers)
        key = f"{int(now.timestamp())}.{number:06d}.{number * 2654435761 % 2**32:08x}"
        self._known[key] = Trigger(user=user, made=now, view_id=view_id)
        return key

    def redeem(self, key: str) -> Trigger:
        """Use a trigger id up.

        Raises Refusal with `invalid_trigger_id`, `trigger_expired` or `trigger_exchanged`.
        """
        trigger = self._known.get(key)
        if trigger is None:
            raise Refusal("invalid_trigger_id" if key else "invalid_arguments")
        if trigger.used:
            raise Refusal("trigger_exchanged")
        if self.clock() - trigger.made > TRIGGER_LIFE:
            raise Refusal("trigger_expired")
        trigger.used = True
        return trigger


@dataclass
class Hook:
    """A response URL: whom and where it answers, and which message it may replace."""

    user: str
    channel: str
    made: datetime
    origin: Message | None
    uses: int = 0


@dataclass
class Hooks:
    """All response URLs that were handed out."""

    clock: Callable[[], datetime]
    _known: dict[str, Hook] = field(default_factory=dict)

    def issue(self, user: str, channel: str, origin: Message | None = None) -> str:
        """A new key; the caller makes a URL of it."""
        key = secrets.token_urlsafe(24)
        self._known[key] = Hook(user=user, channel=channel, made=self.clock(), origin=origin)
        return key

    def use(self, key: str) -> Hook:
        """Count one use. Raises Refusal with `no_such_url`, `expired_url` or `used_url`."""
        hook = self._known.get(key)
        if hook is None:
            raise Refusal("no_such_url")
        if self.clock() - hook.made > HOOK_LIFE:
            raise Refusal("expired_url")
        if hook.uses >= HOOK_USES:
            raise Refusal("used_url")
        hook.uses += 1
        return hook


@dataclass
class Tickets:
    """Leaves to open one Socket Mode connection each, handed out to who has the app's token."""

    clock: Callable[[], datetime]
    _open: dict[str, datetime] = field(default_factory=dict)

    def issue(self) -> str:
        """A new ticket, for half a minute."""
        ticket = secrets.token_urlsafe(24)
        self._open[ticket] = self.clock()
        return ticket

    def redeem(self, ticket: str) -> bool:
        """Use a ticket up; whether it was good."""
        made = self._open.pop(ticket, None)
        return made is not None and self.clock() - made <= TICKET_LIFE
