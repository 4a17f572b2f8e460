"""Fixtures every room's tests share: a real database file and an empty environment."""

import logging
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

from bot.telemetry.logs import JsonLines, TextLines
from storage import Storage, open_storage

# A busy machine is no failed property.
settings.register_profile("paperboy", deadline=None)
settings.load_profile("paperboy")

NOW = datetime(2025, 3, 20, 0, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the machine leaks into a test."""
    for name in list(os.environ):
        if name.startswith(("PAPERBOY_", "SLACK_", "OPENAI_")) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def logging_as_before() -> Iterator[None]:
    """A command that a test runs sets logging up for the whole process, on streams of the test."""
    root = logging.getLogger()
    before = [
        (one, one.level)
        for one in (root, *root.manager.loggerDict.values())
        if isinstance(one, logging.Logger)
    ]
    yield
    for one, level in before:
        one.setLevel(level)
    ours = [one for one in root.handlers if isinstance(one.formatter, TextLines | JsonLines)]
    for handler in ours:
        root.removeHandler(handler)


@pytest.fixture
def now() -> datetime:
    """A Thursday morning, 09:00 in Seoul."""
    return NOW


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[Storage]:
    """A new database in a real file."""
    opened = open_storage(tmp_path / "paperboy.db")
    yield opened
    opened.close()
