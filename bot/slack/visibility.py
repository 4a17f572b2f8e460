"""Who may see what a member writes: the whole team, one private channel, or the member alone."""

import logging
import threading
from datetime import datetime, timedelta
from typing import Protocol

from bot.clock import Clock, was_within
from bot.errors import SlackError
from storage import WHOLE_TEAM

# A public channel may be made private: what was read of it is believed for this long.
KEPT = timedelta(minutes=10)

logger = logging.getLogger(__name__)


class Channels(Protocol):
    """Tells public channels from others; ``SlackOut`` does."""

    def is_public(self, channel: str) -> bool:
        """Whether every member of the workspace may read the channel."""


def seen_from(channel: str, user: str) -> str:
    """The place from which something shown in *channel* to *user* is seen: what was written
    there may be shown besides what the whole team sees. Messages with Paperboy, the Home and
    whatever has no channel are the member's own place."""
    return user if not channel or channel.startswith(("D", "U", "W")) else channel


class Places:
    """Finds out where what is written belongs. Whoever cannot be asked keeps a secret."""

    def __init__(self, channels: Channels, clock: Clock) -> None:
        self._channels = channels
        self._clock = clock
        self._public: dict[str, tuple[bool, datetime]] = {}
        self._lock = threading.Lock()

    def written_in(self, channel: str, user: str) -> str:
        """The place of what *user* writes in *channel*; the whole team for a public channel."""
        place = seen_from(channel, user)
        return WHOLE_TEAM if place == channel and self._is_public(channel) else place

    def _is_public(self, channel: str) -> bool:
        now = self._clock()
        with self._lock:
            public, read_at = self._public.get(channel, (False, None))
        if read_at is not None and was_within(KEPT, read_at, now):
            return public
        try:
            public = self._channels.is_public(channel)
        except SlackError as error:
            logger.warning("%s is taken for private: %s", channel, error)
            return False
        with self._lock:
            self._public[channel] = (public, now)
        return public
