"""The outside of the soak: sources that replay real days, a model, and what goes wrong there."""

import random
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from bot.sources.huggingface import parse_listing
from bot.text.sentences import sentences
from bot.workspace import Workspace
from storage import Paper
from tests.model_server import ModelReply
from tests.model_words import passing_summary
from tests.replay import HuggingFaceReplay, Reply

_ID = re.compile(r"\d{4}\.\d{5}")
SETTLED_AFTER = timedelta(days=1.2)
SOURCE_FAULTS = (
    Reply(status=429, headers={"Retry-After": "1"}),
    Reply(status=500),
    Reply(status=503, body=b"<html>later</html>"),
    Reply(resets=True),
    Reply(body=b'[{"paper": ', announced=5_000),
    Reply(body=b"<html>no JSON</html>"),
)
SLOW_SOURCE = Reply(body=b"[", announced=5_000, stalls=True)
# Method, what happens and with which status; once each.
SLACK_FAULTS: tuple[tuple[str, str, int], ...] = (
    ("chat.postMessage", "internal_error", 200),
    ("chat.postMessage", "internal_error", 500),
    ("chat.postMessage", "ratelimited", 429),
    ("chat.postMessage", "reset", 200),
    ("chat.postMessage", "reset_after", 200),
    ("chat.postMessage", "malformed_after", 200),
    ("chat.update", "internal_error", 500),
    ("chat.update", "reset_after", 200),
    ("chat.startStream", "reset_after", 200),
    ("chat.appendStream", "internal_error", 500),
    ("chat.appendStream", "reset", 200),
    ("chat.stopStream", "reset_after", 200),
    ("conversations.history", "internal_error", 503),
    ("users.info", "internal_error", 500),
)


class Listings(HuggingFaceReplay):
    """Hugging Face as it answered: on the day itself, and a day later. Knows ``days`` only."""

    def __init__(self, folder: Path, clock: Callable[[], datetime], days: frozenset[date]) -> None:
        self._clock = clock
        self._data = folder
        self._days = days
        super().__init__(folder / "same_day")

    def _page(self, day: date, limit: int, page: int) -> Reply:
        if day not in self._days:
            return Reply(body=b"[]", headers={"Content-Type": "application/json"})
        settles = datetime.combine(day, time(), UTC) + SETTLED_AFTER
        self.folder = self._data / ("next_day" if self._clock() >= settles else "same_day")
        return super()._page(day, limit, page)

    def _today(self) -> date:
        return self._clock().date()

    def settled(self, day: date) -> tuple[Paper, ...]:
        """The papers of a day as they stand a day later."""
        return settled_papers(self._data, day)


def settled_papers(folder: Path, day: date) -> tuple[Paper, ...]:
    """The papers of a day as they stood a day later."""
    return tuple(parse_listing((folder / "next_day" / f"{day}.json").read_bytes()).papers)


class ModelWords:
    """What the model says: good answers, and at times none, half of one or a refusal."""

    def __init__(
        self, chance: random.Random, share_of_faults: float, papers: Mapping[str, Paper]
    ) -> None:
        self._chance = chance
        self._papers = papers
        self._share = share_of_faults

    def __call__(self, request: dict[str, Any]) -> ModelReply:
        """An answer with a citation, or a summary in the form that was asked for."""
        if self._chance.random() < self._share:
            return self._chance.choices(
                (
                    ModelReply(status=500, error="overloaded"),
                    ModelReply(status=429, error="slow down", headers={"Retry-After": "1"}),
                    ModelReply("It is evaluated on", finish="length"),
                    ModelReply(
                        raw=b'data: {"id": "c1", "cho',
                        headers={"Content-Type": "text/event-stream"},
                    ),
                    ModelReply("", refusal="no"),
                ),
                weights=(1, 1, 5, 5, 5),  # the first two are waited for in real seconds
            )[0]
        paper = self._paper(str(request["messages"]))
        if "response_format" not in request:
            return ModelReply(f"{sentences(paper.abstract)[0].rstrip('.')} [1].")
        return ModelReply(passing_summary(paper, request))

    def _paper(self, asked: str) -> Paper:
        """The paper that was asked about."""
        named = [self._papers[one] for one in _ID.findall(asked) if one in self._papers]
        titled = (one for one in self._papers.values() if one.title in asked)
        return named[0] if named else next(titled, next(iter(self._papers.values())))


def disturb(
    chance: random.Random, workspace: Workspace, listings: Listings, *, rate: float
) -> list[str]:
    """Order faults for the next hours; returns their names."""
    ordered = []
    if chance.random() < rate:
        listings.faults.append(chance.choice(SOURCE_FAULTS))
        ordered.append("source")
    if chance.random() < rate / 20:
        listings.faults.append(SLOW_SOURCE)
        ordered.append("slow source")
    for _ in range(3):
        if chance.random() < rate:
            method, error, status = chance.choice(SLACK_FAULTS)
            workspace.fail(method, error, status=status, retry_after=1)
            ordered.append(f"Slack: {method}")
    if chance.random() < rate / 3:
        workspace.drop_connection()
        ordered.append("connection")
    return ordered
