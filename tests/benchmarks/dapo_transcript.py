"""Ten questions about the DAPO paper in both languages, answered without a model or with one.

Run with ``python -m tests.benchmarks.dapo_transcript [URL] [--languages ko,en]``; URL is the base
URL (with ``/v1``) of an OpenAI-compatible server. The answers are for reading, not scoring.
"""

import argparse
import json
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from bot.answers import Answers, Ask, render_answer
from bot.fulltext.passages import cut
from bot.fulltext.pdf_document import pdf_document
from bot.fulltext.pdf_page import Pages
from bot.fulltext.pdf_reading import PdfFile
from bot.model import Model
from bot.search import SearchIndex, load_embedder
from bot.settings import Settings
from storage import Fulltext, Paper, Storage, open_storage
from tests.benchmarks.qasper import need

_NOW = datetime(2025, 3, 20, tzinfo=UTC)
_PAPER = "2503.14476"
QUESTIONS = {
    "ko": (
        "이 논문은 무슨 내용이야?",
        "핵심 아이디어가 뭐야?",
        "어떤 데이터로 학습했어?",
        "AIME 성능은 얼마나 돼?",
        "엔트로피 붕괴를 어떻게 막았나요?",
        "토큰 수준 손실은 왜 쓰나요?",
        "학습률이랑 배치 크기는?",
        "이 논문의 한계가 뭐야?",
        "코드는 공개됐어?",
        "단백질 구조 예측에도 쓸 수 있어?",
    ),
    "en": (
        "What is this paper about?",
        "What is the key idea?",
        "What training data was used?",
        "How well does it perform on AIME?",
        "How do they prevent entropy collapse?",
        "Why do they use a token-level loss?",
        "What are the learning rate and batch size?",
        "What are the limitations?",
        "Is the code available?",
        "Does it predict protein structures?",
    ),
}


def main() -> None:
    """Ask and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.dapo_transcript")
    parser.add_argument("url", nargs="?", help="base URL of a model server, with /v1")
    parser.add_argument("--languages", default="ko,en")
    asked = parser.parse_args()
    settings = Settings(openai_base_url=asked.url, model_timeout=600)
    with tempfile.TemporaryDirectory() as folder:
        storage = open_storage(Path(folder) / "benchmark.db")
        try:
            store_paper(storage)
            index = SearchIndex(storage, load_embedder())
            index.index([_PAPER])
            model = Model.from_settings(settings, storage, lambda: _NOW)
            answers = Answers(storage, index, model)
            for language in asked.languages.split(","):
                for question in QUESTIONS[language]:
                    show(answers, question, language)
            if model is not None:
                model.close()
        finally:
            storage.close()


def store_paper(storage: Storage) -> None:
    """The paper's metadata from a real listing and its passages from the real PDF."""
    listing = json.loads(need("hf_daily/same_day/2025-03-18.json").read_text(encoding="utf-8"))
    listing += json.loads(need("hf_daily/same_day/2025-03-19.json").read_text(encoding="utf-8"))
    meta = next(entry["paper"] for entry in listing if entry["paper"]["id"] == _PAPER)
    paper = Paper(
        id=_PAPER,
        title=meta["title"],
        abstract=meta["summary"],
        authors=tuple(author["name"] for author in meta["authors"]),
    )
    storage.papers.save([paper], now=_NOW)
    data = need("arxiv_fulltext/pdf/2503.14476_DAPO.pdf").read_bytes()
    with PdfFile(data) as pdf:
        document = pdf_document(Pages(tuple(pdf.pages()), tuple(pdf.outline()), pdf.total))
    storage.fulltexts.save(Fulltext(_PAPER, 1, "pdf"), cut(document.blocks), now=_NOW)


def show(answers: Answers, question: str, language: str) -> None:
    """Print the question and its answer as the thread would have them in plain text."""
    start = time.perf_counter()
    answer = answers.answer(Ask(question, (_PAPER,), language))
    took = (time.perf_counter() - start) * 1000
    print(f"\n{'─' * 80}\n❓ {question}   ({took:.0f} ms, found: {answer.found})\n")
    for message in render_answer(answer, language, question_id=1):
        print(message.text)


if __name__ == "__main__":
    main()
