"""Pauses between calls to the same host, and longer ones where a host asks to be left alone.

They hold for all threads together.
"""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass

from bot.errors import SourceError


class Spacing:
    """Pauses in seconds by host; a host with a pause gets one call at a time.

    A name covers its subdomains, which then share one pace: ``arxiv.org`` rules
    ``export.arxiv.org`` too, even where both are named. ``127.0.0.1:8000`` names one port.
    """

    def __init__(
        self,
        pauses: Mapping[str, float],
        *,
        longest_wait: float,
        sleep: Callable[[float], None],
        monotonic: Callable[[], float],
    ) -> None:
        self._longest_wait = longest_wait
        self._sleep = sleep
        self._monotonic = monotonic
        self._gates = {host: _Gate(pause, threading.Lock()) for host, pause in pauses.items()}

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Wait for our turn at *host* (perhaps with a port) and hold it for the length of the
        block.

        Raises:
            SourceError: *host* wants to be left alone for longer than we wait, or was out of reach
                a moment ago.
        """
        gate = self._gate(host)
        with gate.one_at_a_time:
            if self._monotonic() < gate.refused_until:
                raise SourceError(f"{host} was out of reach a moment ago")
            wait = gate.opens_at - self._monotonic()
            if wait > self._longest_wait:
                raise SourceError(
                    f"{host} wants to be left alone for {wait:.0f} s", retry_after=wait
                )
            if wait > 0:
                self._sleep(wait)
            try:
                yield
            finally:
                self.hold(host, gate.pause)

    def hold(self, host: str, seconds: float) -> None:
        """Let nobody call *host* for this long."""
        gate = self._gate(host)
        gate.opens_at = max(gate.opens_at, self._monotonic() + seconds)

    def refuse(self, host: str, seconds: float) -> None:
        """End all calls to *host* at once for this long, instead of letting each find out for
        itself that there is no way to it."""
        self._gate(host).refused_until = self._monotonic() + seconds

    def _gate(self, host: str) -> "_Gate":
        paused = next((self._gates[name] for name in _names(host) if name in self._gates), None)
        return paused or self._gates.setdefault(host, _Gate(0.0, nullcontext()))


def _names(host: str) -> Iterator[str]:
    """What may name *host*: its domains from the widest to itself, then with its port."""
    labels = host.partition(":")[0].split(".")
    for length in range(1, len(labels) + 1):
        yield ".".join(labels[-length:])
    yield host


@dataclass
class _Gate:
    pause: float
    one_at_a_time: AbstractContextManager[object]
    opens_at: float = 0.0
    refused_until: float = 0.0
