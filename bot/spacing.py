"""Turns at a host: one call at a time, and a pause between calls, whatever thread asks."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext


class Spacing:
    """Pauses by host. A name covers its subdomains: ``arxiv.org`` rules ``export.arxiv.org`` too.

    A host without a pause is not held up at all.
    """

    def __init__(
        self,
        pauses: Mapping[str, float],
        *,
        sleep: Callable[[float], None],
        monotonic: Callable[[], float],
    ) -> None:
        self._gates = {host: _Gate(pause, sleep, monotonic) for host, pause in pauses.items()}

    def turn(self, host: str) -> AbstractContextManager[None]:
        """Wait for our turn at *host* and hold it for the length of the block."""
        gate = self._gate(host)
        return nullcontext() if gate is None else gate.turn()

    def hold(self, host: str, seconds: float) -> None:
        """Let nobody call *host* for this long: it has asked us to slow down."""
        gate = self._gate(host)
        if gate is not None:
            gate.hold(seconds)

    def _gate(self, host: str) -> "_Gate | None":
        labels = host.split(".")
        names = (".".join(labels[start:]) for start in range(len(labels)))
        return next((self._gates[name] for name in names if name in self._gates), None)


class _Gate:
    def __init__(
        self, pause: float, sleep: Callable[[float], None], monotonic: Callable[[], float]
    ) -> None:
        self._pause = pause
        self._sleep = sleep
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._open_at = 0.0

    @contextmanager
    def turn(self) -> Iterator[None]:
        with self._lock:
            wait = self._open_at - self._monotonic()
            if wait > 0:
                self._sleep(wait)
            try:
                yield
            finally:
                # max: a hold that came in the block must outlast it.
                self._open_at = max(self._open_at, self._monotonic() + self._pause)

    def hold(self, seconds: float) -> None:
        self._open_at = max(self._open_at, self._monotonic() + seconds)
