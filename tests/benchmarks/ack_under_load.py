"""How fast ``/papers`` is acknowledged while 50 questions wait on a model that takes 5 s.

    python -m tests.benchmarks.ack_under_load [--questions 50] [--model-seconds 5] [--commands 100]

Runs the real ``paperboy run`` as a process, in Socket Mode and in HTTP mode, against the local
workspace; the same commands without any question are the baseline of the same run.
"""

import argparse
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from bot.sample import load_sample
from bot.workspace import Workspace
from bot.workspace.seed import DAILY, MINJI
from storage import Thread, open_storage
from tests.model_server import ModelReply, ModelServer
from tests.process import environment, free_port, running

PAPER = "2503.14476"


def main() -> None:
    """Measure both modes and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=50)
    parser.add_argument("--model-seconds", type=float, default=5.0)
    parser.add_argument("--commands", type=int, default=100)
    asked = parser.parse_args()
    print(f"{asked.questions} questions waiting on a model of {asked.model_seconds:g} s")
    print(f"{'mode':8} {'load':10} {'p50 ms':>8} {'p99 ms':>8} {'max ms':>8} {'answered':>9}")
    for mode in ("socket", "http"):
        measure(mode, asked.questions, asked.model_seconds, asked.commands)


def measure(mode: str, questions: int, model_seconds: float, commands: int) -> None:
    """One mode: the idle baseline, then the same under load."""
    with (
        tempfile.TemporaryDirectory() as name,
        ModelServer(
            lambda _: ModelReply("It is evaluated on mathematics only [1].", seconds=model_seconds)
        ) as model,
        Workspace(mode="socket" if mode == "socket" else "http") as workspace,
    ):
        folder = Path(name)
        more = {"OPENAI_BASE_URL": model.url, "PAPERBOY_LANGUAGE": "en", "PAPERBOY_WEEKDAYS": "sun"}
        if mode == "socket":
            more["SLACK_APP_TOKEN"] = workspace.app_token
        else:
            more["PORT"] = str(free_port())
        settings = environment(workspace, folder, **more)
        roots = prepare(workspace, settings["PAPERBOY_DATABASE"], questions)
        with running(workspace, folder, settings=settings):
            report(mode, "idle", slash_seconds(workspace, commands), 0)
            for root in roots:
                workspace.say(MINJI.id, DAILY.id, "What are the limitations?", root)
            acks = slash_seconds(workspace, commands)
            report(mode, "questions", acks, _answered(workspace, roots))


def slash_seconds(workspace: Workspace, commands: int) -> list[float]:
    """Seconds until each of so many commands was acknowledged, 20 a second."""
    taken = []
    for _ in range(commands):
        ack = workspace.slash(MINJI.id, DAILY.id, "/papers", "status")
        taken.append(ack.seconds if ack.seconds is not None else float("inf"))
        time.sleep(0.05)
    return sorted(taken)


def report(mode: str, load: str, seconds: list[float], answered: int) -> None:
    """One row of the table."""
    figures = (f"{one:8.1f}" for one in quantiles(seconds))
    print(f"{mode:8} {load:10} {' '.join(figures)} {answered or '-':>9}")


def quantiles(seconds: list[float]) -> tuple[float, float, float]:
    """Median, 99th percentile and maximum of sorted seconds, in milliseconds."""
    p50, p99 = (seconds[min(len(seconds) - 1, int(len(seconds) * q))] for q in (0.5, 0.99))
    return 1000 * p50, 1000 * p99, 1000 * seconds[-1]


def prepare(workspace: Workspace, database: str, questions: int) -> list[str]:
    """Threads about a paper, one for each question."""
    storage = open_storage(database)
    now = datetime.now(UTC)
    load_sample(storage, now)
    roots = []
    for number in range(questions):
        root = workspace.say(MINJI.id, DAILY.id, f"Thread {number}")
        storage.threads.save(Thread(DAILY.id, root.ts, "paper", paper_id=PAPER), now=now)
        roots.append(root.ts)
    storage.close()
    return roots


def _answered(workspace: Workspace, roots: list[str]) -> int:
    def all_there() -> bool:
        return all(_answers(workspace, root) for root in roots)

    workspace.wait_for(all_there, 120)
    return sum(_answers(workspace, root) for root in roots)


def _answers(workspace: Workspace, root: str) -> int:
    return sum(bool(m.bot_id) and not m.streaming for m in workspace.messages(DAILY.id, root))


if __name__ == "__main__":
    main()
