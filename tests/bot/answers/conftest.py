"""A small archive of invented papers with summaries and full texts."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from bot.answers import Answers
from bot.search import Embedder, SearchIndex, load_embedder
from bot.search.embedder import Remembering
from storage import (
    Fulltext,
    Highlight,
    ListingEntry,
    Paper,
    Passage,
    Section,
    Storage,
    Summary,
)

KITE = Paper(
    id="2503.00001",
    title="KITE: Training Small Language Models with Paced Rewards",
    abstract=(
        "Reinforcement learning makes small language models unstable. We propose KITE, a schedule "
        "that releases rewards step by step. On the GSM-Lite benchmark KITE reaches 71.5% "
        "accuracy, 8.2 points above the baseline. Code is at https://github.com/example/kite."
    ),
    authors=("Mina Park", "Jonas Weber"),
    organization="Example Lab",
    published=datetime(2025, 3, 18, tzinfo=UTC),
    votes=42,
)
LOOM = Paper(
    id="2503.00002",
    title="Loom: Weaving Video from Sparse Sketches",
    abstract=(
        "Video diffusion needs dense guidance. Loom generates video from a handful of sketches. "
        "We train on 12,000 clips and evaluate with human raters."
    ),
    authors=("Ana Silva",),
    votes=7,
)
PASSAGES = [
    Passage(
        0,
        "Small language models often diverge when rewards arrive at once. We study why this "
        "happens and propose a remedy that costs nothing at inference time.",
        section="1 Introduction",
        anchor="S1",
    ),
    Passage(
        1,
        "KITE holds back part of the reward and releases it over the first 2,000 updates. The "
        "release follows a cosine curve. We use a learning rate of 3e-6 and a batch of 256.",
        section="3 Method › 3.2 Paced rewards",
        anchor="S3.SS2",
    ),
    Passage(
        2,
        "We train on GSM-Lite, which has 9,400 grade-school problems, and on the Riddle corpus "
        "with 3,100 riddles written by volunteers.",
        section="4 Experiments › 4.1 Data",
        anchor="S4.SS1",
    ),
    Passage(
        3,
        "KITE reaches 71.5% on GSM-Lite while the baseline reaches 63.3%. Without pacing the "
        "entropy of the policy collapses after 500 updates.",
        section="4 Experiments › 4.2 Results",
        anchor="S4.SS2",
    ),
    Passage(
        4,
        "Our method was tested on models below two billion parameters only, and it does not help "
        "when rewards are dense. Multilingual data remain future work.",
        section="6 Limitations",
        anchor="S6",
    ),
]


@pytest.fixture(scope="session")
def embedder() -> Embedder | None:
    """The embedded encoder, which reads the examples of questions once."""
    loaded = load_embedder()
    return None if loaded is None else Remembering(loaded)


@pytest.fixture
def archive(storage: Storage, now: datetime) -> Storage:
    """Two papers: one with summary, Korean abstract and full text, one with an abstract alone."""
    storage.papers.save([KITE, LOOM], now=now)
    storage.listings.save(
        "huggingface",
        date(2025, 3, 19),
        [ListingEntry(KITE.id, 1, 42), ListingEntry(LOOM.id, 2, 7)],
        settled=True,
        now=now,
    )
    storage.papers.save_abstract(
        KITE.id,
        "ko",
        "작은 언어 모델은 강화학습에서 불안정합니다. 보상을 조금씩 나누어 주는 KITE를 제안합니다. "
        "GSM-Lite에서 71.5%의 정확도를 달성했습니다.",
        origin="bundled",
    )
    storage.summaries.save(
        Summary(
            paper_id=KITE.id,
            language="ko",
            tldr="보상을 단계적으로 나누어 작은 모델의 강화학습을 안정시킵니다.",
            highlights=(Highlight("performance", "GSM-Lite에서 71.5%를 기록했습니다."),),
            sections=(Section("limitations", "20억 파라미터보다 작은 모델에서만 실험했습니다."),),
            maker="small-model",
        ),
        now=now,
    )
    storage.fulltexts.save(Fulltext(KITE.id, 1, "html"), PASSAGES, now=now)
    return storage


@pytest.fixture
def search(archive: Storage, embedder: Embedder | None, now: datetime) -> SearchIndex:
    """The archive's search index, up to date."""
    index = SearchIndex(archive, embedder)
    index.index([KITE.id, LOOM.id])
    return index


@pytest.fixture
def make_answers(archive: Storage, search: SearchIndex, now: datetime) -> Callable[..., Answers]:
    """Makes the service with a given model."""
    return lambda model=None: Answers(archive, search, model)


@pytest.fixture
def answers(make_answers: Callable[..., Answers]) -> Answers:
    """The service without a model."""
    return make_answers()
