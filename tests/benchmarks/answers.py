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
from collections.abc import Callable, Sequence

import bm25s
import Stemmer

from bot.answers import Answers, Ask
from bot.answers.extractive import QUOTES, Extractive
from bot.answers.sentences import FOUND, PERHAPS
from bot.answers.wishes import ORDERS, RECORD_KINDS, Examples
from bot.languages import catalog, language_of_text
from bot.search import load_embedder
from bot.search.embedder import Remembering
from bot.text.sentences import sentences
from tests.benchmarks import retrieval
from tests.benchmarks.qasper import Asked, Development, development, need

Shown = Callable[[Asked], str]
_WORD = re.compile(r"\w+(?:\.\d+)*")
_SHORTEST_SPAN = 4
_FOREIGN = 3


def main() -> None:
    embedder = load_embedder()
    if embedder is None:
        raise SystemExit("the embedded encoder is not installed")
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
        half = len(dev.paper_ids) // 2
        chosen_on = [one for one in dev.asked if one.paper_id in dev.paper_ids[:half]]
        tenths = statistics.quantiles(certainty(dev, chosen_on, own=True), n=20)
        print(f"\nchosen on: a tenth below {tenths[1]:.3f}, a fifth below {tenths[3]:.3f}")
        print(f"{'the others, asked of':28}answered  perhaps  refused")
        for name, asked in (("", dev.asked), ("Korean, ", dev.korean)):
            others = [one for one in asked if one.paper_id in dev.paper_ids[half:]]
            for whose, own in (("own paper", True), ("other papers", False)):
                print(f"{name + whose:28}{_shares(certainty(dev, others, own=own))}")
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


def certainty(dev: Development, asked: Sequence[Asked], *, own: bool) -> list[float]:
    """How sure the answer to each question is, asked of its own paper or of three others."""
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
    return found


def _shares(found: Sequence[float]) -> str:
    refused = statistics.mean(one < PERHAPS for one in found)
    answered = statistics.mean(one >= FOUND for one in found)
    return f"{answered:<10.3f}{1 - answered - refused:<9.3f}{refused:.3f}"


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
