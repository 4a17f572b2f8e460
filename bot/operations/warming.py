"""What a bot does beside its first requests: loads the encoder, and indexes what has no words in
the index yet."""

import logging
import threading

from bot.search import SearchIndex

# A batch is not interrupted; the next one is not begun.
PATIENCE_SECONDS = 5.0

log = logging.getLogger(__name__)


class Warming:
    """A thread that ends by itself, or early when the bot stops."""

    def __init__(self, search: SearchIndex) -> None:
        self._search = search
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name="warming", daemon=True)

    def start(self) -> None:
        """Begin, and return at once."""
        self._thread.start()

    def stop(self) -> None:
        """Leave off, so that the database can be closed."""
        self._stopping.set()
        if self._thread.ident is not None:
            self._thread.join(PATIENCE_SECONDS)

    def _work(self) -> None:
        try:
            self._search.embed_query("paper")
            self._search.index_missing(leave_off=self._stopping.is_set)
        except Exception:
            if not self._stopping.is_set():
                raise
            # A slow embedding server has outlasted our patience, and the database was closed.
            log.info("indexing was left off; the next start goes on")
