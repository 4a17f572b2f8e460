"""One at a time for each key: a paper, say, that several questions need at once."""

import threading
from collections.abc import Hashable

_MANY = 32


class KeyedLocks:
    """A fixed number of locks shared out among keys. Two keys may have the same lock, so hold
    one at a time."""

    def __init__(self) -> None:
        self._locks = [threading.Lock() for _ in range(_MANY)]

    def of(self, key: Hashable) -> threading.Lock:
        """The lock of *key*, always the same one."""
        return self._locks[hash(key) % _MANY]
