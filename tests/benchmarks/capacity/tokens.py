"""What a digest costs at a model: tokens of its summaries, counted as the server would bill."""

import json
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.model import Model
from bot.settings import Settings
from bot.summaries import Summarizer
from storage import open_storage
from tests.benchmarks.capacity.digests import varied_papers
from tests.benchmarks.capacity.rows import Row
from tests.model_server import ModelReply, ModelServer
from tests.model_words import passing_summary

PAPERS = 20
# English text has about four characters a token.
CHARACTERS_A_TOKEN = 4


def measure() -> list[Row]:
    """Tokens a paper and a digest of 50, from abstracts; beside the abstracts alone."""
    asked: list[int] = []

    def reply(request: dict[str, Any]) -> ModelReply:
        asked.append(len(json.dumps(request["messages"], ensure_ascii=False)))
        said = " ".join(str(one["content"]) for one in request["messages"])
        about = next((one for one in papers if one.title in said), papers[0])
        return ModelReply(passing_summary(about, request))

    papers = varied_papers(PAPERS)
    with tempfile.TemporaryDirectory() as place, ModelServer(reply) as server:
        storage = open_storage(Path(place) / "paperboy.db")
        settings = Settings(openai_base_url=server.url, openai_api_key="k")
        model = Model.from_settings(settings, storage, lambda: datetime.now(UTC))
        storage.papers.save(papers, now=datetime.now(UTC))
        Summarizer(storage, model, None, lambda: datetime.now(UTC)).ensure(papers, "en")
        storage.close()
        if model is not None:
            model.close()
    sent = sum(asked) / CHARACTERS_A_TOKEN / PAPERS
    bare = sum(len(one.abstract) + len(one.title) for one in papers) / CHARACTERS_A_TOKEN / PAPERS
    return [
        Row(
            "tokens",
            "sent for one summary (characters / 4)",
            sent,
            "tokens",
            bare,
            "title and abstract",
        ),
        Row(
            "tokens",
            "sent for a digest of 50 in one language",
            50 * sent,
            "tokens",
            50 * bare,
            "abstracts",
        ),
        Row("tokens", "calls for one summary", len(asked) / PAPERS, "", 1, "ideal"),
    ]
