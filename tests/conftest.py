"""Fixtures every room's tests share: a real database file and an empty environment."""

import logging
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

from bot.telemetry.logs import QUIET, JsonLines, TextLines
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
    """A command that a test or a fixture runs sets logging up for the whole process, on streams of
    that test."""
    _undo_logging()
    yield
    _undo_logging()


def _undo_logging() -> None:
    root = logging.getLogger()
    root.setLevel(logging.WARNING)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.NOTSET)
    for handler in list(root.handlers):
        if isinstance(handler.formatter, TextLines | JsonLines):
            root.removeHandler(handler)


@pytest.fixture
def now() -> datetime:
    """A Thursday morning, 09:00 in Seoul."""
    return NOW


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the newest schema and nothing in it, made once: copies cost a third."""
    path = tmp_path_factory.mktemp("empty") / "paperboy.db"
    open_storage(path).close()
    return path


@pytest.fixture
def storage(tmp_path: Path, empty_database: Path) -> Iterator[Storage]:
    """A new database in a real file."""
    opened = open_storage(Path(shutil.copy(empty_database, tmp_path / "paperboy.db")))
    yield opened
    opened.close()
