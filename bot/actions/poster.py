"""Posting for members: promised in the outbox, then waited for."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.clock import Clock
from bot.delivery import Outbox
from bot.delivery.problems import problem_kind
from bot.errors import InputError
from bot.slack.blocks import Message
from storage import Storage

PATIENCE = timedelta(seconds=5)
# After this nobody can be waiting: the process that did has died.
AWAITED = timedelta(seconds=30)


class PostWaitsError(InputError):
    """Slack has not taken the message yet. It stays promised."""

    message_id = "actions-post-waits"


class PostRefusedError(InputError):
    """Slack will not take the message, which is given up."""


@dataclass(frozen=True)
class Poster:
    """Posts a message once for each key, and tells at once when it can't be."""

    storage: Storage
    outbox: Outbox
    clock: Clock

    def post(
        self,
        key: str,
        channel: str,
        message: Message,
        kind: str,
        *,
        user: str | None = None,
        **where: Any,
    ) -> tuple[bool, str]:
        """Post *message* unless *key* was posted before.

        Returns:
            Whether it is new, and its ``ts``.

        Raises:
            PostRefusedError: Slack doesn't take it in this channel.
            PostWaitsError: it waits to be sent; should it be given up later, *user* is told.
        """
        is_new = self.promise(key, channel, message, kind, user=user, **where)
        return is_new, self.wait(key)

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
    ) -> bool:
        """Promise *message* unless *key* was promised before; tells whether it was not. A promise
        that was given up is made anew."""
        with self.storage.transaction():
            self.storage.deliveries.discard_failed(key)
            planned = self.outbox.plan(
                key,
                channel,
                message,
                kind,
                paper_id=paper_id,
                thread_ts=thread_ts,
                asked_by=user,
                awaited_until=self.clock() + AWAITED,
            )
        return planned is not None

    def wait(self, key: str) -> str:
        """Wait a little for a promised message to be posted; returns its ``ts``.

        Raises:
            PostRefusedError, PostWaitsError: as :meth:`post` does.
        """
        delivery = self.outbox.settle(key, patience=PATIENCE)
        if delivery is not None and delivery.ts is not None:
            return delivery.ts
        if self.storage.deliveries.stop_awaiting(key):
            raise PostWaitsError(f"{key} waits")
        delivery = self.storage.deliveries.find(key)
        raise _refused(delivery.reason if delivery else None)

    def retry_failed(self, channel: str) -> None:
        """Send what failed while Paperboy was not in a channel."""
        self.outbox.revive(channel)


def _refused(reason: str | None) -> PostRefusedError:
    code = reason or "unknown"
    kind = problem_kind(code)
    message_id = "actions-not-in-channel" if kind == "not-invited" else f"delivery-refused-{kind}"
    return PostRefusedError(f"given up: {code}", message_id=message_id, code=code)
