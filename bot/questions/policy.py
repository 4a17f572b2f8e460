"""When to speak. Pure: what was said and where, in; what to do about it, out."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from bot.clock import was_within
from bot.questions.questions import is_question

OUR_NAME = "paperboy"
QUICK_REPLY = timedelta(minutes=3)


@dataclass(frozen=True)
class IncomingMessage:
    """A message somebody wrote, without anything of Slack's payloads.

    ``text`` no longer holds the mention of Paperboy. ``direct`` means that only its author
    and Paperboy read it; ``to_others`` that it speaks to somebody else by name."""

    channel: str
    ts: str
    user: str
    text: str
    thread_ts: str | None = None
    direct: bool = False
    mentions_us: bool = False
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
class Said:
    """What was said before in the thread. ``to_us`` tells that it was taken for a question."""

    speaker: str
    at: datetime
    to_us: bool


@dataclass(frozen=True)
class Scene:
    """Where a message was said: in a thread that Paperboy knows or not, under which policy
    (``questions``, ``mentions`` or ``all``), after what."""

    known_thread: bool
    policy: str
    last: Said | None = None


def decide(message: IncomingMessage, scene: Scene, *, now: datetime) -> Decision:
    """Whether *message* is for Paperboy.

    A mention and a direct message always are. In a thread that Paperboy opened, a question is,
    unless people are talking with each other.
    """
    if not message.text.strip():
        return Decision.ANSWER if message.mentions_us else Decision.PASS
    if message.mentions_us or message.direct:
        return Decision.ANSWER
    if not (message.thread_ts and scene.known_thread):
        return Decision.PASS
    if _speaks_up(message, scene, now):
        return Decision.ANSWER
    return Decision.REMEMBER


def _speaks_up(message: IncomingMessage, scene: Scene, now: datetime) -> bool:
    if scene.policy == "mentions" or message.to_others:
        return False
    if scene.policy == "all":
        return True
    return is_question(message.text) and not _replies_to_a_person(message, scene.last, now)


def _replies_to_a_person(message: IncomingMessage, last: Said | None, now: datetime) -> bool:
    """Somebody else said something a moment ago that wasn't meant for Paperboy."""
    if last is None or last.to_us or last.speaker in (message.user, OUR_NAME):
        return False
    return was_within(QUICK_REPLY, last.at, now)
