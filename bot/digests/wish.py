"""What a digest is to be: for whom, of what, and how it is told."""

from dataclasses import dataclass, replace
from typing import Any

from bot.languages import languages_of
from storage import WHOLE_TEAM, Subscription

DEFAULT_COUNT = 10
WEEKLY = "weekly"


@dataclass(frozen=True)
class Wish:
    """``language`` is ``ko``, ``en`` or ``both``, ``count`` how many papers are told in full. They
    are of ``sources`` (of all that were read when there are none), as the ``channel`` cares for
    them, with what may be seen there; without one, for the whole team."""

    language: str
    style: str = "brief"
    count: int = DEFAULT_COUNT
    sources: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    negative_topics: tuple[str, ...] = ()
    channel: str | None = None

    @classmethod
    def of(cls, subscription: Subscription, **changed: Any) -> "Wish":
        """What a subscription wishes for, some of it *changed*."""
        its = cls(
            subscription.language,
            subscription.style,
            subscription.count,
            subscription.sources,
            subscription.topics,
            subscription.negative_topics,
            subscription.channel,
        )
        return replace(its, **changed)

    @property
    def languages(self) -> tuple[str, ...]:
        """Those of ``language``, the first one first."""
        return tuple(languages_of(self.language))

    @property
    def place(self) -> str:
        """Where it is read."""
        return self.channel or WHOLE_TEAM
