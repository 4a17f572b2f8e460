"""What members wrote can be read by the owner of the files alone."""

import os
import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from storage import Paper, open_storage
from storage.sqlite.copies import copy_before, copy_database


@pytest.fixture(autouse=True)
def open_umask() -> Iterator[None]:
    """The usual umask, under which new files can be read by everybody."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, str]:
    return {one.name: oct(stat.S_IMODE(one.stat().st_mode)) for one in folder.iterdir()}


def test_a_new_database_its_log_and_its_copies_are_private(tmp_path: Path, now: datetime) -> None:
    path = tmp_path / "paperboy.db"
    storage = open_storage(path)
    storage.papers.save([Paper("1", "One")], now=now)
    storage.backup(tmp_path / "backup.db")
    copy_database(path, copy_before(path, "m999_later"))
    names = {"paperboy.db", "paperboy.db-wal", "paperboy.db-shm", "backup.db"}
    assert set(modes(tmp_path)) == names | {"paperboy.db.before-m999_later"}
    assert set(modes(tmp_path).values()) == {"0o600"}
    storage.close()


def test_files_that_others_could_read_are_closed_to_them(tmp_path: Path, now: datetime) -> None:
    path = tmp_path / "paperboy [old].db"
    storage = open_storage(path)
    storage.papers.save([Paper("1", "One")], now=now)
    copy_database(path, copy_before(path, "m999_later"))
    for one in tmp_path.iterdir():
        one.chmod(0o664)
    # The other process still has its log.
    open_storage(path).close()
    assert len(modes(tmp_path)) == 4
    assert set(modes(tmp_path).values()) == {"0o600"}
    storage.close()


def test_a_copy_is_never_open_to_others_not_even_while_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "paperboy.db"
    open_storage(path).close()
    seen: list[int] = []
    original = os.open

    def watching(name: str, flags: int, mode: int = 0o777) -> int:
        opened = original(name, flags, mode)
        seen.append(stat.S_IMODE(os.fstat(opened).st_mode))
        return opened

    monkeypatch.setattr("storage.sqlite.private_files.os.open", watching)
    leftover = tmp_path / "copy.db.part"
    leftover.write_text("of a copy that was broken off")
    leftover.chmod(0o644)
    copy_database(path, tmp_path / "copy.db")
    assert seen == [0o600]
    assert modes(tmp_path)["copy.db"] == "0o600"
