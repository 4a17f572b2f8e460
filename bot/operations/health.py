"""What the outside hears of this process: readiness, numbers, and a heartbeat."""

import logging
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING
from urllib.request import getproxies_environment

from bot.background import Repeating
from bot.errors import SourceError
from bot.net import USER_AGENT, HttpClient, host_of
from bot.operations.gauges import ReadyGauges, StoredGauges
from bot.settings import Settings
from bot.telemetry.metrics import CONTENT_TYPE, Metrics
from storage import Storage

if TYPE_CHECKING:
    from bot.serving.health import HealthServer

BEAT_SECONDS = 60.0

log = logging.getLogger(__name__)


class Health:
    """Named parts, each with a question that is answered without waiting for anybody."""

    def __init__(self, parts: Mapping[str, Callable[[], bool]]) -> None:
        self._parts = dict(parts)

    def parts(self) -> dict[str, bool]:
        """Each part and whether it works."""
        return {name: works() for name, works in self._parts.items()}

    def is_ready(self) -> bool:
        """Whether all of them work."""
        return all(self.parts().values())


class Heartbeat:
    """A dead man's switch: *url*, an address outside, is asked at each beat unless Paperboy is not
    ready; then the silence tells."""

    def __init__(self, url: str, web: HttpClient, is_ready: Callable[[], bool]) -> None:
        self._url = url
        self._web = web
        self._is_ready = is_ready
        self._heard = True

    def beat(self) -> bool:
        """One beat; False when it was left out or not heard, which is logged once."""
        if not self._is_ready():
            return False
        try:
            self._web.get(self._url, retries=0)
        except SourceError as error:
            if self._heard:
                log.warning("the heartbeat is not heard: %s", error)
            self._heard = False
        else:
            self._heard = True
        return self._heard


class Monitoring:
    """Readiness, numbers and heartbeat of this process, where they are set up. It begins before
    any workspace is served, and ends after the last one."""

    def __init__(
        self,
        settings: Settings,
        storage: Storage,
        metrics: Metrics,
        *,
        parts: Mapping[str, Callable[[], bool]],
        waiting: Callable[[], dict[str, int]],
    ) -> None:
        """*parts* are what the process needs besides the database, *waiting* tells how many jobs
        wait in each queue."""
        self._health = Health({"database": storage.is_ready, **parts})
        self._server: HealthServer | None = None
        if settings.metrics_port is not None:
            metrics.add(ReadyGauges(self.parts))
            metrics.add(StoredGauges(storage, waiting))
            self._server = _health_server(settings.metrics_port, self.parts, metrics)
        url = settings.heartbeat_url
        self._web = HttpClient(
            user_agent=USER_AGENT,
            private_hosts=() if url is None else (host_of(url),),
            proxies=getproxies_environment(),
        )
        self._heartbeat = None if url is None else Heartbeat(url, self._web, self._health.is_ready)
        self._beating = Repeating("heartbeat", self._beat)

    def parts(self) -> dict[str, bool]:
        """Each part, and whether it works."""
        return self._health.parts()

    def start(self) -> None:
        """Answer and beat from now on, where that is set."""
        if self._server is not None:
            self._server.start()
        if self._heartbeat is not None:
            self._beating.start()

    def stop(self) -> None:
        """Answer and beat no more."""
        self._beating.stop(within_seconds=0.0)
        self._web.close()
        if self._server is not None:
            self._server.stop()

    def _beat(self) -> float:
        if self._heartbeat is not None:
            self._heartbeat.beat()
        return BEAT_SECONDS


def _health_server(
    port: int, parts: Callable[[], Mapping[str, bool]], metrics: Metrics
) -> "HealthServer":
    # Few have it answer on a port.
    from bot.serving.health import HealthServer

    return HealthServer(port=port, parts=parts, page=metrics.page, content_type=CONTENT_TYPE)
