"""The channel that the settings name is subscribed at the very first start."""

from datetime import datetime

from bot.settings import Settings
from storage import Storage, Subscription


def subscribe_first(settings: Settings, storage: Storage, now: datetime) -> Subscription | None:
    """Subscribe ``PAPERBOY_CHANNEL`` unless any channel ever subscribed, so that a channel which
    unsubscribed stays so. Returns the new subscription, or None."""
    with storage.transaction():
        if settings.channel is None or storage.subscriptions.any():
            return None
        subscription = Subscription(
            channel=settings.channel,
            time=settings.digest_time,
            timezone=settings.timezone,
            weekdays=settings.weekdays,
            language=settings.language,
            style=settings.style,
        )
        storage.subscriptions.save(subscription, now=now)
    return subscription
