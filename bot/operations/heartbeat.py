"""A dead man's switch: an address outside hears from Paperboy as long as all is well."""

import logging
from collections.abc import Callable

from bot.errors import SourceError
from bot.net import HttpClient

log = logging.getLogger(__name__)


class Heartbeat:
    """Asks *url* at each beat, unless Paperboy is not ready; then the silence tells."""

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
