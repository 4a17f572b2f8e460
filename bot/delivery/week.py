"""A channel's week: read the days it lacks, choose, make what is missing, tell, compose."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from bot.background import in_time
from bot.clock import Clock
from bot.delivery.ports import Collector, Summarizer
from bot.delivery.reading import Reading, was_just_read
from bot.digests import Choice, DigestContent, Week, choose_weekly, compose_week
from bot.digests.choose import Meaning
from bot.digests.content import WeekText
from bot.digests.week_text import WeekFacts, keep_told, tell_week
from bot.digests.weekly import EARLIER_WEEKS, lacking, listings_of
from bot.digests.wish import Wish
from bot.languages import languages_of
from bot.model import Model
from bot.verification import Verifier
from storage import ListingDay, Storage

log = logging.getLogger(__name__)

# The lists of nine weeks are read in less, unless a source is slow; then fewer are compared.
READING = timedelta(minutes=3)
# The model has as long for a week's paragraphs, even if the summaries took all the time.
TELLING_SECONDS = 90.0


@dataclass(frozen=True)
class WeekMaker:
    """Makes the digest of a week. Without a *model* it is told by its counts alone; *meaning*
    finds papers for topics beyond their words. ``languages`` are those in which a digest of some
    language needs summaries."""

    storage: Storage
    collector: Collector
    summarizer: Summarizer
    clock: Clock
    model: Model | None = None
    verifier: Verifier = Verifier(None)
    meaning: Meaning | None = None
    languages: Callable[[str], Sequence[str]] = languages_of

    def make(self, week: Week, wish: Wish, *, until: float | None = None) -> DigestContent:
        """The whole way of a week, with what is there at a moment of ``time.monotonic``; empty
        when it had no papers."""
        self.read(self.to_read(week, wish), until=until)
        choice = self.choose(week, wish)
        for one in self.languages(wish.language):
            self.summarizer.ensure([each.paper for each in choice.chosen], one, until=until)
        return self.compose(week, wish, choice)

    def to_read(self, week: Week, wish: Wish) -> list[ListingDay]:
        """The listings that are missing of *week* or may have changed since they were read, then
        those of the weeks before that it is compared with; the newest first."""
        now = self.clock()
        changing = [
            ListingDay(one.source, one.date)
            for one in listings_of(self.storage, week, wish)
            if one.is_read and not one.settled and not was_just_read(one, now)
        ]
        missing = [*lacking(self.storage, week, wish.sources, now=now), *changing]
        for back in range(1, EARLIER_WEEKS + 1):
            missing += lacking(self.storage, week.before(back), wish.sources)
        return missing

    def read(
        self,
        days: Sequence[ListingDay],
        *,
        until: float | None = None,
        progress: Callable[[ListingDay], object] = lambda _day: None,
    ) -> dict[str, str]:
        """Read listings until the time for it is over.

        Returns:
            What was wrong with a source, by the name of its kind.
        """
        limit = time.monotonic() + READING.total_seconds()
        reading = Reading(self.collector, until=limit if until is None else min(until, limit))
        for day in days:
            reading.read(day)
            progress(day)
        return reading.problems

    def choose(self, week: Week, wish: Wish) -> Choice:
        """The papers of the week, in their order."""
        return choose_weekly(self.storage, week, wish, meaning=self.meaning)

    def compose(self, week: Week, wish: Wish, choice: Choice) -> DigestContent:
        """What the channel is to read about the chosen papers and the whole week."""
        now = self.clock()
        return compose_week(self.storage, week, choice, wish, now=now, tell=self._tell)

    def _tell(self, facts: WeekFacts) -> WeekText | None:
        if self.model is None:
            return None
        tell = partial(self._tell_and_keep, self.model, facts)
        try:
            return in_time(tell, until=time.monotonic() + TELLING_SECONDS, name="week")
        except TimeoutError:
            log.warning("the week is told by its counts alone: the model is late")
            return None

    def _tell_and_keep(self, model: Model, facts: WeekFacts) -> WeekText | None:
        """What comes too late for this digest is there for the next one who asks."""
        told = tell_week(model, self.verifier, facts)
        if told is not None:
            keep = partial(keep_told, self.storage, facts, told, now=self.clock())
            self.storage.insist(keep)
        return told
