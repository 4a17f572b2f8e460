"""A hundred questions at once, beside what the model alone would take."""

import tempfile
import time
from pathlib import Path

from bot.workspace import Workspace
from bot.workspace.seed import DAILY, MINJI
from tests.benchmarks.ack_under_load import prepare, slash_seconds
from tests.benchmarks.capacity.rows import Row, quantile
from tests.benchmarks.questions_at_once import ALLOWED_ACK_MS
from tests.model_server import ModelReply, ModelServer
from tests.process import environment, running

QUESTIONS, QUICK_QUESTIONS = 100, 24
MODEL_SECONDS = 3.0
CONCURRENCY = 8
PATIENCE_SECONDS = 240
COMMANDS_A_ROUND = 20
ANSWER = "It is evaluated on mathematics only [1]."


def measure(*, quick: bool) -> list[Row]:
    """Seconds until the last was answered, and how commands are acknowledged meanwhile."""
    many = QUICK_QUESTIONS if quick else QUESTIONS
    with (
        tempfile.TemporaryDirectory() as place,
        ModelServer(lambda _: ModelReply(ANSWER, seconds=MODEL_SECONDS)) as model,
        Workspace() as workspace,
    ):
        folder = Path(place)
        settings = environment(
            workspace,
            folder,
            OPENAI_BASE_URL=model.url,
            PAPERBOY_LANGUAGE="en",
            PAPERBOY_WEEKDAYS="sun",
            PAPERBOY_CONCURRENCY=str(CONCURRENCY),
            SLACK_APP_TOKEN=workspace.app_token,
        )
        roots = prepare(workspace, settings["PAPERBOY_DATABASE"], many)
        with running(workspace, folder, settings=settings):
            began = time.monotonic()
            for root in roots:
                workspace.say(MINJI.id, DAILY.id, "What are the limitations?", root)
            acks: list[float] = []
            while not all(_answers(workspace, one) for one in roots):
                acks += slash_seconds(workspace, COMMANDS_A_ROUND)
                if time.monotonic() > began + PATIENCE_SECONDS:
                    raise TimeoutError("not all questions were answered")
            taken = time.monotonic() - began
        twice = sum(_answers(workspace, one) > 1 for one in roots)
        ideal = len(model.requests) * MODEL_SECONDS / CONCURRENCY
    what = f"{many} at once, model of {MODEL_SECONDS:g} s"
    return [
        Row(
            "questions",
            f"{what}, last answer",
            taken,
            "s",
            ideal,
            f"model alone, {CONCURRENCY} at a time",
        ),
        Row("questions", "answered twice", twice, "", 0, "wanted"),
        Row(
            "questions",
            "/papers acknowledged meanwhile, p99",
            1000 * quantile(acks, 0.99),
            "ms",
            ALLOWED_ACK_MS,
            "allowed",
        ),
    ]


def _answers(workspace: Workspace, root: str) -> int:
    return sum(bool(m.bot_id) and not m.streaming for m in workspace.messages(DAILY.id, root))
