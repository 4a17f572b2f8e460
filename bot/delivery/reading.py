"""Reading listings in the time there is for it."""

import logging
from datetime import datetime, timedelta
from functools import partial

from bot.background import in_time
from bot.clock import was_within
from bot.delivery.ports import Collector
from bot.sources.kinds import kind_name
from storage import Listing, ListingDay

log = logging.getLogger(__name__)

_FRESH = timedelta(minutes=10)


class Reading:
    """Reads listings until a moment of ``time.monotonic``. A source that gives no answer for one
    of them is left alone from then on; ``problems`` are by the name of its kind."""

    def __init__(self, collector: Collector, *, until: float) -> None:
        self._collector = collector
        self._until = until
        self.problems: dict[str, str] = {}

    def read(self, day: ListingDay) -> None:
        """Bring the stored listing up to date."""
        kind = kind_name(day.source)
        if kind in self.problems:
            return
        read = partial(self._collector.collect_day, day.source, day.date)
        try:
            problem = in_time(read, until=self._until, name="listing").problem
        except TimeoutError:
            log.warning("the listing of %s of %s is late", day.source, day.date)
            problem = "no answer in time"
        if problem:
            self.problems[kind] = problem


def was_just_read(listing: Listing, now: datetime) -> bool:
    """Whether it was read so recently, perhaps for another channel, that it isn't read again."""
    return was_within(_FRESH, listing.last_read, now)
