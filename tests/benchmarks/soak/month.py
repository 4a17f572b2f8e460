"""A month under way: the workspace, its people, the sources, and a bot that dies now and then."""

import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.settings import NO_EMBEDDINGS
from bot.workspace import Workspace
from bot.workspace.seed import ALICE, DAILY, JUNHO, MINJI, RESEARCH
from storage import Subscription, open_storage
from tests.benchmarks.soak.meter import Sample, sample
from tests.benchmarks.soak.outside import Listings, ModelWords, disturb, settled_papers
from tests.benchmarks.soak.shared_clock import SharedClock
from tests.bot.delivery.fakes import subscription
from tests.model_server import ModelServer
from tests.process import environment
from tests.replay import ArxivReplay, Reply

# The last Friday's listing is posted on a Monday in Seoul, at midnight in UTC, by a later try where
# its source was down, and settles.
SETTLING = timedelta(days=3, hours=6)
DAILY_HOUR, ASKING_HOURS = 4, (4, 8, 12, 20)
ANSWER_SECONDS = 120.0
# The first life, and one that died of a planted fault before it was noticed.
MOST_OTHER_DEATHS = 2
DIRECT = "D" + MINJI.id[1:]
QUESTIONS = {
    "ko": ("{n}번 논문의 한계가 뭐야?", "{n}번 논문은 무엇으로 평가했어?", "#{n} 방법을 설명해 줘"),
    "en": (
        "What are the limitations of #{n}?",
        "How is number {n} evaluated?",
        "What does #{n} do?",
    ),
}
WISHES: tuple[Subscription, ...] = (
    subscription(DAILY.id, language="ko", style="highlights", subscribed_by=JUNHO.id),
    subscription(RESEARCH.id, timezone="America/New_York", style="brief", subscribed_by=ALICE.id),
    subscription(DIRECT, timezone="Europe/Berlin", style="sections", late_papers="reply"),
)


@dataclass(frozen=True)
class Plan:
    """What happens: questions a day, days (counted from 0) on which the bot is killed, the source
    is down all day, or the bot is thrown out of a channel until noon. Without the *encoder* texts
    are found by words alone."""

    questions: int = 200
    kills: frozenset[int] = frozenset((1, 2, 4, 7))
    source_down: int | None = 15
    thrown_out: int | None = 17
    fault_rate: float = 0.3
    plant: str | None = None
    encoder: bool = True
    step: timedelta = timedelta(hours=2)
    seed: int = 0


@dataclass
class Month:
    """Everything that the judge looks at in the end."""

    plan: Plan
    days: Sequence[date]
    clock: SharedClock
    workspace: Workspace
    listings: Listings
    database: Path
    settings: dict[str, str]
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    samples: list[Sample] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    life: int = 0
    deaths: int = 0

    def __post_init__(self) -> None:
        self._chance = random.Random(self.plan.seed)
        self._child: subprocess.Popen[str] | None = None
        self._out = False

    def go(self) -> None:
        """From the first day until the last listing has settled."""
        begins = datetime.combine(self.days[0], datetime.min.time(), UTC)
        ends = datetime.combine(self.days[-1], datetime.min.time(), UTC) + SETTLING
        while self.clock() < ends:
            moment = self.clock()
            number = (moment - begins).days
            self._step(number, moment, quiet=moment > ends - SETTLING + timedelta(days=1))
            self.clock.move_to(moment + self.plan.step)
            if self.clock().date() != moment.date():
                self.samples.append(sample(number, self.life, self._alive().pid, self.database))

    def reached(self, number: int | None) -> bool:
        """Whether what the plan has for a day happened: a short month ends before some of it."""
        return number is not None and number <= max((one.day for one in self.samples), default=-1)

    def stop(self) -> None:
        """End the bot and what led to it."""
        if self._child is not None:
            self._child.kill()
            with suppress(BrokenPipeError), self._child:
                pass

    def _step(self, number: int, moment: datetime, *, quiet: bool) -> None:
        self.listings.always = Reply(status=503) if number == self.plan.source_down else None
        if number == self.plan.thrown_out and moment.hour in (0, 12):
            self._out = moment.hour == 0
            change = self.workspace.remove_from if self._out else self.workspace.invite
            change(RESEARCH.id)
        if not quiet:
            rate = self.plan.fault_rate
            self.faults.update(disturb(self._chance, self.workspace, self.listings, rate=rate))
        dies = number in self.plan.kills and moment.hour in (0, DAILY_HOUR, 12)
        self._order("work", dies=dies)
        if moment.hour == DAILY_HOUR:
            self._order("daily")
        if moment.hour in ASKING_HOURS and not quiet:
            self._ask(self.plan.questions // len(ASKING_HOURS), dies=dies)

    def _ask(self, many: int, *, dies: bool) -> None:
        """People ask about papers of the newest digests, by number; where it was thrown out, the
        bot hears nothing."""
        wishes = [w for w in WISHES if not (self._out and w.channel == RESEARCH.id)]
        roots = [(w, r) for w in wishes for r in self.workspace.messages(w.channel)[-3:]]
        roots = [(w, r) for w, r in roots if _key(r.metadata).startswith("daily/")]
        for _ in range(many if roots else 0):
            wish, root = self._chance.choice(roots)
            words = self._chance.choice(QUESTIONS[wish.language])
            user = MINJI.id if wish.channel == DIRECT else self._chance.choice((JUNHO, ALICE)).id
            text = words.format(n=self._chance.randint(1, 3))
            said = self.workspace.say(user, wish.channel, text, root.ts)
            self.asked.append((wish.channel, root.ts, said.ts))
        if dies:
            self._die_soon()
        self._until_answered()

    def _until_answered(self) -> None:
        """Let time pass, in small steps, until no question is open."""
        until, quiet_for = time.monotonic() + ANSWER_SECONDS, 0
        while time.monotonic() < until:
            recorded, unfinished = self._questions()
            if recorded == len(self.asked) and not unfinished:
                return
            time.sleep(0.05)
            quiet_for += 1
            if quiet_for % 10 == 0:  # what was put off waits for the clock
                self.clock.move(timedelta(seconds=20))
                self._order("questions")
        self.problems.append(
            f"{self.clock()}: {unfinished} questions open, {recorded} of {len(self.asked)} heard; "
            + self._unheard()
        )

    def _unheard(self) -> str:
        """What became of the questions that were not taken for such."""
        with closing(sqlite3.connect(self.database, timeout=20)) as db:

            def among(table: str) -> set[tuple[str, str]]:
                return set(db.execute(f"SELECT channel, ts FROM {table}").fetchall())

            left = {(channel, ts) for channel, _, ts in self.asked} - among("questions")
            kept, remembered = left & among("early_messages"), left & among("turns")
        lost = len(left - kept - remembered)
        return f"{len(kept)} kept until later, {len(remembered)} remembered, {lost} lost"

    def _questions(self) -> tuple[int, int]:
        with closing(sqlite3.connect(self.database, timeout=20)) as db:
            row = db.execute(
                "SELECT count(*), coalesce(sum(state IN ('recorded', 'working')), 0) FROM questions"
            ).fetchone()
        return int(row[0]), int(row[1])

    def _order(self, word: str, *, dies: bool = False) -> None:
        """Have the bot do something; one that dies is started again and told again."""
        if dies:
            self._die_soon()
        while True:
            child = self._alive()
            assert child.stdin is not None
            assert child.stdout is not None
            try:
                child.stdin.write(word + "\n")
                child.stdin.flush()
            except BrokenPipeError:
                continue
            if child.stdout.readline():
                return

    def _die_soon(self) -> None:
        child = self._alive()
        self.deaths += 1
        timer = threading.Timer(self._chance.random() * 0.4, child.kill)
        timer.daemon = True
        timer.start()

    def _alive(self) -> subprocess.Popen[str]:
        """The bot's process, started anew when it is dead."""
        if self._child is not None and self._child.poll() is None:
            return self._child
        self.stop()
        self.life += 1
        if self.life > self.deaths + MOST_OTHER_DEATHS:
            raise RuntimeError("the bot dies without being killed")
        plant = ["--plant", self.plan.plant] if self.plan.plant else []
        clock = str(self.database.with_name("clock"))
        with self.database.with_name("bot.log").open("a", encoding="utf-8") as log:
            self._child = subprocess.Popen(
                [sys.executable, "-m", "tests.benchmarks.soak.bot_process", clock, *plant],
                env=self.settings,
                cwd=self.database.parent,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert self._child.stdout is not None
        if self._child.stdout.readline() != "ready\n":
            raise RuntimeError("the bot did not start: " + log.name)
        return self._child


@contextmanager
def month(folder: Path, days: Sequence[date], plan: Plan) -> Iterator[Month]:
    """A new workspace, database and bot at the start of the first day; *folder* holds listings."""
    chance = random.Random(plan.seed + 1)
    papers = {paper.id: paper for day in days for paper in settled_papers(folder, day)}
    with tempfile.TemporaryDirectory() as place:
        clock = SharedClock(Path(place) / "clock")
        clock.move_to(datetime.combine(days[0], datetime.min.time(), UTC))
        with (
            Workspace(clock=clock) as workspace,
            Listings(folder, clock, frozenset(days)) as listings,
            ArxivReplay() as arxiv,
            ModelServer(ModelWords(chance, plan.fault_rate / 10, papers)) as model,
        ):
            for paper in papers.values():
                arxiv.add(paper.id, title=paper.title, abstract=paper.abstract)
            settings = {
                **environment(workspace, Path(place)),
                "SLACK_APP_TOKEN": workspace.app_token,
                "PAPERBOY_CHANNEL": "",
                "PAPERBOY_HF_URL": listings.base_url,
                "PAPERBOY_ARXIV_API_URL": arxiv.base_url,
                "PAPERBOY_ARXIV_URL": arxiv.base_url,
                "PAPERBOY_LOG_LEVEL": os.environ.get("SOAK_LOG", "warning"),
                "OPENAI_BASE_URL": model.url,
                # The model and the workspace run beside the bot; one core each is enough.
                "OPENBLAS_NUM_THREADS": "1",
                "PAPERBOY_EMBEDDING_MODEL": "" if plan.encoder else NO_EMBEDDINGS,
            }
            one = Month(
                plan, days, clock, workspace, listings, Path(place) / "paperboy.db", settings
            )
            _subscribe(one)
            try:
                yield one
            finally:
                one.stop()


def _subscribe(one: Month) -> None:
    storage = open_storage(one.database)
    for wish in WISHES:
        storage.subscriptions.save(wish, now=one.clock() - timedelta(days=1))
    storage.close()


def _key(metadata: object) -> str:
    held = metadata if isinstance(metadata, dict) else {}
    return str(held.get("event_payload", {}).get("key"))
