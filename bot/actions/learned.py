"""What a member's own digest has learned from them: told, and forgotten when they say so."""

from dataclasses import dataclass, replace
from typing import Any

from bot.actions.forms import modal
from bot.clock import Clock
from bot.digests.compose import taste_in
from bot.digests.paper_text import shown_title
from bot.languages import Catalog, catalog
from bot.slack.blocks import Block, actions, button, escape, section, truncate
from bot.slack.blocks.ids import ActionId
from storage import Storage

SHOWN_TOPICS, SHOWN_PAPERS = 8, 10


@dataclass(frozen=True)
class Learned:
    """Shows what is known of a member's taste, and lets it begin anew."""

    storage: Storage
    clock: Clock

    def view(self, user: str, language: str) -> dict[str, Any]:
        """The page: which topics and papers count for the member's digest, and which against."""
        words = catalog(language)
        subscription = self.storage.subscriptions.of_member(user)
        blocks = [section(words.text("actions-learned-how"))]
        told = [] if subscription is None else self._told(subscription.channel, words)
        reset = button(words.text("actions-learned-reset"), ActionId.LEARNED_RESET, "home")
        if told:
            blocks += [*told, actions(reset)]
        else:
            blocks.append(section(words.text("actions-learned-nothing")))
        return modal(words.text("actions-learned-title"), blocks, words)

    def reset(self, user: str) -> None:
        """Let only what the member shows from now on count for their digest. Their saved papers
        stay, and what a channel's digest learned."""
        subscription = self.storage.subscriptions.of_member(user)
        if subscription is not None:
            now = self.clock()
            self.storage.subscriptions.save(replace(subscription, learned_since=now), now=now)

    def _told(self, channel: str, words: Catalog) -> list[Block]:
        taste = taste_in(self.storage, channel)
        blocks = []
        for sign, key in ((1, "more"), (-1, "less")):
            topics = sorted(
                (one for one in taste.topics.items() if one[1] * sign > 0),
                key=lambda one: -one[1] * sign,
            )[:SHOWN_TOPICS]
            ids = [one for one, weight in taste.papers.items() if weight * sign > 0]
            papers = self.storage.papers.get_many(ids[:SHOWN_PAPERS])
            if not papers:
                continue
            names = ", ".join(words.text(f"digests-topic-{topic}") for topic, _ in topics)
            lines = [
                f"*{escape(words.text(f'actions-learned-{key}', count=len(ids)))}*",
                *([escape(names)] if names else []),
                *(f"•  {escape(truncate(shown_title(one), 150))}" for one in papers),
            ]
            blocks.append(section("\n".join(lines)))
        return blocks
