"""A pooler between clients and a PostgreSQL server, in transaction mode as PgBouncer has it: each
transaction runs on the connection that has waited longest, whoever used that before."""

import socket
import struct
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.process import free_port

CONNECTIONS = 3
_SIMPLE, _SYNC, _COPY_ENDS, _GOODBYE = b"Q", b"S", b"cf", b"X"
_KEY, _READY, _COPY_BEGINS = b"K", b"Z", b"G"
_PLAIN = 196_608


@dataclass(frozen=True)
class _Message:
    kind: bytes
    body: bytes

    @property
    def raw(self) -> bytes:
        return self.kind + struct.pack("!i", len(self.body) + 4) + self.body


class _Peer:
    """One end of a connection."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._stream = connection.makefile("rb")

    def startup(self) -> bytes:
        """The parameters with which a client begins; encryption is refused."""
        while True:
            size, code = struct.unpack("!ii", self._exactly(8))
            body = self._exactly(size - 8)
            if code == _PLAIN:
                return body
            self.send(b"N")

    def message(self) -> _Message:
        kind, size = struct.unpack("!ci", self._exactly(5))
        return _Message(kind, self._exactly(size - 4))

    def until_ready(self) -> Iterator[_Message]:
        """What a server says until it takes the next request."""
        while True:
            told = self.message()
            yield told
            if told.kind in _READY + _COPY_BEGINS:
                return

    def send(self, raw: bytes) -> None:
        self._connection.sendall(raw)

    def close(self) -> None:
        with suppress(OSError):
            self._connection.shutdown(socket.SHUT_RDWR)
        self._stream.close()
        self._connection.close()

    def _exactly(self, size: int) -> bytes:
        read = self._stream.read(size)
        if len(read) < size:
            raise EOFError
        return read


class Pooler:
    """Leads clients of a port on loopback to the server with a socket at *path*."""

    def __init__(self, path: Path, database: str, user: str = "postgres") -> None:
        self.port = free_port()
        parts = ("user", user, "database", database, "client_encoding", "UTF8")
        asked = b"".join(one.encode() + b"\0" for one in parts) + b"\0"
        self._startup = struct.pack("!ii", len(asked) + 8, _PLAIN) + asked
        self._path = path
        self._ends = ExitStack()
        self._waiting = deque[_Peer]()
        self._some = threading.Condition()
        self._listening = socket.create_server(("127.0.0.1", self.port))
        self._ends.callback(self._listening.close)
        self._ends.callback(self._listening.shutdown, socket.SHUT_RDWR)

    def start(self) -> None:
        """Connect to the server, and let clients in."""
        for _ in range(CONNECTIONS):
            connection = socket.socket(socket.AF_UNIX)
            connection.connect(str(self._path))
            server = _Peer(connection)
            self._ends.callback(server.close)
            server.send(self._startup)
            # What every client is told, but for the key.
            self._greeting = b"".join(one.raw for one in server.until_ready() if one.kind != _KEY)
            self._waiting.append(server)
        threading.Thread(target=self._accept, daemon=True).start()

    def stop(self) -> None:
        """End all connections."""
        self._ends.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client = _Peer(self._listening.accept()[0])
                self._ends.callback(client.close)
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: _Peer) -> None:
        with suppress(OSError, EOFError, ValueError):
            client.startup()
            key = _Message(_KEY, struct.pack("!ii", 1, 1))
            ready = len(_Message(_READY, b"I").raw)
            client.send(self._greeting[:-ready] + key.raw + self._greeting[-ready:])
            while True:
                self._transaction(client)
        client.close()

    def _transaction(self, client: _Peer) -> None:
        asked = client.message()
        if asked.kind == _GOODBYE:
            raise EOFError
        with self._lent() as server:
            while True:
                server.send(asked.raw)
                if asked.kind in _SIMPLE + _SYNC + _COPY_ENDS:
                    for told in server.until_ready():
                        client.send(told.raw)
                    if told == _Message(_READY, b"I"):
                        return
                asked = client.message()

    @contextmanager
    def _lent(self) -> Iterator[_Peer]:
        with self._some:
            self._some.wait_for(lambda: self._waiting)
            server = self._waiting.popleft()
        try:
            yield server
        finally:
            with self._some:
                self._waiting.append(server)
                self._some.notify()


@contextmanager
def pooled(folder: Path, database: str) -> Iterator[str]:
    """The address at which a pooler leads to a *database* of the server in *folder*."""
    pooler = Pooler(folder / ".s.PGSQL.5432", database)
    pooler.start()
    try:
        yield f"postgresql://postgres@127.0.0.1:{pooler.port}/{database}"
    finally:
        pooler.stop()
