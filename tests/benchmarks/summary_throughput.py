"""How long 50 summaries take: ``python -m tests.benchmarks.summary_throughput``.

A stub server, a process of its own, answers each call in one second, writing during the second half
of it as models do; eight calls may run at a time, so that the ideal is ceil(50 / 8) = 7 seconds.
Then the same with every tenth paper failing.
"""

import json
import math
import multiprocessing
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from bot.model import Model
from bot.settings import Settings
from bot.summaries import Summarizer
from storage import Paper, open_storage
from storage.summaries import EXTRACTIVE
from tests.model_server import ModelReply, ModelServer

PAPERS = 50
CONCURRENCY = 8
SECONDS = 1.0
ALLOWED = 1.15
ABSTRACT = "Rankers are slow. We propose a router that picks a small ranker for each query."
ANSWER = json.dumps(
    {
        "tldr": "질의마다 작은 순위 모델을 골라 쓰는 라우터입니다.",
        "highlights": [{"slot": "new", "text": "작은 모델을 고르는 방법입니다.", "evidence": [0]}],
        "sections": [],
        "introduction": ["순위 모델은 느립니다."],
        "abstract": "순위 모델은 느립니다. 질의마다 작은 모델을 고르는 라우터를 제안합니다.",
        "organizations": [],
        "keywords": ["router"],
    },
    ensure_ascii=False,
)


def good(_: dict[str, Any]) -> ModelReply:
    """Every call succeeds."""
    return ModelReply(ANSWER, seconds=SECONDS / 2, writing_seconds=SECONDS / 2)


def one_in_ten_fails(request: dict[str, Any]) -> ModelReply:
    """Papers whose number ends in 0 are refused."""
    title = request["messages"][1]["content"].split("\n", 1)[0]
    if title.endswith("0"):
        return ModelReply(status=400, error="no", seconds=SECONDS)
    return good(request)


@contextmanager
def serving(reply: Callable[[dict[str, Any]], ModelReply]) -> Iterator[Connection]:
    """A server in another process, which says its address and, when asked, the most calls at a
    time."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(reply, theirs))
    process.start()
    try:
        yield ours
    finally:
        process.terminate()
        process.join()


def _serve(reply: Callable[[dict[str, Any]], ModelReply], other: Connection) -> None:
    with ModelServer(reply) as server:
        other.send(server.url)
        other.recv()
        other.send(server.most_at_once)
        other.recv()


def measure(reply: Callable[[dict[str, Any]], ModelReply]) -> tuple[float, int, int, int]:
    """Seconds, papers summarised by the model, extractive ones, most calls at a time."""
    with tempfile.TemporaryDirectory() as folder, serving(reply) as server:
        storage = open_storage(Path(folder) / "paperboy.db")
        now = datetime(2025, 3, 20, tzinfo=UTC)
        papers = [Paper(f"2503.{n:05d}", f"Paper {n}", ABSTRACT) for n in range(PAPERS)]
        storage.papers.save(papers, now=now)
        url = server.recv()
        settings = Settings(openai_base_url=url, model="stub", concurrency=CONCURRENCY)
        model = Model.from_settings(settings, storage, lambda: now)
        summarizer = Summarizer(storage, model, None, lambda: now, concurrency=CONCURRENCY)
        started = time.perf_counter()
        made = summarizer.ensure(papers, "ko")
        seconds = time.perf_counter() - started
        extractive = sum(one.maker == EXTRACTIVE for one in made.values())
        if model:
            model.close()
        storage.close()
        server.send("how many?")
        return seconds, len(made) - extractive, extractive, server.recv()


def main() -> None:
    """Print both runs as a table."""
    ideal = math.ceil(PAPERS / CONCURRENCY) * SECONDS
    print(
        f"{PAPERS} papers, {SECONDS:.0f} s a call, concurrency {CONCURRENCY}: ideal {ideal:.0f} s"
    )
    print("| run | seconds | ratio to ideal | by model | extractive | at a time |")
    print("|---|---|---|---|---|---|")
    for name, reply in (("all well", good), ("one in ten fails", one_in_ten_fails)):
        seconds, by_model, extractive, at_once = measure(reply)
        ratio = seconds / ideal
        row = f"| {name} | {seconds:.2f} | {ratio:.3f} | {by_model} | {extractive} | {at_once} |"
        print(row)
    print(f"allowed ratio for the first run: {ALLOWED}")


if __name__ == "__main__":
    main()
