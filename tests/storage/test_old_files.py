"""A file of the time before teams goes to the single team, with nothing lost."""

import json
from collections.abc import Mapping
from pathlib import Path

from sqlite_utils import Database

from storage import open_storage
from storage.migrations import migrations

MOMENT = "2025-03-20T00:00:00.000000+00:00"
EMPTY = ("highlights", "sections", "introduction", "organizations", "keywords", "warnings")
CORRECTED = {"tldr": "told by Ada", **{name: [] for name in EMPTY}}
ROWS: list[tuple[str, Mapping[str, object]]] = [
    ("papers", {"id": "1", "title": "One", "first_seen": MOMENT, "updated_at": MOMENT}),
    ("indexed_papers", {"doc": 1, "paper_id": "1", "content_hash": "x"}),
    (
        "paper_text",
        {"rowid": 1, "title": "one", "people": "", "abstract": "", "summary": "secret"},
    ),
    (
        "digests",
        {"id": 5, "channel": "C1", "kind": "daily", "period": "2025-03-19", "language": "ko"}
        | {"style": "brief", "entries": 1, "listed": 1, "planned_at": MOMENT},
    ),
    ("digest_papers", {"digest_id": 5, "number": 1, "paper_id": "1"}),
    ("deliveries", {"id": 7, "key": "k", "kind": "digest", "state": "posted"}),
    ("deliveries", {"id": 8, "key": "l", "kind": "part", "state": "planned", "parent_id": 7}),
    (
        "threads",
        {"channel": "C1", "ts": "1.0", "kind": "digest", "digest_id": 5, "opened_at": MOMENT},
    ),
    (
        "questions",
        {"id": 3, "key": "q", "channel": "C1", "thread_ts": "1.0", "ts": "1.1", "user": "U1"}
        | {"team": "T9", "text": "why", "language": "en", "state": "recorded", "asked_at": MOMENT},
    ),
    ("feedback", {"question_id": 3, "user": "U1", "value": "up", "given_at": MOMENT}),
    (
        "notes",
        {"paper_id": "1", "author": "U1", "text": "secret", "origin": "slack"}
        | {"written_at": MOMENT},
    ),
    (
        "summaries",
        {"paper_id": "1", "language": "ko", "maker": "member:U1", "prompt_hash": "correction"}
        | {"basis": "abstract", "content": json.dumps(CORRECTED), "made_at": MOMENT},
    ),
]
EVERY_DELIVERY = {"digest_id": 5, "channel": "C1", "position": 0, "payload": "{}"}


def old_file(path: Path) -> None:
    """A database as the version before wrote it, with a row of each kind."""
    db = Database(path)
    migrations.apply(db, stop_before="m014_teams")
    for table, told in ROWS:
        row = {**told} | (EVERY_DELIVERY | {"planned_at": MOMENT} if table == "deliveries" else {})
        marks = ", ".join("?" * len(row))
        names = ", ".join(row)
        db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values()))
    db.conn.commit()
    db.close()


def test_rows_of_an_old_file_belong_to_the_single_team(tmp_path: Path) -> None:
    path = tmp_path / "paperboy.db"
    old_file(path)
    storage = open_storage(path)
    digest = storage.digests.find("C1", "daily", "2025-03-19")
    assert digest is not None
    assert (digest.id, digest.paper_ids) == (5, ("1",))
    assert [row.id for row in storage.deliveries.of_digest(5)] == [7, 8]
    thread, question = storage.threads.get("C1", "1.0"), storage.questions.get(3)
    assert thread is not None
    assert thread.digest_id == 5
    assert question is not None
    assert question.asker_team == "T9"
    assert [note.text for note in storage.notes.of_paper("1")] == ["secret"]
    summary = storage.summaries.get("1", "ko")
    assert summary is not None
    assert (summary.tldr, summary.maker) == ("told by Ada", "member:U1")
    assert storage.of_nobody().summaries.get("1", "ko") is None
    assert storage._connections.rows("PRAGMA foreign_key_check") == []
    assert storage._connections.row("SELECT count(*) FROM feedback")[0] == 1
    # The rules of the old tables hold on: a digest takes its rows with it.
    with storage._connections.transaction() as db:
        db.execute("DELETE FROM digests WHERE id = 5")
    assert storage.threads.get("C1", "1.0") is None
    assert storage.deliveries.of_digest(5) == []
    storage.close()


def test_words_of_notes_leave_the_index_that_teams_share(tmp_path: Path) -> None:
    path = tmp_path / "paperboy.db"
    old_file(path)
    storage = open_storage(path)
    found = storage._connections.row(
        "SELECT count(*) FROM paper_text WHERE paper_text MATCH 'secret'"
    )
    assert found[0] == 0
    assert storage.search.unindexed_papers() == ["1"]
    storage.close()
