"""The bot of the soak: the real composition on an injected clock, told by its parent what to do.

Reads a word a line from stdin and answers each with a line. ``work`` runs the mornings that are
due, keeps posts true and sends what is promised; ``daily`` asks for news; ``questions`` takes up
what was put off. With ``--plant`` it misbehaves, so that the judge can show that it notices.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.app import Application, Upkeep
from bot.clock import Clock
from bot.fulltext.service import FulltextService
from bot.net import HttpClient
from bot.services import Services, Sources, build_services
from bot.serving.entrance import Entrance
from bot.settings import Settings
from bot.sources.arxiv import Arxiv
from bot.sources.huggingface import HuggingFace
from bot.telemetry.logs import set_up_logging
from storage import Storage
from tests.benchmarks.soak.shared_clock import SharedClock

# What becomes due later than this is left to the next hours.
PATIENCE = timedelta(minutes=5)
SECOND = timedelta(seconds=1)
LEAKED_BYTES = 3_000_000
PLANTS = ("leak", "double")


class Bot:
    """The running bot and its orders."""

    def __init__(self, services: Services, clock: SharedClock, plant: str | None) -> None:
        self._services = services
        self._clock = clock
        self._plant = plant
        self._leaked: list[Any] = []
        entrance = Entrance(services.settings)
        self._application = Application(services, entrance)
        self._upkeep = Upkeep(services)
        entrance.open()
        self._application.start()
        self.orders: dict[str, Callable[[], object]] = {
            "work": self.work,
            "daily": self.daily,
            "questions": services.conversations.resume_unfinished,
        }

    def work(self) -> None:
        """What the scheduler does in these hours, without waiting for real minutes."""
        scheduler = self._application.workspace.scheduler
        scheduler.reconcile()
        for wish in self._services.storage.subscriptions.active():
            due = scheduler.due(wish, self._clock())
            if due is not None:
                scheduler.run_due(wish.channel, due)
        self._settle()
        self._upkeep.hourly()
        self._settle()
        self._misbehave()

    def daily(self) -> None:
        """Ask the sources about papers that have threads."""
        self._upkeep.daily()
        self._settle()

    def _settle(self) -> None:
        """Send and edit what is due; time passes only while nothing is on its way."""
        outbox, until = self._services.outbox, self._clock() + PATIENCE
        while self._clock() < until:
            outbox.drain(until_empty=False)
            moment = outbox.next_moment()
            if moment is None:
                return
            if self._services.storage.deliveries.someone_sends(now=self._clock()):
                time.sleep(0.005)
            self._clock.move(min(SECOND, max(moment - self._clock(), SECOND / 100)))

    def _misbehave(self) -> None:
        if self._plant == "leak":
            self._leaked.append(bytearray(os.urandom(1) * LEAKED_BYTES))
            self._leaked.append(os.open(os.devnull, os.O_RDONLY))
        if self._plant == "double":
            _post_again(self._services)


def _post_again(services: Services) -> None:
    """Say the newest digest of each channel once more, as a bot without an outbox would."""
    for wish in services.storage.subscriptions.active():
        digest = services.storage.digests.latest(wish.channel)
        rows = services.storage.deliveries.of_digest(digest.id) if digest else []
        for row in rows[:1]:
            services.slack.post(wish.channel, row.payload)


def _loopback(settings: Settings, storage: Storage, *, clock: Clock) -> Sources:
    """The real sources; waits between tries cost no time."""
    http = HttpClient(
        user_agent="soak",
        clock=clock,
        sleep=lambda _: None,
        timeout=2.0,
        private_hosts=("127.0.0.1",),
    )
    texts = FulltextService(storage=storage, http=http, arxiv_url=settings.arxiv_url, clock=clock)
    return Sources(
        listings={"huggingface": HuggingFace(http, settings.hf_url)},
        papers=Arxiv(http, settings.arxiv_api_url),
        fulltexts=texts,
        close=http.close,
    )


def main() -> None:
    """Obey until stdin ends."""
    parser = argparse.ArgumentParser()
    parser.add_argument("clock", type=Path)
    parser.add_argument("--plant", choices=PLANTS)
    asked = parser.parse_args()
    clock = SharedClock(asked.clock)
    settings = Settings.from_env(os.environ)
    set_up_logging(settings.log_level)
    services = build_services(settings, clock=clock, sources=_loopback)
    bot = Bot(services, clock, asked.plant)
    print("ready", flush=True)
    for line in sys.stdin:
        bot.orders[line.strip()]()
        print("done", flush=True)
    os._exit(0)


if __name__ == "__main__":
    main()
