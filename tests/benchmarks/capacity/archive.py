"""``/papers search`` and ``/papers today`` as the archive grows, beside the bare SQL."""

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import chain
from pathlib import Path

from bot.actions import Actions, build_actions
from bot.delivery import Outbox
from bot.search import SearchIndex, load_embedder
from bot.search.query import parse_query
from bot.settings import Settings
from bot.text.words import match_all, query_words
from storage import Storage, open_storage
from tests.benchmarks.archive_at_scale import PLAIN_DAY, QUERIES
from tests.benchmarks.capacity.rows import Row, quantile
from tests.fakes import FakeClock, FakeCollector, FakeSlack
from tests.large_archive import LAST_DAY

TODAYS = 20
WORDS = "SELECT rowid FROM paper_text WHERE paper_text MATCH ? ORDER BY rank LIMIT 10"


def measure(files: Sequence[tuple[int, Path]]) -> Iterator[Row]:
    """p50 and p95 at each size; *files* are archives by their number of papers."""
    return chain.from_iterable(_measure(papers, file) for papers, file in files)


def _measure(papers: int, file: Path) -> list[Row]:
    storage = open_storage(file)
    with closing(sqlite3.connect(file)) as plain:
        actions = _actions(storage)
        newest = storage.listings.newest_with_papers(until=LAST_DAY)
        assert newest is not None
        _milliseconds(lambda: actions.search.find("warm up", "en"))
        _milliseconds(lambda: actions.listings.today("C1", "en"))
        queries = [one for kind in QUERIES.values() for one in kind]
        searches = [_milliseconds(partial(actions.search.find, one, "ko")) for one in queries]
        bare = [_milliseconds(partial(_bare, plain, one)) for one in queries]
        todays = [_milliseconds(lambda: actions.listings.today("C1", "en")) for _ in range(TODAYS)]
        selects = [
            _milliseconds(lambda: plain.execute(PLAIN_DAY, [str(newest)]).fetchall())
            for _ in range(TODAYS)
        ]
        actions.listings.close()
    storage.close()
    size = f"{papers:,} papers"
    return [
        *_rows("search", size, searches, bare, "bare full-text query"),
        *_rows("/papers today", size, todays, selects, "bare SELECT"),
    ]


def _rows(
    name: str, size: str, ours: Sequence[float], bare: Sequence[float], baseline: str
) -> list[Row]:
    return [
        Row(
            "archive",
            f"{name}, {size}, {word}",
            quantile(ours, q),
            "ms",
            quantile(bare, q),
            baseline,
        )
        for word, q in (("p50", 0.5), ("p95", 0.95))
    ]


def _bare(plain: sqlite3.Connection, query: str) -> object:
    words = parse_query(query).words or query.partition(":")[2]
    return plain.execute(WORDS, [match_all(query_words(words))]).fetchall()


def _actions(storage: Storage) -> Actions:
    morning: date = LAST_DAY + timedelta(days=1)
    clock = FakeClock(datetime(morning.year, morning.month, morning.day, tzinfo=UTC))
    slack = FakeSlack()
    return build_actions(
        storage=storage,
        collector=FakeCollector(storage, clock),
        index=SearchIndex(storage, load_embedder()),
        outbox=Outbox(storage, slack, clock),
        slack=slack,
        settings=Settings(),
        clock=clock,
    )


def _milliseconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - began)
