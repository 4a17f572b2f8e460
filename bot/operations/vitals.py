"""What the outside hears of this process: readiness, numbers, and the heartbeat."""

import logging
import threading
from collections.abc import Callable, Mapping
from urllib.request import getproxies_environment

from bot.net import USER_AGENT, HttpClient, host_of
from bot.operations import Health, Heartbeat, StoredGauges
from bot.serving import HealthServer
from bot.settings import Settings
from bot.telemetry.metrics import CONTENT_TYPE, Metrics
from storage import Storage

BEAT_SECONDS = 60.0

log = logging.getLogger(__name__)


class Vitals:
    """The same for one workspace and for many: *parts* are what they need besides the database,
    *waiting* how many jobs wait in each queue."""

    def __init__(
        self,
        settings: Settings,
        storage: Storage,
        metrics: Metrics,
        *,
        parts: Mapping[str, Callable[[], bool]],
        waiting: Callable[[], dict[str, int]],
    ) -> None:
        self._health = Health({"database": storage.is_ready, **parts})
        self._beside = self._health_server(settings, StoredGauges(storage, waiting), metrics)
        self._heart = _Heart(settings.heartbeat_url, self._health.is_ready)

    def parts(self) -> dict[str, bool]:
        """Each part, and whether it works."""
        return self._health.parts()

    def start(self) -> None:
        """Answer and beat from now on, where that is set."""
        if self._beside is not None:
            self._beside.start()
        self._heart.start()

    def stop(self) -> None:
        """Fall silent."""
        self._heart.stop()
        if self._beside is not None:
            self._beside.stop()

    def _health_server(
        self, settings: Settings, gauges: StoredGauges, metrics: Metrics
    ) -> HealthServer | None:
        port = settings.metrics_port
        if port is None:
            return None
        metrics.add(gauges)
        return HealthServer(
            port=port, parts=self.parts, page=metrics.page, content_type=CONTENT_TYPE
        )


class _Heart:
    """Beats on a thread of its own, so that it is heard before any workspace has installed."""

    def __init__(self, url: str | None, is_ready: Callable[[], bool]) -> None:
        self._web = HttpClient(
            user_agent=USER_AGENT,
            private_hosts=() if url is None else (host_of(url),),
            proxies=getproxies_environment(),
        )
        self._heartbeat = None if url is None else Heartbeat(url, self._web, is_ready)
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="heartbeat", daemon=True)

    def start(self) -> None:
        if self._heartbeat is not None:
            self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        self._web.close()

    def _run(self) -> None:
        while self._heartbeat is not None and not self._stopped.wait(BEAT_SECONDS):
            try:
                self._heartbeat.beat()
            except Exception:  # the next beat may succeed
                log.exception("the heartbeat failed")
