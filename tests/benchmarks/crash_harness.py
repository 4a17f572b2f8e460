"""A morning whose process is killed again and again: each message must stand in Slack once.

``python -m tests.benchmarks.crash_harness --runs 200`` runs a morning for 3 channels × 25 papers
against the local workspace, over real HTTP and a real database file, without pacing. The process
dies by SIGKILL before or after a Slack call, before or after a commit, or at any instruction, and
is started again until the morning is done. ``--processes 2`` lets two processes share each morning.
With ``--postgresql`` they share a database of a PostgreSQL server, which ``--restarts`` crashes and
starts again while they work.
"""

import argparse
import logging
import multiprocessing
import random
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import Any

from bot.workspace import Workspace
from bot.workspace.seed import DAILY, MINJI, RESEARCH
from storage import open_storage
from tests.benchmarks.crash_child import DUE, LISTED, Task, random_death, work
from tests.bot.delivery.fakes import subscription
from tests.postgres import SAFE, Server, server

CHANNELS = (DAILY.id, RESEARCH.id, "D" + MINJI.id[1:])
KINDS = ("call", "commit", "instruction")
# A later attempt dies with this chance, so that most mornings die several times.
DIES_AGAIN = 0.6
MOST_DEATHS = 8
PATIENCE_SECONDS = 60


@dataclass
class Result:
    """What became of one morning."""

    deaths: list[str] = field(default_factory=list)
    doubles: int = 0
    missing: int = 0
    disorder: int = 0
    errors: int = 0
    look_ups: int = 0
    restarts: int = 0
    seconds: float = 0.0

    @property
    def good(self) -> bool:
        """Whether each message stands once, in order."""
        return not (self.doubles or self.missing or self.disorder or self.errors)


@dataclass(frozen=True)
class Harness:
    """How mornings are run and killed."""

    papers: int = 25
    processes: int = 1
    kills: bool = True
    channels: tuple[str, ...] = CHANNELS
    server: Server | None = None
    restarts: bool = False

    def run(self, chance: random.Random) -> Result:
        """One morning with random deaths."""
        result = Result()
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as folder, Workspace() as workspace:
            task = Task(
                database=self.server.create() if self.server else Path(folder) / "paperboy.db",
                api_url=workspace.api_url,
                token=workspace.bot_token,
                channels=self.channels,
                papers=self.papers,
                began=time.time(),
            )
            self._subscribe(task)
            with self._restarted(chance, result):
                for _ in self._attempts(task, chance, result):
                    pass
            self._judge(workspace, task, result)
            if self.server:
                # A server that crashed looks at every file before it is there again.
                self.server.drop(str(task.database))
        result.seconds = time.monotonic() - began
        return result

    @contextmanager
    def _restarted(self, chance: random.Random, result: Result) -> Iterator[None]:
        """Crash and start the server now and then, once the database is there."""
        done = threading.Event()

        def restart() -> None:
            while self.server and not done.wait(2 + 4 * chance.random()):
                self.server.stop("immediate")
                self.server.start()
                result.restarts += 1

        thread = threading.Thread(target=restart if self.restarts else done.set)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()

    def _attempts(self, task: Task, chance: random.Random, result: Result) -> Iterator[None]:
        """Start the morning until all of its processes end by themselves."""
        while True:
            dies = self._dies(chance, result)
            kind, fatal = random_death(chance, KINDS, self._points()) if dies else ("nothing", None)
            first = replace(task, watches=kind, fatal=fatal)
            others = [task] * (self.processes - 1)
            children = [start(one) for one in (first, *others)]
            if kind == "instruction":
                time.sleep(chance.random() * self._usual_seconds())
                children[0].kill()
            exits = [_wait(child) for child in children]
            result.deaths += [
                kind if code == -signal.SIGKILL else "error" for code in exits if code != 0
            ]
            if all(code == 0 for code in exits):
                return
            result.errors += sum(code not in (0, -signal.SIGKILL) for code in exits)
            yield

    def _dies(self, chance: random.Random, result: Result) -> bool:
        if not self.kills or len(result.deaths) >= MOST_DEATHS:
            return False
        return not result.deaths or chance.random() < DIES_AGAIN

    def _points(self) -> dict[str, int]:
        """How many deadly points of each kind a whole morning has, about."""
        messages = len(self.channels) * (self.papers + 1)
        return {"call": 2 * messages, "commit": 4 * messages}

    def _usual_seconds(self) -> float:
        return 0.1 + 0.012 * len(self.channels) * self.papers

    def _subscribe(self, task: Task) -> None:
        storage = open_storage(task.database)
        for channel in self.channels:
            wish = subscription(channel, layout="cards", count=self.papers)
            storage.subscriptions.save(wish, now=DUE.replace(month=1))
        storage.close()

    def _judge(self, workspace: Workspace, task: Task, result: Result) -> None:
        result.look_ups = len(workspace.calls("conversations.history")) + len(
            workspace.calls("conversations.replies")
        )
        storage = open_storage(task.database)
        for channel in self.channels:
            base = f"daily/{channel}/{LISTED}"
            wanted = [
                f"{base}/root",
                *(f"{base}/card/2503.{number:05d}" for number in range(1, self.papers + 1)),
            ]
            shown = [(_key(message), message.ts) for message in workspace.messages(channel)]
            keys = [key for key, _ in shown]
            result.doubles += sum(many - 1 for many in Counter(keys).values())
            result.missing += len(set(wanted) - set(keys))
            in_order = list(dict.fromkeys(keys)) == [key for key in wanted if key in keys]
            recorded = [storage.deliveries.find(key) for key in wanted]
            known = all(one is not None and (one.key, one.ts) in shown for one in recorded)
            result.disorder += not (in_order and known)
        storage.close()


def start(task: Task) -> ForkServerProcess:
    """A process that works on the morning."""
    child = _context().Process(target=work, args=(task,))
    child.start()
    return child


def _context() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.benchmarks.crash_child"])
    return context


def _wait(child: ForkServerProcess) -> int | None:
    """How it ended; None of one that hung."""
    child.join(PATIENCE_SECONDS)
    code = child.exitcode
    if code is None:
        child.kill()
        child.join()
    child.close()
    return code


def _key(message: Any) -> str:
    return str((message.metadata or {}).get("event_payload", {}).get("key"))


@contextmanager
def _progress(runs: int) -> Iterator[Any]:
    began = time.monotonic()

    def tell(done: int, bad: int) -> None:
        if done % 20 == 0 or done == runs:
            seconds = time.monotonic() - began
            print(f"  {done}/{runs} mornings, {bad} bad, {seconds:.0f} s", file=sys.stderr)

    yield tell


def report(results: Sequence[Result]) -> str:
    """The distribution, in lines."""
    deaths = Counter(kind for one in results for kind in one.deaths)
    per_run = Counter(len(one.deaths) for one in results)
    seconds = sorted(one.seconds for one in results)
    lines = [
        f"mornings          {len(results)}",
        f"deaths            {sum(deaths.values())}  " + _pairs(deaths),
        "deaths a morning  " + _pairs(per_run),
        f"server crashes    {sum(one.restarts for one in results)}",
        "look-ups          " + _pairs(Counter(one.look_ups for one in results)),
        f"seconds           median {seconds[len(seconds) // 2]:.2f}, longest {seconds[-1]:.2f}",
        f"doubled messages  {sum(one.doubles for one in results)}",
        f"missing messages  {sum(one.missing for one in results)}",
        f"channels in disorder  {sum(one.disorder for one in results)}",
        f"other exits       {sum(one.errors for one in results)}",
    ]
    return "\n".join(lines)


def _pairs(counts: Counter[Any]) -> str:
    return "  ".join(f"{name}: {many}" for name, many in sorted(counts.items()))


def main() -> int:
    """Run the mornings; 1 when one of them went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--papers", type=int, default=25)
    parser.add_argument("--no-kills", action="store_true", help="only share the mornings")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--restarts", action="store_true", help="crash the server in between")
    options = parser.parse_args()
    # The workspace would tell of every request that was cut off by a death.
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)
    results: list[Result] = []
    with (
        _progress(options.runs) as tell,
        server(SAFE) if options.postgresql else nullcontext() as postgresql,
    ):
        harness = Harness(
            papers=options.papers,
            processes=options.processes,
            kills=not options.no_kills,
            server=postgresql,
            restarts=options.restarts,
        )
        number = 0
        while len(results) < options.runs:
            number += 1
            result = harness.run(random.Random(options.seed * 1_000_003 + number))
            if not result.good:
                print(f"seed {options.seed}, morning {number}: {result}", file=sys.stderr)
            if result.deaths or not harness.kills:  # a morning that nobody disturbed proves nothing
                results.append(result)
                tell(len(results), sum(not one.good for one in results))
    print(report(results))
    return 0 if all(one.good for one in results) else 1


if __name__ == "__main__":
    sys.exit(main())
