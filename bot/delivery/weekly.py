"""A channel's week: composed from the stored listings, promised through the outbox."""

from collections.abc import Callable
from datetime import date

from bot.delivery.outbox import Outbox
from bot.delivery.ports import Summarizer
from bot.digests import DigestContent, compose_weekly, render_digest, weekly_languages
from bot.digests.weekly import team_votes, week_to_tell
from storage import Storage, Subscription

MOST_PAPERS = 10


class Weekly:
    """Makes and promises the weekly digest of a subscription. *promised* is told of each."""

    def __init__(
        self,
        storage: Storage,
        summarizer: Summarizer,
        outbox: Outbox,
        promised: Callable[[str, DigestContent], object],
    ) -> None:
        self._storage = storage
        self._summarizer = summarizer
        self._outbox = outbox
        self._promised = promised

    def promise(
        self, subscription: Subscription, day: date, *, until: float | None = None
    ) -> DigestContent | None:
        """The digest that is due on the local *day*, with the summaries that are made *until* a
        moment of ``time.monotonic``; None when the channel was promised it before or the week had
        no papers. Doing it twice does it once."""
        channel, week = subscription.channel, week_to_tell(day)
        if self._storage.digests.find(channel, "weekly", str(week)) is not None:
            return None
        content = self._compose(subscription, day)
        papers = [entry.paper for entry in content.entries]
        if not papers:
            return None
        for language in weekly_languages(subscription.language):
            self._summarizer.ensure(papers, language, until=until)
        content = self._compose(subscription, day)
        if self._outbox.plan_digest(channel, content, render_digest(content)) is None:
            return None
        self._promised(channel, content)
        return content

    def _compose(self, subscription: Subscription, day: date) -> DigestContent:
        return compose_weekly(
            self._storage,
            week_to_tell(day),
            language=subscription.language,
            count=min(MOST_PAPERS, subscription.count),
            signals=team_votes(self._storage, subscription.channel),
        )
