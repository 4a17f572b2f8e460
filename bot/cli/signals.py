"""How signals end a command, and what happens when it doesn't end in time."""

import logging
import os
import signal
import sys
import threading
import time
from contextlib import suppress
from types import FrameType
from typing import NoReturn

# Supervisors kill after thirty seconds, some after ten; nothing that is stored suffers from either.
END_SECONDS = 15.0
# The exit status of what Ctrl-C ended.
INTERRUPTED = 130

log = logging.getLogger(__name__)


def stop_on_signals(
    *signals: signal.Signals, stop: threading.Event | None = None
) -> threading.Event:
    """An event (*stop*, or a new one) that each of *signals* sets from now on; a second Ctrl-C
    ends the process at once."""
    event = stop or threading.Event()

    def stop_once(number: int, _frame: FrameType | None) -> None:
        event.set()
        if number == signal.SIGINT:
            signal.signal(signal.SIGINT, signal.SIG_DFL)

    for one in signals:
        signal.signal(one, stop_once)
    return event


def exit_within(seconds: float, stop: threading.Event) -> None:
    """End the process *seconds* after *stop* is set, whatever still hangs in it: a model that never
    ends its answer, a source that drips. What was in hand is as after a crash, which the next start
    goes on from."""

    def watch() -> None:
        stop.wait()
        time.sleep(seconds)
        log.warning("something hangs: ending without it; the next start goes on")
        exit_now(0)

    threading.Thread(target=watch, name="end", daemon=True).start()


def exit_now(status: int) -> NoReturn:
    """End the process now; threads that hang are not waited for."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # whoever read it has gone
            stream.flush()
    os._exit(status)


def on_interrupt(_signal: int, _frame: FrameType | None) -> None:
    """The first Ctrl-C: what is in hand is cleaned up, and what threads meet while that takes their
    ground away is no news. A second one ends the process at once, and so does the end of the time
    for it; nothing that is stored suffers.

    Raises:
        KeyboardInterrupt: always.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if hasattr(signal, "setitimer"):
        # No thread: this one may just be starting one, and hold what that takes.
        signal.signal(signal.SIGALRM, lambda *_: exit_now(INTERRUPTED))
        signal.setitimer(signal.ITIMER_REAL, END_SECONDS)
    logging.disable(logging.CRITICAL)
    raise KeyboardInterrupt
