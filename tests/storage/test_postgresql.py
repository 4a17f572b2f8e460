"""What is PostgreSQL's alone: several at once, news, an outage, and the way there and back."""

import struct
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from bot.cli import run_command_line
from bot.search import SearchIndex
from storage import (
    PROMISED,
    AlreadyExistsError,
    DatabaseBusyError,
    DatabaseUnusableError,
    Paper,
    Storage,
    StoredVector,
    Trouble,
    carry_over,
    open_storage,
    shown,
)
from storage.forgetting import TEAM_TABLES
from storage.times import to_text
from storage.transfer import NotEmptyError
from tests.pooler import CONNECTIONS, pooled
from tests.postgres import PROGRAMS, Server, empty, server, session_server
from tests.rows import everything
from tests.storage.test_teams import fill

NOW = datetime(2025, 3, 20, tzinfo=UTC)
LEASE = timedelta(minutes=1)
WITHOUT_PGVECTOR = Path("/usr/lib/postgresql")
# Made anew from the rest.
INDEX = ("indexed_papers", "member_texts", "paper_vectors", "passage_vectors")


@pytest.fixture
def address(postgresql: str) -> str:
    empty(postgresql)
    return postgresql


@pytest.fixture
def there(address: str) -> Iterator[Storage]:
    with closing(open_storage(address)) as storage:
        yield storage


def rows(storage: Storage) -> list[str]:
    return sorted(one for one in everything(storage) if not one.startswith(INDEX))


def test_an_archive_is_carried_over_and_back_whole(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here, back = tmp_path / "here.db", tmp_path / "back.db"
    with closing(open_storage(here)) as storage:
        fill(storage.of_team("T1"), "one")
        fill(storage.of_team("T2"), "two")
        before = rows(storage)
    environment = {"PAPERBOY_DATABASE": address, "PAPERBOY_LANGUAGE": "en"}
    assert run_command_line(["migrate", "--from", str(here)], environment) == 0
    told = capsys.readouterr().err
    # What is done for so long is told while it is done.
    steps = ("Copying rows", "Verifying rows", "all of them were verified", "search index")
    places = [told.find(one) for one in steps]
    assert -1 not in places
    assert places == sorted(places)
    with closing(open_storage(address)) as storage:
        # New rows are numbered behind those that came.
        assert storage.of_team("T1").questions.record(
            key="new",
            channel="C",
            thread_ts="1",
            ts="2",
            user="U",
            text="?",
            language="en",
            now=NOW,
        )
        storage._connections.execute("DELETE FROM questions WHERE team = 'T1' AND key = 'new'")
    carry_over(address, back)
    with closing(open_storage(back)) as storage:
        assert rows(storage) == before


def test_a_database_that_holds_something_is_not_written_over(
    there: Storage, address: str, tmp_path: Path
) -> None:
    there.papers.save([Paper("1", "One")], now=NOW)
    open_storage(tmp_path / "other.db").close()
    with pytest.raises(NotEmptyError, match="holds something already"):
        carry_over(tmp_path / "other.db", address)
    with pytest.raises(DatabaseUnusableError, match="missing"):
        carry_over(tmp_path / "missing.db", address)
    assert not (tmp_path / "missing.db").exists()


def test_every_key_of_a_teams_table_has_the_team(storage: Storage) -> None:
    """So that a database can be spread by team."""
    connections = storage._connections
    keys = {table: connections.keys(table) for table in TEAM_TABLES}
    assert all(keys.values())
    lacking = [(table, key) for table in keys for key in keys[table] if "team" not in key]
    assert lacking == []


def test_several_claimers_at_once_get_each_message_once(address: str) -> None:
    with closing(open_storage(address)) as storage:
        for number in range(60):
            storage.deliveries.plan(
                key=f"{number}", channel=f"C{number}", kind="notice", payload={}, now=NOW
            )
    claimed: list[int] = []

    def claim(owner: str) -> None:
        with closing(open_storage(address)) as storage:
            deliveries = storage.deliveries
            while found := deliveries.claim_next(owner=owner, now=NOW, lease=LEASE):
                claimed.append(found.id)

    threads = [threading.Thread(target=claim, args=(name,)) for name in "abcd"]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(claimed) == list(range(1, 61))


def test_a_digest_is_promised_by_one_of_many(address: str) -> None:
    promised = list[str]()

    def promise(name: str) -> None:
        with closing(open_storage(address)) as storage:
            try:
                storage.digests.claim(
                    channel="C",
                    kind="daily",
                    period="2025-03-19",
                    language="en",
                    style="brief",
                    paper_ids=[],
                    now=NOW,
                )
            except AlreadyExistsError:
                return
            promised.append(name)

    threads = [threading.Thread(target=promise, args=(name,)) for name in "abcd"]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(promised) == 1


def test_two_who_save_the_same_papers_are_not_in_each_others_way(address: str) -> None:
    papers = [Paper(f"2503.{number:05}", "Title", abstract="words") for number in range(100)]
    counts = list[tuple[int, int]]()

    def save(order: list[Paper]) -> None:
        with closing(open_storage(address)) as storage:
            counts.append(storage.papers.save(order, now=NOW))

    threads = [threading.Thread(target=save, args=(order,)) for order in (papers, papers[::-1]) * 2]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sum(new for new, _ in counts) == 100
    assert sum(known for _, known in counts) == 300


def test_other_processes_hear_of_a_promise_once_it_is_kept(there: Storage, address: str) -> None:
    heard, told = list[tuple[str, str]](), threading.Event()

    def hear(topic: str, team: str) -> None:
        heard.append((topic, team))
        told.set()

    with closing(open_storage(address)) as other:
        other.listen(hear)
        for number in range(1000):
            there.of_team("T1").deliveries.plan(
                key=str(number), channel="C", kind="notice", payload={}, now=NOW
            )
            if told.wait(0.1):
                break
    assert heard[0] == (PROMISED, "T1")


def test_the_connection_that_listens_says_whose_it_is(there: Storage, address: str) -> None:
    there.listen(lambda topic, team: None)
    found = None
    with psycopg.connect(address, autocommit=True) as other:
        until = time.monotonic() + 30
        while found is None and time.monotonic() < until:
            found = other.execute(
                "SELECT application_name FROM pg_stat_activity "
                "WHERE datname = current_database() AND query LIKE 'LISTEN%'"
            ).fetchone()
    assert found == ("paperboy",)


def test_patience_ends_at_a_row_that_somebody_holds(there: Storage, address: str) -> None:
    there.papers.save([Paper("1", "One")], now=NOW)
    with psycopg.connect(address) as other:
        other.execute("SELECT 1 FROM papers FOR UPDATE")
        with there.patience(0.2), pytest.raises(DatabaseBusyError):
            there.papers.save([Paper("1", "Two")], now=NOW)
    there.papers.save([Paper("1", "Three")], now=NOW)
    paper = there.papers.get("1")
    assert paper is not None
    assert paper.title == "Three"


def test_a_lost_server_is_told_and_work_goes_on_when_it_is_back(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with server() as own, closing(open_storage(own.create())) as storage:
        storage.papers.save([Paper("1", "One")], now=NOW)
        own.stop("immediate")
        with storage.patience(0.3):
            assert not storage.is_ready()
            with pytest.raises(DatabaseUnusableError):
                storage.papers.save([Paper("2", "Two")], now=NOW)
        assert "cannot be reached" in caplog.text
        own.start()
        storage.papers.save([Paper("2", "Two")], now=NOW)
        assert storage.counts()["papers"] == 2
        assert storage.is_ready()
        assert "is back" in caplog.text


def test_a_wrong_address_is_told_without_the_password(tmp_path: Path) -> None:
    address = f"postgresql://someone:secret@/nowhere?host={tmp_path}"
    with pytest.raises(DatabaseUnusableError) as told:
        open_storage(address)
    assert told.value.trouble is Trouble.UNREACHABLE
    assert "secret" not in str(told.value)


def asked(own: Server, *statements: str, database: str = "postgres") -> None:
    with psycopg.connect(own.url(database), autocommit=True) as connection:
        for one in statements:
            connection.execute(one)


def test_why_the_server_is_lost_is_logged_and_whoever_asks_is_told_soon(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with server() as own, closing(open_storage(own.create())) as storage:
        own.stop("immediate")
        began = time.monotonic()
        assert not storage.is_ready()
        assert time.monotonic() - began < 5
        with storage.patience(0.3), pytest.raises(DatabaseUnusableError) as told:
            storage.papers.get("1")
        assert told.value.trouble is Trouble.UNREACHABLE
        (logged,) = [one for one in caplog.messages if "cannot be reached" in one]
        assert "connection to server" in logged


def test_a_server_that_stays_away_is_no_longer_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.postgresql.connections.PATIENCE_SECONDS", 3.0)
    with server() as own, closing(open_storage(own.create())) as storage:
        own.stop("immediate")
        took = []
        for _ in range(2):
            began = time.monotonic()
            with pytest.raises(DatabaseUnusableError):
                storage.papers.get("1")
            took.append(time.monotonic() - began)
        assert took[0] > 2
        assert took[1] < 2


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://someone:se@cret@127.0.0.1:1/name",
        "postgresql://someone:se/cret@127.0.0.1:1/name",
    ],
)
def test_a_password_that_is_not_encoded_is_refused_and_not_shown(address: str) -> None:
    with pytest.raises(DatabaseUnusableError) as told:
        open_storage(address)
    assert told.value.trouble is Trouble.NO_ADDRESS
    assert "cret" not in str(told.value)


@pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII"])
def test_a_database_that_cannot_hold_every_letter_is_refused(encoding: str) -> None:
    own = session_server()
    name = encoding.lower()
    asked(own, f"CREATE DATABASE {name} ENCODING {encoding} LOCALE 'C' TEMPLATE template0")
    with pytest.raises(DatabaseUnusableError) as told:
        open_storage(own.url(name))
    own.drop(own.url(name))
    assert told.value.trouble is Trouble.ENCODING
    assert told.value.told == encoding


def test_a_database_with_tables_of_something_else_is_refused_as_it_stands() -> None:
    own = session_server()
    url = own.create()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE papers (sheet INTEGER)")
        with pytest.raises(DatabaseUnusableError) as told:
            open_storage(url)
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        assert tables.fetchall() == [("papers",)]
    own.drop(url)
    assert told.value.trouble is Trouble.FOREIGN


def test_who_is_not_let_in_is_told_so() -> None:
    with server() as own:
        asked(own, "CREATE ROLE someone LOGIN PASSWORD 'right'")
        (own.folder / "data" / "pg_hba.conf").write_text("local all all scram-sha-256\n")
        own.reload()
        for user in ("someone:wrong", "someone", "nobody:right"):
            with pytest.raises(DatabaseUnusableError) as told:
                open_storage(f"postgresql://{user}@/postgres?host={own.folder}")
            assert told.value.trouble is Trouble.REFUSED


@pytest.fixture
def owned() -> Iterator[str]:
    """A new database of somebody who owns it and nothing else."""
    own = session_server()
    url = own.create()
    name = url.partition("@/")[2].partition("?")[0]
    asked(own, f"CREATE ROLE owner_of_{name} LOGIN")
    asked(own, f"ALTER DATABASE {name} OWNER TO owner_of_{name}")
    yield url.replace("postgres@", f"owner_of_{name}@")
    own.drop(url)
    asked(own, f"DROP ROLE owner_of_{name}")


def test_who_may_not_make_the_extension_searches_without_it_and_is_told(
    owned: str, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(open_storage(owned)) as storage:
        vectors(storage, 3)
        assert storage.search.near is None
        assert storage.search.newest_vector() == 3
    assert caplog.text.count("has no pgvector") == 1


def test_who_may_not_notify_promises_all_the_same_and_is_told(
    owned: str, caplog: pytest.LogCaptureFixture
) -> None:
    own = session_server()
    name = owned.partition("@/")[2].partition("?")[0]
    asked(own, "REVOKE EXECUTE ON FUNCTION pg_notify(text, text) FROM PUBLIC", database=name)
    with closing(open_storage(owned)) as storage:
        assert storage.deliveries.plan(key="k", channel="C", kind="notice", payload={}, now=NOW)
    assert caplog.text.count("tells nobody of news") == 1


def test_an_older_pgvector_is_as_good_as_none(
    address: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.postgresql.vectors._OLDEST", [99])
    with closing(open_storage(address)) as storage:
        assert storage.search.near is None
    assert "has no pgvector" in caplog.text


def test_a_statement_that_always_loses_its_connection_is_given_up(there: Storage) -> None:
    suicide = "SELECT pg_terminate_backend(pg_backend_pid())"
    for _ in range(3):
        with pytest.raises(DatabaseUnusableError):
            there._connections.rows(suicide)
    # None was kept: all can still be had at once.
    held = [there._connections._lend() for _ in range(10)]  # type: ignore[attr-defined]
    for one in held:
        there._connections._give_back(one)  # type: ignore[attr-defined]


def test_an_address_is_shown_without_its_password_wherever_that_stands() -> None:
    for address in ("postgresql://me:secret@host/name", "postgresql://host/name?password=secret"):
        assert shown(address) == "postgresql://host/name"


def test_a_database_is_not_carried_into_itself(tmp_path: Path) -> None:
    path = tmp_path / "here.db"
    open_storage(path).close()
    with pytest.raises(NotEmptyError):
        carry_over(path, str(path))


def vectors(storage: Storage, many: int) -> None:
    storage.papers.save([Paper(f"{number:03}", "Title") for number in range(many)], now=NOW)
    storage.search.save_paper_vectors([vector(f"{number:03}", number) for number in range(many)])


def vector(paper_id: str, number: int) -> StoredVector:
    import numpy as np

    made = np.random.default_rng(number).normal(size=16)
    made /= np.linalg.norm(made)
    return StoredVector(paper_id, "m", 16, made.astype("<f2").tobytes(), "h")


def test_the_nearest_vectors_are_found_by_the_database(there: Storage) -> None:
    import numpy as np

    vectors(there, 300)
    near = there.search.near
    if near is None:
        pytest.skip("this server has no pgvector")
    stored = there.search.paper_vectors(model="m")
    matrix = np.array([np.frombuffer(one.data, "<f2") for one in stored], dtype=np.float32)
    query = matrix[7]
    exact = [stored[place].owner for place in np.argsort(-(matrix @ query))[:10]]
    found = near.nearest(query.tolist(), model="m", limit=10, among=None)
    assert [one for one, _ in found] == exact
    assert found[0][1] == pytest.approx(1.0, abs=0.01)
    some = near.nearest(query.tolist(), model="m", limit=9, among=["007", "008", "none"])
    assert {one for one, _ in some} == {"007", "008"}
    assert len(near.nearest(query.tolist(), model="m", limit=250, among=None)) == 250
    told = near.likeness(query.tolist(), model="m", among=["007"])
    assert told.count == 300
    assert told.mean == pytest.approx(float((matrix @ query).mean()), abs=0.01)
    assert told.deviation == pytest.approx(float((matrix @ query).std()), abs=0.01)


def test_a_search_goes_few_times_to_the_server(
    there: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    there.papers.save(
        [Paper(id=f"{one:03}", title=f"Reward models {one}") for one in range(30)], now=NOW
    )
    index = SearchIndex(there, None)
    index.index_missing()
    asked = list[str]()
    execute = psycopg.Connection.execute

    def counted(self: psycopg.Connection[Any], query: str, *values: Any, **more: Any) -> Any:
        asked.append(query)
        return execute(self, query, *values, **more)

    monkeypatch.setattr(psycopg.Connection, "execute", counted)
    assert len(index.papers("reward models", limit=10)) == 10
    # Two expressions, each among papers, notes and passages; six more for what is shown.
    assert len(asked) <= 13


def test_vectors_that_were_carried_over_are_found(address: str, tmp_path: Path) -> None:
    with closing(open_storage(tmp_path / "here.db")) as here:
        vectors(here, 30)
        stored = here.search.paper_vectors(model="m")
    carry_over(tmp_path / "here.db", address)
    with closing(open_storage(address)) as there:
        near = there.search.near
        if near is None:
            pytest.skip("this server has no pgvector")
        query = list(struct.unpack(f"<{stored[7].dimension}e", stored[7].data))
        (found,) = near.nearest(query, model="m", limit=1, among=None)
        assert found[0] == stored[7].owner


@pytest.mark.skipif(not WITHOUT_PGVECTOR.exists(), reason="no PostgreSQL of the system")
def test_without_pgvector_vectors_are_compared_in_memory_which_is_told(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv(PROGRAMS, str(max(WITHOUT_PGVECTOR.glob("*/bin"))))
    with server() as own, closing(open_storage(own.create())) as storage:
        vectors(storage, 3)
        assert storage.search.near is None
        assert storage.search.newest_vector() == 3
        assert caplog.text.count("has no pgvector") == 1


def test_closing_ends_a_statement_in_time(there: Storage) -> None:
    raised: list[Exception] = []

    def sleep() -> None:
        try:
            there._connections.rows("SELECT pg_sleep(60)")
        except Exception as error:
            raised.append(error)

    thread = threading.Thread(target=sleep)
    thread.start()
    began = time.monotonic()
    there.close(within_seconds=1)
    thread.join(30)
    assert not thread.is_alive()
    assert time.monotonic() - began < 30
    assert len(raised) == 1


def test_processes_share_the_models_places_and_budget(address: str) -> None:
    """Several at once never hold more than there is."""
    most = list[int]()

    def work(name: str) -> None:
        with closing(open_storage(address)) as storage:
            limits = storage.model_limits
            for _ in range(10):
                place = limits.take_place(
                    "s", places=2, per_minute=None, owner=name, now=NOW, lasting=LEASE
                )
                told = limits.reserve(
                    1.0, limit_usd=3.0, since=NOW, owner=name, now=NOW, lasting=LEASE
                )
                held = storage._connections.row(
                    "SELECT count(*) FROM model_holds WHERE kind = 's' AND held_until > ?",
                    [to_text(NOW)],
                )
                most.append(int(held[0]))
                assert told.reserved <= 3.0
                for hold in (place, told.id):
                    if hold is not None:
                        limits.let_go(hold, now=NOW)

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert max(most) <= 2
    assert len(most) == 40


def test_calls_a_minute_are_counted_together_and_a_dead_process_frees_its_place(
    there: Storage,
) -> None:
    def take(owner: str, moment: datetime, places: int = 9) -> int | None:
        return there.model_limits.take_place(
            "s", places=places, per_minute=3, owner=owner, now=moment, lasting=LEASE
        )

    assert all(take(owner, NOW) for owner in "abc")
    assert take("d", NOW) is None
    later = NOW + timedelta(seconds=61)
    assert take("a", later, places=1)
    there.model_limits.keep(["a"], now=later + timedelta(seconds=30), lasting=LEASE)
    assert take("b", later + timedelta(seconds=80), places=1) is None
    assert take("b", later + timedelta(seconds=95), places=1)


@pytest.fixture
def behind_a_pooler(address: str) -> Iterator[str]:
    name = address.partition("@/")[2].partition("?")[0]
    with pooled(session_server().folder, name) as url:
        yield url


def test_behind_a_pooler_no_process_runs_what_another_has_prepared(behind_a_pooler: str) -> None:
    with ExitStack() as opened:
        storages = [
            opened.enter_context(closing(open_storage(behind_a_pooler)))
            for _ in range(2 * CONNECTIONS)
        ]
        for number in range(10):
            for name, one in enumerate(storages):
                asked = f"SELECT {name}, CAST(? AS TEXT)"
                assert one._connections.row(asked, [str(number)]) == (name, str(number))
        vectors(storages[0], 30)
        assert storages[1].counts()["papers"] == 30


def test_behind_a_pooler_nobody_hears_of_a_promise_which_is_told(
    behind_a_pooler: str, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(open_storage(behind_a_pooler)) as storage:
        storage.listen(lambda topic, team: None)
        assert storage.deliveries.plan(key="k", channel="C", kind="notice", payload={}, now=NOW)
    assert caplog.text.count("tells nobody of news") == 1


def test_behind_a_pooler_waiting_for_a_row_ends_too(
    behind_a_pooler: str, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.postgresql.connections.PATIENCE_SECONDS", 0.5)
    with closing(open_storage(behind_a_pooler)) as storage:
        storage.papers.save([Paper("1", "One")], now=NOW)
        with psycopg.connect(address) as other:
            other.execute("SELECT 1 FROM papers FOR UPDATE")
            in_the_end = threading.Timer(5, other.close)
            in_the_end.start()
            for _ in range(CONNECTIONS):
                with pytest.raises(DatabaseBusyError):
                    storage.papers.save([Paper("1", "Two")], now=NOW)
            in_the_end.cancel()
