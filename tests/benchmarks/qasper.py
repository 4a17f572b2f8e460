"""The development papers with their questions, in a database of their own."""

import json
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.search import Embedder, SearchIndex
from storage import Fulltext, Paper, Passage, Storage, open_storage
from tests.shared_data import shared_folder

LONGER_THAN = 60
_NOW = datetime(2025, 3, 20, tzinfo=UTC)


@dataclass(frozen=True)
class Asked:
    """A question with the ordinals of the paragraphs that answer it (there may be none)."""

    paper_id: str
    question: str
    gold: frozenset[int]


@dataclass(frozen=True)
class Development:
    """The stored papers, all their questions, and a fresh index over them."""

    storage: Storage
    index: SearchIndex
    paper_ids: tuple[str, ...]
    asked: tuple[Asked, ...]


def need(name: str) -> Path:
    """The path of a shared file; ends the program where it doesn't exist."""
    folder = shared_folder()
    if folder is None:
        raise SystemExit("this benchmark needs the shared data, which is not part of the checkout")
    return folder / name


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
            yield Development(storage, index, ids, tuple(_asked(raw)))
        finally:
            storage.close()


def _save(storage: Storage, paper: dict[str, Any]) -> None:
    passages, section = [], ""
    for ordinal, text in enumerate(paper["paragraphs"]):
        if len(text) > LONGER_THAN:
            passages.append(Passage(ordinal, text, section=section))
        elif not re.search(r"[.:;,]\s*$", text):
            section = text
    storage.papers.save([Paper(id=paper["paper"], title=paper["paper"])], now=_NOW)
    storage.fulltexts.save(Fulltext(paper["paper"], 1, "html"), passages, now=_NOW)


def _asked(raw: list[dict[str, Any]]) -> Iterator[Asked]:
    for paper in raw:
        long = {at for at, text in enumerate(paper["paragraphs"]) if len(text) > LONGER_THAN}
        for one in paper["qas"]:
            gold = frozenset(one["gold_paragraphs"]) & long
            yield Asked(paper["paper"], one["question"], gold)
