"""What summaries cost, and what was shown of what they say.

``python -m tests.benchmarks.summary_tokens``

Eight papers are summarised in both languages by a stand-in server, which answers with sentences
chosen from the paper and finds all of them supported. Printed are the calls and tokens of both
languages together, by purpose, and the share of the second language's request that begins like the
first one's, which a provider reads from its cache.

Of the sentences of honest summaries in the shared folder, it is counted how many have all their
numbers and names in the passages that were shown. The selection was made on the papers of
``CHOSEN_ON``.
"""

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean
from typing import Any

from bot.fulltext.injection import InjectionFilter
from bot.model import Model
from bot.settings import Settings
from bot.summaries import SourceTexts, make_extractive
from bot.summaries.context_window import choose_passages, token_budget
from bot.summaries.drafting import Drafter, prompt_for
from bot.text.quantities import Evidence
from bot.verification import Verifier
from storage import Paper, open_storage
from tests.benchmarks.figures import Figure
from tests.benchmarks.grounding import CHOSEN_ON, PAPERS, Library, cases
from tests.benchmarks.qasper import need
from tests.model_server import ModelReply, ModelServer

DATA = "8 papers in both languages; honest sentences about those not chosen on"


@dataclass(frozen=True)
class Cost:
    """What a paper costs in both languages together, in tokens, and the share of the second
    language's request that begins like the first one's."""

    summarising: float
    verifying: float
    prefix: float


def figures() -> Iterator[Figure]:
    """What summaries cost, and how much of what they say was shown."""
    folder = need("")
    library = Library(folder)
    tokens_a_paper = round(cost_of(library).summarising)
    yield Figure("tokens a paper to summarise", tokens_a_paper, less_is_better=True)
    found, total = coverage(library, folder)["reported"]
    yield Figure("honest sentences that rest on what was shown, share", found / total)


def tokens(text: str) -> int:
    """About as many as common tokenizers make: four Latin letters, or one of another script."""
    latin = sum(char.isascii() for char in text)
    return latin // 4 + len(text) - latin


def asked(request: dict[str, Any]) -> str:
    """All that one request makes the model read, in the order in which it is read."""
    schema = json.dumps(request.get("response_format"), ensure_ascii=False)
    return schema + "\n".join(one["content"] for one in request["messages"])


class Standin:
    """Answers as a model that copies would: its summary is chosen from the paper."""

    def __init__(self) -> None:
        self.source: SourceTexts | None = None

    def __call__(self, request: dict[str, Any]) -> ModelReply:
        rules, text = (one["content"] for one in request["messages"])
        if not rules.startswith("You summarise"):
            count = len(text.rpartition("Sentences:\n")[2].splitlines())
            supported = [
                {"sentence": number, "verdict": "supported", "wrong": ""}
                for number in range(1, count + 1)
            ]
            return ModelReply(json.dumps({"verdicts": supported}))
        assert self.source is not None
        shown = choose_passages(self.source, tokens=token_budget(None).shown)
        numbers = {ordinal: number for number, ordinal in shown.ordinals.items()}
        summary = make_extractive(self.source)

        def part(one: Any) -> dict[str, Any]:
            evidence = [numbers[ordinal] for ordinal in one.passages if ordinal in numbers]
            return {"slot": one.slot, "text": one.text, "evidence": evidence or [0]}

        return ModelReply(
            json.dumps(
                {
                    "tldr": summary.tldr[:300],
                    "highlights": [part(one) for one in summary.highlights],
                    "sections": [part(one) for one in summary.sections],
                    "introduction": list(summary.introduction),
                    "abstract": "",
                    "organizations": [],
                    "keywords": [],
                }
            )
        )


def cost_of(library: Library) -> Cost:
    """What the papers cost on average, as the requests say."""
    summarising: list[int] = []
    verifying: list[int] = []
    shares: list[float] = []
    standin = Standin()
    with ModelServer(standin) as server, tempfile.TemporaryDirectory() as scratch:
        storage = open_storage(Path(scratch) / "calls.db")

        def clock() -> datetime:
            return datetime.now(UTC)

        model = Model.from_settings(
            Settings(openai_base_url=server.url, model="stub"), storage, clock
        )
        assert model is not None
        drafter = Drafter(model, InjectionFilter(), Verifier(model))
        for paper_id, shown in library.shown.items():
            paper = Paper(paper_id, shown.title, shown.abstract)
            standin.source = SourceTexts(paper, "en", shown.abstract, "en", shown.chosen)
            before = len(server.requests)
            drafter.draft(standin.source)
            first, *others = (asked(one) for one in server.requests[before:])
            # The stand-in writes no Korean: what it would be asked is the same but for the end.
            text = choose_passages(standin.source, tokens=token_budget(None).shown).text
            korean = first.replace(
                prompt_for(paper.title, "", text, "en").user,
                prompt_for(paper.title, "", text, "ko").user,
            )
            assert korean != first
            summarising.append(tokens(first) + tokens(korean))
            verifying.append(2 * sum(map(tokens, others)))
            common = next(
                at for at, (a, b) in enumerate(zip(first, korean, strict=False)) if a != b
            )
            shares.append(tokens(first[:common]) / tokens(korean))
        storage.close()
    return Cost(mean(summarising), mean(verifying), mean(shares))


def coverage(library: Library, folder: Path) -> dict[str, tuple[int, int]]:
    """How many honest sentences of each half of the papers have their numbers and names among what
    was shown, and of how many."""
    evidence = {}
    for paper_id, whole in library.shown.items():
        paper = Paper(paper_id, whole.title, whole.abstract)
        source = SourceTexts(paper, "en", whole.abstract, "en", whole.chosen)
        shown = choose_passages(source, tokens=token_budget(None).shown)
        evidence[paper_id] = (Evidence(shown.evidence), Evidence(whole.evidence))
    counts = {}
    for half in ("chosen on", "reported"):
        found = total = 0
        for one in cases(folder, library):
            if one.group != "real" or (one.paper in CHOSEN_ON) != (half == "chosen on"):
                continue
            shown_evidence, whole_evidence = evidence[one.paper]
            if whole_evidence.missing(one.sentence):
                continue
            total += 1
            found += not shown_evidence.missing(one.sentence)
        counts[half] = (found, total)
    return counts


def main() -> None:
    """Print calls, tokens and shares."""
    folder = need("")
    library = Library(folder)
    cost = cost_of(library)
    print(f"{len(PAPERS)} papers")
    print(f"tokens of both languages: {cost.summarising:.0f} to summarise in 2 calls,")
    print(f"  {cost.verifying:.0f} to verify in 2 calls or more")
    print(f"stable prefix of the second language: {cost.prefix:.0%}")
    for half, (found, total) in coverage(library, folder).items():
        print(f"{half:10} {found} of {total} honest sentences rest on what was shown")


if __name__ == "__main__":
    main()
