"""Watches over Paperboy itself: what is late, down, spent or full, and who is told.

``signs`` reads what there is to know, ``alarms`` decides on it (pure), ``watch`` opens and closes
incidents and tells the admins, ``health`` says whether this process can do its work, ``gauges``
are the numbers that come from the database.
"""

from bot.operations.alarms import Alarm, Signs, decide
from bot.operations.gauges import StoredGauges
from bot.operations.health import Health
from bot.operations.heartbeat import Heartbeat
from bot.operations.watch import Watch

__all__ = ["Alarm", "Health", "Heartbeat", "Signs", "StoredGauges", "Watch", "decide"]
