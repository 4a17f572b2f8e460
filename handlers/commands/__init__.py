"""The subcommands of ``/papers``, one file each.

A file holds a constant ``COMMAND``; adding one is all it takes to add a word.
"""

from handlers.commands.base import Command, Reply, Request
from handlers.commands.registry import Commands, discover

__all__ = ["Command", "Commands", "Reply", "Request", "discover"]
