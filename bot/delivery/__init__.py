"""Brings promised messages to Slack, each exactly once, and keeps them true afterwards.

``schedule`` says when a channel is due, ``morning`` makes its digest, ``outbox`` promises the
messages in the database and posts them, ``clockwork`` starts all of it in time. Only ``slack`` and
its neighbours know the Slack SDK; everything else talks to the ``SlackOut`` protocol in ``ports``.
"""

from bot.delivery.clockwork import Clockwork
from bot.delivery.first import subscribe_first
from bot.delivery.morning import Morning, MorningReport, Outcome
from bot.delivery.outbox import DrainReport, Outbox
from bot.delivery.schedule import last_due, next_run
from bot.delivery.sending import Pace

__all__ = [
    "Clockwork",
    "DrainReport",
    "Morning",
    "MorningReport",
    "Outbox",
    "Outcome",
    "Pace",
    "last_due",
    "next_run",
    "subscribe_first",
]
