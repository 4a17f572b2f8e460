"""Answers without a model, measured: ``python -m tests.benchmarks.answers``.

On the development papers (``qa/qasper_dev12.json`` beside the checkout), in English and with twenty
of their questions in Korean, it prints

- the recall of the paragraphs that answer;
- how often what is shown holds a span of the written answer word for word, and how many of that
  answer's words it holds, beside the three best sentences by bare BM25;
- how many questions are answered, perhaps answered or refused, asked of their own paper and of
  three others. Many foreign questions are general ("which datasets?") and truly have an answer
  elsewhere, so that not all should be refused. From where on an answer is called found or perhaps
  was set on the first half of the papers, the English questions alone; only the others are asked.

And which of the 1,942 questions of other papers (``qa/qasper_train_evidence.jsonl``) would be
answered from the stored record: they ask about what papers say, so none should be.
"""

import json
import random
import re
import statistics
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import bm25s
import Stemmer

from bot.answers import Answers, Ask
from bot.answers.extractive import QUOTES, Extractive
from bot.answers.sentences import FOUND, PERHAPS
from bot.answers.wishes import ORDERS, RECORD_KINDS, Examples
from bot.languages import catalog, language_of_text
from bot.text.sentences import sentences
from tests.benchmarks import retrieval
from tests.benchmarks.figures import Figure
from tests.benchmarks.qasper import Asked, Development, development, need, need_embedder

DATA = "qasper_dev12: 12 papers with their questions, 20 of them in Korean"
Shown = Callable[[Asked], str]
_WORD = re.compile(r"\w+(?:\.\d+)*")
_SHORTEST_SPAN = 4
_FOREIGN = 3


@dataclass(frozen=True)
class Measured:
    """What is shown: whether it holds a span of each written answer that has one in the paper, the
    mean share of the answers' words that it holds, and how many words it has on average."""

    spans: tuple[bool, ...]
    recall: float
    length: float

    @property
    def share(self) -> float:
        """How often a span is held."""
        return statistics.mean(self.spans)


def figures() -> Iterator[Figure]:
    """What is found, shown and refused."""
    embedder = need_embedder()
    with development(embedder) as dev:
        for name, asked in (("en", dev.asked), ("ko", dev.korean)):
            found, bare = (
                retrieval.recalls(asked, ranker(dev))[5]
                for ranker in (retrieval.as_asked, retrieval.bare)
            )
            yield Figure(f"R@5 of paragraphs, {name}", found, bare)
            ours, three = (measured(dev, asked, way(dev)) for way in (quotes_of, best_three))
            yield Figure(f"answers whose span is shown, {name}", ours.share, three.share)
        for whose, own in (("own", True), ("foreign", False)):
            refused = statistics.mean(one < PERHAPS for one in certainty(dev, others(dev), own=own))
            yield Figure(f"questions of {whose} papers refused", refused, less_is_better=own)
    taken, _ = taken_from_record(Examples(embedder))
    yield Figure("questions of papers answered from the record", len(taken), less_is_better=True)


def main() -> None:
    embedder = need_embedder()
    with development(embedder) as dev:
        retrieval.report(dev)
        print(f"\n{'shown':28}{'span':16}{'words of the answer':22}words shown")
        for name, shown, asked in (
            ("bm25s, three sentences", best_three(dev), dev.asked),
            ("the answer's quotes", quotes_of(dev), dev.asked),
            ("Korean, bm25s", best_three(dev), dev.korean),
            ("Korean, quotes", quotes_of(dev), dev.korean),
        ):
            one = measured(dev, asked, shown)
            share = f"{one.share:.3f} ({sum(one.spans)}/{len(one.spans)})"
            print(f"{name:28}{share:16}{one.recall:<22.3f}{one.length:.0f}")
        half = len(dev.paper_ids) // 2
        chosen_on = [one for one in dev.asked if one.paper_id in dev.paper_ids[:half]]
        tenths = statistics.quantiles(certainty(dev, chosen_on, own=True), n=20)
        print(f"\nchosen on: a tenth below {tenths[1]:.3f}, a fifth below {tenths[3]:.3f}")
        print(f"{'the others, asked of':28}answered  perhaps  refused")
        for name, those in (("", others(dev)), ("Korean, ", others(dev, dev.korean))):
            for whose, own in (("own paper", True), ("other papers", False)):
                print(f"{name + whose:28}{_shares(certainty(dev, those, own=own))}")
    from_record(Examples(embedder))


def others(dev: Development, asked: Sequence[Asked] = ()) -> list[Asked]:
    """The questions about the half of the papers on which nothing was chosen."""
    half = dev.paper_ids[len(dev.paper_ids) // 2 :]
    return [one for one in asked or dev.asked if one.paper_id in half]


def measured(dev: Development, asked: Sequence[Asked], shown: Shown) -> Measured:
    """What is shown of each question."""
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
    return Measured(tuple(spans), statistics.mean(recall), statistics.mean(length))


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


def certainty(dev: Development, asked: Sequence[Asked], *, own: bool) -> list[float]:
    """How sure the answer to each question is, asked of its own paper or of three others."""
    examples = Examples(dev.index.embedder)
    extractive = Extractive(dev.storage, dev.index, examples)
    papers = {paper.id: paper for paper in dev.storage.papers.get_many(dev.paper_ids)}
    chance = random.Random(1)
    found = []
    for one in asked:
        foreign = [paper_id for paper_id in dev.paper_ids if paper_id != one.paper_id]
        for paper_id in [one.paper_id] if own else chance.sample(foreign, _FOREIGN):
            wish = examples.wishes(one.question)[0]
            words = catalog(language_of_text(one.question))
            limit = QUOTES["normal"]
            found.append(extractive.find(papers[paper_id], wish, words, limit=limit).confidence)
    return found


def _shares(found: Sequence[float]) -> str:
    refused = statistics.mean(one < PERHAPS for one in found)
    answered = statistics.mean(one >= FOUND for one in found)
    return f"{answered:<10.3f}{1 - answered - refused:<9.3f}{refused:.3f}"


def from_record(examples: Examples) -> None:
    """Print the kinds of the questions about other papers."""
    taken, kinds = taken_from_record(examples)
    print("\nkinds:", ", ".join(f"{kind} {count}" for kind, count in kinds.most_common()))
    print(f"{len(taken)} of {kinds.total()} from the record: {taken}")


def taken_from_record(examples: Examples) -> tuple[list[str], Counter[str | None]]:
    """The questions about other papers that would be answered from the record, and the kinds of
    all."""
    lines = need("qa/qasper_train_evidence.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [one["question"] for line in lines for one in json.loads(line)["questions"]]
    kinds = {question: examples.kind(question) for question in questions}
    taken = [one for one, kind in kinds.items() if kind in RECORD_KINDS or kind in ORDERS]
    return taken, Counter(kinds[question] for question in questions)


def _flat(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))


if __name__ == "__main__":
    main()
