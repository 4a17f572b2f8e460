"""Summaries by a real, weak model: ``python -m tests.benchmarks.small_model URL``.

URL is the base URL (with ``/v1``) of any OpenAI-compatible server; the README tells how to start
one offline. Five real papers from the data beside the checkout are summarised in both languages;
what the checks found in each draft is printed, then the summaries that were kept. It shows what
the checks are worth; with such a model it never measures quality.
"""

import argparse
import json
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bot.errors import ModelError
from bot.fulltext.parsing import parse
from bot.fulltext.passages import cut
from bot.model import Model
from bot.settings import Settings
from bot.summaries.drafting import Draft, Drafter
from bot.summaries.material import gather
from bot.summaries.texts import texts_of
from storage import Fulltext, Paper, Storage, Summary, open_storage
from tests.shared_data import shared_folder

DAY = "2025-03-19"
# Of these the PDF is at hand.
FULLTEXTS = {"2503.14476": "2503.14476_DAPO.pdf"}
PAPERS = ("2503.14476", "2503.14456", "2503.14378", "2503.12797", "2503.12329")


def papers(folder: Path) -> Iterator[Paper]:
    """The five papers with their abstracts."""
    listing = json.loads((folder / "hf_daily" / "same_day" / f"{DAY}.json").read_bytes())
    known = {entry["paper"]["id"]: entry["paper"] for entry in listing}
    for paper_id in PAPERS:
        given = known[paper_id]
        title = " ".join(given["title"].split())
        yield Paper(paper_id, title, " ".join(given["summary"].split()))


def save_fulltext(storage: Storage, folder: Path, paper_id: str, now: datetime) -> None:
    """Store the paper's passages if its PDF is there."""
    path = folder / "arxiv_fulltext" / "pdf" / FULLTEXTS.get(paper_id, "none")
    if path.exists():
        document = parse(path.read_bytes(), "pdf", f"https://arxiv.org/pdf/{paper_id}")
        fulltext = Fulltext(paper_id, 1, "pdf")
        storage.fulltexts.save(fulltext, cut(document.blocks), now=now)


def show_draft(draft: Draft) -> None:
    """What the checks found."""
    for problem in draft.all_problems:
        print(f"    {problem.kind:9} {problem.place}: {problem.told}")
        if problem.sentence:
            print(f"              «{problem.sentence[:160]}»")
    if not draft.all_problems:
        print("    nothing wrong")


def show_summary(summary: Summary) -> None:
    """The texts that were kept."""
    for place, text in texts_of(summary):
        print(f"    {place}: {text}")
    if summary.warnings:
        print(f"    warnings: {', '.join(summary.warnings)}")


class Watch:
    """Counts and prints what the checks find, and what becomes of each paper."""

    def __init__(self) -> None:
        self.found: Counter[str] = Counter()
        self.outcomes: Counter[str] = Counter()

    def draft(self, draft: Draft) -> None:
        """One draft was checked."""
        self.found.update(problem.kind for problem in draft.all_problems)
        print("  draft:")
        show_draft(draft)

    def summarise(self, drafter: Drafter, storage: Storage, paper: Paper, language: str) -> None:
        """Have one summary made, and print it or why there is none."""
        print(f"\n{paper.id} {paper.title} [{language}]")
        started = time.perf_counter()
        try:
            summary, abstract = drafter.draft(gather(storage, paper, language))
        except ModelError as error:
            self.outcomes["extractive"] += 1
            print(f"  extractive instead: {error}")
            return
        self.outcomes["kept, pruned" if summary.warnings else "kept"] += 1
        print(f"  kept after {time.perf_counter() - started:.0f} s:")
        show_summary(summary)
        print(f"    abstract: {abstract}")


def parsed_arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.small_model")
    parser.add_argument("url", help="base URL of the server, with /v1")
    parser.add_argument("--papers", type=int, default=len(PAPERS))
    parser.add_argument("--languages", default="ko,en")
    parser.add_argument("--timeout", type=float, default=600.0, help="seconds a call")
    parser.add_argument("--tokens", type=int, default=3000, help="shown of each paper")
    parser.add_argument("--written", type=int, default=1500, help="tokens of an answer")
    return parser.parse_args()


def main() -> None:
    """Summarise, and print what happened."""
    arguments = parsed_arguments()
    folder = shared_folder()
    if folder is None:
        raise SystemExit("needs the real data beside the checkout")
    now = datetime(2025, 3, 20, tzinfo=UTC)
    watch = Watch()
    with tempfile.TemporaryDirectory() as temporary:
        storage = open_storage(Path(temporary) / "paperboy.db")
        settings = Settings(openai_base_url=arguments.url, model="small", concurrency=1)
        model = Model.from_settings(settings, storage, lambda: now, timeout=arguments.timeout)
        assert model is not None
        drafter = Drafter(
            model, tokens=arguments.tokens, written=arguments.written, on_draft=watch.draft
        )
        for paper in list(papers(folder))[: arguments.papers]:
            storage.papers.save([paper], now=now)
            save_fulltext(storage, folder, paper.id, now)
            for language in arguments.languages.split(","):
                watch.summarise(drafter, storage, paper, language)
        model.close()
        storage.close()
    print(f"\nfound by the checks: {dict(watch.found)}\noutcomes: {dict(watch.outcomes)}")


if __name__ == "__main__":
    main()
