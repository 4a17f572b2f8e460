"""Writing one answer into Slack, in its thread or for its asker alone.

In a thread there is a status first, then text as it comes, then the finished message. Where Slack
streams, the text grows in a stream; elsewhere a message is edited every few seconds. Whatever is
shown on the way is replaced by the finished answer.
"""

import logging
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from bot.answers.markdown import unlinked
from bot.clock import Clock
from bot.delivery.retries import Sleep, is_passing, patiently, send_fitting
from bot.errors import SlackError, SlackOutcomeUnknown, SlackRateLimited
from bot.languages import catalog
from bot.slack.blocks import Message, actions, button, plain_message, section, truncate
from bot.slack.blocks.ids import ActionId, make_value
from bot.slack.blocks.text import escaped
from bot.slack.port import SlackOut, delivery_metadata
from storage import Question

FLUSH_CHARACTERS = 160
FLUSH_EVERY = timedelta(seconds=1)
EDIT_EVERY = timedelta(seconds=3)
SHOWN_WHILE_EDITING = 2500
# Shows messages to the asker and tells whether Slack took them.
Reply = Callable[[Sequence[Message]], bool]
_FOR_GOOD = datetime.max.replace(tzinfo=UTC)

logger = logging.getLogger(__name__)


class StoppedError(Exception):
    """The asker wants no more of this answer."""


class AnswerWriter:
    """Writes one answer. ``keep_ts`` stores where it stands, as soon as that is known;
    ``may_go_on`` tells whether the asker still wants it."""

    def __init__(
        self,
        slack: SlackOut,
        question: Question,
        *,
        clock: Clock,
        sleep: Sleep,
        keep_ts: Callable[[str], None],
        may_go_on: Callable[[], bool],
    ) -> None:
        self._slack = slack
        self._question = question
        self._clock = clock
        self._sleep = sleep
        self._keep_ts = keep_ts
        self._may_go_on = may_go_on
        self._ts = question.answer_ts
        self._streaming = False
        self._editing = False
        self._shown = ""
        self._waiting = ""
        self._first_piece: datetime | None = None
        self._last_flush = clock()
        # Slack wants to hear nothing of this answer until then.
        self._quiet_until: datetime | None = None
        # A first message may stand there, although nobody knows where.
        self._unsure = question.attempts > 1

    def status(self, text: str) -> None:
        """Say what is being done, where Slack has a place for that.

        Raises:
            StoppedError: the asker stopped it.
        """
        self._go_on()
        self._try(
            lambda: self._slack.set_status(
                self._question.channel, self._question.thread_ts, truncate(text, 140)
            )
        )

    def text(self, piece: str) -> None:
        """Show a piece of the answer, soon.

        Raises:
            StoppedError: the asker stopped it.
        """
        if self._first_piece is None:
            # An answer that comes in one piece is posted at once and needs no stream.
            self._first_piece = self._last_flush = self._clock()
            self._waiting = piece
            return
        self._waiting += piece
        if self._is_time():
            self._go_on()
            self._flush()

    def finish(self, messages: Sequence[Message]) -> str:
        """Put the finished answer in place of what was shown; returns the first message's ``ts``.

        Raises:
            SlackError: it could not be posted; a later try finds what stands already.
        """
        first = self._first(messages[0])
        for place, message in enumerate(messages[1:], start=1):
            self._post_once(message, place)
        return first

    def stopped(self) -> str:
        """End what was shown with a word that it was stopped; returns the message's ``ts``.

        Raises:
            SlackError: Slack could not be asked for it.
        """
        told = catalog(self._question.language).text("conversations-stopped")
        shown = f"{self._shown}\n\n{told}" if self._shown else told
        if self._streaming and self._ts is not None:
            self._end_stream(self._ts, markdown=f"\n\n_{told}_")
            return self._ts
        return self._first(plain_message(shown))

    def take_back(self) -> None:
        """Take away what was shown: the question itself is gone.

        Raises:
            SlackError: it could not be taken away.
        """
        channel, ts = self._question.channel, self._ts
        self._try(lambda: self._slack.set_status(channel, self._question.thread_ts, ""))
        if ts is not None:
            if self._streaming:
                self._try(lambda: self._end_stream(ts))
            self._slack.delete(channel, ts)

    def _is_time(self) -> bool:
        now = self._clock()
        if self._quiet_until is not None and now < self._quiet_until:
            return False
        since = now - self._last_flush
        if self._editing:
            return since >= EDIT_EVERY
        return len(self._waiting) >= FLUSH_CHARACTERS or since >= FLUSH_EVERY

    def _go_on(self) -> None:
        if not self._may_go_on():
            raise StoppedError

    def _flush(self) -> None:
        """Show what is waiting; what Slack doesn't take now goes with the next flush."""
        self._last_flush = self._clock()
        try:
            if self._ts is None:
                self._begin()
            if self._streaming:
                self._append()
            else:
                self._edit()
        except SlackRateLimited as error:
            self._quiet_until = self._clock() + timedelta(seconds=error.retry_after)
            logger.info("the answer grows again in %g s", error.retry_after)
        except SlackError as error:
            logger.info("not shown while answering: %s", error)
            if self._ts is None:  # there is nothing to add to, so the whole comes at once
                self._quiet_until = _FOR_GOOD
                self._unsure = self._unsure or isinstance(error, SlackOutcomeUnknown)
        else:
            self._shown += self._waiting
            self._waiting = ""

    def _begin(self) -> None:
        """Open a stream or, where there is none, a message that is edited.

        Raises:
            SlackError: there can be neither now. The finished answer is tried again.
        """
        question = self._question
        try:
            self._ts = self._slack.start_stream(
                question.channel, question.thread_ts, user=question.user, team=question.asker_team
            )
            self._streaming = True
        except SlackRateLimited:
            raise
        except SlackError as error:
            logger.info("no stream here (%s); a message is edited instead", error.code)
            message = self._draft()
            self._ts = self._post(message, 0)
            self._editing = True
        self._keep_ts(self._ts)

    def _append(self) -> None:
        if self._ts is not None:
            self._slack.append_stream(self._question.channel, self._ts, unlinked(self._waiting))

    def _edit(self) -> None:
        if self._ts is not None and self._editing:
            payload = self._draft().payload()
            self._slack.update(self._question.channel, self._ts, payload)

    def _draft(self) -> Message:
        """The answer so far, as an edited message shows it, with a button that stops it."""
        words = catalog(self._question.language)
        text = truncate(self._shown + self._waiting, SHOWN_WHILE_EDITING)
        text = text or words.text("conversations-reading")
        value = make_value({"question": self._question.id})
        stop = button(words.text("conversations-stop"), ActionId.ANSWER_STOP, value)
        shown = escaped(text, SHOWN_WHILE_EDITING)
        return Message(shown, (section(shown), actions(stop)))

    def _first(self, message: Message) -> str:
        ts = self._ts
        if ts is None and self._unsure:
            ts = self._find(0)
        if ts is None:
            ts = self._post(message, 0)
        else:
            self._replace(ts, message)
        self._keep_ts(ts)
        return ts

    def _replace(self, ts: str, message: Message) -> None:
        """Put *message* where a stream, a draft or the menu stands."""
        if self._streaming or self._question.attempts > 1:
            self._end_stream(ts)
        self._update(ts, message)

    def _post_once(self, message: Message, place: int) -> None:
        found = self._find(place) if self._question.attempts > 1 else None
        if found is None:
            self._post(message, place)
        else:
            self._update(found, message)

    def _update(self, ts: str, message: Message) -> None:
        channel = self._question.channel
        send_fitting(
            message.payload(),
            lambda payload: self._slack.update(channel, ts, payload),
            sleep=self._sleep,
            repeatable=True,
        )

    def _end_stream(self, ts: str, *, markdown: str | None = None) -> None:
        """Let the message grow no more; one that has ended before is fine.

        Raises:
            SlackError: Slack could not be asked; it refuses to edit a message that grows.
        """
        channel, metadata = self._question.channel, delivery_metadata(self._key(0))
        try:
            patiently(
                lambda: self._slack.stop_stream(channel, ts, markdown=markdown, metadata=metadata),
                sleep=self._sleep,
                repeatable=True,
            )
        except SlackError as error:
            if is_passing(error):
                raise
            logger.info("no stream to end: %s", error)

    def _find(self, place: int) -> str | None:
        question = self._question
        key = self._key(place)
        return self._slack.find(question.channel, key, thread_ts=question.thread_ts)

    def _post(self, message: Message, place: int) -> str:
        question = self._question
        metadata = delivery_metadata(self._key(place))
        return send_fitting(
            message.payload(),
            lambda payload: self._slack.post(
                question.channel, payload, thread_ts=question.thread_ts, metadata=metadata
            ),
            sleep=self._sleep,
        )

    def _try(self, call: Callable[[], object]) -> None:
        """Do something that an answer can do without."""
        try:
            call()
        except SlackError as error:
            logger.info("left out while answering: %s", error)

    def _key(self, place: int) -> str:
        return f"answer:{self._question.id}:{place}"


class PrivateWriter:
    """Writes one answer for its asker alone: below the command that asked, by *reply*, or else
    (after a restart) as a direct message."""

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
