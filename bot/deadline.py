"""Limits that hold whatever hangs: moments of ``time.monotonic``, and work that is left at them."""

import contextvars
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")


def seconds_left(until: float | None) -> float | None:
    """The seconds until then, never below 0; None for no limit."""
    return None if until is None else max(0.0, until - time.monotonic())


def in_time(work: Callable[[], T], *, until: float, name: str) -> T:
    """The result of *work*, done on a thread of its own that keeps no process from ending.

    A thread can't be ended from outside: work that is
    late goes on, and what it brings is stored, but nobody waits for it.

    Raises:
        TimeoutError: it was not done by then.
    """
    done: Future[T] = Future()

    def run() -> None:
        try:
            done.set_result(work())
        except BaseException as error:
            done.set_exception(error)

    context = contextvars.copy_context()
    threading.Thread(target=context.run, args=(run,), name=name, daemon=True).start()
    return done.result(timeout=seconds_left(until))
