"""The development papers with their questions, in a database of their own."""

import json
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from bot.search import Embedder, SearchIndex, load_embedder
from bot.search.embedder import Remembering
from storage import Fulltext, Paper, Passage, Storage, open_storage
from tests.shared_data import shared_folder

LONGER_THAN = 60
# The data set's stand-ins, and what papers print in their place.
_STAND_INS = {"BIBREF": "[{}]", "FIGREF": "{}", "TABREF": "{}", "SECREF": "{}", "INLINEFORM": "x"}
_STAND_IN = re.compile(rf"({'|'.join(_STAND_INS)})(\d+)")
# Twenty of the questions in Korean, by the place of the English one in its paper.
_KOREAN = Path(__file__).resolve().parents[1] / "data" / "qasper_questions_ko.json"
_KEPT_VECTORS = 50_000
_NOW = datetime(2025, 3, 20, tzinfo=UTC)


@dataclass(frozen=True)
class Asked:
    """A question with its answer, and the ordinals of the paragraphs that give it (there may be
    none)."""

    paper_id: str
    question: str
    gold: frozenset[int]
    answer: str


@dataclass(frozen=True)
class Development:
    """The stored papers, all their questions (some in Korean as well), and a fresh index."""

    storage: Storage
    index: SearchIndex
    paper_ids: tuple[str, ...]
    asked: tuple[Asked, ...]
    korean: tuple[Asked, ...]


def need(name: str) -> Path:
    """The path of a shared file; ends the program where it doesn't exist."""
    folder = shared_folder()
    if folder is None:
        raise SystemExit("this benchmark needs the shared data, which is not part of the checkout")
    return folder / name


@cache
def need_embedder() -> Embedder:
    """The embedded encoder, which keeps its vectors: several benchmarks read the same texts. Ends
    the program where it isn't installed."""
    embedder = load_embedder()
    if embedder is None:
        raise SystemExit("the embedded encoder is not installed")
    return Remembering(embedder, kept=_KEPT_VECTORS)


def plain(text: str) -> str:
    """A paragraph of the data set as its paper has it."""
    return _STAND_IN.sub(lambda match: _STAND_INS[match[1]].format(int(match[2]) + 1), text)


@contextmanager
def development(embedder: Embedder | None) -> Iterator[Development]:
    """The development set, indexed with *embedder*."""
    raw = json.loads(need("qa/qasper_dev12.json").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        storage = open_storage(Path(folder) / "benchmark.db")
        try:
            for paper in raw:
                _save(storage, paper)
            ids = tuple(paper["paper"] for paper in raw)
            index = SearchIndex(storage, embedder)
            index.index(ids)
            yield Development(storage, index, ids, tuple(_asked(raw)), tuple(_korean(raw)))
        finally:
            storage.close()


def _save(storage: Storage, paper: dict[str, Any]) -> None:
    passages, section = [], ""
    for ordinal, text in enumerate(paper["paragraphs"]):
        if len(text) > LONGER_THAN:
            passages.append(Passage(ordinal, plain(text), section=section))
        elif not re.search(r"[.:;,]\s*$", text):
            section = text
    storage.papers.save([Paper(id=paper["paper"], title=paper["paper"])], now=_NOW)
    storage.fulltexts.save(Fulltext(paper["paper"], 1, "html"), passages, now=_NOW)


def _asked(raw: list[dict[str, Any]]) -> Iterator[Asked]:
    for paper in raw:
        for one in paper["qas"]:
            yield _question(paper, one, one["question"])


def _korean(raw: list[dict[str, Any]]) -> Iterator[Asked]:
    papers = {paper["paper"]: paper for paper in raw}
    for row in json.loads(_KOREAN.read_text(encoding="utf-8")):
        paper = papers[row["paper"]]
        yield _question(paper, paper["qas"][row["question"]], row["ko"])


def _question(paper: dict[str, Any], one: dict[str, Any], words: str) -> Asked:
    long = {at for at, text in enumerate(paper["paragraphs"]) if len(text) > LONGER_THAN}
    gold = frozenset(one["gold_paragraphs"]) & long
    return Asked(paper["paper"], words, gold, plain(one["answer"]))
