"""A member's own data: what is kept of it, and its deletion, as a form."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.actions.forms import modal
from bot.languages import catalog
from bot.slack.blocks import Block, section
from bot.slack.blocks.ids import CallbackId
from storage import Forgotten, Storage

# What people read as one thing, by the words of ``Forgotten``: those of a member and of a team.
KINDS = {
    "said": ("turns", "early_messages"),
    "questions": ("questions", "answers"),
    "feedback": ("feedback",),
    "notes": ("notes",),
    "corrections": ("corrections",),
    "saved": ("saved_papers",),
    "signs": ("signals", "events"),
    "messages": (
        *("messages", "threads", "news", "digests", "deliveries", "paper_news", "week_texts"),
        *("runs", "subscriptions", "problems", "channel_problems", "incidents"),
    ),
    "archive": ("archive_digests", "archive_entries", "extras"),
    "profile": ("members",),
    "access": ("workspaces", "tokens"),
}
STAYS = ("slack", "channels", "papers", "others", "backups")


@dataclass(frozen=True)
class Forgetting:
    """Tells a member what is kept about them, and deletes it."""

    storage: Storage

    def view(self, user: str, language: str) -> dict[str, Any]:
        """The form: what goes, with how much of it there is, and what stays."""
        words, found = catalog(language), self.storage.forgetting.count(user)
        if not found.total:
            return _view(language, [section(words.text("actions-forget-nothing"))])
        stays = [words.text(f"actions-forget-stays-{one}") for one in STAYS]
        blocks = [
            _listed(words.text("actions-forget-goes"), _kinds(found, language)),
            _listed(words.text("actions-forget-stays"), stays),
            section(words.text("actions-forget-for-good")),
        ]
        return _view(
            language,
            blocks,
            submit=words.text("actions-forget-submit"),
            close=words.text("actions-forget-keep"),
        )

    def waiting_view(self, language: str) -> dict[str, Any]:
        """The form's place while it is being done."""
        return _view(language, [section(catalog(language).text("actions-forget-waiting"))])

    def forget(self, user: str, language: str) -> dict[str, Any]:
        """Delete all that is kept about *user*.

        Returns:
            The form's place afterwards: what was deleted, and what happens from now on.

        Raises:
            StorageError: the database cannot be written; nothing is deleted.
        """
        words, gone = catalog(language), self.storage.forgetting.forget(user)
        blocks = [
            _listed(words.text("actions-forget-done"), _kinds(gone, language)),
            section(words.text("actions-forget-anew")),
        ]
        return _view(
            language, blocks if gone.total else [section(words.text("actions-forget-nothing"))]
        )


def by_kind(found: Forgotten) -> dict[str, int]:
    """How much there is of each of ``KINDS`` of which there is something."""
    counted = {
        kind: sum(found.counts.get(one, 0) for one in parts) for kind, parts in KINDS.items()
    }
    return {kind: count for kind, count in counted.items() if count}


def _kinds(found: Forgotten, language: str) -> list[str]:
    """A line for each kind of which there is something."""
    words = catalog(language)
    return [
        words.text(f"actions-forget-{kind}", count=count) for kind, count in by_kind(found).items()
    ]


def _listed(title: str, lines: Sequence[str]) -> Block:
    return section("\n".join((f"*{title}*", *(f"• {line}" for line in lines))), expand=True)


def _view(
    language: str, blocks: Sequence[Block], *, submit: str | None = None, close: str | None = None
) -> dict[str, Any]:
    words = catalog(language)
    return modal(
        words.text("actions-forget"),
        blocks,
        words,
        callback=CallbackId.FORGET,
        submit=submit,
        close=close,
    )
