"""Planted errors caught and true sentences lost: ``python -m tests.benchmarks.grounding``.

Sentences about eight papers, written as a strong model writes, some of them false, stand in
``cases.jsonl`` of the shared folder. Each is given the passages of its paper that are nearest to it
and those that hold its numbers, as a summary's parts are, and is judged by the rules that need no
model. With a model server in the environment (``OPENAI_BASE_URL``, ``PAPERBOY_VERIFIER_MODEL``), or
with its verdicts in a file, the verifier judges them as well; the sentences of a paper and language
go together, in an order that tells nothing.

Rules and prompt were chosen on the papers of ``CHOSEN_ON``; the others are what is reported.
"""

import argparse
import json
import os
import random
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from bot.fulltext.parsing import parse
from bot.fulltext.passages import cut
from bot.model import Model
from bot.search.matching import coverage, query_terms
from bot.settings import Settings
from bot.summaries.context_window import ShownPassages, choose_passages
from bot.summaries.grounding import ground
from bot.summaries.source_texts import SourceTexts
from bot.text.words import content_words
from bot.verification import Finding, Statement, Verdict, Verifier
from bot.verification.rules import objection
from storage import Paper, Section, Summary, open_storage
from tests.benchmarks.figures import Figure
from tests.benchmarks.qasper import need, need_embedder

DATA = "planted errors about the papers that rules were not chosen on, judged by rules alone"
PAPERS = {
    "2503.14476": ("DAPO: An Open-Source LLM Reinforcement Learning System", "2503.14476_DAPO.pdf"),
    "2501.12948": ("DeepSeek-R1: Incentivizing Reasoning Capability", "2501.12948_DeepSeek-R1.pdf"),
    "2501.10120": ("PaSa: An LLM Agent for Comprehensive Academic", "2501.10120_PaSa.pdf"),
    "2501.12599": ("Kimi k1.5: Scaling Reinforcement Learning", "2501.12599_Kimi-k1.5.pdf"),
    "2502.13189": ("MoBA: Mixture of Block Attention", "2502.13189_MoBA.pdf"),
    "2205.14135": ("FlashAttention: Fast and Memory-Efficient", "2205.14135.pdf"),
    "1706.03762": ("Attention Is All You Need", "1706.03762.html"),
    "2310.06825": ("Mistral 7B", "2310.06825.html"),
}
CHOSEN_ON = ("2503.14476", "2310.06825", "2502.13189")
# What it means for a sentence of each group to be rejected.
GROUPS = {"real": "lost", "true": "lost", "false": "caught"}
NEAREST = 4
SEED = 15
_FOLDERS = {".pdf": "pdf", ".html": "latexml_html"}


@dataclass(frozen=True)
class Case:
    """One sentence. ``group`` is ``real`` (from a whole honest text), ``true`` or ``false``."""

    paper: str
    language: str
    sentence: str
    group: str
    form: str


class Library:
    """The papers' passages, and which of them are nearest to a sentence."""

    def __init__(self, folder: Path) -> None:
        self._embedder = need_embedder()
        self.shown: dict[str, ShownPassages] = {}
        self._vectors: dict[str, np.ndarray] = {}
        self._words: dict[str, list[set[str]]] = {}
        for paper_id, (title, name) in PAPERS.items():
            path = folder / "arxiv_fulltext" / _FOLDERS[Path(name).suffix] / name
            document = parse(path.read_bytes(), path.suffix[1:], "https://arxiv.org")
            passages = cut(document.blocks)
            abstract = next(one.text for one in passages if one.section.lower() == "abstract")
            source = SourceTexts(
                Paper(paper_id, title, abstract), "en", abstract, "en", (*passages,)
            )
            shown = choose_passages(source, tokens=10**7)
            self.shown[paper_id] = shown
            texts = list(shown.passages.values())
            self._vectors[paper_id] = self._embedder.embed(texts)
            self._words[paper_id] = [set(content_words(text)) for text in texts]

    def cited(self, paper_id: str, sentence: str) -> tuple[str, ...]:
        """The passages that a part with this sentence would rest on."""
        shown = self.shown[paper_id]
        scores = self._scores(paper_id, sentence)
        ordinals = [one.ordinal for one in shown.chosen]
        nearest = tuple(ordinals[at] for at in np.argsort(-scores)[:NEAREST])
        summary = Summary(paper_id, "en", "", sections=(Section("method", sentence, nearest),))
        return shown.cited(ground(summary, shown), "sections.method")

    def statement(self, case: Case) -> Statement:
        """What a verifier is asked about a case."""
        cited = self.cited(case.paper, case.sentence)
        return Statement(case.sentence, cited, self.shown[case.paper].nearby(case.sentence, cited))

    def fit(self, paper_id: str, sentence: str) -> float:
        """How well the paper's nearest passage fits a sentence."""
        return float(np.max(self._scores(paper_id, sentence)))

    def _scores(self, paper_id: str, sentence: str) -> np.ndarray:
        wanted = query_terms(sentence)
        (vector,) = self._embedder.embed([sentence])
        words = [coverage(wanted, words) for words in self._words[paper_id]]
        return np.asarray(self._vectors[paper_id] @ vector + np.array(words))


def cases(folder: Path, library: Library) -> Iterator[Case]:
    """All cases; those of an honest answer that names no paper are of the paper that fits best."""
    rows = [
        json.loads(line)
        for line in (folder / "grounding" / "cases.jsonl").read_text("utf-8").splitlines()
    ]
    together: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        together[row["paper"]].append(_bare(row["sentence"]))
    papers = {name: _paper_of(name, texts, library) for name, texts in together.items()}
    for row in rows:
        real = "real" if row["kind"].endswith("-real") else "true"
        yield Case(
            papers[row["paper"]],
            row["language"],
            _bare(row["sentence"]),
            real if row["true"] else "false",
            row["form"],
        )


def _paper_of(name: str, texts: Sequence[str], library: Library) -> str:
    for paper_id, (title, _) in PAPERS.items():
        if name == paper_id or title.startswith(name) or name.startswith(title[: len(name)]):
            return paper_id
    return max(PAPERS, key=lambda one: sum(library.fit(one, text) for text in texts))


def _bare(sentence: str) -> str:
    """Without the marks of its citations, which are of passages that nobody has kept."""
    head, mark, tail = sentence.rpartition(" [")
    return f"{head}{tail.partition(']')[2]}" if mark and tail[:1].isdigit() else sentence


def by_rules(given: Sequence[Case], library: Library) -> dict[Case, Finding]:
    """What the rules find, by case."""
    found = {}
    for one in given:
        passages = library.cited(one.paper, one.sentence)
        against = objection(one.sentence, passages, known=library.shown[one.paper].evidence)
        found[one] = Finding(Verdict.NOT_TOLD, against) if against else Finding()
    return found


def by_verifier(given: Sequence[Case], library: Library, verifier: Verifier) -> dict[Case, Finding]:
    """What the verifier finds; all calls are under way at the same time."""
    batches: dict[tuple[str, str], list[Case]] = defaultdict(list)
    for one in random.Random(SEED).sample(list(given), len(given)):
        batches[one.paper, one.language].append(one)

    def judged(batch: list[Case]) -> Iterator[tuple[Case, Finding]]:
        statements = [library.statement(one) for one in batch]
        verification = verifier.verify(statements)
        if not verification.by:
            raise SystemExit("the verifier could not be asked")
        return zip(batch, verification.findings, strict=True)

    with ThreadPoolExecutor(len(batches)) as pool:
        return {
            case: found for pairs in pool.map(judged, batches.values()) for case, found in pairs
        }


def figures() -> Iterator[Figure]:
    """What the rules catch and lose."""
    folder = need("")
    library = Library(folder)
    reported = [one for one in cases(folder, library) if one.paper not in CHOSEN_ON]
    for group, (rejected, count) in rejections(by_rules(reported, library)).items():
        name = f"{group} sentences {GROUPS[group]}, share"
        yield Figure(name, rejected / count, less_is_better=group != "false")


def rejections(found: Mapping[Case, Finding]) -> dict[str, tuple[int, int]]:
    """By group, how many sentences are rejected, and of how many."""
    members = {group: [one for one in found if one.group == group] for group in GROUPS}
    return {
        group: (sum(not found[one].is_supported for one in own), len(own))
        for group, own in members.items()
    }


def show(title: str, found: Mapping[Case, Finding], *, lists: bool) -> None:
    """Shares of each group for both halves of the papers."""
    for half, own in (
        ("chosen on", [one for one in found if one.paper in CHOSEN_ON]),
        ("reported", [one for one in found if one.paper not in CHOSEN_ON]),
    ):
        parts = []
        for group, (rejected, count) in rejections({one: found[one] for one in own}).items():
            share = rejected / max(1, count)
            parts.append(f"{group} {GROUPS[group]} {rejected:3d} of {count:3d} ({share:.1%})")
        print(f"{title:9} {half:10} {'   '.join(parts)}")
        if lists and half == "chosen on":
            for one in own:
                if found[one].is_supported == (one.group == "false"):
                    print(f"   {one.group:5} {one.form}: {one.sentence} <{found[one].reason}>")


def main() -> None:
    """Print the shares."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--verdicts", type=Path, help="file that keeps the verifier's verdicts")
    parser.add_argument("--half", choices=("chosen-on", "reported"), help="of the papers")
    parser.add_argument("--lists", action="store_true", help="what went wrong of the chosen half")
    arguments = parser.parse_args()
    folder = need("")
    library = Library(folder)
    given = [
        one
        for one in cases(folder, library)
        if arguments.half is None or (one.paper in CHOSEN_ON) == (arguments.half == "chosen-on")
    ]
    show("rules", by_rules(given, library), lists=arguments.lists)
    verdicts = arguments.verdicts
    if verdicts is not None and verdicts.exists():
        kept = json.loads(verdicts.read_text("utf-8"))
        named = {f"{one.paper} {one.language} {one.sentence}": one for one in given}
        found = {named[key]: Finding(Verdict(said), why) for key, said, why in kept if key in named}
        show("verifier", found, lists=arguments.lists)
        return
    settings = replace(Settings.from_env(os.environ), database="")
    if not settings.has_model:
        return
    with tempfile.TemporaryDirectory() as scratch:
        storage = open_storage(Path(scratch) / "calls.db")

        def clock() -> datetime:
            return datetime.now(UTC)

        model = Model.from_settings(replace(settings, concurrency=64), storage, clock)
        verifier = Verifier.from_settings(settings, storage, clock, model)
        found = by_verifier(given, library, verifier)
        if verdicts is not None:
            rows = [
                [f"{one.paper} {one.language} {one.sentence}", str(of.verdict), of.reason]
                for one, of in found.items()
            ]
            verdicts.write_text(json.dumps(rows, ensure_ascii=False, indent=1), "utf-8")
        show("verifier", found, lists=arguments.lists)
        storage.close()


if __name__ == "__main__":
    main()
