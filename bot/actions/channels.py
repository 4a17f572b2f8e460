"""What Paperboy knows of a channel: its language and its time zone; and its greeting."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.actions.poster import Poster
from bot.languages import catalog, languages_of
from bot.settings import Settings
from bot.slack.blocks import plain_message
from storage import Storage


@dataclass(frozen=True)
class Channels:
    """A channel's own are those of its subscription; without one, those that are set."""

    storage: Storage
    settings: Settings
    poster: Poster

    def language(self, channel: str) -> str:
        """The language to speak to everybody in a channel."""
        subscription = self.storage.subscriptions.get(channel)
        wished = subscription.language if subscription else self.settings.language
        return languages_of(wished)[0]

    def sources(self, channel: str) -> tuple[str, ...]:
        """Where a channel's papers come from."""
        subscription = self.storage.subscriptions.get(channel)
        return subscription.sources if subscription else self.settings.sources

    def timezone(self, channel: str) -> ZoneInfo:
        """The zone in which times are told to a channel."""
        subscription = self.storage.subscriptions.get(channel)
        return ZoneInfo(subscription.timezone if subscription else self.settings.timezone)

    def greet(self, channel: str) -> None:
        """Say hello in a channel Paperboy was invited to, once ever, and send what failed while
        it was not there."""
        greeting = plain_message(catalog(self.language(channel)).text("actions-greeting"))
        self.poster.post(f"greeting:{channel}", channel, greeting, "notice")
        self.poster.retry_failed(channel)
