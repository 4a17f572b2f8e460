"""Holding rows of the database while this process works on them, so that no other does the same.

Each piece of work holds under a name of its own, until its lease runs out; leases of work that
takes long are renewed. When a process dies, others take its rows over: at once on the same machine,
where it can be seen that the process is gone, elsewhere when the lease ends. When a piece ends and
its row doesn't say so, since the database was away, the row is free as soon as that is back.
"""

import os
import socket
import threading
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from itertools import count

from bot.clock import Clock
from storage import DatabaseUnusableError, Leases

# After an outage nobody's lease ends sooner: whoever lives could not renew it meanwhile.
GRACE = timedelta(seconds=20)


class Pieces:
    """The pieces of work that one worker of this process has in hand. Safe in any thread."""

    def __init__(self) -> None:
        self._worker = new_owner()
        self._numbers = count(1)
        self._in_hand: set[str] = set()
        self._lock = threading.Lock()

    @contextmanager
    def piece(self) -> Iterator[str]:
        """A new name, which is in hand while the block runs."""
        owner = f"{self._worker}.{next(self._numbers)}"
        with self._lock:
            self._in_hand.add(owner)
        try:
            yield owner
        finally:
            with self._lock:
                self._in_hand.remove(owner)

    def in_hand(self) -> list[str]:
        """The names of those that have begun and not ended."""
        with self._lock:
            return list(self._in_hand)

    def ours(self, owners: Iterable[str]) -> list[str]:
        """Those of *owners* that are or were pieces of this worker's."""
        return [one for one in owners if one.startswith(f"{self._worker}.")]

    def ended(self, owners: Iterable[str]) -> list[str]:
        """Those of *owners*, asked for before, that were pieces of this worker's."""
        in_hand = self.in_hand()
        return [one for one in self.ours(owners) if one not in in_hand]

    def dead(self, owners: Iterable[str]) -> list[str]:
        """Those of *owners* that are of earlier lives of this process, or of others that have
        ended."""
        return [one for one in owners if is_gone(one, mine=self._worker)]


class LeaseKeeper:
    """One worker's leases in one table. Safe in any thread."""

    def __init__(self, leases: Leases, clock: Clock, *, lasting: timedelta) -> None:
        """A lease is claimed and renewed for as long as *lasting*."""
        self._leases = leases
        self._clock = clock
        self.lasting = lasting
        self._pieces = Pieces()
        # Whether the database failed since it was last seen who holds what.
        self._is_doubtful = False

    @contextmanager
    def piece(self) -> Iterator[str]:
        """A name under which to claim one piece of work, for the block that does it."""
        if self._is_doubtful:
            self.free_dead()
        with self._doubting(), self._pieces.piece() as owner:
            yield owner

    def renew(self, only: Sequence[int] | None = None) -> int:
        """Keep everything that is in hand, or *only* rows with these ids. Returns how many still
        are held: another worker may have taken over what was not renewed in time."""
        owners = self._pieces.in_hand()
        if not owners or (only is not None and not only):
            return 0
        with self._doubting():
            until = self._clock() + self.lasting
            return self._leases.renew(owners, until=until, only=only)

    def free_dead(self, *, after: timedelta = timedelta(0)) -> int:
        """Let others claim at once what was left by pieces of work that have ended here, and
        *after* some time what processes held that died on this machine. Returns how many rows
        that is."""
        with self._doubting():
            if self._is_doubtful:
                self._leave_time()
            owners, now = self._leases.owners(), self._clock()
            freed = sum(self._leases.release(one, at=now) for one in self._pieces.ended(owners))
            dead = self._pieces.dead(owners)
            return freed + sum(self._leases.release(one, at=now + after) for one in dead)

    def let_go(self) -> None:
        """Let others claim at once what is held here."""
        for one in self._pieces.ours(self._leases.owners()):
            self._leases.release(one, at=self._clock())

    def _leave_time(self) -> None:
        """After an outage: keep what is in hand, and let others do so."""
        self._is_doubtful = False
        self._leases.extend(until=self._clock() + min(GRACE, self.lasting))
        self.renew()

    @contextmanager
    def _doubting(self) -> Iterator[None]:
        try:
            yield
        except DatabaseUnusableError:
            self._is_doubtful = True
            raise


def new_owner() -> str:
    """A name for a worker of this process: machine, process id, and something unique."""
    return f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex}"


def is_gone(owner: str, *, mine: str) -> bool:
    """Whether *owner* surely lives no more: its process ran on this machine and has ended.

    *mine* is the asking worker's own name, with which those of its pieces begin: another name with
    its process id is an earlier life, as in a container where every process is number 1.
    """
    machine, number, _ = owner.rsplit(":", 2)
    if machine != socket.gethostname() or owner.startswith(mine):
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
