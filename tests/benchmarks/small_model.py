"""What the checks catch of a real, weak model: five real papers in both languages.

Run with ``python -m tests.benchmarks.small_model URL [--state FOLDER]``, where URL is the base URL
(with ``/v1``) of a small OpenAI-compatible server on this machine. A run that was ended goes on
where it was: what is done stands in the folder. It prints the texts of papers and of the model, so
its output is for reading, not for keeping. It measures the guards, not the model.
"""

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.errors import ModelError, ModelUnavailableError
from bot.fulltext.injection import InjectionFilter
from bot.fulltext.parsing import parse
from bot.fulltext.passages import cut
from bot.model import Model
from bot.search import load_embedder
from bot.settings import Settings
from bot.summaries.checks import Draft, texts_of
from bot.summaries.drafting import Drafter
from bot.summaries.source_texts import gather
from bot.verification import Verifier
from storage import Fulltext, Paper, Storage, open_storage
from tests.shared_data import shared_folder

# The papers whose PDF is at hand, with the day of their listing.
PAPERS = {
    "2503.14476": ("2025-03-19", "2503.14476_DAPO.pdf"),
    "2502.13189": ("2025-02-24", "2502.13189_MoBA.pdf"),
    "2501.10120": ("2025-01-20", "2501.10120_PaSa.pdf"),
    "2501.12948": ("2025-01-23", "2501.12948_DeepSeek-R1.pdf"),
    "2501.12599": ("2025-01-23", "2501.12599_Kimi-k1.5.pdf"),
}
NOW = datetime(2025, 3, 20, tzinfo=UTC)
SHOWN_OF_A_SENTENCE = 160


class Hurried:
    """A model that is asked nothing more of a paper after so many seconds."""

    def __init__(self, model: Model, seconds: float) -> None:
        self._model = model
        self._seconds = seconds
        self.name = model.name
        self.started = time.perf_counter()

    def context_tokens(self) -> int | None:
        """As the model's."""
        return self._model.context_tokens()

    def complete(self, *given: Any, **named: Any) -> Any:
        """As the model's, while there is time."""
        if time.perf_counter() - self.started > self._seconds:
            raise ModelUnavailableError("the paper's time is up", outcome="timeout")
        return self._model.complete(*given, **named)


def stored_papers(storage: Storage, folder: Path) -> Iterator[Paper]:
    """The five papers, stored with their abstracts and the passages of their PDFs."""
    for paper_id, (day, pdf) in PAPERS.items():
        found = [folder / "hf_daily" / when / f"{day}.json" for when in ("same_day", "next_day")]
        listed = [entry["paper"] for path in found for entry in json.loads(path.read_bytes())]
        known = next(one for one in listed if one["id"] == paper_id)
        title, abstract = (" ".join(known[name].split()) for name in ("title", "summary"))
        paper = Paper(paper_id, title, abstract)
        if storage.fulltexts.get(paper_id) is None:
            storage.papers.save([paper], now=NOW)
            data = (folder / "arxiv_fulltext" / "pdf" / pdf).read_bytes()
            document = parse(data, "pdf", f"https://arxiv.org/pdf/{paper_id}")
            storage.fulltexts.save(Fulltext(paper_id, 1, "pdf"), cut(document.blocks), now=NOW)
        yield paper


def noted(draft: Draft) -> list[dict[str, str]]:
    """What the checks found in a draft."""
    return [
        {"kind": one.kind, "place": one.place, "told": one.told, "sentence": one.sentence}
        for one in draft.problems
    ]


def summarised(model: Hurried, storage: Storage, paper: Paper, language: str) -> dict[str, Any]:
    """Have one summary made: its drafts' problems, and the texts kept or why there are none."""
    drafts: list[list[dict[str, str]]] = []
    injections = InjectionFilter(load_embedder())
    drafter = Drafter(
        model,  # type: ignore[arg-type]
        injections,
        Verifier(None),
        on_draft=lambda draft: drafts.append(noted(draft)),
    )
    model.started = time.perf_counter()
    texts: dict[str, str] = {}
    why = ""
    try:
        summary, abstract = drafter.draft(gather(storage, paper, language, injections))
        texts = {**dict(texts_of(summary)), **({"abstract": abstract} if abstract else {})}
        outcome = "kept, pruned" if drafts[-1] else "kept"
        why = ", ".join(summary.warnings)
    except ModelError as error:
        outcome, why = "extractive", str(error)
    return {
        "paper": paper.id,
        "title": paper.title,
        "language": language,
        "outcome": outcome,
        "why": why,
        "seconds": round(time.perf_counter() - model.started),
        "drafts": drafts,
        "texts": texts,
    }


def show(done: dict[str, Any]) -> None:
    """One summary as it came to be."""
    print(f"\n{done['paper']} {done['title']} [{done['language']}]")
    print(f"  {done['outcome']} after {done['seconds']} s {done['why']}")
    for number, problems in enumerate(done["drafts"], start=1):
        print(f"  draft {number}: {len(problems) or 'nothing'} wrong")
        for one in problems:
            print(f"    {one['kind']:9} {one['place']}: {one['told']}")
            if one["sentence"]:
                print(f"              «{one['sentence'][:SHOWN_OF_A_SENTENCE]}»")
    for place, text in done["texts"].items():
        print(f"  {place}: {text}")


def show_totals(all_done: list[dict[str, Any]]) -> None:
    """What the checks found in all, by kind, and what became of the papers."""
    for language in sorted({done["language"] for done in all_done}):
        own = [done for done in all_done if done["language"] == language]
        found = Counter(one["kind"] for done in own for draft in done["drafts"] for one in draft)
        drafts = sum(len(done["drafts"]) for done in own)
        outcomes = dict(Counter(done["outcome"] for done in own))
        print(f"\n{language}: {outcomes}; {drafts} drafts; found: {dict(found.most_common())}")


def parsed_arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.small_model")
    parser.add_argument("url", help="base URL of the server, with /v1")
    parser.add_argument("--state", type=Path, default=Path("/tmp/paperboy-small-model"))
    parser.add_argument("--papers", type=int, default=len(PAPERS))
    parser.add_argument("--languages", default="ko,en")
    parser.add_argument("--context", type=int, default=6144, help="tokens that a call may use")
    parser.add_argument("--minutes", type=float, default=8.0, help="after which it is enough")
    parser.add_argument("--timeout", type=float, default=1800.0, help="seconds a call")
    return parser.parse_args()


def main() -> None:
    """Summarise what isn't done yet, and print what happened to all."""
    arguments = parsed_arguments()
    folder = shared_folder()
    if folder is None:
        raise SystemExit("needs the real data beside the checkout")
    arguments.state.mkdir(parents=True, exist_ok=True)
    record = arguments.state / "done.jsonl"
    lines = record.read_text(encoding="utf-8").splitlines() if record.exists() else []
    all_done = [json.loads(line) for line in lines]
    for done in all_done:
        show(done)
    storage = open_storage(arguments.state / "paperboy.db")
    settings = Settings(
        openai_base_url=arguments.url,
        model="small",
        concurrency=1,
        context_tokens=arguments.context,
        model_timeout=arguments.timeout,
    )
    model = Model.from_settings(settings, storage, lambda: NOW)
    assert model is not None
    papers = list(stored_papers(storage, folder))[: arguments.papers]
    # A language at a time: the server keeps the rules, which are the same for all papers.
    for language in arguments.languages.split(","):
        for paper in papers:
            if any((done["paper"], done["language"]) == (paper.id, language) for done in all_done):
                continue
            done = summarised(Hurried(model, arguments.minutes * 60), storage, paper, language)
            with record.open("a", encoding="utf-8") as file:
                file.write(json.dumps(done, ensure_ascii=False) + "\n")
            show(done)
            all_done.append(done)
    model.close()
    storage.close()
    show_totals(all_done)


if __name__ == "__main__":
    main()
