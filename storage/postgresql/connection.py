"""One connection to a PostgreSQL server."""

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import psycopg

from storage.connections import Waiting

# How each connection is made. A dead network is noticed within half a minute.
CONNECTING: dict[str, Any] = {
    "autocommit": True,
    "connect_timeout": 5,
    "application_name": "paperboy",
    "client_encoding": "UTF8",
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}


class Connection(psycopg.Connection[tuple[Any, ...]]):
    """Waits for the server as its owner does."""

    waiting: Waiting = nullcontext

    def wait(self, *arguments: Any, **named: Any) -> Any:
        with self.waiting():
            return super().wait(*arguments, **named)


def is_pooled(connection: Connection) -> bool:
    """Whether a pooler answers in the server's place: the process that it names is none that works
    for us."""
    (at_work,) = connection.execute("SELECT pg_backend_pid()").fetchone() or (None,)
    return bool(at_work != connection.info.backend_pid)


def keeps_prepared_apart(connection: Connection) -> bool:
    """Whether a pooler gives names of its own to what processes have prepared. One that doesn't
    would lead a name to a connection on which it stands for nothing, or for what another process
    has prepared."""
    question = "SELECT count(*) FROM pg_prepared_statements WHERE name LIKE '\\_pg3\\_%'"
    try:
        (as_we_named_them,) = connection.execute(question, prepare=True).fetchone() or (None,)
    except psycopg.errors.DuplicatePreparedStatement:
        return False
    return bool(as_we_named_them == 0)


class TextDumper(psycopg.types.string.StrDumperUnknown):
    """PostgreSQL's texts hold no NUL."""

    def dump(self, obj: str) -> bytes | bytearray | memoryview | None:
        return super().dump(obj.replace("\x00", "") if "\x00" in obj else obj)


def telling(told: Callable[[str], object]) -> type[Connection]:
    """Connections that tell why one could not be made, which the pool keeps to itself."""

    class Telling(Connection):
        @classmethod
        def connect(cls, *arguments: Any, **options: Any) -> Connection:  # type: ignore[override]
            try:
                return super().connect(*arguments, **options)
            except psycopg.Error as error:
                told(" ".join(str(error).split()))
                raise

    return Telling
