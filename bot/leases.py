"""Holding rows of the database while this process works on them, so that no other does the same.

What a process holds is its own until the lease runs out. It renews leases of work that takes
long; when it dies, others take its rows over: at once on the same machine, where it can be seen
that the process is gone, elsewhere when the lease ends.
"""

import os
import socket
import uuid
from collections.abc import Sequence
from datetime import timedelta

from bot.clock import Clock
from storage import Leases


class LeaseKeeper:
    """One worker's leases in one table. Safe in any thread."""

    def __init__(self, leases: Leases, clock: Clock, *, lasting: timedelta) -> None:
        """A lease is claimed and renewed for as long as *lasting*."""
        self._leases = leases
        self._clock = clock
        self.lasting = lasting
        self.owner = new_owner()

    def renew(self, only: Sequence[int] | None = None) -> int:
        """Keep everything that is held, or *only* rows with these ids. Returns how many still
        are held: another worker may have taken over what was not renewed in time."""
        if only is not None and not only:
            return 0
        return self._leases.renew(self.owner, until=self._clock() + self.lasting, only=only)

    def free_dead(self, *, after: timedelta = timedelta(0)) -> int:
        """Let what processes held that died on this machine be claimed *after* some time.
        Returns how many rows that is."""
        dead = [one for one in self._leases.owners() if is_gone(one, mine=self.owner)]
        at = self._clock() + after
        return sum(self._leases.release(one, at=at) for one in dead)

    def let_go(self) -> None:
        """Let others claim at once what is held."""
        self._leases.release(self.owner, at=self._clock())


def new_owner() -> str:
    """A name for a worker of this process: machine, process id, and something unique."""
    return f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex}"


def is_gone(owner: str, *, mine: str) -> bool:
    """Whether *owner* surely lives no more: its process ran on this machine and has ended.

    *mine* is the asking process's own name: another name with its process id is an earlier life,
    as in a container where every process is number 1.
    """
    machine, number, _ = owner.rsplit(":", 2)
    if machine != socket.gethostname() or owner == mine:
        return False
    if int(number) == os.getpid():
        return True
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
