"""The way to a newer schema and back."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from bot.cli import run_command_line
from storage import DatabaseUnusableError, NewerSchemaError, Paper, open_storage
from storage.connections import Connections
from storage.migrations import STEPS


@contextmanager
def newer_program(script: str = "CREATE TABLE later (x TEXT)") -> Iterator[None]:
    """The next release, with one migration more."""

    def m999_later(connections: Connections) -> None:
        connections.run(f"{script};")

    STEPS.append(m999_later)
    try:
        yield
    finally:
        STEPS.pop()


@pytest.fixture
def path(tmp_path: Path, now: datetime) -> Path:
    """A database of this release with one paper."""
    made = tmp_path / "paperboy.db"
    storage = open_storage(made)
    storage.papers.save([Paper("1", "One")], now=now)
    storage.close()
    return made


def copy_of(path: Path) -> Path:
    return path.with_name("paperboy.db.before-m999_later")


def test_a_new_file_and_an_unchanged_schema_need_no_copy(path: Path) -> None:
    open_storage(path).close()
    assert list(path.parent.glob("*before*")) == []


def test_an_upgrade_leaves_the_old_file_beside_it_and_rolling_back_works(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with newer_program():
        open_storage(path).close()
    with pytest.raises(NewerSchemaError) as refused:
        open_storage(path)
    assert refused.value.copy == copy_of(path)
    environment = {"PAPERBOY_DATABASE": str(path), "PAPERBOY_LANGUAGE": "en"}
    assert run_command_line(["stats"], environment) == 1
    told = capsys.readouterr().err
    assert "newer version of Paperboy" in told
    assert str(copy_of(path)) in told
    # What the sentence says is what an operator does.
    for leftover in ("-wal", "-shm"):
        path.with_name(path.name + leftover).unlink(missing_ok=True)
    copy_of(path).replace(path)
    storage = open_storage(path)
    assert storage.papers.get("1") is not None
    storage.close()


def test_a_migration_that_fails_leaves_the_file_as_it_was(path: Path) -> None:
    with newer_program("CREATE TABLE papers (x)"), pytest.raises(DatabaseUnusableError):
        open_storage(path)
    storage = open_storage(path)
    assert storage.counts()["papers"] == 1
    storage.close()


def test_without_room_for_the_copy_nothing_is_changed(path: Path) -> None:
    copy_of(path).mkdir()
    with newer_program(), pytest.raises(DatabaseUnusableError, match="before-m999_later"):
        open_storage(path)
    storage = open_storage(path)  # still this release's
    assert storage.counts()["papers"] == 1
    storage.close()


def test_the_copy_is_of_what_is_committed_while_others_read(path: Path, now: datetime) -> None:
    other = sqlite3.connect(path)
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM papers").fetchone()
    with newer_program():
        open_storage(path).close()
    other.close()
    copied = sqlite3.connect(copy_of(path))
    assert copied.execute("SELECT id FROM papers").fetchall() == [("1",)]
    assert copied.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    copied.close()
