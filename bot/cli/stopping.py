"""How a command is told to end."""

import logging
import signal
import threading
from types import FrameType


def told_to_stop(*signals: signal.Signals, stop: threading.Event | None = None) -> threading.Event:
    """An event (*stop*, or a new one) that each of *signals* sets from now on; a second Ctrl-C
    ends the process at once."""
    event = stop or threading.Event()

    def told(number: int, _frame: FrameType | None) -> None:
        event.set()
        if number == signal.SIGINT:
            signal.signal(signal.SIGINT, signal.SIG_DFL)

    for one in signals:
        signal.signal(one, told)
    return event


def interrupted(_signal: int, _frame: FrameType | None) -> None:
    """The first Ctrl-C: what is in hand is cleaned up, and what threads meet while that takes their
    ground away is no news. A second one ends the process at once; nothing that is stored suffers.

    Raises:
        KeyboardInterrupt: always.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    logging.disable(logging.CRITICAL)
    raise KeyboardInterrupt
