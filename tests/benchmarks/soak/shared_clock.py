"""A clock that two processes share: a number in a small file."""

import mmap
import struct
from datetime import UTC, datetime, timedelta
from pathlib import Path

_FORMAT = "<d"


class SharedClock:
    """Stands still until one of its processes moves it; never runs back."""

    def __init__(self, file: Path) -> None:
        if not file.exists():
            file.write_bytes(struct.pack(_FORMAT, 0.0))
        with file.open("r+b") as opened:
            self._memory = mmap.mmap(opened.fileno(), struct.calcsize(_FORMAT))

    def __call__(self) -> datetime:
        (seconds,) = struct.unpack(_FORMAT, self._memory[:])
        return datetime.fromtimestamp(seconds, UTC)

    def move_to(self, moment: datetime) -> None:
        """Let it be *moment*, unless it is later already."""
        if moment > self():
            self._memory[:] = struct.pack(_FORMAT, moment.timestamp())

    def move(self, distance: timedelta) -> None:
        """Let time pass."""
        self.move_to(self() + distance)
