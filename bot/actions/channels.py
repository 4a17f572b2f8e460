"""What Paperboy knows of a channel: its language and its time zone; and its greeting."""

from zoneinfo import ZoneInfo

from bot.actions.poster import Poster
from bot.languages import catalog, languages_of
from bot.settings import Settings
from bot.slack.blocks import plain_message
from storage import Storage


class Channels:
    """A channel's own are those of its subscription; without one, those that are set."""

    def __init__(self, storage: Storage, settings: Settings, poster: Poster) -> None:
        self._storage = storage
        self._settings = settings
        self._poster = poster

    def language(self, channel: str) -> str:
        """The language to speak to everybody in a channel."""
        subscription = self._storage.subscriptions.get(channel)
        wished = subscription.language if subscription else self._settings.language
        return languages_of(wished)[0]

    def timezone(self, channel: str) -> ZoneInfo:
        """The zone in which times are told to a channel."""
        subscription = self._storage.subscriptions.get(channel)
        return ZoneInfo(subscription.timezone if subscription else self._settings.timezone)

    def greet(self, channel: str) -> None:
        """Say hello in a channel Paperboy was invited to, once ever, and send what failed while
        it was not there."""
        greeting = plain_message(catalog(self.language(channel)).text("actions-greeting"))
        self._poster.post(f"greeting:{channel}", channel, greeting, "notice")
        self._poster.retry_failed(channel)
