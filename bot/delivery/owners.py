"""Names for processes that hold leases, so that the heirs of a dead one need not wait."""

import os
import socket
import uuid


def new_owner() -> str:
    """A name for this process: machine, process id, and something unique."""
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
