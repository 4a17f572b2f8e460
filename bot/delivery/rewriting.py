"""Makes posted digests say what is stored now: by edits, and by a reply for late papers."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import time as time_of_day
from datetime import timedelta

from bot.clock import Clock
from bot.delivery.composer import Composer
from bot.delivery.outbox import Outbox
from bot.delivery.parts import Part, part_key
from bot.digests import DigestContent, DigestEntry
from bot.digests.localisation import Localisation
from bot.digests.paper_text import plain_title, sentences
from bot.digests.styles.base import heading, sentence_lines
from bot.slack.blocks import Message, one_paragraph, section
from bot.slack.blocks.message import fallback
from bot.slack.blocks.plainer import fitting
from storage import Delivery, DeliveryState, Digest, Storage, Subscription

# A listing settles within two days; posts of older ones stay as they are.
KEPT_TRUE = timedelta(days=3)
# Papers in one reply: a block each, and one for the headline, stay below Slack's fifty.
MOST_LATE = 45


class Rewriter:
    """Edits what was posted of digests. Nothing is sent from here: edits are asked for."""

    def __init__(self, storage: Storage, composer: Composer, outbox: Outbox, clock: Clock) -> None:
        self._storage = storage
        self._composer = composer
        self._outbox = outbox
        self._clock = clock

    def recent(self) -> list[Digest]:
        """The digests that are kept true."""
        first = self._clock().date() - KEPT_TRUE
        return self._storage.digests.since("daily", first.isoformat())

    def retell(self, paper_id: str) -> None:
        """Have recent digests show what is stored of a paper now."""
        for digest in self.recent():
            if paper_id in digest.paper_ids:
                self.rewrite(digest)

    def rewrite(self, digest: Digest) -> bool:
        """Have the posts of *digest* show what is stored now. Returns whether anything is to
        change."""
        root = self.root(digest)
        if root is None:
            return False
        rows = {row.key: row for row in self._storage.deliveries.of_digest(digest.id)}
        topics = wish_of(self._storage, digest).topics
        content = self._composer.recompose(digest, topics=topics)
        posted = replace(content, rest=content.rest[: digest.listed - digest.entries])
        has_cards = any(row.kind == "card" for row in rows.values())
        parts = self._composer.draw(posted, layout="cards" if has_cards else "list")
        parts += self._late_reply(digest, content)
        wanted = {_key(digest, one.name): one for one in parts}
        changed = False
        with self._storage.transaction():
            for key, part in wanted.items():
                if key in rows:
                    changed |= self._edit(rows[key], part.message)
                elif part.kind != "card":  # a late paper's own card would announce it
                    changed |= self._add(key, part, digest, root, position=len(rows))
            for key in rows.keys() - wanted.keys():
                if rows[key].kind == "part":
                    changed |= self._edit(rows[key], _moved(content.language))
        if changed:
            self._outbox.wake()
        return changed

    def root(self, digest: Digest) -> Delivery | None:
        """The digest's first message; None where it could not be posted."""
        found = self._storage.deliveries.find(_key(digest, "root"))
        return None if found is None or found.state is DeliveryState.FAILED else found

    def _add(self, key: str, part: Part, digest: Digest, root: Delivery, *, position: int) -> bool:
        planned = self._outbox.plan(
            key,
            digest.channel,
            part.message,
            part.kind,
            digest_id=digest.id,
            parent_id=root.id,
            position=position,
        )
        return planned is not None

    def _edit(self, row: Delivery, message: Message) -> bool:
        fitted = fitting(message.payload(), row.degraded)
        return self._storage.deliveries.request_edit(row.id, fitted)

    def _late_reply(self, digest: Digest, content: DigestContent) -> list[Part]:
        if digest.listed == len(digest.paper_ids):
            return []
        everything = self._composer.recompose(replace(digest, entries=len(digest.paper_ids)))
        return [Part("late", late_papers(content, everything.entries[digest.listed :]))]


def wish_of(storage: Storage, digest: Digest) -> Subscription:
    """The channel's subscription, or what one that was posted to by hand would have wished."""
    return storage.subscriptions.get(digest.channel) or Subscription(
        channel=digest.channel,
        time=time_of_day(0),
        timezone="UTC",
        weekdays=(),
        language=digest.language,
        style=digest.style,
        sources=tuple(dict.fromkeys(one.source for one in digest.listings)),
        count=len(digest.paper_ids),
    )


def _key(digest: Digest, name: str) -> str:
    return part_key(digest.kind, digest.channel, digest.period, name)


def _moved(language: str) -> Message:
    return one_paragraph(Localisation(language).text("delivery-part-moved"))


def late_papers(content: DigestContent, entries: Sequence[DigestEntry]) -> Message:
    """One message with all late papers of a digest, numbered on from its own."""
    l10n = Localisation(content.language)
    headline = l10n.text("delivery-late-papers", joint="\n", day=content.day, count=len(entries))
    shown = entries[:MOST_LATE]
    rows = [
        (plain_title(one.paper, one.number, one.votes, l10n), " ".join(sentences(one)))
        for one in shown
    ]
    blocks = (heading(one, l10n, below=sentence_lines(one)) for one in shown)
    return Message(text=fallback([headline], rows), blocks=(section(headline), *blocks))
