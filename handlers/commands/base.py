"""What a subcommand is, what it gets and what it gives back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.languages import languages
from bot.services import Services
from bot.slack import visibility
from bot.slack.blocks import Message


@dataclass(frozen=True)
class Request:
    """A typed command. ``text`` is what followed ``/papers``; ``words`` what followed the
    subcommand. ``reply`` shows messages to the asker, now or later on."""

    text: str
    channel: str
    user: str
    language: str
    reply: Callable[[Sequence[Message]], bool]
    trigger_id: str | None = None
    words: str = ""

    @property
    def seen_from(self) -> str:
        """The place from which the reply will be seen."""
        return visibility.seen_from(self.channel, self.user)

    def with_words(self, words: str) -> "Request":
        """The request as its subcommand sees it."""
        return replace(self, words=words)


@dataclass(frozen=True)
class Reply:
    """Messages for the asker, or a modal. ``share`` is the command text that makes the same
    messages again, for everybody; None for what is nobody else's business."""

    messages: tuple[Message, ...] = ()
    share: str | None = None
    view: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Command:
    """``name`` is the English word, beside those that the languages have for it; commands are
    shown in their ``order``."""

    name: str
    run: Callable[[Request, Services], Reply]
    order: int = 50

    @property
    def help(self) -> str:
        """The message id of its line in ``/papers help``."""
        return f"commands-help-{self.name}"

    @property
    def aliases(self) -> tuple[str, ...]:
        """The other words for it, of all languages."""
        return tuple(word for one in languages() for word in one.commands.get(self.name, ()))
