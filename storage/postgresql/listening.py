"""Hears what other processes tell by NOTIFY, on a connection of its own."""

import logging
import threading

import psycopg

from storage.connections import Listener
from storage.postgresql.connection import CONNECTING

log = logging.getLogger(__name__)

CHANNEL = "paperboy"
# It listens in pieces, between which it sees whether it is to end.
_PIECE_SECONDS = 1.0
_BETWEEN_TRIES_SECONDS = 2.0


class Listening:
    """Tells listeners topic and team of each notification, and empty ones once it hears again
    after an outage. Where a server knows no LISTEN, that is said once, and nothing is heard:
    whoever listens goes on asking by itself."""

    def __init__(self, url: str, location: str) -> None:
        self._url = url
        self._location = location
        self._listeners: list[Listener] = []
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="database-listener", daemon=True)
        self._thread.start()

    def add(self, listener: Listener) -> None:
        """From now on tell *listener* too."""
        self._listeners.append(listener)

    def close(self) -> None:
        """Stop."""
        self._ended.set()
        self._thread.join(timeout=2 * _PIECE_SECONDS)

    def _run(self) -> None:
        heard_before = False
        while not self._ended.is_set():
            try:
                with psycopg.connect(self._url, **CONNECTING) as connection:
                    connection.execute(f"LISTEN {CHANNEL}")
                    if heard_before:
                        self._tell("", "")
                    heard_before = True
                    self._hear(connection)
            except psycopg.OperationalError:
                # Whoever needs the database says that it is lost.
                self._ended.wait(_BETWEEN_TRIES_SECONDS)
            except psycopg.Error as error:
                log.warning(
                    "%s tells nobody of news: processes ask now and then (%s)",
                    self._location,
                    error,
                )
                return

    def _hear(self, connection: "psycopg.Connection[tuple[object, ...]]") -> None:
        while not self._ended.is_set():
            for told in connection.notifies(timeout=_PIECE_SECONDS):
                topic, _, team = told.payload.partition(" ")
                self._tell(topic, team)

    def _tell(self, topic: str, team: str) -> None:
        for listener in self._listeners:
            listener(topic, team)
