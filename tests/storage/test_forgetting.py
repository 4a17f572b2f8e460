"""What is forgotten is gone from every byte of the files, the full-text index included."""

import logging
import sqlite3
from datetime import datetime
from pathlib import Path

import pytest

from bot.search.ingest import index_member_texts
from storage import (
    Note,
    Paper,
    Storage,
    Summary,
    ToldSentence,
    ToldWeek,
    Turn,
    member_maker,
)
from storage.sqlite.connections import SqliteConnections

pytestmark = pytest.mark.sqlite

# A word of each text that nobody else uses.
SECRETS = ("zirkonium", "wolframite", "quetzal", "yttrium", "xenolith")
PAPER = "2503.14476"


def bytes_of(path: Path) -> bytes:
    """All that the database's files hold, in small letters."""
    files = sorted(path.parent.glob(f"{path.name}*"))
    return b"".join(one.read_bytes() for one in files).lower()


def empty_log(storage: Storage) -> None:
    assert isinstance(storage._connections, SqliteConnections)
    storage._connections.empty_log()


def found(storage: Storage) -> list[str]:
    held = bytes_of(Path(storage.location))
    return [word for word in SECRETS if word.encode() in held]


@pytest.fixture
def told(storage: Storage, now: datetime) -> Storage:
    """A database in which U1 said all the secrets, in many small steps, among others' words."""
    storage.papers.save([Paper(PAPER, "DAPO")], now=now)
    for number in range(20):
        storage.notes.add(Note(PAPER, "U2", f"other words {number}", "slack", now))
        index_member_texts(storage)
    storage.notes.add(Note(PAPER, "U1", f"{SECRETS[0]} is a note", "slack", now))
    index_member_texts(storage)
    corrected = Summary(PAPER, "en", f"{SECRETS[1]} is a correction", maker=member_maker("U1"))
    storage.summaries.save(corrected, now=now)
    sentence = ToldSentence(text=f"{SECRETS[1]} made the week", papers=[PAPER])
    storage.week_texts.save(ToldWeek("basis", ([sentence],), "a-model"), now=now)
    index_member_texts(storage)
    storage.threads.add_turn(Turn("C1", "1.0", "1.1", "U1", f"{SECRETS[2]} was said", now))
    for text in (f"{SECRETS[3]} was asked first", f"{SECRETS[4]} was asked then"):
        if question := storage.questions.find("C1:1.2"):
            storage.questions.reword(question.id, text, "en")
        else:
            storage.questions.record(
                key="C1:1.2",
                channel="C1",
                thread_ts="1.0",
                ts="1.2",
                user="U1",
                text=text,
                language="en",
                now=now,
            )
    for number in range(20):
        storage.notes.add(Note(PAPER, "U2", f"further words {number}", "slack", now))
        index_member_texts(storage)
    assert found(storage) == list(SECRETS)
    return storage


def test_no_byte_of_a_forgotten_member_stays(told: Storage) -> None:
    told.forgetting.forget("U1")
    assert found(told) == []
    assert told.member_texts.match("words", limit=5) == [PAPER]
    assert told.member_texts.match(SECRETS[0], limit=5) == []


def test_no_byte_of_a_forgotten_workspace_stays(told: Storage) -> None:
    told.forgetting.forget_team()
    assert found(told) == []


def test_what_was_replaced_before_is_gone_with_the_rest(told: Storage) -> None:
    # The first wording of the question was overwritten when it was reworded, long before.
    told.questions.reword(1, "something else", "en")
    empty_log(told)
    assert set(found(told)) == set(SECRETS[:3])


def test_a_log_that_somebody_reads_is_told_and_emptied_by_the_next_change(
    told: Storage, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    reader = sqlite3.connect(told.location)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM notes").fetchone()
    with caplog.at_level(logging.WARNING), told.patience(0.1):
        told.forgetting.forget("U1")
    assert "stays in" in caplog.text
    assert found(told) == list(SECRETS)
    told.events.claim("while it is read", now=now)
    assert found(told) == list(SECRETS)
    reader.close()
    told.events.claim("afterwards", now=now)
    assert found(told) == []


def test_a_removed_note_leaves_the_index(told: Storage) -> None:
    (note,) = [one for one in told.notes.of_paper(PAPER) if one.author == "U1"]
    assert note.id is not None
    told.notes.remove(note.id)
    empty_log(told)
    assert SECRETS[0] not in found(told)
