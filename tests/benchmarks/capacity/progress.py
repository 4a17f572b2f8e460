"""How far a run is, told on stderr, and the time that a part of it may take."""

import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

MINUTE = 60.0
_BEGAN = time.monotonic()


def tell(what: str) -> None:
    """One line, with the seconds since the run began."""
    print(f"{time.monotonic() - _BEGAN:6.0f} s  {what}", file=sys.stderr, flush=True)


@contextmanager
def telling(name: str) -> Iterator[None]:
    """Tell each minute that *name* goes on."""
    over = threading.Event()

    def go_on() -> None:
        while not over.wait(MINUTE):
            tell(f"{name} goes on")

    thread = threading.Thread(target=go_on, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """End the block after so many *seconds*, wherever it is; for the main thread.

    Raises:
        TimeoutError: the time is over.
    """

    def ring(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"took longer than {seconds:.0f} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
