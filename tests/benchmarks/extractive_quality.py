"""How close chosen TL;DRs come to written ones: ``python -m tests.benchmarks.extractive_quality``.

ROUGE-1, -2 and -L (F-measure, no stemming; Hangul is counted by syllables) against the TL;DRs of
``tests/data/gold_tldr.jsonl``, next to the first sentence of the abstract (lead-1) and to the best
sentence that could have been chosen (oracle). English abstracts come from the listings beside the
checkout; Korean ones stand in the gold file itself.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.summaries import SourceTexts, make_extractive
from bot.text.sentences import sentences
from storage import Paper
from tests.benchmarks.figures import Figure
from tests.shared_data import shared_folder

DATA = "hand-written TL;DRs of 24 English and 8 Korean abstracts"
GOLD = Path(__file__).resolve().parents[1] / "data" / "gold_tldr.jsonl"
_TOKEN = re.compile(r"[a-z0-9]+|[가-힣]")


@dataclass(frozen=True)
class Case:
    """One paper's abstract in one language, and the TL;DR that a person wrote."""

    paper: Paper
    language: str
    abstract: str
    gold: str


@dataclass(frozen=True)
class Rouge:
    """F-measures in percent."""

    one: float
    two: float
    longest: float


def rouge(candidate: str, reference: str) -> Rouge:
    """ROUGE-1, -2 and -L of one text against one reference."""
    a, b = _TOKEN.findall(candidate.lower()), _TOKEN.findall(reference.lower())
    return Rouge(_overlap(a, b, 1), _overlap(a, b, 2), _f(_longest_common(a, b), len(a), len(b)))


def cases() -> Iterator[Case]:
    """All cases for which there is a text."""
    folder = shared_folder()
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        paper = _paper(folder, row["day"], row["paper"]) if folder else None
        if paper is not None:
            yield Case(paper, "en", paper.abstract, row["en"])
        if "ko_abstract" in row:
            title = paper.title if paper else ""
            yield Case(Paper(row["paper"], title), "ko", row["ko_abstract"], row["ko"])


def chosen(case: Case) -> str:
    """What the extractive maker offers."""
    source = SourceTexts(case.paper, case.language, case.abstract, case.language)
    return make_extractive(source).tldr


def lead(case: Case) -> str:
    """The first sentence."""
    return sentences(case.abstract)[0]


def oracle(case: Case) -> str:
    """The sentence that fits the gold text best."""
    return max(sentences(case.abstract), key=lambda one: rouge(one, case.gold).one)


WAYS: dict[str, Callable[[Case], str]] = {
    "lead-1": lead,
    "extractive": chosen,
    "oracle": oracle,
}


def figures() -> Iterator[Figure]:
    """How close chosen TL;DRs come, beside first sentences."""
    everything = list(cases())
    for language in ("en", "ko"):
        if some := [one for one in everything if one.language == language]:
            ours, first = (closeness(some, way) for way in (chosen, lead))
            yield Figure(f"ROUGE-L of TL;DRs, {language}", ours.longest, first.longest)


def closeness(some: Sequence[Case], way: Callable[[Case], str]) -> Rouge:
    """How close one way of choosing comes on average."""
    return _mean([rouge(way(one), one.gold) for one in some])


def main() -> None:
    """Print a row for each language and way of choosing."""
    everything = list(cases())
    print("| language | papers | way | ROUGE-1 | ROUGE-2 | ROUGE-L |")
    print("|---|---|---|---|---|---|")
    for language in ("en", "ko"):
        some = [one for one in everything if one.language == language]
        for name, way in WAYS.items():
            if some:
                mean = closeness(some, way)
                shown = f"{mean.one:.1f} | {mean.two:.1f} | {mean.longest:.1f}"
                print(f"| {language} | {len(some)} | {name} | {shown} |")
    if "--show" in sys.argv:
        for one in everything:
            print(f"\n{one.paper.title}\n  {chosen(one)}\n  best: {oracle(one)}")


def _paper(folder: Path, day: str, paper_id: str) -> Paper | None:
    path = folder / "hf_daily" / "same_day" / f"{day}.json"
    for entry in json.loads(path.read_text(encoding="utf-8")) if path.exists() else []:
        given = entry["paper"]
        if given["id"] == paper_id:
            return Paper(paper_id, " ".join(given["title"].split()), given["summary"])
    return None


def _overlap(a: Sequence[str], b: Sequence[str], size: int) -> float:
    def grams(tokens: Sequence[str]) -> Counter[tuple[str, ...]]:
        return Counter(tuple(tokens[i : i + size]) for i in range(len(tokens) - size + 1))

    first, second = grams(a), grams(b)
    return _f(sum((first & second).values()), sum(first.values()), sum(second.values()))


def _longest_common(a: Sequence[str], b: Sequence[str]) -> int:
    row = [0] * (len(b) + 1)
    for x in a:
        before = 0
        for j, y in enumerate(b, start=1):
            before, row[j] = row[j], before + 1 if x == y else max(row[j], row[j - 1])
    return row[-1]


def _f(common: int, first: int, second: int) -> float:
    return 200.0 * common / (first + second) if common else 0.0


def _mean(scores: Sequence[Rouge]) -> Rouge:
    count = len(scores)
    return Rouge(
        sum(one.one for one in scores) / count,
        sum(one.two for one in scores) / count,
        sum(one.longest for one in scores) / count,
    )


if __name__ == "__main__":
    main()
