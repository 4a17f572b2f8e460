"""What Paperboy knows of a channel: its subscription and its language; and its greeting."""

from dataclasses import dataclass

from bot.actions.poster import Poster
from bot.languages import catalog, languages_of
from bot.settings import Settings
from bot.slack.blocks import plain_message
from storage import Storage, Subscription


@dataclass(frozen=True)
class Channels:
    """A channel's own are those of its subscription; without one, those that are set."""

    storage: Storage
    settings: Settings
    poster: Poster

    def subscription(self, channel: str) -> Subscription:
        """The channel's subscription, or the one that it would get."""
        return self.storage.subscriptions.get(channel) or self.usual(channel)

    def usual(self, channel: str) -> Subscription:
        """The one that a channel would get."""
        settings = self.settings
        return Subscription(
            channel=channel,
            time=settings.digest_time,
            timezone=settings.timezone,
            weekdays=settings.weekdays,
            language=settings.language,
            style=settings.style,
            sources=settings.sources,
            active=False,
        )

    def language(self, channel: str) -> str:
        """The language to speak to everybody in a channel."""
        return languages_of(self.subscription(channel).language)[0]

    def greet(self, channel: str) -> None:
        """Say hello in a channel Paperboy was invited to, once ever, and send what failed while
        it was not there."""
        greeting = plain_message(catalog(self.language(channel)).text("actions-greeting"))
        self.poster.post(f"greeting:{channel}", channel, greeting, "notice")
        self.poster.retry_failed(channel)
