"""A large archive, made from the real listings by variation, for measurements at scale.

``python -m tests.large_archive FILE --papers 100000`` writes one to keep; :func:`fill` fills an
open database. The same number of papers always gives the same archive.

Each paper is a variation of a real one: a part of its sentences, further sentences of papers on
the same subject, other figures, a name of its own, mixed authors. Half of the papers have a Korean
summary, the newest ones a full text. Days are weekdays of forty papers, counted back from the last
day of the real listings, so that a hundred thousand papers span nearly ten years.
"""

import argparse
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np

from bot.languages.ko.particles import with_particle
from bot.search import Embedder, SearchIndex, load_embedder
from bot.search.embedder import to_bytes, unit
from bot.search.ingest import embedded_text, text_hash
from bot.sources.huggingface import parse_listing
from bot.text.terms import known_terms, translations
from bot.text.words import content_words, in_pairs
from storage import (
    Fulltext,
    ListingEntry,
    Paper,
    Passage,
    Storage,
    StoredVector,
    Summary,
    open_storage,
)
from tests.shared_data import shared_folder

LAST_DAY = date(2025, 3, 31)
PAPERS_A_DAY = 40
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?=\s?%)")
_SYLLABLES = ("ka", "lo", "mi", "re", "su", "ta", "vo", "qui", "dra", "zen", "flo", "tri", "gan")
_PASSAGES = 25


@dataclass(frozen=True)
class Made:
    """One paper of the archive with the day it was listed and its Korean summary (or none)."""

    paper: Paper
    day: date
    korean: str = ""


class Maker:
    """Makes varied papers of *originals*, the same ones each time."""

    def __init__(self, originals: Sequence[Paper]) -> None:
        self._originals = originals
        self._alike = _by_title_word(originals)
        self._korean = [term for term in known_terms() if in_pairs(term)]
        self._english = {k: set(content_words(" ".join(translations(k)))) for k in self._korean}

    def papers(self, count: int) -> Iterator[Made]:
        """*count* papers, the oldest day first."""
        days = _weekdays_back(-(-count // PAPERS_A_DAY))
        for number in range(count):
            yield self.paper(number, days[number // PAPERS_A_DAY])

    def paper(self, number: int, day: date) -> Made:
        """The paper with this number, listed on *day*."""
        dice = random.Random(number)
        base = dice.choice(self._originals)
        siblings = [dice.choice(self._like(base, dice)) for _ in range(2)]
        name = _coined(dice)
        sentences = _mixed(base, siblings, dice)
        abstract = _NUMBER.sub(lambda _: f"{dice.uniform(1, 99):.1f}", " ".join(sentences))
        authors = [dice.choice(one.authors or ("Anonymous",)) for one in [base, *siblings]]
        authors += dice.sample(self._originals, 1)[0].authors[:3]
        paper = replace(
            base,
            id=f"{day:%y%m}.{10_000 + number % 90_000:05}",
            title=f"{name}: {_without_name(dice.choice([base, *siblings]).title)}",
            abstract=abstract.replace(_name(base.title) or name, name),
            authors=tuple(dict.fromkeys(authors)),
            published=datetime(day.year, day.month, day.day, 3, tzinfo=UTC) - timedelta(days=1),
            votes=max(0, int(base.votes * dice.uniform(0.3, 1.7))),
            code_url=f"https://github.com/example/{name.lower()}" if number % 3 == 0 else None,
        )
        return Made(paper, day, self._told(paper, name, dice) if number % 2 else "")

    def _like(self, base: Paper, dice: random.Random) -> Sequence[Paper]:
        words = [word for word in content_words(base.title) if len(self._alike[word]) > 1]
        return self._alike[dice.choice(words)] if words else self._originals

    def _told(self, paper: Paper, name: str, dice: random.Random) -> str:
        held = set(content_words(paper.abstract))
        fitting = [term for term in self._korean if held & self._english[term]]
        a, b, c, d, e, f = (dice.choice(fitting or self._korean) for _ in range(6))
        return (
            f"{with_particle(name, '은')} {with_particle(a, '과')} {with_particle(b, '을')} 함께 "
            f"다루는 방법을 제안합니다.\n{c}에서 생기는 {d} 문제를 줄이고, "
            f"{with_particle(e, '을')} {dice.uniform(1, 40):.1f}% 높였습니다.\n"
            f"다만 {f}에 드는 비용은 여전히 큽니다."
        )


def real_papers() -> list[Paper]:
    """The papers of all real listings, by id; ends the program where there are none."""
    folder = shared_folder()
    if folder is None:
        raise SystemExit("this needs the real listings, which are not part of the checkout")
    found: dict[str, Paper] = {}
    for path in sorted(folder.glob("hf_daily/*_day/*.json")):
        found |= {paper.id: paper for paper in parse_listing(path.read_bytes()).papers}
    return [paper for _, paper in sorted(found.items()) if paper.abstract]


def fill(
    storage: Storage,
    count: int,
    *,
    indexed: bool = True,
    embedder: Embedder | None = None,
    fulltexts: int = 0,
) -> list[Made]:
    """Store *count* varied papers with their listings and Korean summaries.

    *indexed* puts their words into the search index. With an *embedder* each gets a vector, mixed
    from those of real titles, since making 100,000 of whole abstracts takes hours.
    The newest *fulltexts* papers get passages.
    """
    originals = real_papers()
    made = list(Maker(originals).papers(count))
    for at in range(0, count, PAPERS_A_DAY):
        _store_day(storage, made[at : at + PAPERS_A_DAY])
    for one in made[-fulltexts:] if fulltexts else ():
        _store_fulltext(storage, one, originals)
    if embedder is not None:
        _store_vectors(storage, embedder, originals, [one.paper for one in made])
    if indexed:
        SearchIndex(storage, None).index([one.paper.id for one in made])
    return made


def _store_day(storage: Storage, made: Sequence[Made]) -> None:
    moment = datetime(made[0].day.year, made[0].day.month, made[0].day.day, 8, tzinfo=UTC)
    ranked = sorted((one.paper for one in made), key=lambda paper: -paper.votes)
    with storage.transaction():
        storage.papers.save(ranked, now=moment)
        entries = [ListingEntry(p.id, rank, p.votes) for rank, p in enumerate(ranked, start=1)]
        storage.listings.save("huggingface", made[0].day, entries, settled=True, now=moment)
        for one in made:
            if one.korean:
                tldr, *more = one.korean.splitlines()
                told = Summary(one.paper.id, "ko", tldr, introduction=tuple(more))
                storage.summaries.save(told, now=moment)


def _store_fulltext(storage: Storage, made: Made, originals: Sequence[Paper]) -> None:
    dice = random.Random(made.paper.id)
    texts = [made.paper.abstract, *(dice.choice(originals).abstract for _ in range(_PASSAGES - 1))]
    passages = [Passage(at, text, section=f"{at} Part") for at, text in enumerate(texts)]
    moment = datetime.now(UTC)
    storage.fulltexts.save(Fulltext(made.paper.id, 1, "html"), passages, now=moment)


def _store_vectors(
    storage: Storage, embedder: Embedder, originals: Sequence[Paper], papers: Sequence[Paper]
) -> None:
    real = embedder.embed([paper.title for paper in originals])
    dice = np.random.default_rng(0)
    for at in range(0, len(papers), 1_000):
        batch = papers[at : at + 1_000]
        shares = np.array([[1.0], [0.6], [0.3]], dtype=np.float32)
        mixed = (real[dice.integers(len(real), size=(len(batch), 3))] * shares).sum(axis=1)
        vectors = unit(mixed + dice.normal(0, 0.01, mixed.shape).astype(np.float32))
        storage.search.save_paper_vectors(
            [
                StoredVector(
                    paper.id,
                    embedder.name,
                    len(vector),
                    to_bytes(vector),
                    text_hash(embedded_text(paper)),
                )
                for paper, vector in zip(batch, vectors, strict=True)
            ]
        )


def _by_title_word(papers: Sequence[Paper]) -> Mapping[str, Sequence[Paper]]:
    found: dict[str, list[Paper]] = defaultdict(list)
    for paper in papers:
        for word in set(content_words(paper.title)):
            found[word].append(paper)
    return found


def _weekdays_back(count: int) -> list[date]:
    days: list[date] = []
    day = LAST_DAY
    while len(days) < count:
        if day.weekday() < 5:
            days.append(day)
        day -= timedelta(days=1)
    return days[::-1]


def _mixed(base: Paper, siblings: Sequence[Paper], dice: random.Random) -> list[str]:
    own = _SENTENCE.split(base.abstract)
    borrowed = [dice.choice(_SENTENCE.split(one.abstract)) for one in siblings]
    kept = [sentence for sentence in own if dice.random() < 0.7] or own[:1]
    kept[len(kept) // 2 : len(kept) // 2] = borrowed
    return kept


def _name(title: str) -> str:
    head, colon, _ = title.partition(":")
    return head if colon and " " not in head else ""


def _without_name(title: str) -> str:
    return title.partition(":")[2].strip() if _name(title) else title


def _coined(dice: random.Random) -> str:
    return "".join(dice.choice(_SYLLABLES) for _ in range(dice.randint(2, 4))).capitalize()


def main() -> None:
    """Write an archive to a new file and tell what is in it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--papers", type=int, default=100_000)
    parser.add_argument("--fulltexts", type=int, default=0)
    parser.add_argument("--vectors", action="store_true")
    options = parser.parse_args()
    if options.file.exists():
        raise SystemExit(f"{options.file} exists already")
    began = time.perf_counter()
    storage = open_storage(options.file)
    embedder = load_embedder() if options.vectors else None
    made = fill(storage, options.papers, embedder=embedder, fulltexts=options.fulltexts)
    days = Counter(one.day for one in made)
    print(f"{len(made)} papers on {len(days)} days in {time.perf_counter() - began:.0f} s")
    storage.close()


if __name__ == "__main__":
    main()
