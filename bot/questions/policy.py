"""When to speak. Pure: what was said and where, in; what to do about it, out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from bot.clock import was_within
from bot.questions.talk import calls_us

OUR_NAME = "paperboy"
QUICK_REPLY = timedelta(minutes=10)
# What the place and the time add to what a message itself looks like, which is 1 for the likes of
# requests, -1 for the likes of talk among members, and 0 in doubt: it goes on from our answer or
# from what somebody else has just said, speaks to others, calls us by our name. Chosen by
# ``tests.benchmarks.manners``.
_AFTER_US, _AFTER_A_PERSON, _TO_OTHERS, _BY_NAME = 0.2, -0.2, -0.9, 0.7
# From here on a message is for us. Where nobody can tell, silence: to speak out of turn is worse
# than to be asked again by name.
NO_DOUBT = 0.12
# A mention is let pass only where it surely speaks of us and not to us.
_SURELY_TALK = -0.35


@dataclass(frozen=True)
class IncomingMessage:
    """A message somebody wrote, without anything of Slack's payloads.

    ``text`` no longer holds the mention of Paperboy; where that is ``spoken_of``, mentioned within
    a sentence, its name stands there. ``direct`` means that only its author and Paperboy read it;
    ``to_others`` that it mentions somebody else."""

    channel: str
    ts: str
    user: str
    text: str
    thread_ts: str | None = None
    direct: bool = False
    mentions_us: bool = False
    spoken_of: bool = False
    to_others: bool = False
    team: str | None = None

    @property
    def root(self) -> str:
        """The thread it belongs to: the one it stands in, or the one it would open."""
        return self.thread_ts or self.ts

    @property
    def key(self) -> str:
        """The same for every event that tells of this message."""
        return f"{self.channel}:{self.ts}"


class Decision(Enum):
    """Answer it, only remember that it was said, let it pass, or decide later, once it is known
    whose thread it stands in."""

    ANSWER = auto()
    REMEMBER = auto()
    PASS = auto()
    LATER = auto()


@dataclass(frozen=True)
class EarlierMessage:
    """What was said before in the thread. ``to_us`` tells that it was taken for a question."""

    speaker: str
    at: datetime
    to_us: bool


@dataclass(frozen=True)
class MessageContext:
    """Where a message was said: in a thread that Paperboy knows or not, under which policy
    (``questions``, ``mentions`` or ``all``), after what. ``looks`` tells how much the message
    itself looks like a request: from 1 for one that surely is to -1 for talk among members."""

    known_thread: bool
    policy: str
    looks: Callable[[], float]
    last: EarlierMessage | None = None


def decide(message: IncomingMessage, context: MessageContext, *, now: datetime) -> Decision:
    """Whether *message* is for Paperboy.

    A direct message always is, and a mention unless it merely speaks of Paperboy. In a thread that
    Paperboy opened, a request about the paper or the list is; in doubt it is not.
    """
    if not message.text.strip():
        return Decision.ANSWER if message.mentions_us else Decision.PASS
    if message.direct or (message.mentions_us and _speaks_to_us(message, context)):
        return Decision.ANSWER
    if not (message.thread_ts and context.known_thread):
        return Decision.PASS
    if not message.mentions_us and _speaks_up(message, context, now):
        return Decision.ANSWER
    return Decision.REMEMBER


def _speaks_to_us(message: IncomingMessage, context: MessageContext) -> bool:
    return context.looks() > (0.0 if message.spoken_of else _SURELY_TALK)


def _speaks_up(message: IncomingMessage, context: MessageContext, now: datetime) -> bool:
    if context.policy == "mentions":
        return False
    if context.policy == "all":
        return not message.to_others
    around = message.to_others * _TO_OTHERS + calls_us(message.text) * _BY_NAME
    return context.looks() + around + _after(message, context.last, now) > NO_DOUBT


def _after(message: IncomingMessage, last: EarlierMessage | None, now: datetime) -> float:
    """What the turn before says of a message that may go on from it."""
    if last is None or last.to_us:
        return 0.0
    if last.speaker == OUR_NAME:
        return _AFTER_US
    is_quick = last.speaker != message.user and was_within(QUICK_REPLY, last.at, now)
    if not is_quick:
        return 0.0
    # A single word ("Why?") goes on with what it follows.
    return _AFTER_A_PERSON if len(message.text.split()) > 1 else _TO_OTHERS - _AFTER_US
