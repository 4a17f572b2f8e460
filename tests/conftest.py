"""Fixtures every room's tests share: a real database file and an empty environment."""

import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

from bot.telemetry.logs import QUIET, JsonLines, TextLines
from storage import Storage, open_storage
from tests.postgres import empty, session_folder, session_server

# A busy machine is no failed property.
settings.register_profile("paperboy", deadline=None)
settings.load_profile("paperboy")

HERE = Path(__file__).parent
ON_BOTH = ("storage/", "bot/delivery/", "bot/questions/", "bot/search/", "bot/archive/")
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


def pytest_configure(config: pytest.Config) -> None:
    """A place for the PostgreSQL server, which all processes of the session share."""
    if not hasattr(config, "workerinput"):
        held = ExitStack()
        held.enter_context(session_folder())
        config.add_cleanup(held.close)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Whatever rests on a database runs on both in the rooms that live by it, else on SQLite."""
    if "database" in metafunc.fixturenames:
        place = metafunc.definition.path.relative_to(HERE).as_posix()
        alone = not place.startswith(ON_BOTH) or metafunc.definition.get_closest_marker("sqlite")
        kinds = ["sqlite"] if alone else ["sqlite", "postgresql"]
        metafunc.parametrize("database", kinds, indirect=True)


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the newest schema and nothing in it, made once: copies cost a third."""
    path = tmp_path_factory.mktemp("empty") / "paperboy.db"
    open_storage(path).close()
    return path


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of this process's PostgreSQL database, with the schema."""
    server = session_server()
    url = server.create()
    open_storage(url).close()
    yield url
    server.drop(url)


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path, empty_database: Path) -> Path | str:
    """A new database: a file or, where the test asks for it, an emptied one on a server."""
    if request.param == "sqlite":
        return Path(shutil.copy(empty_database, tmp_path / "paperboy.db"))
    url: str = request.getfixturevalue("postgresql")
    empty(url)
    return url


@pytest.fixture
def storage(database: Path | str) -> Iterator[Storage]:
    """A new database."""
    opened = open_storage(database)
    yield opened
    opened.close()
