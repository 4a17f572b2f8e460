"""What happens to a paper after its thread was opened: told in that thread and nowhere else."""

import logging
from collections.abc import Iterator
from datetime import timedelta

from bot.clock import Clock
from bot.delivery.outbox import Outbox
from bot.delivery.ports import PaperRenewer
from bot.digests import links
from bot.digests.localisation import Localisation
from bot.slack.blocks import one_paragraph
from bot.slack.blocks.text import link
from storage import Paper, PaperNews, Storage

log = logging.getLogger(__name__)

WATCHED_FOR = timedelta(days=30)


class NewsTeller:
    """Tells new versions, code links and withdrawals of the papers that have threads."""

    def __init__(
        self,
        storage: Storage,
        collector: PaperRenewer,
        outbox: Outbox,
        clock: Clock,
        *,
        language: str = "ko",
    ) -> None:
        """*language* is spoken in channels without a subscription."""
        self._storage = storage
        self._collector = collector
        self._outbox = outbox
        self._clock = clock
        self._language = language

    def ask(self) -> None:
        """Ask the sources again about the papers whose threads are watched."""
        self._collector.renew(self._storage.news.watched(since=self._clock() - WATCHED_FOR))

    def tell(self) -> int:
        """Promise a reply for each piece of news. Returns how many there were."""
        told = 0
        for one in self._storage.news.untold(since=self._clock() - WATCHED_FOR):
            paper = self._storage.papers.get(one.paper_id)
            if paper is not None:
                told += self._tell(one, paper)
        self._storage.news.learn_versions()
        return told

    def _tell(self, news: PaperNews, paper: Paper) -> int:
        subscription = self._storage.subscriptions.get(news.channel)
        l10n = Localisation(subscription.language if subscription else self._language)
        told = 0
        with self._storage.transaction():
            for what, text in news_texts(news, paper, l10n):
                told += 1
                self._outbox.plan(
                    f"news/{news.channel}/{news.thread_ts}/{what}",
                    news.channel,
                    one_paragraph(text),
                    "reply",
                    thread_ts=news.thread_ts,
                    paper_id=paper.id,
                )
            self._storage.news.settle(news.channel, news.thread_ts, paper.id)
        return told


def news_texts(news: PaperNews, paper: Paper, l10n: Localisation) -> Iterator[tuple[str, str]]:
    """Each piece of news: what tells it from others in the thread, and its words."""
    page = links.abstract_url(paper) or ""
    if news.withdrawn:
        yield "withdrawn", l10n.text("delivery-news-withdrawn", joint="\n", url=page)
    elif news.version:
        url = f"{page}v{news.version}"
        number = str(news.version)
        words = l10n.text("delivery-news-version", joint="\n", url=url, version=number)
        yield f"version/{news.version}", words
    code = links.code_url(paper)
    if news.code_url and code:
        shown = link(code, code.removeprefix("https://"))
        yield "code", l10n.text("delivery-news-code", joint="\n", link=shown)
