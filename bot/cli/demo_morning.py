"""One morning played through the real app in the local workspace, as people would live it."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.cli.demo_workspace import MorningClock
from bot.languages import Catalog, language_of_locale
from bot.services import Services
from bot.slack.blocks.ids import ActionId
from bot.workspace import Entry, Member, Message, Workspace, transcript
from bot.workspace.seed import ALICE, BOT, DAILY, PEOPLE

# Nothing takes this long, unless the machine is busy with something else.
WAIT_SECONDS = 90.0
# Somebody reads at least so long before they click.
READING = timedelta(seconds=5)
# Links of mrkdwn, <https://…|label>, and of Markdown, [label](https://…).
_LINK = re.compile(r"<https?://[^<|>\s]+\|([^<>]*)>|(?<!\])\[([^\[\]\n]+)\]\(https?://[^()\s]+\)")
PAPER_TO_OPEN = "2503.14476"
NAMES = {member.id: member.real_name for member in (*PEOPLE, BOT)} | {DAILY.id: DAILY.name}


def demonstrator(language: str) -> Member:
    """The first member who speaks *language*, or else one who speaks English."""
    speaking = (one for one in PEOPLE if language_of_locale(one.locale, "") == language)
    return next(speaking, ALICE)


class DemoMorning:
    """Plays the scenes in order and hands each one's transcript to *show*.

    Each scene raises TimeoutError when the bot doesn't do its part in time.
    """

    def __init__(
        self,
        workspace: Workspace,
        services: Services,
        words: Catalog,
        show: Callable[[str], object],
        *,
        wait: float = WAIT_SECONDS,
        clock: MorningClock | None = None,
    ) -> None:
        """Each thing that the bot does may take *wait* seconds. Where the *clock* of workspace and
        services is given, nobody waits while people read."""
        self._wait = wait
        self._clock = clock
        self._workspace = workspace
        self._services = services
        self._words = words
        self._show = show
        self._person = demonstrator(words.language)

    def play(self) -> None:
        """The whole morning."""
        digest = self._morning()
        self._today()
        self._paper_thread(digest)
        self._question_by_number(digest)
        self._workspace.wait_for(lambda: not self._workspace.unacknowledged(), self._wait)

    def _morning(self) -> Message:
        self._title("cli-demo-morning", channel=f"#{DAILY.name}")
        (subscription,) = self._services.storage.subscriptions.active()
        self._services.morning.run(subscription, now=self._services.clock())
        digest = self._workspace.wait_for_message(
            DAILY.id, contains=PAPER_TO_OPEN, timeout=self._wait
        )
        self._say(digest, "Paperboy")
        return digest

    def _today(self) -> None:
        self._title("cli-demo-today", user=self._person.real_name)
        before = len(self._workspace.ephemerals(self._person.id, DAILY.id))
        self._workspace.slash(self._person.id, DAILY.id, "/papers", "today")
        self._workspace.wait_for(
            lambda: len(self._workspace.ephemerals(self._person.id, DAILY.id)) > before,
            self._wait,
        )
        answer = self._workspace.ephemerals(self._person.id, DAILY.id)[-1]
        self._say(answer, "Paperboy", remark=self._words.text("cli-demo-only-you"))

    def _paper_thread(self, digest: Message) -> None:
        paper = self._services.storage.papers.get(PAPER_TO_OPEN)
        assert paper is not None
        self._title("cli-demo-thread", user=self._person.real_name, title=paper.title)
        before = len(self._workspace.ephemerals(self._person.id, DAILY.id))
        if self._clock is not None:
            self._clock.skip(READING)
        self._workspace.click(self._person.id, digest, ActionId.PAPER_OPEN, value=PAPER_TO_OPEN)
        card = self._workspace.wait_for_message(
            DAILY.id,
            contains=PAPER_TO_OPEN,
            where=lambda message: message.ts != digest.ts and not message.is_reply,
            timeout=self._wait,
        )
        self._say(card, "Paperboy")
        # The clicker is told where the thread is; only then would a person write there.
        self._workspace.wait_for(
            lambda: len(self._workspace.ephemerals(self._person.id, DAILY.id)) > before,
            self._wait,
        )
        self._ask(card, self._words.text("cli-demo-question"))
        self._ask(card, self._words.text("cli-demo-further-question"))

    def _question_by_number(self, digest: Message) -> None:
        self._title("cli-demo-digest-question", user=self._person.real_name)
        self._ask(digest, self._words.text("cli-demo-numbered-question"))

    def _ask(self, root: Message, question: str) -> None:
        asked = self._workspace.say(self._person.id, DAILY.id, question, root.ts)
        self._say(asked, self._person.real_name)
        answer = self._workspace.wait_for_message(
            DAILY.id,
            thread_ts=root.ts,
            where=lambda message: message.ts > asked.ts,
            timeout=self._wait,
        )
        # It may still grow; its sources and buttons stand below once it is finished.
        self._workspace.wait_for(lambda: not self._services.conversations.waiting, self._wait)
        shown = self._workspace.messages(DAILY.id, root.ts)
        self._say(next(one for one in shown if one.ts == answer.ts), "Paperboy")

    def _title(self, message_id: str, **arguments: str) -> None:
        text = self._words.text(message_id, **arguments)
        self._show(f"\n━━ {text}\n")

    def _say(self, message: Message, speaker: str, *, remark: str = "") -> None:
        entry = Entry(speaker, _unlinked(message), place=f"#{DAILY.name}", remark=remark)
        self._show(transcript([entry], names=NAMES) + "\n")


def _unlinked(message: Message) -> Message:
    """The message with the labels of its links alone: a terminal shows the addresses badly."""
    blocks = tuple(_without_addresses(block) for block in message.blocks)
    return replace(message, blocks=blocks)


def _without_addresses(value: Any) -> Any:
    if isinstance(value, str):
        return _LINK.sub(r"\1\2", value)
    if isinstance(value, dict):
        return {name: _without_addresses(one) for name, one in value.items()}
    return [_without_addresses(one) for one in value] if isinstance(value, list) else value
