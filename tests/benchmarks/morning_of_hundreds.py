"""A morning of 300 candidates of which 15 are chosen: ``python -m
tests.benchmarks.morning_of_hundreds``.

The candidates are real titles and abstracts of listings, without votes, as two of arXiv's
categories list them; the channel has topics and members who saved papers. The model is a stub that
answers each call in a second: it writes the same of every paper, and finds each sentence
supported. What the morning costs is bounded by what is chosen: two calls for each of the 15
papers, one to write and one to verify, however many candidates there are.
"""

import json
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bot.delivery import Morning, Outbox, Pace
from bot.digests import choose_daily
from bot.digests.wish import Wish
from bot.model import Model
from bot.search import SearchIndex
from bot.settings import Settings
from bot.sources.collector import DayReport
from bot.sources.huggingface import parse_listing
from bot.summaries import Summarizer
from bot.verification import Verifier
from storage import ListingEntry, Paper, Storage, open_storage
from tests.benchmarks.figures import Figure
from tests.benchmarks.qasper import need, need_embedder
from tests.benchmarks.summary_throughput import serving
from tests.bot.delivery.fakes import subscription
from tests.fakes import FakeClock, FakeSlack
from tests.model_server import ModelReply

DATA = "300 candidates without votes of which 15 are chosen"
SOURCE = "arxiv:cs.CL+cross"
DAY = date(2025, 3, 17)
CANDIDATES, CHOSEN = (50, 150, 300), 15
SUMMARY = json.dumps(
    {
        "tldr": "The authors describe a method for the task and try it against earlier ones.",
        "highlights": [
            {"slot": "new", "text": "The method needs no further labels.", "evidence": [0]},
            {
                "slot": "technical",
                "text": "It splits the task into small steps.",
                "evidence": [0],
            },
        ],
        "sections": [],
        "introduction": ["Earlier methods are slow.", "The authors ask how to make them fast."],
        "abstract": "",
        "organizations": [],
        "keywords": [],
    }
)


def reply(request: dict[str, Any]) -> ModelReply:
    """Writes or verifies a summary in a second; a token is four characters."""
    asked = str(request["messages"][-1]["content"])
    written = json.dumps(_verdicts(asked)) if "\nSentences:\n" in asked else SUMMARY
    read = sum(len(str(one["content"])) for one in request["messages"])
    usage = (read // 4, 0, len(written) // 4)
    return ModelReply(written, seconds=0.5, writing_seconds=0.5, usage=usage)


def _verdicts(asked: str) -> dict[str, Any]:
    count = len(asked.partition("\nSentences:\n")[2].strip().splitlines())
    found = {"verdict": "supported", "wrong": ""}
    return {"verdicts": [{"sentence": number, **found} for number in range(1, count + 1)]}


@dataclass
class Announced:
    """Lists the papers, as a source that was read."""

    storage: Storage
    index: SearchIndex
    papers: list[Paper]

    def collect_day(self, source: str, day: date) -> DayReport:
        """Store the day's papers and index them, as the collector does."""
        now = datetime(2025, 3, 17, 6, tzinfo=UTC)
        listed = self.papers if day == DAY else []
        self.storage.papers.save(listed, now=now)
        entries = [ListingEntry(one.id, rank, 0) for rank, one in enumerate(listed, 1)]
        self.storage.listings.save(source, day, entries, settled=True, now=now)
        self.index.index([one.id for one in listed])
        return DayReport(source, day, total=len(listed))


def papers_of(month: str) -> list[Paper]:
    """A month's listed papers, without what only Hugging Face says."""
    found: dict[str, Paper] = {}
    for path in sorted(need("hf_daily").glob(f"next_day/{month}-*.json")):
        for one in parse_listing(path.read_bytes()).papers:
            found[one.id] = replace(one, votes=0, keywords=(), ai_summary=None)
    return list(found.values())


@dataclass(frozen=True)
class Cost:
    """What a morning costs; ``left_out`` counts the candidates that are not shown."""

    seconds_to_choose: float
    seconds: float
    calls: int
    tokens: int
    left_out: int


def figures() -> Iterator[Figure]:
    """What the largest morning asks of the model, beside a call to write and one to verify."""
    with serving(reply) as server:
        cost = measure(CANDIDATES[-1], server.recv())
    yield Figure("model calls", cost.calls, 2 * CHOSEN, less_is_better=True)
    yield Figure("tokens", cost.tokens, less_is_better=True)


def measure(candidates: int, url: str) -> Cost:
    """One morning."""
    clock = FakeClock(datetime(2025, 3, 18, 0, 0, tzinfo=UTC))
    with tempfile.TemporaryDirectory() as folder:
        storage = open_storage(Path(folder) / "paperboy.db")
        earlier = papers_of("2025-01")
        storage.papers.save(earlier, now=clock())
        index = SearchIndex(storage, need_embedder())
        index.index([one.id for one in earlier])
        for number, one in enumerate(earlier[:40]):
            user = f"U{number % 5}"
            storage.library.signal("C1", user=user, paper_id=one.id, kind="saved", now=clock())
        settings = Settings(openai_base_url=url, model="stub")
        model = Model.from_settings(settings, storage, clock)
        assert model is not None
        verifier = Verifier.from_settings(settings, storage, clock, model)
        outbox = Outbox(storage, FakeSlack(clock), clock, pace=Pace(), sleep=clock.sleep)
        collector = Announced(storage, index, papers_of("2025-02")[:candidates])
        summarizer = Summarizer(storage, model, None, clock, verifier=verifier)
        wish = subscription(
            sources=(SOURCE,),
            count=CHOSEN,
            language="en",
            topics=("agents", "reinforcement learning", "강화 학습"),
            negative_topics=("medicine",),
        )
        storage.subscriptions.save(wish, now=clock())
        collector.collect_day(SOURCE, DAY)
        morning = Morning(storage, collector, summarizer, None, outbox, clock, meaning=index)
        begun = time.perf_counter()
        listings = storage.listings.on(DAY)
        choice = choose_daily(storage, listings, Wish.of(wish), meaning=index)
        chosen = time.perf_counter() - begun
        begun = time.perf_counter()
        report = morning.run(wish)
        whole = time.perf_counter() - begun
        (digest,) = [storage.digests.latest("C1")]
        assert digest is not None
        assert digest.entries == CHOSEN
        calls = storage.counts()["model_calls"]
        used = storage.figures.model_use()
        tokens = sum(one.input_tokens + one.output_tokens for one in used)
        left = digest.left_out + len(digest.paper_ids) - digest.entries
        model.close()
        storage.close()
        assert report.problem is None
        assert len(choice.chosen) == CHOSEN
        return Cost(chosen, whole, calls, tokens, left)


def main() -> None:
    """Print what mornings of different sizes cost."""
    print("| candidates | seconds to choose | whole morning | model calls | tokens | left out |")
    print("|---|---|---|---|---|---|")
    with serving(reply) as server:
        url = server.recv()
        for candidates in CANDIDATES:
            cost = measure(candidates, url)
            seconds = f"{cost.seconds_to_choose:.2f} | {cost.seconds:.2f}"
            used = f"{cost.calls} | {cost.tokens} | {cost.left_out}"
            print(f"| {candidates} | {seconds} | {used} |", flush=True)


if __name__ == "__main__":
    main()
