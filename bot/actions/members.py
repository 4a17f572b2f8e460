"""In which language to speak with a member."""

import logging
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as WaitedTooLong
from dataclasses import replace
from datetime import timedelta

from bot.clock import Clock, was_within
from bot.errors import SlackError
from bot.languages import language_of_locale
from bot.slack.port import SlackOut
from bot.turnstile import waiting
from storage import Member, Storage, StorageError

FRESH = timedelta(days=1)
# A form has to open within three seconds of the click.
PATIENCE_SECONDS = 1.0

logger = logging.getLogger(__name__)


class Members:
    """Languages and time zones of members: chosen by them, or those of their Slack profile."""

    def __init__(
        self,
        storage: Storage,
        slack: SlackOut,
        clock: Clock,
        *,
        default_language: str,
    ) -> None:
        self._storage = storage
        self._slack = slack
        self._clock = clock
        self._default = default_language
        self._readers = ThreadPoolExecutor(2, thread_name_prefix="members")

    def close(self) -> None:
        """Let a reading in hand finish."""
        self._readers.shutdown(wait=True, cancel_futures=True)

    def language(self, user: str) -> str:
        """``ko`` or ``en`` for this member; asks Slack at most once a day."""
        member = self._fresh(user)
        return member.chosen_language or member.language or self._default

    def known_language(self, user: str | None) -> str:
        """Like :meth:`language`, for when a form must open at once: a member met for the first
        time is waited for only a moment, and so is the database: without it this is the default."""
        try:
            with self._storage.patience(PATIENCE_SECONDS):
                member = self._met(user) if user else None
        except StorageError:
            member = None
        return (member and (member.chosen_language or member.language)) or self._default

    def known_timezone(self, user: str) -> str | None:
        """The IANA name of the member's zone, if it is stored."""
        member = self._storage.members.get(user)
        return member.timezone if member else None

    def choose_language(self, user: str, language: str | None) -> None:
        """From now on speak *language* with this member; None goes back to the profile's."""
        member = self._fresh(user)
        self._storage.members.save(replace(member, chosen_language=language))

    def _met(self, user: str) -> Member | None:
        known = self._storage.members.get(user)
        if known is not None and (known.chosen_language or known.read_at):
            return known
        reading = self._readers.submit(self._fresh, user)
        try:
            with waiting():
                return reading.result(timeout=PATIENCE_SECONDS)
        except WaitedTooLong:
            return known

    def _fresh(self, user: str) -> Member:
        known = self._storage.members.get(user) or Member(user)
        now = self._clock()
        if not user or (known.read_at is not None and was_within(FRESH, known.read_at, now)):
            return known
        try:
            profile = self._slack.user_info(user)
        except SlackError as error:
            logger.info("profile of %s not read: %s", user, error)
            return known
        member = replace(
            known,
            language=language_of_locale(profile.locale, "") or None,
            timezone=profile.timezone,
            read_at=now,
        )
        self._storage.members.save(member)
        return member
