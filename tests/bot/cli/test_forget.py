"""``paperboy forget``: deletion on request, counted before it is done."""

from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from bot.cli.run import run_command_line
from storage import Note, Paper, Storage, Subscription, Summary, Turn, member_maker, open_storage
from tests.rows import everything

NOW = datetime(2025, 3, 20, tzinfo=UTC)
PAPER = "2503.14476"


def said_by(storage: Storage, user: str) -> None:
    ts = f"{user}.1"
    storage.threads.add_turn(Turn("C1", "1.0", ts, user, "why?", NOW))
    key = f"C1:{ts}"
    storage.questions.record(
        key=key,
        channel="C1",
        thread_ts="1.0",
        ts=ts,
        user=user,
        text="?",
        language="en",
        now=NOW,
    )
    storage.events.claim(f"offer:C1:{PAPER}:{user}", now=NOW)
    question = storage.questions.find(key)
    assert question is not None
    storage.questions.set_answer_ts(question.id, f"{user}.2")
    storage.questions.save_feedback(question.id, user, "up", now=NOW)
    storage.threads.add_turn(Turn("C1", "1.0", f"{user}.2", "paperboy", "because", NOW))
    storage.notes.add(Note(PAPER, user, "mine", "slack", NOW), place=user)
    corrected = Summary(PAPER, "ko", "told", maker=member_maker(user))
    storage.summaries.save(corrected, now=NOW)
    storage.library.save(user, PAPER, now=NOW)
    storage.library.signal("C1", user=user, paper_id=PAPER, kind="saved", now=NOW)
    payload = {"text": f"shared by <@{user}>"}
    storage.deliveries.plan(
        key=f"shared {ord(user[-1])}", channel="C1", kind="notice", payload=payload, now=NOW
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "paperboy.db"
    storage = open_storage(path)
    storage.papers.save([Paper(PAPER, "DAPO")], now=NOW)
    subscription = Subscription(
        "C1", time(9), "Asia/Seoul", (0,), "ko", "brief", ("huggingface",), subscribed_by="U1"
    )
    storage.subscriptions.save(subscription, now=NOW)
    for user in ("U1", "U2"):
        said_by(storage, user)
    said_by(storage.of_team("T2"), "U1")
    storage.close()
    return path


def run(path: Path, *arguments: str) -> int:
    environment = {"PAPERBOY_DATABASE": str(path), "PAPERBOY_LANGUAGE": "en"}
    return run_command_line(["forget", *arguments], environment)


def test_a_dry_run_counts_and_deletes_nothing(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    storage = open_storage(path)
    before = everything(storage)
    assert run(path, "U1", "--dry-run") == 0
    shown = dict(line.rsplit(maxsplit=1) for line in capsys.readouterr().out.splitlines())
    assert shown == {
        "messages": "1",
        "questions and answers": "2",
        "ratings of answers": "1",
        "notes": "1",
        "corrected summaries": "1",
        "saved papers": "1",
        "records of interest": "2",
    }
    assert everything(storage) == before
    storage.close()


def test_nothing_of_a_member_is_left_and_others_keep_theirs(path: Path) -> None:
    assert run(path, "U1", "--yes") == 0
    storage = open_storage(path)
    assert storage.forgetting.count("U1").total == 0
    assert storage.forgetting.count("U2").total == 9
    assert storage.of_team("T2").forgetting.count("U1").total == 9
    subscription = storage.subscriptions.get("C1")
    assert subscription is not None
    assert subscription.subscribed_by is None
    mine = [line for line in everything(storage) if "U1" in line]
    assert all("'T2'" in line for line in mine), mine
    storage.close()


def test_a_whole_workspace_is_forgotten(path: Path) -> None:
    assert run(path, "--workspace", "--team", "T2", "--yes") == 0
    storage = open_storage(path)
    assert storage.of_team("T2").forgetting.count_team().total == 0
    assert storage.forgetting.count("U1").total == 9
    assert storage.papers.get(PAPER) is not None
    storage.close()


def test_either_a_member_or_a_workspace_is_named(path: Path) -> None:
    assert run(path) == 2
    assert run(path, "U1", "--workspace") == 2


def test_what_stands_in_a_members_own_messages_goes_with_them(path: Path) -> None:
    storage = open_storage(path)
    for user, direct in (("U1", "D1"), ("U2", "D2")):
        storage.library.signal(direct, user=user, paper_id=PAPER, kind="opened", now=NOW)
        key = f"card:{direct}"
        storage.deliveries.plan(
            key=key, channel=direct, kind="card", payload={"text": key}, now=NOW
        )
        wish = Subscription(
            direct, time(9), "Asia/Seoul", (0,), "ko", "brief", ("huggingface",), subscribed_by=user
        )
        storage.subscriptions.save(wish, now=NOW)
        storage.threads.add_turn(Turn(direct, "3.0", f"{direct}.3", "paperboy", "hello", NOW))
    storage.close()
    assert run(path, "U1", "--yes") == 0
    storage = open_storage(path)
    text = "\n".join(everything(storage))
    assert "D1" not in text
    assert storage.subscriptions.get("D2") is not None
    assert storage.threads.turn("D2", "D2.3") is not None
    assert "card:D2" in text
    storage.close()


def test_nothing_of_what_was_deleted_is_left_in_the_files(path: Path) -> None:
    secret = "thunderous velvet"
    storage = open_storage(path)
    with storage.transaction():
        for number in range(40):
            note = Note(PAPER, "U1", f"{secret} {number} " + "x" * 500, "slack", NOW)
            storage.notes.add(note, place="U1")
    files = [path, path.with_name(f"{path.name}-wal")]
    assert any(secret.encode() in file.read_bytes() for file in files)
    storage.forgetting.forget("U1")
    assert not any(secret.encode() in file.read_bytes() for file in files if file.exists())
    storage.close()
