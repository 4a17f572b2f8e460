"""Answers without a model, measured: ``python -m tests.benchmarks.answers``.

On the development papers (``qa/qasper_dev12.json`` beside the checkout), in English and with twenty
of their questions in Korean, it prints

- the recall of the paragraphs that answer;
- how often what is shown holds a span of the written answer word for word, and how many of that
  answer's words it holds, beside the three best sentences by bare BM25;
- how many questions are answered, perhaps answered or refused, asked of their own paper and of
  three others. Many foreign questions are general ("which datasets?") and truly have an answer
  elsewhere, so that not all should be refused.

With ``--limits`` it prints from where on an answer is called found or perhaps, set on other papers
(``qa/qasper_train_evidence.jsonl``) alone: of each only the paragraphs that answer are known, so
that paragraphs of others fill it up to a paper's usual length.

And which of the 1,942 questions of other papers (``qa/qasper_train_evidence.jsonl``) would be
answered from the stored record: they ask about what papers say, so none should be.
"""

import json
import random
import re
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import bm25s
import Stemmer

from bot.answers import Answers, Ask
from bot.answers.extractive import QUOTES, Extractive
from bot.answers.sentences import FOUND, PERHAPS
from bot.answers.wishes import ORDERS, RECORD_KINDS, Examples
from bot.languages import catalog, language_of_text
from bot.search import Embedder, SearchIndex, load_embedder
from bot.search.embedder import Remembering
from bot.text.sentences import sentences
from storage import Fulltext, Paper, Passage, open_storage
from tests.benchmarks import retrieval
from tests.benchmarks.qasper import Asked, Development, development, need, plain

Shown = Callable[[Asked], str]
_WORD = re.compile(r"\w+(?:\.\d+)*")
_SHORTEST_SPAN = 4
_FOREIGN = 3
_PAPERS, _LENGTH = 60, 40


def main() -> None:
    embedder = load_embedder()
    if embedder is None:
        raise SystemExit("the embedded encoder is not installed")
    if "--limits" in sys.argv:
        limits(Remembering(embedder, kept=50_000))
        return
    with development(Remembering(embedder, kept=50_000)) as dev:
        retrieval.report(dev)
        print(f"\n{'shown':28}{'span':16}{'words of the answer':22}words shown")
        for name, shown, asked in (
            ("bm25s, three sentences", best_three(dev), dev.asked),
            ("the answer's quotes", quotes_of(dev), dev.asked),
            ("Korean, bm25s", best_three(dev), dev.korean),
            ("Korean, quotes", quotes_of(dev), dev.korean),
        ):
            print(f"{name:28}{measured(dev, asked, shown)}")
        print(f"\n{'asked of':28}answered  perhaps  refused")
        for name, asked in (("", dev.asked), ("Korean, ", dev.korean)):
            for whose, own in (("own paper", True), ("other papers", False)):
                print(f"{name + whose:28}{certainty(dev, asked, own=own)}")
    from_record(Examples(embedder))


def measured(dev: Development, asked: Sequence[Asked], shown: Shown) -> str:
    """A line of figures about what is shown."""
    spans, recall, length = [], [], []
    for one in asked:
        text = f" {_flat(shown(one))} "
        words = set(text.split())
        length.append(len(text.split()))
        answer = _flat(one.answer).split()
        if answer not in (["yes"], ["no"]):
            recall.append(statistics.mean(word in words for word in answer))
        if held := spans_of(dev, one):
            spans.append(any(f" {span} " in text for span in held))
    share = f"{statistics.mean(spans):.3f} ({sum(spans)}/{len(spans)})"
    return f"{share:16}{statistics.mean(recall):<22.3f}{statistics.mean(length):.0f}"


def spans_of(dev: Development, one: Asked) -> list[str]:
    """The parts of the written answer that stand word for word in the paper."""
    passages = dev.storage.fulltexts.passages(one.paper_id)
    texts = [f" {_flat(passage.text)} " for passage in passages]
    parts = [_flat(part) for part in (one.answer, *re.split(r", |\n", one.answer))]
    bare = dict.fromkeys(re.sub(r"^(?:and|or) ", "", part) for part in parts)
    return [
        part
        for part in bare
        if len(part) >= _SHORTEST_SPAN and any(f" {part} " in text for text in texts)
    ]


def best_three(dev: Development) -> Shown:
    """The three best sentences by the library's BM25."""
    stemmer = Stemmer.Stemmer("english")
    built = {}
    for paper_id in dev.paper_ids:
        passages = dev.storage.fulltexts.passages(paper_id)
        texts = [one for passage in passages for one in sentences(passage.text)]
        retriever = bm25s.BM25()
        tokens = bm25s.tokenize(texts, stopwords="en", stemmer=stemmer, show_progress=False)
        retriever.index(tokens, show_progress=False)
        built[paper_id] = (retriever, texts)

    def shown(one: Asked) -> str:
        retriever, texts = built[one.paper_id]
        query = bm25s.tokenize([one.question], stopwords="en", stemmer=stemmer, show_progress=False)
        ranked, _ = retriever.retrieve(query, k=3, show_progress=False)
        return " ".join(texts[at] for at in ranked[0])

    return shown


def quotes_of(dev: Development) -> Shown:
    """What an answer in Slack quotes."""
    answers = Answers(dev.storage, dev.index, None)

    def shown(one: Asked) -> str:
        made = answers.answer(Ask(one.question, (one.paper_id,), language_of_text(one.question)))
        return " ".join(citation.quote for citation in made.citations)

    return shown


def certainty(dev: Development, asked: Sequence[Asked], *, own: bool) -> str:
    """How many questions are answered, perhaps answered, and refused."""
    examples = Examples(dev.index.embedder)
    extractive = Extractive(dev.storage, dev.index, examples)
    papers = {paper.id: paper for paper in dev.storage.papers.get_many(dev.paper_ids)}
    chance = random.Random(1)
    found = []
    for one in asked:
        others = [paper_id for paper_id in dev.paper_ids if paper_id != one.paper_id]
        for paper_id in [one.paper_id] if own else chance.sample(others, _FOREIGN):
            wish = examples.wishes(one.question)[0]
            words = catalog(language_of_text(one.question))
            limit = QUOTES["normal"]
            found.append(extractive.find(papers[paper_id], wish, words, limit=limit).confidence)
    refused = statistics.mean(one < PERHAPS for one in found)
    answered = statistics.mean(one >= FOUND for one in found)
    return f"{answered:<10.3f}{1 - answered - refused:<9.3f}{refused:.3f}"


def limits(embedder: Embedder) -> None:
    """Print below which confidence a tenth and a quarter of questions lie that their paper
    answers."""
    lines = need("qa/qasper_train_evidence.jsonl").read_text(encoding="utf-8").splitlines()
    chance = random.Random(1)
    # Those of which most is known are most like whole papers.
    rows = sorted(map(json.loads, lines), key=lambda row: -len(_evidence_of(row)))[:_PAPERS]
    evidence = [_evidence_of(row) for row in rows]
    pool = [text for texts in evidence for text in texts]
    examples, now = Examples(embedder), datetime(2025, 3, 20, tzinfo=UTC)
    found = []
    with tempfile.TemporaryDirectory() as folder:
        storage = open_storage(Path(folder) / "benchmark.db")
        index = SearchIndex(storage, embedder)
        extractive = Extractive(storage, index, examples)
        for number, row in enumerate(rows):
            paper = Paper(f"p{number}", f"p{number}")
            own = evidence[number]
            texts = [*own, *chance.sample(pool, max(0, _LENGTH - len(own)))]
            passages = [Passage(at, plain(text)) for at, text in enumerate(texts)]
            storage.papers.save([paper], now=now)
            storage.fulltexts.save(Fulltext(paper.id, 1, "html"), passages, now=now)
            index.index([paper.id])
            for one in row["questions"]:
                wish = examples.wishes(one["question"])[0]
                shown = extractive.find(paper, wish, catalog("en"), limit=QUOTES["normal"])
                found.append(shown.confidence)
        storage.close()
    tenth, quarter = statistics.quantiles(found, n=20)[1], statistics.quantiles(found, n=20)[4]
    print(f"{len(found)} questions: a tenth below {tenth:.3f}, a quarter below {quarter:.3f}")


def _evidence_of(row: dict[str, Any]) -> list[str]:
    return list(dict.fromkeys(text for one in row["questions"] for text in one["evidence"]))


def from_record(examples: Examples) -> None:
    """Print the kinds of the questions about other papers."""
    lines = need("qa/qasper_train_evidence.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [one["question"] for line in lines for one in json.loads(line)["questions"]]
    kinds = {question: examples.kind(question) for question in questions}
    counted = Counter(kinds[question] for question in questions)
    print("\nkinds:", ", ".join(f"{kind} {count}" for kind, count in counted.most_common()))
    taken = [one for one, kind in kinds.items() if kind in RECORD_KINDS or kind in ORDERS]
    print(f"{len(taken)} of {len(questions)} from the record: {taken}")


def _flat(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))


if __name__ == "__main__":
    main()
