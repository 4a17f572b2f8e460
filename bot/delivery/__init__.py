"""Brings promised messages to Slack, each exactly once, and keeps them true afterwards.

``schedule`` says when a channel is due, ``morning`` makes its digest, ``outbox`` promises the
messages in the database and has ``sender`` post them, ``refresh`` edits them while their listing
changes, ``scheduler`` starts all of it in time.
"""

from bot.delivery.morning import Morning, Outcome
from bot.delivery.outbox import Outbox
from bot.delivery.schedule import last_due, next_run
from bot.delivery.scheduler import Job, Scheduler
from bot.delivery.sender import Pace

__all__ = [
    "Job",
    "Morning",
    "Outbox",
    "Outcome",
    "Pace",
    "Scheduler",
    "last_due",
    "next_run",
]
