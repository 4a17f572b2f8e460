"""Lets few threads compute at a time, so that those that acknowledge find the interpreter free.

A process runs Python on one thread at a time. Where many are ready, one that comes back from the
network waits for several others first, and an acknowledgement comes back from it several times.
Work that can wait goes through the process's turnstile, and leaves it while it waits for others.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

# While one computes in the database, which needs no interpreter, another can go on.
MOST_INSIDE = 2
# Whoever has waited so long goes in beside the others: one of them may wait for something that this
# very thread holds, or for somebody of whom this module isn't told.
PATIENCE_SECONDS = 0.1

_room = threading.Semaphore(MOST_INSIDE)


class _Here(threading.local):
    """Where this thread is."""

    is_inside = False
    took_room = False


_here = _Here()


@contextmanager
def inside() -> Iterator[None]:
    """Run the block with at most one other such block beside it, but for those that have waited for
    too long."""
    _enter()
    try:
        yield
    finally:
        _leave()


@contextmanager
def waiting() -> Iterator[None]:
    """Run a block that only waits for somebody else: a thread that is inside is out meanwhile."""
    if not _here.is_inside:
        yield
        return
    _leave()
    try:
        yield
    finally:
        _enter()


def _enter() -> None:
    _here.took_room = _room.acquire(timeout=PATIENCE_SECONDS)
    _here.is_inside = True


def _leave() -> None:
    _here.is_inside = False
    if _here.took_room:
        _room.release()
