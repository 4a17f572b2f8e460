"""Who may see what a member writes: the whole team, one private channel, or the member alone."""

import logging
import threading
from datetime import datetime, timedelta

from bot.clock import Clock, was_within
from bot.errors import SlackError
from bot.slack.port import SlackOut
from storage import WHOLE_TEAM, is_direct

# A public channel can be made private, so that what Slack said of it is trusted only this long.
KEPT = timedelta(minutes=10)

logger = logging.getLogger(__name__)


def seen_from(channel: str, user: str) -> str:
    """The place from which *user* sees something shown in *channel*. What was written in that
    place may be shown there, besides what the whole team may see. Direct messages, the App Home
    and whatever has no channel are the member's own place."""
    is_own = not channel or is_direct(channel) or channel.startswith(("U", "W"))
    return user if is_own else channel


class Places:
    """Finds the place to which something belongs that a member writes. A channel of which Slack
    tells nothing is treated as private."""

    def __init__(self, slack: SlackOut, clock: Clock) -> None:
        self._slack = slack
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
            public = self._slack.is_public(channel)
        except SlackError as error:
            logger.warning("%s is treated as private: %s", channel, error)
            return False
        with self._lock:
            self._public[channel] = (public, now)
        return public
