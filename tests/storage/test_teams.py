"""Nothing of one team is ever read or changed in another's name.

Both teams use the same channels, threads, members and papers, as workspaces that share channels do.
"""

import ast
import inspect
import re
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage import (
    ArchiveDigest,
    ArchiveEntry,
    Extra,
    ListingDay,
    Member,
    Note,
    Paper,
    Storage,
    Subscription,
    Summary,
    Thread,
    ToldWeek,
    Turn,
    member_maker,
    open_storage,
)
from storage.forgetting import OF_MEMBER, TEAM_TABLES

NOW = datetime(2025, 3, 20, tzinfo=UTC)
LEASE = timedelta(seconds=60)
PAPER = "2503.14476"
# A workspace and its token are asked for by the team.
OWNED = tuple(table for table in TEAM_TABLES if table not in ("workspaces", "tokens"))
_NAMES = "|".join(OWNED)
OWNED_TABLE = re.compile(rf"(?:\b(?:FROM|JOIN|INTO|UPDATE|USING)\s|,)\s*\"?(?:{_NAMES})\b", re.I)
# That a team is selected is not enough: rows are found, joined or added by it.
BY_TEAM = re.compile(r"\b(?:WHERE|AND|ON|USING|INTO \w+)\s*\(*\s*(?:\w+\.)?team\b", re.I)


def lacks_team(statement: str) -> bool:
    """Whether a statement finds or joins rows of owned tables by anything but their team."""
    tables = len(OWNED_TABLE.findall(statement))
    return tables > 0 and (
        not BY_TEAM.search(statement) or len(re.findall(r"\bteam\b", statement)) < tables
    )


@dataclass(frozen=True)
class Ids:
    """Row numbers that a team knows of its own rows."""

    digest: int
    delivery: int
    question: int
    note: int


def fill(storage: Storage, mark: str) -> Ids:
    """Write into every table that a team owns; every text holds *mark*."""
    storage.papers.save([Paper(PAPER, "DAPO")], now=NOW)
    storage.subscriptions.save(
        Subscription(
            "C1", time(9), mark, (0,), "ko", "brief", ("huggingface",), subscribed_by=mark
        ),
        now=NOW,
    )
    storage.subscriptions.save(
        Subscription(
            "D1", time(9), mark, (0,), "ko", "brief", ("huggingface",), subscribed_by="U1"
        ),
        now=NOW,
    )
    digest = storage.digests.claim(
        channel="C1",
        kind="daily",
        period="2025-03-19",
        language=mark,
        style=mark,
        paper_ids=[PAPER],
        listings=[ListingDay(mark, date(2025, 3, 19))],
        now=NOW,
    )
    delivery = storage.deliveries.plan(
        key="k", channel="C1", kind="digest", payload={"text": mark}, now=NOW, digest_id=digest
    )
    assert delivery is not None
    storage.runs.claim("C1", NOW, owner=mark, now=NOW, lease=LEASE)
    storage.problems.note("C1", code=mark, detail=mark, now=NOW)
    storage.threads.save(Thread("C1", "1.0", "paper", PAPER, digest), now=NOW)
    storage.news.settle("C1", "1.0", PAPER)
    storage.threads.add_turn(Turn("C1", "1.0", "1.1", "U1", mark, NOW, (PAPER, mark)))
    storage.early_messages.keep(
        channel="C1", thread_ts="1.0", ts="1.3", user="U1", message={"text": mark}, now=NOW
    )
    storage.incidents.begin("late", "C1", detail=mark, now=NOW)
    question = storage.questions.record(
        key="q",
        channel="C1",
        thread_ts="1.0",
        ts="1.2",
        user="U1",
        text=mark,
        language=mark,
        now=NOW,
        paper_ids=[PAPER],
    )
    assert question is not None
    storage.questions.save_feedback(question, "U1", mark, now=NOW)
    storage.events.claim("Ev1", now=NOW)
    storage.members.save(Member("U1", chosen_language=mark, read_at=NOW))
    storage.library.save("U1", PAPER, now=NOW)
    storage.library.signal("C1", user="U1", paper_id=PAPER, kind=mark, now=NOW)
    note = storage.notes.add(Note(PAPER, "U1", f"apricot {mark}", "slack", NOW))
    storage.summaries.save(Summary(PAPER, "ko", mark, maker=member_maker("U1")), now=NOW)
    archived = ArchiveDigest("review", "2025-03-19", "ko", (ArchiveEntry(mark),), maker=mark)
    storage.archive.save(archived, [PAPER], source=mark, now=NOW)
    storage.archive.save_extras([(PAPER, "review:1", [Extra("link", mark)])])
    storage.week_texts.save(ToldWeek("basis", ([{"text": mark, "papers": []}],), mark), now=NOW)
    storage.member_texts.save_notes(storage.member_texts.new_notes())
    storage.member_texts.save_corrections(storage.member_texts.new_corrections())
    return Ids(digest, delivery, question, note)


# Everything that can be asked, with the ids of whoever is asked about.
READS: dict[str, Callable[[Storage, Ids], Any]] = {
    "subscription": lambda s, _: s.subscriptions.get("C1"),
    "active": lambda s, _: s.subscriptions.active(),
    "digest": lambda s, ids: s.digests.get(ids.digest),
    "found digest": lambda s, _: s.digests.find("C1", "daily", "2025-03-19"),
    "latest digest": lambda s, _: s.digests.latest("C1"),
    "digests since": lambda s, _: s.digests.since("daily", "2025-01-01"),
    "delivery": lambda s, ids: s.deliveries.get(ids.delivery),
    "found delivery": lambda s, _: s.deliveries.find("k"),
    "deliveries of a digest": lambda s, ids: s.deliveries.of_digest(ids.digest),
    "last posted": lambda s, _: s.deliveries.last_posted("C1"),
    "owners of deliveries": lambda s, _: s.deliveries.leases.owners(),
    "run": lambda s, _: s.runs.get("C1", NOW),
    "latest run": lambda s, _: s.runs.latest("C1", now=NOW),
    "owners of runs": lambda s, _: s.runs.leases.owners(),
    "problem": lambda s, _: s.problems.get("C1"),
    "problems": lambda s, _: s.problems.all(),
    "thread": lambda s, _: s.threads.get("C1", "1.0"),
    "thread of a paper": lambda s, _: s.threads.of_paper("C1", PAPER),
    "turn": lambda s, _: s.threads.turn("C1", "1.1"),
    "turns": lambda s, _: s.threads.turns("C1", "1.0"),
    "last papers": lambda s, _: s.threads.last_papers("C1", since=NOW),
    "question": lambda s, ids: s.questions.get(ids.question),
    "found question": lambda s, _: s.questions.find("q"),
    "owners of questions": lambda s, _: s.questions.leases.owners(),
    "incidents": lambda s, _: s.incidents.open(),
    "early messages": lambda s, _: s.early_messages.take("C1", "1.0"),
    "newest root": lambda s, _: s.deliveries.newest_root("C1"),
    "member": lambda s, _: s.members.get("U1"),
    "signals": lambda s, _: s.library.signals("C1"),
    "signs in a channel": lambda s, _: s.library.signs_in("C1"),
    "signs of a member": lambda s, _: s.library.signs_of("U1"),
    "own digest": lambda s, _: s.subscriptions.of_member("U1"),
    "listings told": lambda s, _: s.digests.told("C1", since=date(2025, 1, 1)),
    "notes": lambda s, _: s.notes.of_paper(PAPER),
    "summary": lambda s, _: s.summaries.get(PAPER, "ko"),
    "archived digest": lambda s, _: s.archive.get("review", "2025-03-19"),
    "editions": lambda s, _: s.archive.editions("review", "2025-03-19"),
    "extras": lambda s, _: s.archive.extras(PAPER),
    "week": lambda s, _: s.week_texts.get("basis"),
}
# What tells nothing but how much there is.
COUNTS: dict[str, Callable[[Storage, Ids], Any]] = {
    "any subscription": lambda s, _: int(s.subscriptions.any()),
    "papers shown": lambda s, _: len(s.digests.papers_shown("C1")),
    "news watched": lambda s, _: len(s.news.watched(since=NOW - LEASE)),
    "saved": lambda s, _: len(s.library.saved("U1")),
    "questions": lambda s, _: s.questions.count(),
    "unfinished": lambda s, _: len(s.questions.unfinished(now=NOW)),
    "settled": lambda s, _: len(s.early_messages.settled(since=NOW)),
    "periods": lambda s, _: len(s.archive.periods()),
    "member_texts": lambda s, _: len(s.member_texts.match("apricot", limit=9)),
    "forgettable": lambda s, _: s.forgetting.count("U1").total,
}
# Everything that changes what is there, aimed at the other team's rows.
CHANGES: dict[str, Callable[[Storage, Ids], Any]] = {
    "late papers": lambda s, ids: s.digests.add_late(ids.digest, [], entries=0, listed=0, now=NOW),
    "further listings": lambda s, ids: s.digests.add_listings(
        ids.digest, [ListingDay("huggingface", date(2025, 3, 18))]
    ),
    "digest paper": lambda s, ids: s.digests.add_paper(ids.digest, 7, PAPER),
    "posted": lambda s, ids: s.deliveries.posted(ids.delivery, ts="9", now=NOW),
    "degraded": lambda s, ids: s.deliveries.degrade(ids.delivery, {}),
    "edit": lambda s, ids: s.deliveries.request_edit(ids.delivery, {}),
    "edit failed": lambda s, ids: s.deliveries.edit_failed(ids.delivery, reason="x", next_try=None),
    "revive": lambda s, ids: s.deliveries.revive_digest(ids.digest, now=NOW),
    "send": lambda s, _: s.deliveries.claim_next(owner="o", now=NOW, lease=LEASE),
    "finish run": lambda s, _: s.runs.finish("C1", NOW, outcome="x", now=NOW),
    "put off": lambda s, _: s.runs.put_off("C1", NOW, outcome="x", next_try=NOW),
    "release runs": lambda s, _: s.runs.leases.release("one", at=NOW),
    "told": lambda s, _: s.problems.told("C1", now=NOW),
    "clear": lambda s, _: s.problems.clear("C1"),
    "versions": lambda s, _: s.news.learn_versions(),
    "forget turn": lambda s, _: s.threads.forget_turn("C1", "1.1"),
    "claim": lambda s, ids: s.questions.claim(ids.question, owner="o", now=NOW, lease=LEASE),
    "reword": lambda s, ids: s.questions.reword(ids.question, "x", "en"),
    "withdraw": lambda s, ids: s.questions.withdraw(ids.question, now=NOW),
    "stop": lambda s, ids: s.questions.stop(ids.question),
    "stop thread": lambda s, _: s.questions.stop_thread("C1", "1.0"),
    "answer": lambda s, ids: s.questions.answered(ids.question, {}, now=NOW),
    "feedback": lambda s, ids: s.questions.save_feedback(ids.question, "U2", "x", now=NOW),
    "drop early": lambda s, _: s.early_messages.drop("C1", "1.3"),
    "end incident": lambda s, _: s.incidents.end(1, now=NOW),
    "forget events": lambda s, _: s.events.forget_old(now=NOW + timedelta(days=9)),
    "unsave": lambda s, _: s.library.unsave("U1", PAPER),
    "mark read": lambda s, _: s.library.mark_read("U1", PAPER, now=NOW),
    "remove note": lambda s, ids: s.notes.remove(ids.note),
    "remove imported": lambda s, _: s.notes.save_imported([], instead=[(PAPER, "slack")]),
    "week": lambda s, _: s.week_texts.save(ToldWeek("basis", (), "x"), now=NOW),
    "forget extras": lambda s, _: s.archive.save_extras([(PAPER, "review:1", [])]),
    "forget member": lambda s, _: s.forgetting.forget("U1"),
    "forget team": lambda s, _: s.forgetting.forget_team(),
}


@pytest.fixture
def filled(storage: Storage) -> tuple[Storage, Storage, Ids, Ids]:
    """Two teams with rows that are alike but for their marks."""
    one, two = storage.of_team("T1"), storage.of_team("T2")
    return one, two, fill(one, "mark-one"), fill(two, "mark-two")


def rows_of(storage: Storage, team: str) -> dict[str, list[Any]]:
    """All rows of a team, table by table, read around every scope."""
    return {
        table: storage._connections.rows(f"SELECT * FROM {table} WHERE team = ?", [team])
        for table in OWNED
    }


def test_every_owned_table_is_filled(filled: tuple[Storage, Storage, Ids, Ids]) -> None:
    one, _, _, _ = filled
    assert [table for table, rows in rows_of(one, "T1").items() if not rows] == []


@pytest.mark.parametrize("name", READS)
def test_a_read_shows_its_own_team_only(
    filled: tuple[Storage, Storage, Ids, Ids], name: str
) -> None:
    one, two, ids_one, ids_two = filled
    read = READS[name]
    assert "mark-two" not in repr(read(one, ids_one))
    assert "mark-one" not in repr(read(two, ids_two))
    # With the other team's row numbers in hand there is nothing either.
    assert "mark-two" not in repr(read(one, ids_two))
    assert "mark-" not in repr(read(one.of_nobody(), ids_one))


def test_the_reads_show_what_is_there(filled: tuple[Storage, Storage, Ids, Ids]) -> None:
    one, _, ids, _ = filled
    silent = {name for name, read in READS.items() if "mark-one" not in repr(read(one, ids))}
    # Nothing is posted, sent or being answered yet; threads hold no text.
    assert silent == {
        *("last posted", "owners of deliveries", "owners of questions"),
        *("run", "latest run", "thread", "thread of a paper"),
    }


@pytest.mark.parametrize("name", COUNTS)
def test_a_count_counts_its_own_team_only(
    filled: tuple[Storage, Storage, Ids, Ids], name: str
) -> None:
    one, two, ids, _ = filled
    both = COUNTS[name](one, ids)
    assert both > 0
    two.forgetting.forget_team()
    assert COUNTS[name](one, ids) == both
    assert COUNTS[name](two, ids) == 0


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_leaves_the_other_team_alone(
    filled: tuple[Storage, Storage, Ids, Ids], name: str
) -> None:
    one, two, ids_one, _ = filled
    before = rows_of(one, "T1")
    CHANGES[name](two, ids_one)
    assert rows_of(one, "T1") == before


@settings(max_examples=30, deadline=None)
@given(order=st.permutations(sorted(CHANGES)), seed=st.integers(0, 9))
def test_no_order_of_changes_reaches_another_team(order: list[str], seed: int) -> None:
    with TemporaryDirectory() as folder, closing(open_storage(Path(folder) / "p.db")) as storage:
        one, two = storage.of_team("T1"), storage.of_team("T2")
        ids, _ = fill(one, "mark-one"), fill(two, "mark-two")
        before = rows_of(one, "T1")
        for name in order[seed:]:
            CHANGES[name](two, ids)
        assert rows_of(one, "T1") == before


def test_every_statement_on_an_owned_table_names_the_team(
    filled: tuple[Storage, Storage, Ids, Ids], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, _, ids, _ = filled
    seen = set[str]()
    kind = type(one._connections)
    for name in ("_fetched", "execute", "executemany"):
        monkeypatch.setattr(kind, name, noting(getattr(kind, name), seen))
    for table in (READS, COUNTS, CHANGES):
        for use in table.values():
            use(one, ids)
    statements = {one for one in seen if OWNED_TABLE.search(one)}
    assert len(statements) > 60
    assert [one for one in statements if lacks_team(one)] == []


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT text FROM notes WHERE id = ?",
        "select text from notes where id = ?",
        "SELECT text\n  FROM\n    notes WHERE id = ?",
        'SELECT text FROM "notes" WHERE id = ?',
        "SELECT team, text FROM notes WHERE id = ?",
        "SELECT text FROM papers, notes WHERE id = ?",
        "DELETE FROM papers USING notes WHERE notes.paper_id = papers.id",
        "SELECT n.text FROM notes n JOIN questions q ON q.id = n.id WHERE n.team = ?",
        "INSERT INTO notes (id, text) VALUES (?, ?)",
        "UPDATE notes SET text = ? WHERE id = ?",
    ],
)
def test_a_statement_that_does_not_go_by_the_team_is_noticed(statement: str) -> None:
    assert lacks_team(statement)


def noting(run: Callable[..., Any], seen: set[str]) -> Callable[..., Any]:
    """The same method, noting the statements it is given."""

    def noted(connections: Any, sql: str, *arguments: Any, **options: Any) -> Any:
        seen.add(sql)
        return run(connections, sql, *arguments, **options)

    return noted


def test_every_written_statement_on_an_owned_table_names_the_team() -> None:
    """Also those that no test runs."""
    folder = Path(inspect.getfile(Storage)).parent
    nameless = []
    for path in sorted(folder.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        constants = {
            target.id: text
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign) and (text := words_of(node.value, {}))
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        described = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}
        inner = described | {
            id(part)
            for node in ast.walk(tree)
            if isinstance(node, ast.JoinedStr | ast.BinOp)
            for part in ast.walk(node)
            if part is not node
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.BinOp | ast.JoinedStr | ast.Constant) and id(node) not in inner:
                text = words_of(node, constants)
                if lacks_team(text):
                    nameless.append(f"{path.name}: {' '.join(text.split())[:60]}")
    assert nameless == [
        # For the monitoring: over all teams, without texts or ids.
        "figures.py: SELECT state, count(*) FROM deliveries GROUP BY state",
        "figures.py: SELECT state, count(*) FROM questions GROUP BY state",
        "figures.py: SELECT kind, count(*) FROM incidents WHERE ended_at IS NULL ",
        # A paper that gets its real id gets it everywhere.
        "papers.py: UPDATE deliveries SET paper_id = ? WHERE paper_id = ?",
    ]


def words_of(node: ast.expr, constants: dict[str, str]) -> str:
    """The text of a string, with what its module's constants put into it."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.BinOp):
        return words_of(node.left, constants) + words_of(node.right, constants)
    if isinstance(node, ast.JoinedStr):
        return "".join(words_of(part, constants) for part in node.values)
    if isinstance(node, ast.FormattedValue) and isinstance(node.value, ast.Name):
        return constants.get(node.value.id, "")
    return ""


def test_a_note_of_a_private_place_is_seen_from_there_alone(storage: Storage) -> None:
    team = storage.of_team("T1")
    team.papers.save([Paper(PAPER, "DAPO")], now=NOW)
    places = ("", "C-private", "U1")
    for place in places:
        note = Note(PAPER, "U1", f"apricot in {place or 'public'}", "slack", NOW)
        team.notes.add(note, place=place)
        corrected = Summary(PAPER, "ko", f"told in {place or 'public'}", maker=member_maker("U1"))
        team.summaries.save(corrected, now=NOW, place=place)
    team.member_texts.save_notes(team.member_texts.new_notes())
    for place in places:
        texts = [note.text for note in team.notes.of_paper(PAPER, place=place)]
        own = [f"apricot in {place}"] if place else []
        assert texts == ["apricot in public", *own]
    # Code that forgets to say where it shows something shows too little, not too much.
    assert [note.text for note in team.notes.of_paper(PAPER)] == ["apricot in public"]
    found = {
        place: team.member_texts.match("apricot", limit=9, place=place) for place in (*places, "C2")
    }
    assert all(found.values())
    # The whole team's correction is older here than that of the private channel.
    shown = {place: team.summaries.get(PAPER, "ko", place=place) for place in (*places, "C2")}
    assert {place: one.tldr for place, one in shown.items() if one} == {
        "": "told in public",
        "C-private": "told in C-private",
        "U1": "told in U1",
        "C2": "told in public",
    }
    assert team.of_nobody().summaries.get(PAPER, "ko") is None


def test_every_table_that_names_a_team_is_known_as_a_teams(storage: Storage) -> None:
    assert tables_with(storage, "team") == set(TEAM_TABLES)


def test_every_table_that_names_a_member_is_known_as_holding_what_is_theirs(
    storage: Storage,
) -> None:
    named = tables_with(storage, "member", "author", "speaker")
    assert named <= {table for table, _ in OF_MEMBER.values()}


def tables_with(storage: Storage, *columns: str) -> set[str]:
    connections = storage._connections
    return {one for one in connections.tables() if {*connections.columns(one)} & {*columns}}
