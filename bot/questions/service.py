"""The door of the room: what was said comes in, questions go to the workers."""

import logging
import time
from collections.abc import Callable, Sequence
from functools import partial

from bot.answers import Answer
from bot.clock import Clock
from bot.delivery.owners import new_owner
from bot.delivery.telling import is_person
from bot.languages import language_of_text
from bot.questions.crew import Crew
from bot.questions.early import EarlyMessages
from bot.questions.message import IncomingMessage
from bot.questions.policy import Decision, Said, Scene, decide
from bot.questions.ports import Answerer, PaperSource
from bot.questions.private import Reply
from bot.questions.roots import Roots
from bot.questions.subject import Subjects
from bot.questions.worker import Today, Worker
from bot.slack.port import SlackOut
from bot.telemetry.metrics import Metrics
from storage import Paper, Storage, Thread, Turn

logger = logging.getLogger(__name__)


class Conversations:
    """Hears messages, decides when to speak, and sees that every question gets its answer."""

    def __init__(
        self,
        *,
        storage: Storage,
        answers: Answerer,
        slack: SlackOut,
        collector: PaperSource,
        clock: Clock,
        default_language: str = "ko",
        workers: int = 24,
        sleep: Callable[[float], object] = time.sleep,
        today: Today | None = None,
        listed: Callable[[], Sequence[Paper]] = tuple,
        metrics: Metrics | None = None,
    ) -> None:
        """*today* draws the newest listing, *listed* gives its papers in their order."""
        self._storage = storage
        self._clock = clock
        self._default_language = default_language
        owner = new_owner()
        self._early = EarlyMessages(storage, clock)
        subjects = Subjects(
            storage=storage,
            roots=Roots(slack),
            collector=collector,
            clock=clock,
            listed=listed,
        )
        self._worker = Worker(
            storage=storage,
            answers=answers,
            slack=slack,
            subjects=subjects,
            clock=clock,
            owner=owner,
            sleep=sleep,
            today=today,
            metrics=metrics or Metrics(),
        )
        self._crew = Crew(
            self._worker.work, storage=storage, owner=owner, clock=clock, threads=workers
        )

    def start(self) -> None:
        """Finish what an earlier process left, and from now on keep hold of running work."""
        self._crew.start(self.hear_what_waited)

    def close(self) -> None:
        """Stop taking up questions; those being worked on are finished, the others stay stored."""
        self._crew.close()

    @property
    def waiting(self) -> int:
        """How many questions this process has in hand."""
        return self._crew.busy

    def receive(self, message: IncomingMessage) -> Decision:
        """Hear a message. When it asks Paperboy something it is recorded before this returns."""
        if self._early.keep(message):
            if self._storage.threads.get(message.channel, message.root) is not None:
                self._hear_early(message.channel, message.root)
            return Decision.LATER
        decision, question_id = self._hear(message)
        if question_id is not None:
            self._crew.take(question_id)
        return decision

    def opened(self, channel: str, thread_ts: str) -> None:
        """A thread of ours has become known: hear what was said in it before. Returns at once."""
        self._crew.soon(partial(self._hear_early_safely, channel, thread_ts))

    def edited(self, message: IncomingMessage) -> None:
        """Hear the new words of a message. A question is answered in its new words, in place of
        the answer it had; what asked nothing before counts as a new message."""
        question = self._storage.questions.find(message.key)
        if question is None:
            self._storage.threads.forget_turn(message.channel, message.ts)
            self.receive(message)
            return
        threads = self._storage.threads
        threads.reword_turn(message.channel, message.ts, message.text)
        scene = self._scene(message, threads.get(message.channel, message.root))
        asks = decide(message, scene, now=self._clock()) is Decision.ANSWER
        if question.answered_at is not None and not asks:
            return
        language = language_of_text(message.text, self._default_language)
        with self._storage.transaction():
            reworded = self._storage.questions.reword(question.id, message.text, language)
            if reworded and question.answer_ts is not None:
                threads.forget_turn(message.channel, question.answer_ts)
        if reworded:
            self._crew.take(question.id)

    def deleted(self, channel: str, ts: str) -> None:
        """A message was taken back, and with it a question that isn't answered yet."""
        self._early.forget(channel, ts)
        self._storage.threads.forget_turn(channel, ts)
        question = self._storage.questions.find(f"{channel}:{ts}")
        if question is not None:
            self._storage.questions.withdraw(question.id, now=self._clock())

    def choose(self, question_id: int, paper_id: str) -> bool:
        """Continue a question with the paper its asker meant; False when it needs no choice."""
        if not self._storage.questions.resume(question_id, [paper_id]):
            return False
        self._crew.take(question_id)
        return True

    def ask_privately(self, text: str, *, user: str, language: str, key: str, reply: Reply) -> None:
        """Answer from the whole archive, for *user* alone; asked twice under one key it is once.

        Should this process die, the next one answers by direct message.
        """
        name = f"ask:{key}"
        self._worker.replies.setdefault(name, reply)
        question_id = self._storage.questions.record(
            key=name,
            channel=user,
            thread_ts=key,
            ts=key,
            user=user,
            direct=True,
            text=text,
            language=language_of_text(text, language),
            now=self._clock(),
        )
        if question_id is not None:
            self._crew.take(question_id)

    def ask_about(self, message: IncomingMessage, paper_id: str) -> bool:
        """Answer a question whose paper is known, in its thread; False when it was asked before."""
        question_id = self._record(message, paper_ids=[paper_id])
        if question_id is None:
            return False
        self._crew.take(question_id)
        return True

    def again(
        self,
        question_id: int,
        *,
        user: str,
        manner: str = "normal",
        language: str | None = None,
        reply: Reply | None = None,
    ) -> bool:
        """Answer a question once more in another manner or language; False when that was done.

        The answer to a private question goes to *reply*.
        """
        asked = self._storage.questions.get(question_id)
        if asked is None:
            return False
        language = language or asked.language
        name = f"{asked.key}|{manner}|{language}"
        if reply is not None and is_person(asked.channel):
            self._worker.replies.setdefault(name, reply)
        new_id = self._storage.questions.record(
            key=name,
            channel=asked.channel,
            thread_ts=asked.thread_ts,
            ts=asked.ts,
            user=user,
            asker_team=asked.asker_team,
            direct=asked.direct,
            text=asked.text,
            language=language,
            manner=manner,
            paper_ids=asked.paper_ids,
            now=self._clock(),
        )
        if new_id is None:
            return False
        self._crew.take(new_id)
        return True

    def answer(self, question_id: int) -> Answer | None:
        """The answer that was given to a question, or None."""
        question = self._storage.questions.get(question_id)
        return Answer.from_json(question.answer) if question and question.answer else None

    def feedback(self, question_id: int, *, user: str, value: str) -> None:
        """Remember what a member thinks of an answer."""
        if self._storage.questions.get(question_id) is not None:
            self._storage.questions.save_feedback(question_id, user, value, now=self._clock())

    def stop(self, question_id: int) -> None:
        """Leave off answering a question, wherever it is being answered."""
        self._storage.questions.stop(question_id)

    def stop_thread(self, channel: str, thread_ts: str) -> None:
        """Leave off answering whatever is being answered in a thread."""
        self._storage.questions.stop_thread(channel, thread_ts)

    def resume_unfinished(self) -> int:
        """Take up every question nobody works on; returns how many there were."""
        return self._crew.take_up_unfinished()

    def hear_what_waited(self) -> None:
        """Hear the messages in threads that need not be waited for any longer."""
        for channel, thread_ts in self._early.settled():
            self._hear_early(channel, thread_ts)

    def _hear(self, message: IncomingMessage) -> tuple[Decision, int | None]:
        """Decide on a message and record it; the id is that of a question to be worked on."""
        thread = self._storage.threads.get(message.channel, message.root)
        decision = decide(message, self._scene(message, thread), now=self._clock())
        if decision is Decision.PASS:
            return decision, None
        with self._storage.transaction():
            if thread is None:
                opened = Thread(message.channel, message.root, "open")
                self._storage.threads.save(opened, now=self._clock())
            self._remember(message)
            return decision, self._record(message) if decision is Decision.ANSWER else None

    def _hear_early(self, channel: str, thread_ts: str) -> None:
        with self._storage.transaction():
            early = self._early.of_thread(channel, thread_ts)
            heard = [self._hear(message) for message in early]
        for _, question_id in heard:
            if question_id is not None:
                self._crew.take(question_id)

    def _hear_early_safely(self, channel: str, thread_ts: str) -> None:
        try:
            self._hear_early(channel, thread_ts)
        except Exception:
            logger.exception("what was said early in a thread waits for the next heartbeat")

    def _scene(self, message: IncomingMessage, thread: Thread | None) -> Scene:
        subscription = self._storage.subscriptions.get(message.channel)
        return Scene(
            known_thread=thread is not None,
            policy=subscription.thread_policy if subscription else "questions",
            last=self._last_said(message),
        )

    def _last_said(self, message: IncomingMessage) -> Said | None:
        turns = [
            turn
            for turn in self._storage.threads.turns(message.channel, message.root, limit=2)
            if turn.ts != message.ts
        ]
        if not turns:
            return None
        last = turns[-1]
        asked = self._storage.questions.find(f"{last.channel}:{last.ts}") is not None
        return Said(speaker=last.speaker, at=last.said_at, to_us=asked)

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

    def _record(self, message: IncomingMessage, *, paper_ids: Sequence[str] = ()) -> int | None:
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
