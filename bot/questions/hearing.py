"""What is said to Paperboy, and what comes of it: remembered, passed over, or a question.

A post stands in Slack a moment before its ``ts`` is known here, longer when the answer to it got
lost. Whoever replies in between must not go unheard, so a message that comes before it is known
whose thread it stands in is kept until the thread is known, or until it is clear that it is none
of ours.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta
from functools import partial

from bot.clock import Clock
from bot.languages import language_of_text
from bot.questions.policy import Decision, EarlierMessage, IncomingMessage, MessageContext, decide
from bot.questions.talk import Talk
from bot.text.sentences import sentences
from storage import Storage, Thread, Turn

# By then a lost answer has mostly been looked up in the channel.
LONGEST = timedelta(minutes=1)


class Hearing:
    """Decides on messages and records them; questions have a row before anybody works on them.
    Methods that return ids return those of questions to be worked on. Safe in any thread."""

    def __init__(
        self, storage: Storage, clock: Clock, *, talk: Talk, default_language: str
    ) -> None:
        self._storage = storage
        self._talk = talk
        self._clock = clock
        self._default_language = default_language
        self._early = EarlyMessages(storage, clock)

    def receive(self, message: IncomingMessage) -> tuple[Decision, list[int]]:
        """Decide on a message, or keep it until it is known whose thread it stands in."""
        if not self._early.keep(message):
            decision, question_id = self._hear(message)
            return decision, [] if question_id is None else [question_id]
        # The thread may have become known while the message was being kept.
        known = self._storage.threads.get(message.channel, message.root) is not None
        return Decision.LATER, self.early(message.channel, message.root) if known else []

    def early(self, channel: str, thread_ts: str) -> list[int]:
        """Hear what was said in a thread before it was known. What is not for us as far as anybody
        can tell is kept on as long as the thread may yet turn out to be ours."""
        questions = []
        with self._storage.transaction():
            for one in self._early.of_thread(channel, thread_ts):
                decision, question_id = self._hear(one)
                if decision is Decision.PASS:
                    self._early.keep(one)
                questions.append(question_id)
        return [one for one in questions if one is not None]

    def waited(self) -> list[int]:
        """Hear the messages in threads that need not be waited for any longer."""
        settled = self._early.settled()
        return [one for channel, thread_ts in settled for one in self.early(channel, thread_ts)]

    def edited(self, message: IncomingMessage) -> list[int]:
        """Hear the new words of a message. A question is answered in its new words, in place of
        the answer it had; what asked nothing before counts as a new message."""
        question = self._storage.questions.find(message.key)
        if question is None:
            self._storage.threads.forget_turn(message.channel, message.ts)
            return self.receive(message)[1]
        threads = self._storage.threads
        threads.reword_turn(message.channel, message.ts, message.text)
        context = self._message_context(message, threads.get(message.channel, message.root))
        asks = decide(message, context, now=self._clock()) is Decision.ANSWER
        if question.answered_at is not None and not asks:
            return []
        language = language_of_text(message.text, self._default_language)
        with self._storage.transaction():
            reworded = self._storage.questions.reword(question.id, message.text, language)
            if reworded and question.answer_ts is not None:
                threads.forget_turn(message.channel, question.answer_ts)
        return [question.id] if reworded else []

    def deleted(self, channel: str, ts: str) -> None:
        """A message was taken back, and with it a question that isn't answered yet."""
        self._early.forget(channel, ts)
        self._storage.threads.forget_turn(channel, ts)
        question = self._storage.questions.find(f"{channel}:{ts}")
        if question is not None:
            self._storage.questions.withdraw(question.id, now=self._clock())

    def record(self, message: IncomingMessage, *, paper_ids: Sequence[str] = ()) -> int | None:
        """Record a question; None when it was recorded before."""
        return self._storage.questions.record(
            key=message.key,
            channel=message.channel,
            thread_ts=message.root,
            ts=message.ts,
            user=message.user,
            asker_team=message.team,
            direct=message.direct,
            text=message.text,
            language=language_of_text(message.text, self._default_language),
            paper_ids=paper_ids,
            now=self._clock(),
        )

    def _hear(self, message: IncomingMessage) -> tuple[Decision, int | None]:
        """Decide on a message and record it; the id is that of a question to be worked on."""
        thread = self._storage.threads.get(message.channel, message.root)
        decision = decide(message, self._message_context(message, thread), now=self._clock())
        if decision is Decision.PASS:
            return decision, None
        with self._storage.transaction():
            if thread is None:
                opened = Thread(message.channel, message.root, "open")
                self._storage.threads.save(opened, now=self._clock())
            self._remember(message)
            return decision, self.record(message) if decision is Decision.ANSWER else None

    def _message_context(self, message: IncomingMessage, thread: Thread | None) -> MessageContext:
        subscription = self._storage.subscriptions.get(message.channel)
        return MessageContext(
            known_thread=thread is not None,
            policy=subscription.thread_policy if subscription else "questions",
            looks=lambda: self._talk.looks(message.text, partial(self._about, thread)),
            last=self._last_said(message),
        )

    def _about(self, thread: Thread | None) -> list[str]:
        """What the paper of a thread says in brief, or the titles of its list."""
        if thread is None:
            return []
        if thread.paper_id is not None:
            paper = self._storage.papers.get(thread.paper_id)
            return [paper.title, *sentences(paper.abstract)] if paper else []
        digest = self._storage.digests.get(thread.digest_id) if thread.digest_id else None
        papers = self._storage.papers.get_many(digest.paper_ids) if digest else []
        return [paper.title for paper in papers]

    def _last_said(self, message: IncomingMessage) -> EarlierMessage | None:
        turns = [
            turn
            for turn in self._storage.threads.turns(message.channel, message.root, limit=2)
            if turn.ts != message.ts
        ]
        if not turns:
            return None
        last = turns[-1]
        asked = self._storage.questions.find(f"{last.channel}:{last.ts}") is not None
        return EarlierMessage(speaker=last.speaker, at=last.said_at, to_us=asked)

    def _remember(self, message: IncomingMessage) -> None:
        self._storage.threads.add_turn(
            Turn(
                channel=message.channel,
                thread_ts=message.root,
                ts=message.ts,
                speaker=message.user,
                text=message.text,
                said_at=self._clock(),
            )
        )


class EarlyMessages:
    """Keeps them in the database. Safe in any thread and any number of processes."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    def keep(self, message: IncomingMessage) -> bool:
        """Keep *message* if its thread may be one that is just being opened; False otherwise.

        The thread may be known by the time this returns, so the caller has to look once more.
        """
        if message.thread_ts is None or not self._storage.early_messages.are_possible(
            message.channel
        ):
            return False
        # Asked in this order: a post recorded after the first look is known at the second.
        if self._storage.threads.get(message.channel, message.thread_ts) is not None:
            return False
        self._storage.early_messages.keep(
            channel=message.channel,
            thread_ts=message.thread_ts,
            ts=message.ts,
            user=message.user,
            message=asdict(message),
            now=self._clock(),
        )
        return True

    def of_thread(self, channel: str, thread_ts: str) -> list[IncomingMessage]:
        """What was said early in a thread, in its order; the caller alone now has it."""
        kept = self._storage.early_messages.take(channel, thread_ts)
        return [IncomingMessage(**fields) for fields in kept]

    def settled(self) -> list[tuple[str, str]]:
        """Channel and root of the threads that need not be waited for any longer."""
        return self._storage.early_messages.settled(since=self._clock() - LONGEST)

    def forget(self, channel: str, ts: str) -> None:
        """Drop a message that was taken back."""
        self._storage.early_messages.drop(channel, ts)
