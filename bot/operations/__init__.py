"""Watches over Paperboy itself: what is late, down, spent or full, and who is told.

``watch`` reads what there is to know, has ``alarms`` decide on it (pure), opens and closes
incidents and tells the admins; ``health`` says whether this process can do its work; ``gauges``
are the numbers that come from the database.
"""

from bot.operations.alarms import Alarm, Signs, decide
from bot.operations.gauges import StoredGauges
from bot.operations.health import Health, Heartbeat, Monitoring
from bot.operations.watch import Watch

__all__ = [
    "Alarm",
    "Health",
    "Heartbeat",
    "Monitoring",
    "Signs",
    "StoredGauges",
    "Watch",
    "decide",
]
