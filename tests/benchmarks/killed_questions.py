"""A hundred questions at once, and ``kill -9`` in the middle: each has to be answered once.

    python -m tests.benchmarks.killed_questions [--questions 100] [--model-seconds 3] [--kills 2]

Runs the real ``paperboy run`` as a process against the local workspace and a model stub. The
process is killed while answers are being made and started again on the same database.
"""

import argparse
import tempfile
import time
from collections import Counter
from pathlib import Path

from bot.workspace import Workspace
from bot.workspace.seed import DAILY, MINJI
from storage import open_storage
from tests.benchmarks.ack_under_load import prepare
from tests.model_server import ModelServer, Said
from tests.process import environment, running

ANSWER = " ".join(
    f"{start} is evaluated on mathematics only [1]."
    for start in ("The system", "The method", "The training", "The released data", "The model")
)
PATIENCE_SECONDS = 240


def main() -> None:
    """Kill, restart, count, and fail when a question was lost or answered twice."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=100)
    parser.add_argument("--model-seconds", type=float, default=3.0)
    parser.add_argument("--kills", type=int, default=2)
    asked = parser.parse_args()
    counts, taken = run(asked.questions, asked.model_seconds, asked.kills)
    print(f"{asked.questions} questions, {asked.kills} kills, {taken:.0f} s")
    print(f"answered once {counts[1]}, lost {counts[0]}, more than once {_more(counts)}")
    raise SystemExit(counts[1] != asked.questions)


def run(questions: int, model_seconds: float, kills: int) -> tuple[Counter[int], float]:
    """How many threads got how many answers, and how long all of it took."""
    with (
        tempfile.TemporaryDirectory() as name,
        ModelServer(lambda _: Said(ANSWER, seconds=model_seconds)) as model,
        Workspace() as workspace,
    ):
        folder = Path(name)
        settings = environment(
            workspace,
            folder,
            OPENAI_BASE_URL=model.url,
            PAPERBOY_LANGUAGE="en",
            PAPERBOY_WEEKDAYS="sun",
            SLACK_APP_TOKEN=workspace.app_token,
        )
        roots = prepare(workspace, folder, questions)
        began = time.monotonic()
        for life in range(kills + 1):
            with running(workspace, folder, settings=settings) as process:
                if life == 0:
                    for root in roots:
                        workspace.say(MINJI.id, DAILY.id, "What are the limitations?", root)
                if life < kills:
                    time.sleep(model_seconds * 1.5)
                    process.kill()
                    process.wait()
                else:
                    _wait(folder, questions)
        taken = time.monotonic() - began
        return Counter(_answers(workspace, root) for root in roots), taken


def _wait(folder: Path, questions: int) -> None:
    """Until every question is closed, or patience ends."""
    storage = open_storage(folder / "paperboy.db")
    end = time.monotonic() + PATIENCE_SECONDS
    try:
        while time.monotonic() < end:
            known = [storage.questions.get(one) for one in range(1, questions + 1)]
            if all(one is not None and one.answered_at for one in known):
                return
            time.sleep(0.5)
    finally:
        storage.close()


def _answers(workspace: Workspace, root: str) -> int:
    return sum(bool(m.bot_id) and not m.streaming for m in workspace.messages(DAILY.id, root))


def _more(counts: Counter[int]) -> int:
    return sum(many for answers, many in counts.items() if answers > 1)


if __name__ == "__main__":
    main()
