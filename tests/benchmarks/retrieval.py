"""Recall of the paragraphs that answer a question, beside bare BM25 in the same run.

Run with ``python -m tests.benchmarks.answers``, which prints what is made of them as well.
"""

import statistics
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import bm25s
import numpy as np
import Stemmer

from bot.search import SearchIndex
from bot.search.index import query_weights
from bot.search.library import Library
from bot.search.ranking import rank
from storage import Fulltext, Paper, Passage
from tests.benchmarks.qasper import Asked, Development

DEPTHS = (1, 3, 5, 10)
Ranker = Callable[[Asked], Sequence[int]]


def report(dev: Development) -> None:
    """Print the recall of each way of ranking, on English and on Korean questions."""
    print(f"{'':28}" + "".join(f"R@{depth:<7}" for depth in DEPTHS))
    for name, ranker, asked in (
        ("bm25s, English stemmer", bare(dev), dev.asked),
        ("words only", ours(dev, words=True, meaning=False), dev.asked),
        ("embeddings only", ours(dev, words=False, meaning=True), dev.asked),
        ("fused", ours(dev, words=True, meaning=True), dev.asked),
        ("as asked (learnt map)", as_asked(dev), dev.asked),
        ("Korean, fused", ours(dev, words=True, meaning=True), dev.korean),
        ("Korean, as asked", as_asked(dev), dev.korean),
    ):
        found = recalls(asked, ranker).values()
        print(f"{name:28}" + "".join(f"{value:<9.3f}" for value in found))
    questions = sum(bool(one.gold) for one in dev.asked)
    print(f"{questions} questions with gold paragraphs, {len(dev.paper_ids)} papers")
    speed(dev)


def recalls(asked: Sequence[Asked], ranker: Ranker) -> dict[int, float]:
    """Mean share of the gold paragraphs among the first, at each depth."""
    found: dict[int, list[float]] = {depth: [] for depth in DEPTHS}
    for one in asked:
        if one.gold:
            order = ranker(one)
            for depth in DEPTHS:
                found[depth].append(len(one.gold & set(order[:depth])) / len(one.gold))
    return {depth: statistics.mean(found[depth]) for depth in DEPTHS}


def bare(dev: Development) -> Ranker:
    """The library's BM25 over the paragraphs as they are."""
    stemmer = Stemmer.Stemmer("english")
    built = {}
    for paper_id in dev.paper_ids:
        passages = dev.storage.fulltexts.passages(paper_id)
        texts = [passage.text for passage in passages]
        retriever = bm25s.BM25()
        tokens = bm25s.tokenize(texts, stopwords="en", stemmer=stemmer, show_progress=False)
        retriever.index(tokens, show_progress=False)
        built[paper_id] = (retriever, [passage.ordinal for passage in passages])

    def order(one: Asked) -> list[int]:
        retriever, ordinals = built[one.paper_id]
        query = bm25s.tokenize([one.question], stopwords="en", stemmer=stemmer, show_progress=False)
        ranked, _ = retriever.retrieve(query, k=len(ordinals), show_progress=False)
        return [ordinals[index] for index in ranked[0]]

    return order


def ours(dev: Development, *, words: bool, meaning: bool) -> Ranker:
    """Our ranking with one or both of its halves."""
    embedder = dev.index.embedder
    library = Library(dev.storage, model=embedder.name if embedder else None)

    def order(one: Asked) -> list[int]:
        prepared = library.paper(one.paper_id)
        weights = query_weights(one.question) if words else {}
        vector = dev.index.embed_query(one.question) if meaning else None
        ranked = rank(prepared, weights, vector)
        return [prepared.passages[at].ordinal for at in np.argsort(-ranked.fused, kind="stable")]

    return order


def as_asked(dev: Development) -> Ranker:
    """The whole way that a question in a thread goes."""

    def order(one: Asked) -> list[int]:
        hits = dev.index.passages([one.paper_id], one.question, limit=1000)
        return [hit.passage.ordinal for hit in hits]

    return order


def speed(dev: Development) -> None:
    """How long one question takes in a paper of 300 passages."""
    pool = [p for paper_id in dev.paper_ids for p in dev.storage.fulltexts.passages(paper_id)][:300]
    passages = [Passage(at, p.text, section=p.section) for at, p in enumerate(pool)]
    now = datetime.now(UTC)
    dev.storage.papers.save([Paper(id="long", title="long")], now=now)
    dev.storage.fulltexts.save(Fulltext("long", 1, "html"), passages, now=now)
    dev.index.index(["long"])
    questions = [one.question for one in dev.asked]
    cold = _milliseconds(SearchIndex(dev.storage, dev.index.embedder), questions[:1])
    warm = sorted(_milliseconds(dev.index, questions))
    print(
        f"{len(passages)} passages: first question {cold[0]:.1f} ms, then median "
        f"{statistics.median(warm):.1f} ms, p95 {warm[int(len(warm) * 0.95)]:.1f} ms"
    )


def _milliseconds(index: SearchIndex, questions: Sequence[str]) -> list[float]:
    times = []
    for question in questions:
        start = time.perf_counter()
        index.passages(["long"], question, limit=8)
        times.append((time.perf_counter() - start) * 1000)
    return times
