"""A disk on which nothing more finds room, as this process sees it."""

import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer

# Whatever a database writes lies behind this place in its file.
ROOM = 4096


@contextmanager
def full_disk() -> Iterator[None]:
    """Within the block no file of this process grows beyond a page."""
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limits = fill()
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, before)


def fill() -> tuple[int, int]:
    """Leave no room; the limits from before."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, hard))
    return soft, hard


def full_for(seconds: float) -> None:
    """Leave no room for a while. For those who ignore ``SIGXFSZ``, as Python does by itself."""
    limits = fill()
    Timer(seconds, resource.setrlimit, (resource.RLIMIT_FSIZE, limits)).start()
