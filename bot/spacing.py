"""Turns at a host: one call at a time, and a pause between calls, whatever thread asks."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field

from bot.errors import SourceError


class Spacing:
    """Pauses by host. A name covers its subdomains: ``arxiv.org`` rules ``export.arxiv.org`` too.

    A host without a pause is not held up at all.
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
        self._gates = {host: _Gate(pause) for host, pause in pauses.items()}

    def turn(self, host: str) -> AbstractContextManager[None]:
        """Wait for our turn at *host* and hold it for the length of the block.

        Raises:
            SourceError: *host* wants to be left alone for longer than we wait.
        """
        gate = self._gate(host)
        return nullcontext() if gate is None else self._through(gate, host)

    def hold(self, host: str, seconds: float) -> None:
        """Let nobody call *host* for this long: it has asked us to slow down."""
        gate = self._gate(host)
        if gate is not None:
            gate.opens_at = max(gate.opens_at, self._monotonic() + seconds)

    def _gate(self, host: str) -> "_Gate | None":
        labels = host.split(".")
        names = (".".join(labels[start:]) for start in range(len(labels)))
        return next((self._gates[name] for name in names if name in self._gates), None)

    @contextmanager
    def _through(self, gate: "_Gate", host: str) -> Iterator[None]:
        with gate.lock:
            wait = gate.opens_at - self._monotonic()
            if wait > self._longest_wait:
                raise SourceError(f"{host} wants to be left alone", retry_after=wait)
            if wait > 0:
                self._sleep(wait)
            try:
                yield
            finally:
                self.hold(host, gate.pause)


@dataclass
class _Gate:
    pause: float
    opens_at: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)
