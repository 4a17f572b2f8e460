"""A hundred questions at once: each has to be answered once, and commands must not wait for them.

    python -m tests.benchmarks.questions_at_once [--questions 100] [--model-seconds 3] [--kills 2]
        [--postgresql --processes 3]

Runs the real ``paperboy run`` as a process against the local workspace and a model stub that
streams each answer over so many seconds. First everything goes well, in Socket Mode and over
HTTP, while ``/papers status`` is sent again and again; the same commands before any question are
the baseline. Then the process is killed with ``kill -9`` while answers are being written, and
started again on the same database. Fails when a question was lost or answered twice, or when
the 99th percentile of the acknowledgements is 300 ms or more. With ``--postgresql`` several
processes share a server's database, one after the other is killed, and the server crashes and is
started again in between.
"""

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bot.workspace import Workspace
from bot.workspace.seed import DAILY, MINJI
from storage import DatabaseUnusableError, Storage, open_storage
from tests.benchmarks.ack_under_load import prepare, quantiles, slash_seconds
from tests.model_server import ModelReply, ModelServer
from tests.postgres import SAFE, Server, server
from tests.process import environment, free_port, running

ANSWER = " ".join(
    f"{start} is evaluated on mathematics only [1]."
    for start in ("The system", "The method", "The training", "The released data", "The model")
)
QUESTION = "What are the limitations?"
PATIENCE_SECONDS = 300
COMMANDS_A_ROUND = 20
ALLOWED_ACK_MS = 300.0


@dataclass(frozen=True)
class Stage:
    """A workspace with a thread for each question, and the settings of a bot in it."""

    workspace: Workspace
    folder: Path
    settings: dict[str, str]
    roots: list[str]
    server: Server | None = None

    def ask_all(self) -> None:
        """Ask in every thread, one right after the other."""
        for root in self.roots:
            self.workspace.say(MINJI.id, DAILY.id, QUESTION, root)

    def answers(self) -> Counter[int]:
        """How many threads got how many answers."""
        return Counter(
            sum(
                bool(one.bot_id) and not one.streaming
                for one in self.workspace.messages(DAILY.id, root)
            )
            for root in self.roots
        )

    def streams(self) -> int:
        """How many answers were begun as a stream."""
        return len(self.workspace.calls("chat.startStream"))


Stages = Callable[[str], AbstractContextManager[Stage]]


def main() -> None:
    """Print each run; exit with 1 when one of them fails."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--questions", type=int, default=100)
    parser.add_argument("--model-seconds", type=float, default=3.0)
    parser.add_argument("--kills", type=int, default=2)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--only-kills", action="store_true", help="leave out what goes well")
    asked = parser.parse_args()
    print(f"{asked.questions} questions at once, answers streamed over {asked.model_seconds:g} s")
    with server(SAFE) if asked.postgresql else nullcontext() as postgresql:
        stages = partial(staged, postgresql, asked.questions, asked.model_seconds)
        modes = () if asked.only_kills else ("socket", "http")
        good = [all_well(mode, stages) for mode in modes]
        good.append(killed(stages, asked.model_seconds, asked.kills, asked.processes))
    raise SystemExit(not all(good))


def all_well(mode: str, stages: Stages) -> bool:
    """Nothing dies; commands are sent until the last question is answered."""
    with stages(mode) as stage, watching(stage) as storage:
        questions = len(stage.roots)
        began = time.monotonic()
        with running(stage.workspace, stage.folder, settings=stage.settings):
            idle = quantiles(slash_seconds(stage.workspace, 5 * COMMANDS_A_ROUND))
            began = time.monotonic()
            stage.ask_all()
            taken: list[float] = []
            while not _is_done(storage, questions) and _patient(began):
                taken += slash_seconds(stage.workspace, COMMANDS_A_ROUND)
            busy = quantiles(sorted(taken))
        good = report(mode, stage, time.monotonic() - began)
        for name, (p50, p99, slowest), count in (
            ("idle", idle, 5 * COMMANDS_A_ROUND),
            ("meanwhile", busy, len(taken)),
        ):
            print(f"  acks {name}: p50 {p50:.0f}, p99 {p99:.0f}, max {slowest:.0f} ms of {count}")
        return good and busy[1] < ALLOWED_ACK_MS


def killed(stages: Stages, model_seconds: float, kills: int, processes: int) -> bool:
    """One process after the other is killed while it answers, and started again until all is
    done; a server crashes as often."""
    with stages("socket") as stage, watching(stage) as storage, ExitStack() as alive:
        start = partial(running, stage.workspace, stage.folder, settings=stage.settings)
        began = time.monotonic()
        working = [alive.enter_context(start()) for _ in range(processes)]
        stage.ask_all()
        for _ in range(kills):
            time.sleep(model_seconds * 1.5)
            dead = working.pop(0)
            dead.kill()
            dead.wait()
            if stage.server is not None:
                stage.server.stop("immediate")
                stage.server.start()
            working.append(alive.enter_context(start()))
        while not _is_done(storage, len(stage.roots)) and _patient(began):
            time.sleep(0.5)
        return report(f"{kills} × kill -9 of {processes}", stage, time.monotonic() - began)


@contextmanager
def staged(
    postgresql: Server | None, questions: int, model_seconds: float, mode: str
) -> Iterator[Stage]:
    """Everything but the running bot."""
    said = ModelReply(ANSWER, writing_seconds=model_seconds)
    with (
        tempfile.TemporaryDirectory() as name,
        ModelServer(lambda _: said) as model,
        Workspace(mode="socket" if mode == "socket" else "http") as workspace,
    ):
        more = {"OPENAI_BASE_URL": model.url, "PAPERBOY_LANGUAGE": "en", "PAPERBOY_WEEKDAYS": "sun"}
        if mode == "socket":
            more["SLACK_APP_TOKEN"] = workspace.app_token
        else:
            more["PORT"] = str(free_port())
        if postgresql is not None:
            more["PAPERBOY_DATABASE"] = postgresql.create()
        settings = environment(workspace, Path(name), **more)
        roots = prepare(workspace, settings["PAPERBOY_DATABASE"], questions)
        yield Stage(workspace, Path(name), settings, roots, postgresql)


@contextmanager
def watching(stage: Stage) -> Iterator[Storage]:
    """The bot's database, to see from outside what is done."""
    storage = open_storage(stage.settings["PAPERBOY_DATABASE"])
    try:
        yield storage
    finally:
        storage.close()


def report(name: str, stage: Stage, seconds: float) -> bool:
    """Print what became of the questions; True when each was answered once."""
    counts, questions = stage.answers(), len(stage.roots)
    more = sum(many for answers, many in counts.items() if answers > 1)
    print(
        f"{name}: answered once {counts[1]}, lost {counts[0]}, more than once {more}; "
        f"streams begun {stage.streams()}; {seconds:.0f} s"
    )
    return counts[1] == questions


def _is_done(storage: Storage, questions: int) -> bool:
    try:  # not by their ids: a crashed server leaves some of these out
        return storage.figures.questions_by_state() == {"answered": questions}
    except DatabaseUnusableError:
        return False


def _patient(began: float) -> bool:
    return time.monotonic() < began + PATIENCE_SECONDS


if __name__ == "__main__":
    main()
