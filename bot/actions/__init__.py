"""The desk: what commands, buttons and the App Home ask for, as finished messages.

It reads the archive (asking the sources when a listing isn't there yet), composes with
``bot.digests`` and posts what is meant for everybody through the outbox. It knows channels and
members by their ids, but nothing of Slack's payloads.
"""

from bot.actions.desk import Desk, Opened
from bot.actions.members import Members

__all__ = ["Desk", "Members", "Opened"]
