"""What choosing brings a channel that doesn't go by votes: precision at 5 with simulated savers.

``python -m tests.benchmarks.choosing`` needs the real data. The interests are taken from the
keywords that Hugging Face's model gave papers in March 2025, which the ranking does not see here:
it has titles and abstracts only. For each interest a member saves what fits from the listings
before the 17th, most of it and now and then something else; the listings from the 17th on are
ranked. Half of the interests, and a hundred of the keywords that fit none of the others, served to
choose the weights of ``bot/digests/ranking.py`` and ``bot/search/vectors.py``; ``report`` are those
others, which nobody looked at meanwhile. Days are joined in pairs, so that about 60 papers compete,
with their votes and without, as arXiv lists them.
"""

import argparse
import json
import random
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np

from bot.digests.choose import choose
from bot.digests.content import DigestEntry
from bot.digests.ranking import NO_TASTE, Taste, taste_of
from bot.search import SearchIndex
from bot.sources.huggingface import parse_listing
from storage import Paper, PaperFilter, Sign, open_storage
from tests.benchmarks.figures import Figure
from tests.benchmarks.qasper import need, need_embedder

DATA = "listings of the second half of March 2025 for 8 interests by hidden keywords"
SPLIT = date(2025, 3, 17)
COUNT = 5
SAVED, NOISE = 0.6, 0.1
_NOW = datetime(2025, 4, 1, tzinfo=UTC)
# The topic that a channel would type, and what the hidden keywords say of such papers.
CHOOSING = {
    "video generation": r"video (?:generat|diffusion|synth)|text-to-video|image-to-video",
    "reinforcement learning": r"reinforcement learning|\bgrpo\b|\bppo\b|\brlhf\b",
    "3D": r"\b3d\b|gaussian splatting|\bnerf\b|mesh",
    "agents": r"\bagents?\b|agentic|tool use",
    "speech": r"speech|audio|voice|\btts\b|\basr\b",
    "efficient inference": r"kv cache|quantiz|speculative|inference efficien|pruning",
}
REPORT = {
    "diffusion models": r"diffusion|flow matching|denoising",
    "robotics": r"robot|embodied|manipulation|vision-language-action",
    "retrieval augmented generation": r"retrieval|\brag\b|rerank",
    "mathematical reasoning": r"math|aime|chain-of-thought|reasoning models?",
    "multimodal language models": r"multimodal large|mllm|vision-language model|vlm",
    "code": r"\bcode\b|coding|software|program",
    "medicine": r"medic|clinic|health|patholog|radiolog",
    "benchmarks": r"benchmark",
}


@dataclass(frozen=True)
class Day:
    """What one listing held: the papers as the ranking sees them, and their votes."""

    day: date
    candidates: tuple[DigestEntry, ...]


@dataclass(frozen=True)
class Month:
    """The days, and the hidden keywords by paper."""

    days: tuple[Day, ...]
    keywords: Mapping[str, str]

    def fits(self, interest: str) -> set[str]:
        """The papers whose hidden keywords say that they fit."""
        return {one for one, words in self.keywords.items() if re.search(interest, words)}


def read_month() -> tuple[Month, list[Paper]]:
    """March's listings, and all papers of the quarter, which are the archive."""
    days: list[Day] = []
    keywords: dict[str, str] = {}
    papers: dict[str, Paper] = {}
    for path in sorted(need("hf_daily").glob("next_day/2025-*.json")):
        for entry in json.loads(path.read_bytes()):
            words = entry["paper"].get("ai_keywords") or ()
            keywords[entry["paper"]["id"]] = " ; ".join(words).lower()
        bare = [
            replace(one, keywords=(), ai_summary=None)
            for one in parse_listing(path.read_bytes()).papers
        ]
        papers.update((one.id, one) for one in bare)
        day = date.fromisoformat(path.stem)
        if day.month == SPLIT.month:
            days.append(Day(day, tuple(DigestEntry(one, one.votes) for one in bare)))
    return Month(tuple(days), keywords), list(papers.values())


def savers_signs(month: Month, fitting: set[str], seed: int) -> list[Sign]:
    """What a member saved before the split: most of what fits, and something else at times."""
    chance = random.Random(seed)
    return [
        Sign("U1", one.paper.id, "saved")
        for day in month.days
        if day.day < SPLIT
        for one in day.candidates
        if chance.random() < (SAVED if one.paper.id in fitting else NOISE * len(fitting) / 500)
    ]


def lists(month: Month) -> Iterator[tuple[DigestEntry, ...]]:
    """The listings from the split on, two days together."""
    later = [day for day in month.days if day.day >= SPLIT]
    for first, second in zip(later[::2], later[1::2], strict=False):
        known = {one.paper.id: one for one in (*first.candidates, *second.candidates)}
        yield tuple(known.values())


Ranking = Callable[[tuple[DigestEntry, ...]], Sequence[str]]


def precision(month: Month, fitting: set[str], ranking: Ranking) -> list[float]:
    """Of each list that has something for the interest: how many of the first five fit, of as
    many as there could be."""
    found = []
    for one in lists(month):
        there = sum(each.paper.id in fitting for each in one)
        if there:
            first = ranking(one)[:COUNT]
            found.append(sum(each in fitting for each in first) / min(COUNT, there))
    return found


def figures() -> Iterator[Figure]:
    """Precision at 5 without votes, for the interests that nothing was chosen on."""
    found = {
        name: float(np.mean([*map(np.mean, rows)])) for name, rows in precisions(REPORT).items()
    }
    bare = {"votes alone": found["votes alone"], "topic": found["BM25 over the topic"]}
    yield Figure("P@5 by topic", found["topic, without votes"], bare["topic"])
    yield Figure("P@5 by saves", found["saves, without votes"], bare["votes alone"])
    yield Figure("P@5 by topic and saves", found["topic and saves, without"], bare["topic"])


def main() -> None:
    """Print the table, for the interests that served to choose or for the others."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("interests", choices=("choose", "report"), nargs="?", default="report")
    interests = CHOOSING if parser.parse_args().interests == "choose" else REPORT
    rows = precisions(interests)
    print(
        f"\n{'precision at 5':32}{'mean':>6}   " + "  ".join(f"{one[:9]:>9}" for one in interests)
    )
    for name, found in rows.items():
        means = [float(np.mean(one)) if one else 0.0 for one in found]
        shown = "  ".join(f"{one:>9.2f}" for one in means)
        print(f"{name:32}{np.mean(means):>6.2f}   {shown}")


def precisions(interests: Mapping[str, str]) -> dict[str, list[list[float]]]:
    """By ranking, the precision of each list for each interest."""
    month, papers = read_month()
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(open_storage(Path(folder) / "benchmark.db")) as storage,
    ):
        storage.papers.save(papers, now=_NOW)
        index = SearchIndex(storage, need_embedder())
        index.index([one.id for one in papers])

        def by_bm25(topic: str) -> Ranking:
            found = storage.words.match_papers(
                " OR ".join(re.findall(r"\w+", topic)), PaperFilter(), limit=10_000
            )
            place = {one: number for number, one in enumerate(found)}

            def rank(listed: tuple[DigestEntry, ...]) -> list[str]:
                ids = [one.paper.id for one in listed]
                return sorted(ids, key=lambda one: place.get(one, len(place)))

            return rank

        def by_choice(topics: Sequence[str], taste: Taste, *, votes: bool) -> Ranking:
            def rank(listed: tuple[DigestEntry, ...]) -> list[str]:
                shown = listed if votes else [replace(one, votes=0) for one in listed]
                choice = choose(shown, count=COUNT, topics=topics, taste=taste, meaning=index)
                return [one.paper.id for one in choice.chosen]

            return rank

        rows: dict[str, list[list[float]]] = {}
        for topic, interest in interests.items():
            fitting = month.fits(interest)
            signs = savers_signs(month, fitting, seed=len(topic))
            by_id = {one.id: one for one in papers}
            taste = taste_of(signs, by_id, is_own=True)
            few = taste_of(signs[:3], by_id, is_own=True)
            rankings = {
                "votes alone": by_choice((), NO_TASTE, votes=True),
                "BM25 over the topic": by_bm25(topic),
                "topic, with votes": by_choice((topic,), NO_TASTE, votes=True),
                "topic, without votes": by_choice((topic,), NO_TASTE, votes=False),
                "3 saves, without votes": by_choice((), few, votes=False),
                "saves, with votes": by_choice((), taste, votes=True),
                "saves, without votes": by_choice((), taste, votes=False),
                "topic and saves, with votes": by_choice((topic,), taste, votes=True),
                "topic and saves, without": by_choice((topic,), taste, votes=False),
            }
            for name, ranking in rankings.items():
                rows.setdefault(name, []).append(precision(month, fitting, ranking))
            print(f"{topic}: {len(fitting)} papers fit, {len(signs)} saved")
        return rows


if __name__ == "__main__":
    main()
