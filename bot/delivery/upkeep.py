"""The rounds that keep posts true: every hour and every day."""

from collections.abc import Callable

from bot.delivery.news import NewsTeller
from bot.delivery.refresh import Refresher


class Rounds:
    """What :class:`bot.delivery.clockwork.Upkeep` asks for. *repair* makes stored summaries
    better where it can, posted or not."""

    def __init__(
        self, refresher: Refresher, news: NewsTeller, repair: Callable[[], object]
    ) -> None:
        self._refresher = refresher
        self._news = news
        self._repair = repair

    def hourly(self) -> None:
        """Re-read unsettled listings, repair summaries, edit posts, tell what came to light."""
        self._refresher.run()
        self._news.tell()

    def daily(self) -> None:
        """Repair summaries, ask the sources about papers with threads, and tell what is new."""
        self._repair()
        self._news.ask()
        self._news.tell()
