"""One connection to a PostgreSQL server."""

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import psycopg

from storage.connections import Waiting


class Connection(psycopg.Connection[tuple[Any, ...]]):
    """Waits for the server as its owner does."""

    waiting: Waiting = nullcontext

    def wait(self, *arguments: Any, **named: Any) -> Any:
        with self.waiting():
            return super().wait(*arguments, **named)


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
