"""Writing an answer for its asker alone: below the command that asked, or as a direct message."""

import time
from collections.abc import Callable, Sequence

from bot.delivery.patience import Sleep, send_fitting
from bot.slack.blocks import Message
from bot.slack.port import SlackOut, delivery_metadata
from storage import Question

# Shows messages to the asker and tells whether Slack took them.
Reply = Callable[[Sequence[Message]], bool]


class PrivateWriter:
    """Writes one answer. Without *reply* (after a restart) it goes to the asker's messages."""

    def __init__(
        self,
        slack: SlackOut,
        question: Question,
        reply: Reply | None,
        *,
        sleep: Sleep = time.sleep,
    ) -> None:
        self._slack = slack
        self._sleep = sleep
        self._question = question
        self._reply = reply

    def status(self, text: str) -> None:
        """There is no place for a status."""

    def text(self, piece: str) -> None:
        """Private answers come at once when they are finished."""

    def finish(self, messages: Sequence[Message]) -> str:
        """Show the finished answer; returns where, which is no message for a reply.

        Raises:
            SlackError: it could not be posted; a later try finds what stands already.
        """
        if self._reply is not None and self._reply(messages):
            return self._question.ts
        channel = self._slack.conversation_open(self._question.user)
        posted = [self._post(channel, message, place) for place, message in enumerate(messages)]
        return posted[0]

    def stopped(self) -> str:
        """A private answer cannot be stopped; it merely isn't shown."""
        return self._question.ts

    def take_back(self) -> None:
        """Nothing was shown yet."""

    def _post(self, channel: str, message: Message, place: int) -> str:
        key = f"answer:{self._question.id}:{place}"
        found = self._slack.find(channel, key) if self._question.attempts > 1 else None
        return found or send_fitting(
            message.payload(),
            lambda payload: self._slack.post(channel, payload, metadata=delivery_metadata(key)),
            sleep=self._sleep,
        )
