"""Posting for members: promised in the outbox, then seen through."""

from dataclasses import dataclass
from datetime import timedelta

from bot.clock import Clock
from bot.delivery import Outbox
from bot.delivery.problems import problem_kind
from bot.errors import InputError
from bot.slack.blocks import Message
from storage import DeliveryState, Storage

PATIENCE = timedelta(seconds=5)
# After this nobody can be waiting: the process that did has died.
AWAITED = timedelta(seconds=30)


class PostWaitsError(InputError):
    """Slack has not taken the message yet. It stays promised."""

    message_id = "desk-post-waits"


class PostRefusedError(InputError):
    """Slack will not take the message, which is given up."""


@dataclass(frozen=True)
class Promised:
    """A message in the outbox; ``is_new`` unless it was promised before."""

    key: str
    is_new: bool


class Postman:
    """Posts a message once for each key, and tells at once when it can't be."""

    def __init__(self, storage: Storage, outbox: Outbox, clock: Clock) -> None:
        self._storage = storage
        self._outbox = outbox
        self._clock = clock

    def post(
        self,
        key: str,
        channel: str,
        message: Message,
        kind: str,
        *,
        user: str | None = None,
        paper_id: str | None = None,
        thread_ts: str | None = None,
    ) -> tuple[bool, str]:
        """Post *message* unless *key* was posted before.

        Returns:
            Whether it is new, and its ``ts``.

        Raises:
            PostRefusedError: Slack doesn't take it in this channel.
            PostWaitsError: it waits to be sent; should it be given up later, *user* is told.
        """
        promised = self.promise(
            key, channel, message, kind, user=user, paper_id=paper_id, thread_ts=thread_ts
        )
        return promised.is_new, self.see_through(promised)

    def promise(
        self,
        key: str,
        channel: str,
        message: Message,
        kind: str,
        *,
        user: str | None = None,
        paper_id: str | None = None,
        thread_ts: str | None = None,
    ) -> Promised:
        """Promise *message* unless *key* was promised before; a promise that failed is made
        anew."""
        delivery = self._storage.deliveries.find(key)
        while delivery is not None and delivery.state is DeliveryState.FAILED:
            key += "+"
            delivery = self._storage.deliveries.find(key)
        planned = self._outbox.plan(
            key,
            channel,
            message,
            kind,
            paper_id=paper_id,
            thread_ts=thread_ts,
            asked_by=user,
            awaited_until=self._clock() + AWAITED,
        )
        return Promised(key, planned is not None)

    def see_through(self, promised: Promised) -> str:
        """Wait a little for a promised message to be posted; returns its ``ts``.

        Raises:
            PostRefusedError, PostWaitsError: as :meth:`post` does.
        """
        delivery = self._outbox.settle(promised.key, patience=PATIENCE)
        if delivery is not None and delivery.ts is not None:
            return delivery.ts
        if self._storage.deliveries.stop_awaiting(promised.key):
            raise PostWaitsError(f"{promised.key} waits")
        delivery = self._storage.deliveries.find(promised.key)
        raise _refused(delivery.reason if delivery else None)

    def revive(self, channel: str) -> None:
        """Send what failed while Paperboy was not in a channel."""
        self._outbox.revive(channel)


def _refused(reason: str | None) -> PostRefusedError:
    code = reason or "unknown"
    kind = problem_kind(code)
    message_id = "desk-not-in-channel" if kind == "not-invited" else f"delivery-refused-{kind}"
    return PostRefusedError(f"given up: {code}", message_id=message_id, code=code)
