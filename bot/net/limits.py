"""The limits of one call to the outside, and how it is ended from outside.

A read that waits for the next byte can be told nothing. So a timer, not the reading thread, ends
a call whose time is up, by shutting its connection down.
"""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from typing import Literal

import httpx2

Reason = Literal["too-slow", "too-large", "closed"]

# What may come besides the body: headers, interim answers, the framing of chunks, trailers.
FRAMING_BYTES = 256_000


@dataclass(frozen=True)
class Limits:
    """What a call may take: ``seconds`` from looking its host up to its last byte, and
    ``body_bytes`` after unpacking. All that comes over the wire may be little more."""

    seconds: float
    body_bytes: int

    @property
    def wire_bytes(self) -> int:
        """The most bytes to receive, whatever they are."""
        return self.body_bytes + FRAMING_BYTES


class CallEndedError(httpx2.TransportError):
    """A call was ended before its answer was whole; ``reason`` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(f"the call was ended: {reason}")
        self.reason = reason


class Call:
    """One call under way. Its time runs from the start; :meth:`finish` it in the end."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._received = 0
        self._unpacked = 0
        self._reason: Reason | None = None
        self._lock = threading.RLock()
        self._interruptions: list[Callable[[], object]] = []
        self._finishing = ExitStack()
        self._finished = False
        self._timer = threading.Timer(limits.seconds, self.end, ("too-slow",))
        self._timer.daemon = True
        self._timer.start()

    def end(self, reason: Reason) -> None:
        """End the call from any thread: whoever waits for it gets CallEndedError."""
        with self._lock:
            self._reason = self._reason or reason
            for interrupt in self._interruptions:
                interrupt()
            self._interruptions.clear()

    def on_end(self, interrupt: Callable[[], object]) -> None:
        """Have *interrupt* called when the call is ended; at once if it was."""
        with self._lock:
            self._interruptions.append(interrupt)
            if self._reason is not None:
                self.end(self._reason)

    def on_finish(self, clean_up: Callable[[], object]) -> None:
        """Have *clean_up* called when nothing is left to do for the call, the last one first; at
        once if that is so already."""
        with self._lock:
            if self._finished:
                clean_up()
            else:
                self._finishing.callback(clean_up)

    def hold(self, connection: socket.socket) -> None:
        """Shut *connection* down when the call is ended.

        By a handle of our own: TLS takes the socket out of the object that it is given, and a
        number that is closed elsewhere may name another file a moment later.
        """
        handle = connection.dup()
        self.on_finish(handle.close)
        self.on_end(lambda: _shut_down(handle))

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Raise CallEndedError in place of whatever the end of the call led to in the block."""
        self._check(None)
        try:
            yield
        except Exception as error:
            self._check(error)
            raise
        self._check(None)

    def count_received(self, many: int) -> None:
        """So many bytes came over the wire.

        Raises:
            CallEndedError: that is more than the limit.
        """
        self._received += many
        if self._received > self._limits.wire_bytes:
            self.end("too-large")
        self._check(None)

    def count_unpacked(self, many: int) -> None:
        """So many bytes of the body were unpacked.

        Raises:
            CallEndedError: that is more than the limit.
        """
        self._unpacked += many
        if self._unpacked > self._limits.body_bytes:
            self.end("too-large")
        self._check(None)

    def finish(self) -> None:
        """Let go of everything; nothing is interrupted any more."""
        self._timer.cancel()
        with self._lock:
            self._finished = True
            self._interruptions.clear()
            self._finishing.close()

    def _check(self, cause: Exception | None) -> None:
        if self._reason is not None:
            raise CallEndedError(self._reason) from cause


def _shut_down(connection: socket.socket) -> None:
    with suppress(OSError):  # the other side was faster
        connection.shutdown(socket.SHUT_RDWR)
