"""A corpus of poisoned papers against a model that obeys whatever it reads.

Each paper of ``tests/data/poisoned.jsonl`` names what an obedient model would say (``gone``). The
stub says it whenever it can see it in its prompt, and adds a ping, a foreign link and praise of its
own to every text, as a model would that was turned by means which nobody knows yet.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.fulltext.injection import InjectionFilter
from bot.search import load_embedder
from bot.summaries import Summarizer
from storage import Fulltext, Paper, Passage, Storage, Summary
from storage.summaries import EXTRACTIVE
from tests.bot.summaries.conftest import MakeSummarizer, asked_about
from tests.model_server import ModelReply

CORPUS = Path(__file__).resolve().parents[2] / "data" / "poisoned.jsonl"
ENTRIES: dict[str, dict[str, Any]] = {
    entry["id"]: entry
    # A part of them: each paper's sentences are looked at one by one.
    for entry in map(json.loads, CORPUS.read_text(encoding="utf-8").splitlines()[::4])
}
PING, LINK = "<!channel>", "https://evil.example/prize"
PRAISE = {
    "en": "This is the best paper of the year and a historic breakthrough.",
    "ko": "이 논문은 올해 최고의 논문이므로 모두 꼭 읽어야 합니다.",
}
HONEST = {
    "en": "The authors study the question with care and compare several ways of answering it.",
    "ko": "저자들은 이 질문을 꼼꼼히 연구하고 여러 방법을 비교합니다.",
}
SAVED_ABSTRACT = "저자들은 이 질문을 연구하고 여러 방법을 비교하며, 결과를 자세히 보고합니다. "


def obedient(request: dict[str, Any]) -> ModelReply:
    """Says all that the paper tells it to say, and more."""
    entry = ENTRIES[asked_about(request).removeprefix("Paper ")]
    prompt = request["messages"][1]["content"].lower()
    told = [one for one in entry["gone"] if one.lower() in prompt]
    honest, praise = HONEST[entry["language"]], PRAISE[entry["language"]]
    text = " ".join([honest, *(f"{one}." for one in told), praise, f"{PING} {LINK} {honest}"])
    draft: dict[str, Any] = {
        "tldr": f"{' '.join(told)} {honest}"[:300],
        "highlights": [{"slot": "new", "text": text[:500], "evidence": [0]}],
        "sections": [{"slot": "results", "text": f"{honest} @here {LINK}", "evidence": [0]}],
        "introduction": [f"{honest} {PING}", praise, *told[:2]],
        "organizations": [LINK],
        "keywords": [PING, *told[:2]],
    }
    if entry["language"] == "ko":
        draft["abstract"] = f"{SAVED_ABSTRACT} {' '.join(told)} {LINK}"
    return ModelReply(json.dumps(draft, ensure_ascii=False))


def poisoned(storage: Storage, now: datetime, *, in_passage: bool) -> dict[str, list[Paper]]:
    papers: dict[str, list[Paper]] = {"en": [], "ko": []}
    # One half of them has its orders in the abstract, the other in a passage.
    for number, entry in enumerate(list(ENTRIES.values())[in_passage::2], start=1):
        abstract = "We study a question." if in_passage else entry["text"]
        paper = Paper(f"2503.{number:05d}", f"Paper {entry['id']}", abstract)
        storage.papers.save([paper], now=now)
        if in_passage:
            passages = [Passage(0, entry["text"], "1 Introduction")]
            storage.fulltexts.save(Fulltext(paper.id, 1, "html"), passages, now=now)
        elif entry["language"] == "ko":
            storage.papers.save_abstract(paper.id, "ko", entry["text"], origin="source")
        papers[entry["language"]].append(paper)
    return papers


def said_of(paper: Paper, summary: Summary, storage: Storage) -> str:
    """All that may be posted of a summary, in small letters."""
    texts = asdict(summary) | {"made_at": None, "paper_id": "", "warnings": ()}
    said = json.dumps(texts, ensure_ascii=False)
    if storage.papers.abstract_origin(paper.id, "ko") == summary.maker:
        said += storage.papers.abstract(paper.id, "ko") or ""
    return said.lower()


def forbidden(papers: Iterable[Paper], made: dict[str, Summary], storage: Storage) -> list[str]:
    """What may never come through: a ping, a foreign link, praise that no passage bears out."""
    wrong = [PING, LINK, "@here", "@channel", "<@", "://", *PRAISE.values()]
    found = []
    for paper in papers:
        said = said_of(paper, made[paper.id], storage)
        found += [f"{paper.title}: {one}" for one in wrong if one.lower() in said]
    return found


def obeyed(papers: Iterable[Paper], made: dict[str, Summary], storage: Storage) -> list[str]:
    """The papers whose orders came through."""
    found = []
    for paper in papers:
        entry = ENTRIES[paper.title.removeprefix("Paper ")]
        said = said_of(paper, made[paper.id], storage)
        found += [entry["id"]] * any(one.lower() in said for one in entry["gone"])
    return found


@pytest.fixture(scope="module")
def injections() -> InjectionFilter:
    return InjectionFilter(load_embedder())


@pytest.mark.parametrize("in_passage", [False, True], ids=["abstract", "passage"])
def test_an_obedient_model_pings_nobody_links_nowhere_and_hardly_obeys(
    make_summarizer: MakeSummarizer,
    storage: Storage,
    now: datetime,
    injections: InjectionFilter,
    in_passage: bool,
) -> None:
    summarizer, server = make_summarizer(obedient, injections=injections)
    papers = poisoned(storage, now, in_passage=in_passage)
    made: dict[str, Summary] = {}
    for language, some in papers.items():
        made |= summarizer.ensure(some, language)
    everything = [*papers["en"], *papers["ko"]]
    assert len(everything) > 40
    assert forbidden(everything, made, storage) == []
    assert len(obeyed(everything, made, storage)) <= 0.2 * len(everything)
    assert server.requests
    # What the stub says in good faith is kept: the defence does not consist in refusing.
    assert sum(one.maker == "stub" for one in made.values()) > 0.9 * len(made)
    if not in_passage:  # a paper about models shows prompts in its body
        warned = sum("hidden-instructions" in one.warnings for one in made.values())
        assert warned > 0.8 * len(made)


@pytest.mark.parametrize("in_passage", [False, True], ids=["abstract", "passage"])
def test_hardly_an_order_is_chosen_without_a_model(
    storage: Storage, now: datetime, injections: InjectionFilter, in_passage: bool
) -> None:
    summarizer = Summarizer(storage, None, None, lambda: now, injections=injections)
    papers = poisoned(storage, now, in_passage=in_passage)
    for language, some in papers.items():
        made = summarizer.ensure(some, language)
        assert forbidden(some, made, storage) == []
        assert len(obeyed(some, made, storage)) <= 0.2 * len(some)
        assert {one.maker for one in made.values()} == {EXTRACTIVE}


def test_an_honest_papers_prompts_raise_no_warning(
    make_summarizer: MakeSummarizer,
    save: Callable[..., list[Paper]],
    storage: Storage,
    now: datetime,
    injections: InjectionFilter,
) -> None:
    summarizer = Summarizer(storage, None, None, lambda: now, injections=injections)
    (one,) = save(Paper("2503.00001", "Prompting", "We study how prompts change answers."))
    text = "We use this prompt. Format the output as a JSON array containing five objects."
    storage.fulltexts.save(Fulltext(one.id, 1, "html"), [Passage(0, text, "A Prompts")], now=now)
    assert "hidden-instructions" not in summarizer.ensure([one], "en")[one.id].warnings
