"""A model on a loopback server, papers in a real database."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime
from typing import Any

import pytest

from bot.fulltext.injection import InjectionFilter
from bot.model import Model
from bot.settings import Settings
from bot.summaries import Summarizer
from bot.verification import Verifier
from storage import Paper, Storage
from tests.model_server import ModelReply, ModelServer

ABSTRACT = (
    "Large rankers are accurate but slow, and their latency limits what a search service can "
    "offer. We propose Lantern, a router that picks one of four small rankers for each query. "
    "The router is trained with a contrastive loss on click logs. "
    "On MS MARCO, Lantern keeps 98.5% of the large ranker's quality at a third of its latency."
)
KOREAN: dict[str, Any] = {
    "tldr": "Lantern은 질의마다 소형 순위 모델을 골라 큰 모델 품질의 98.5%를 유지합니다.",
    "highlights": [
        {
            "slot": "new",
            "text": "질의마다 소형 순위 모델 하나를 고르는 라우터를 제안합니다.",
            "evidence": [0],
        },
        {
            "slot": "performance",
            "text": "MS MARCO에서 큰 모델 품질의 98.5%를 유지합니다.",
            "evidence": [0],
        },
    ],
    "sections": [
        {"slot": "method", "text": "클릭 로그로 라우터를 대조 학습합니다.", "evidence": [0]}
    ],
    "introduction": ["큰 모델은 정확하나 응답이 늦습니다.", "Lantern은 작은 모델을 고릅니다."],
    "abstract": "큰 모델은 정확하나 응답이 늦습니다. 본 논문은 Lantern을 제안하며, MS MARCO에서 "
    "큰 모델 품질의 98.5%를 유지합니다.",
    "organizations": [],
    "keywords": ["ranking", "routing"],
}


def paper(number: int = 1, **values: Any) -> Paper:
    given = {"title": "Lantern: Routing Queries to Small Rankers", "abstract": ABSTRACT, **values}
    return Paper(f"2503.{number:05d}", **given)


def answer(**changes: Any) -> str:
    return json.dumps({**KOREAN, **changes}, ensure_ascii=False)


@pytest.fixture
def save(storage: Storage, now: datetime) -> Callable[..., list[Paper]]:
    """Stores papers and gives them back as stored."""

    def stored(*papers: Paper) -> list[Paper]:
        storage.papers.save(papers, now=now)
        return storage.papers.get_many([one.id for one in papers])

    return stored


MakeSummarizer = Callable[..., tuple[Summarizer, ModelServer]]


@pytest.fixture
def make_summarizer(storage: Storage, now: datetime) -> Iterator[MakeSummarizer]:
    """Starts a server that replies as told, and a summarizer whose model talks to it."""
    with ExitStack() as stack:

        def make(
            reply: Callable[[dict[str, Any]], ModelReply],
            *,
            fulltexts: Any = None,
            injections: InjectionFilter | None = None,
            verifies: bool = False,
            **settings: Any,
        ) -> tuple[Summarizer, ModelServer]:
            server = stack.enter_context(ModelServer(reply))
            values = {"openai_base_url": server.url, "model": "stub", "model_timeout": 5.0}
            model = Model.from_settings(
                Settings(**{**values, **settings}), storage, lambda: now, sleep=lambda _: None
            )
            assert model is not None
            stack.callback(model.close)
            summarizer = Summarizer(
                storage,
                model,
                fulltexts,
                lambda: now,
                injections=injections,
                verifier=Verifier(model) if verifies else None,
                concurrency=4,
            )
            return summarizer, server

        yield make


def asked_about(request: dict[str, Any]) -> str:
    """The title in a request's prompt."""
    text: str = request["messages"][1]["content"]
    return text.split("Title: ", 1)[1].split("\n", 1)[0]


def texts_of(papers: Sequence[Paper]) -> list[str]:
    return [one.id for one in papers]
