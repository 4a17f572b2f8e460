"""Subscriptions of channels and of members: reading, changing and trying them out."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from bot.actions.channels import Channels
from bot.actions.poster import Poster, PostRefusedError, PostWaitsError
from bot.actions.status import describe, has_passed, next_moment
from bot.actions.subscription_form import preview_view, subscription_view
from bot.actions.subscription_words import parse_words
from bot.clock import Clock
from bot.digests import compose_daily
from bot.digests.choose import Meaning
from bot.digests.localisation import Localisation
from bot.digests.paper_text import shown_title, why
from bot.digests.wish import Wish
from bot.errors import InputError
from bot.languages import catalog, languages_of
from bot.settings import Settings
from bot.slack.blocks import Message, escape, plain_message, truncate
from bot.slack.blocks.text import Mrkdwn
from bot.sources.kinds import labels
from storage import Listing, Storage, Subscription, is_direct

PREVIEWED = 5


# In which papers are written.
PAPERS_LANGUAGE = "en"


@dataclass(frozen=True)
class Subscriptions:
    """Subscriptions of channels, and of members in their messages. The scheduler looks at them
    each minute, so that nobody has to tell it of a change."""

    storage: Storage
    settings: Settings
    clock: Clock
    channels: Channels
    poster: Poster
    newest: Callable[[Sequence[str]], Sequence[Listing]]
    messages_with: Callable[[str], str]
    meaning: Meaning | None = None

    def offered(self, channel: str, language: str, zone: str | None) -> Subscription:
        """The channel's subscription, or one to begin with for a member of that language and
        time zone."""
        known = self.storage.subscriptions.get(channel)
        if known is not None:
            return known
        usual = self.channels.usual(channel)
        return replace(usual, language=language, timezone=zone or usual.timezone)

    def from_words(
        self, channel: str, words: str, language: str, zone: str | None = None
    ) -> Subscription:
        """What would be offered, with what *words* say changed; nothing is stored.

        Raises:
            InputError: a word means nothing, or a value cannot be.
        """
        return replace(parse_words(words, self.offered(channel, language, zone)), active=True)

    def own_channel(self, user: str) -> str:
        """Where a member's own digest comes: their messages with Paperboy.

        Raises:
            SlackError: Slack does not tell the channel.
        """
        known = self.storage.subscriptions.of_member(user)
        return known.channel if known else self.messages_with(user)

    def check_may_change(self, user: str, channel: str) -> None:
        """Refuse a member who may not change a channel's subscription; their own they may.

        Raises:
            InputError: they may not.
        """
        if not is_direct(channel) and self.settings.admins and (user not in self.settings.admins):
            admins = Mrkdwn(", ".join(f"<@{one}>" for one in self.settings.admins))
            raise InputError(f"{user} is no admin", message_id="actions-not-allowed", admins=admins)

    def subscribe(self, subscription: Subscription, user: str, *, now: bool = False) -> None:
        """Keep the channel's new wish and tell the channel, both or neither; with *now* the newest
        digest comes at once.

        Raises:
            PostRefusedError: Paperboy cannot post in the channel; it keeps the wish it had.
            InputError: this member may not; or the wish is kept, but the channel doesn't know yet.
        """
        self.check_may_change(user, subscription.channel)
        wish = replace(subscription, active=True, subscribed_by=user)
        announcement = self._announcement(wish, user, _first_language(wish), now=now)
        with self.storage.transaction():
            before = self.storage.subscriptions.get(wish.channel)
            self.storage.subscriptions.save(wish, now=self.clock())
            if now:
                self.storage.runs.ask(wish.channel, now=self.clock())
            key = self._announce("subscribed", announcement, wish.channel, user)
        try:
            self.poster.wait(key)
        except PostRefusedError:
            self._take_back(wish, before)
            raise
        except PostWaitsError as waits:
            raise InputError(str(waits), message_id="actions-subscribed-waits") from waits

    def unsubscribe(self, channel: str, user: str) -> None:
        """End the channel's subscription; its wishes stay for a later time.

        The channel is told where that is possible.

        Raises:
            InputError: this member may not, or there is none.
        """
        self.check_may_change(user, channel)
        known = self.storage.subscriptions.get(channel)
        if known is None or not known.active:
            raise InputError(f"{channel} has none", message_id="actions-no-subscription")
        words = catalog(_first_language(known))
        name = "actions-unsubscribed-own" if known.owner else "actions-unsubscribed"
        text = Mrkdwn(words.text(name, user=f"<@{user}>"))
        with self.storage.transaction():
            self.storage.subscriptions.save(replace(known, active=False), now=self.clock())
            key = self._announce("unsubscribed", plain_message(text), channel, None)
        with suppress(PostRefusedError, PostWaitsError):
            self.poster.wait(key)

    def view(
        self,
        channel: str,
        language: str,
        *,
        draft: Subscription | None = None,
        user: str | None = None,
        zone: str | None = None,
        problems: Sequence[str] = (),
        is_whole: bool = False,
    ) -> dict[str, Any]:
        """The subscription modal, filled in with the present wish.

        With a *draft* it holds that; *user* is who asks; *problems* are sentences on fields that
        the draft could not take over; *is_whole* shows every field.
        """
        shown = draft or self.offered(channel, language, zone)
        if is_direct(channel):
            shown = replace(shown, subscribed_by=shown.subscribed_by or user)
        return subscription_view(
            shown,
            language,
            zone_of_member=zone,
            problems=problems,
            is_untranslated=self.is_untranslated(shown),
            is_whole=is_whole,
        )

    def preview_view(
        self, draft: Subscription, language: str, problems: Sequence[str] = ()
    ) -> dict[str, Any]:
        """The modal that shows what *draft* would have brought of the newest listing; *problems* as
        in :meth:`view`."""
        return preview_view(self.preview(draft, language), problems, language)

    def is_untranslated(self, subscription: Subscription) -> bool:
        """Whether the texts come in the papers' language instead of the one that is wished for."""
        wished = languages_of(subscription.language)
        return not self.settings.has_model and wished != (PAPERS_LANGUAGE,)

    def _announce(self, what: str, message: Message, channel: str, user: str | None) -> str:
        key = f"{what}:{channel}:{self.clock().isoformat()}"
        self.poster.promise(key, channel, message, "notice", user=user)
        return key

    def _take_back(self, wish: Subscription, before: Subscription | None) -> None:
        """Undo a change that the channel could not be told, unless it was changed again since."""
        with self.storage.transaction():
            if self.storage.subscriptions.get(wish.channel) == wish:
                self.storage.subscriptions.restore(wish.channel, before, now=self.clock())

    def _announcement(
        self, subscription: Subscription, user: str, language: str, *, now: bool
    ) -> Message:
        """What the channel is told about its new subscription."""
        words = catalog(language)
        moment = next_moment(subscription, self.clock(), language)
        lines = [
            Mrkdwn(
                words.text(
                    "actions-subscribed-own" if subscription.owner else "actions-subscribed",
                    user=f"<@{user}>",
                    subscription=escape(describe(subscription, words)),
                )
            ),
            words.text(
                "actions-subscribed-sources", sources=words.together(labels(subscription.sources))
            ),
            words.text("actions-subscribed-next", moment=moment),
        ]
        if now:
            lines.append(words.text("actions-subscribed-now"))
        elif has_passed(subscription, self.clock()):
            time = subscription.time.strftime("%H:%M")
            lines.append(words.text("actions-subscribed-passed", time=time))
        if self.is_untranslated(subscription):
            lines.append(words.text("actions-subscription-no-model"))
        if subscription.topics:
            topics = ", ".join(subscription.topics)
            lines.append(words.text("actions-subscribed-topics", topics=topics))
        if subscription.negative_topics:
            topics = ", ".join(subscription.negative_topics)
            lines.append(words.text("actions-subscribed-without", topics=topics))
        return plain_message(*lines)

    def preview(self, subscription: Subscription, language: str) -> Message:
        """Which papers of the newest listing the subscription would have brought."""
        words = catalog(language)
        listings = self.newest(subscription.sources)
        if not listings:
            return plain_message(words.text("actions-preview-nothing-stored"))
        day = max(one.date for one in listings)
        wish = Wish.of(subscription, language=language)
        content = compose_daily(self.storage, day, wish, listings=listings, meaning=self.meaning)
        summary = words.text(
            "actions-preview",
            day=words.short_day(day),
            sources=words.together(labels(content.sources)),
            lists=len(content.sources),
            total=content.total + content.hidden + content.left_out,
            count=len(content.entries),
            rest=len(content.rest),
            hidden=content.hidden,
            left=content.left_out,
        )
        l10n = Localisation(language)
        titles = [
            f"{entry.number}. {truncate(shown_title(entry.paper), 200)}"
            + _reason(why(entry, l10n, shown=truncate))
            for entry in content.entries[:PREVIEWED]
        ]
        missing = [one for one in subscription.sources if one not in content.sources]
        if missing:
            named = words.together(labels(missing))
            titles.append(words.text("actions-preview-missing", sources=named, lists=len(missing)))
        return plain_message(summary, *titles)


def _reason(told: str) -> str:
    return f" ({told})" if told else ""


def _first_language(subscription: Subscription) -> str:
    """The language for words that a channel is told once."""
    return languages_of(subscription.language)[0]
