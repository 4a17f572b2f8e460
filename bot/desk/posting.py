"""Posting for everybody: promised in the outbox, then seen through."""

from datetime import timedelta

from bot.blocks import Message
from bot.delivery import Outbox
from bot.errors import InputError
from storage import DeliveryState, Storage

PATIENCE = timedelta(seconds=5)
UNINVITED = frozenset(("not_in_channel", "channel_not_found"))


class Postman:
    """Posts a message once for each key, and tells at once when it can't be."""

    def __init__(self, storage: Storage, outbox: Outbox) -> None:
        self._storage = storage
        self._outbox = outbox

    def post(
        self,
        key: str,
        channel: str,
        message: Message,
        kind: str,
        *,
        paper_id: str | None = None,
        thread_ts: str | None = None,
    ) -> tuple[bool, str]:
        """Post *message* unless *key* was posted before; a promise that failed is made anew.

        Returns:
            Whether it is new, and its ``ts``.

        Raises:
            InputError: Paperboy isn't in the channel, or the message still waits to be sent.
        """
        delivery = self._storage.deliveries.find(key)
        while delivery is not None and delivery.state is DeliveryState.FAILED:
            key += "+"
            delivery = self._storage.deliveries.find(key)
        planned = self._outbox.plan(
            key, channel, message, kind, paper_id=paper_id, thread_ts=thread_ts
        )
        posted = self._outbox.settle(key, patience=PATIENCE)
        if posted is not None and posted.ts is not None:
            return planned is not None, posted.ts
        reason = posted.reason if posted else None
        if reason in UNINVITED:
            raise InputError(f"{channel}: {reason}", message_id="desk-not-in-channel")
        raise InputError(f"{channel}: {reason}", message_id="desk-post-waits")

    def revive(self, channel: str) -> None:
        """Send what failed while Paperboy was not in a channel."""
        self._outbox.revive(channel)
