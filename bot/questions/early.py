"""Messages that come before it is known whose thread they stand in.

A post stands in Slack a moment before its ``ts`` is known here, longer when the answer to it got
lost. Whoever replies in between must not go unheard, so such a message is kept until the thread
is known, or until it is clear that it is none of ours.
"""

from dataclasses import asdict
from datetime import timedelta

from bot.clock import Clock
from bot.questions.message import IncomingMessage
from storage import Storage

# By then a lost answer has been looked up in the channel.
LONGEST = timedelta(minutes=1)


class EarlyMessages:
    """Keeps them in the database. Safe in any thread and any number of processes."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    def keep(self, message: IncomingMessage) -> bool:
        """Keep *message* if its thread may be one that is just being opened; False otherwise.

        The thread may be known by the time this returns, so the caller has to look once more.
        """
        if message.thread_ts is None or not self._storage.early_messages.are_possible(
            message.channel
        ):
            return False
        # Asked in this order: a post recorded after the first look is known at the second.
        if self._storage.threads.get(message.channel, message.thread_ts) is not None:
            return False
        self._storage.early_messages.keep(
            channel=message.channel,
            thread_ts=message.thread_ts,
            ts=message.ts,
            user=message.user,
            message=asdict(message),
            now=self._clock(),
        )
        return True

    def of_thread(self, channel: str, thread_ts: str) -> list[IncomingMessage]:
        """What was said early in a thread, in its order; the caller alone now has it."""
        kept = self._storage.early_messages.take(channel, thread_ts)
        return [IncomingMessage(**fields) for fields in kept]

    def settled(self) -> list[tuple[str, str]]:
        """Channel and root of the threads that need not be waited for any longer."""
        return self._storage.early_messages.settled(since=self._clock() - LONGEST)

    def forget(self, channel: str, ts: str) -> None:
        """Drop a message that was taken back."""
        self._storage.early_messages.drop(channel, ts)
