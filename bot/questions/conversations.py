"""Conversations: messages come in, questions go to the workers, and members have a say in both."""

import time
from collections.abc import Callable, Sequence
from functools import partial

from bot.answers import Answer
from bot.answers.wishes import Examples
from bot.background import Turns
from bot.clock import Clock
from bot.delivery.ports import PaperFetcher
from bot.delivery.problems import is_person
from bot.delivery.retries import Sleep
from bot.languages import language_of_text
from bot.leases import LeaseKeeper
from bot.questions.context import ContextFinder
from bot.questions.hearing import Hearing
from bot.questions.policy import Decision, IncomingMessage
from bot.questions.queue import LEASE, QuestionQueue
from bot.questions.requests import Requests, Tools
from bot.questions.talk import Talk
from bot.questions.worker import Answerer, Worker
from bot.questions.writer import Reply
from bot.slack.port import SlackOut
from bot.telemetry.metrics import Metrics
from storage import Paper, Storage


class Conversations:
    """Hears messages, decides when to speak, and sees that every question gets its answer."""

    def __init__(
        self,
        *,
        storage: Storage,
        answers: Answerer,
        slack: SlackOut,
        collector: PaperFetcher,
        clock: Clock,
        listed: Callable[[], Sequence[Paper]],
        talk: Talk,
        examples: Examples,
        tools: Tools,
        default_language: str = "ko",
        workers: int = 24,
        sleep: Sleep = time.sleep,
        metrics: Metrics | None = None,
        turns: Turns | None = None,
    ) -> None:
        """*listed* gives the papers of the newest listing in their order."""
        self._storage = storage
        self._clock = clock
        leases = LeaseKeeper(storage.questions.leases, clock, lasting=LEASE)
        self._hearing = Hearing(storage, clock, talk=talk, default_language=default_language)
        self._worker = Worker(
            storage=storage,
            answers=answers,
            slack=slack,
            context=ContextFinder(
                storage=storage, slack=slack, collector=collector, clock=clock, listed=listed
            ),
            leases=leases,
            clock=clock,
            sleep=sleep,
            requests=Requests(talk, examples, tools),
            metrics=metrics or Metrics(),
        )
        self._queue = QuestionQueue(
            self._worker.work,
            storage=storage,
            leases=leases,
            clock=clock,
            threads=workers,
            each_beat=self.hear_what_waited,
            turns=turns,
        )

    def start(self) -> None:
        """Finish what an earlier process left, and from now on keep hold of running work."""
        self._queue.start()

    def close(self) -> None:
        """Stop taking up questions; those being worked on are finished, the others stay stored."""
        self._queue.close()

    @property
    def waiting(self) -> int:
        """How many questions this process has in hand."""
        return self._queue.busy

    def first_time(self, event_id: str) -> bool:
        """True once for each event of Slack, which may tell it twice, across restarts and
        processes; the caller then handles it, whatever comes of that."""
        return self._storage.events.claim(event_id, now=self._clock())

    def first_offer(self, channel: str, paper_id: str, user: str) -> bool:
        """True once for each paper that a member links to in a channel, and never again."""
        return self._storage.events.claim(f"offer:{channel}:{paper_id}:{user}", now=None)

    def receive(self, message: IncomingMessage) -> Decision:
        """Hear a message. When it asks Paperboy something it is recorded before this returns."""
        decision, questions = self._hearing.receive(message)
        self._queue.take(*questions)
        return decision

    def opened(self, channel: str, thread_ts: str) -> None:
        """A thread of ours has become known: hear what was said in it before. Returns at once; what
        fails of it is done with the next beat."""
        self._queue.submit(partial(self._hear_early, channel, thread_ts))

    def edited(self, message: IncomingMessage) -> None:
        """Hear the new words of a message."""
        self._queue.take(*self._hearing.edited(message))

    def deleted(self, channel: str, ts: str) -> None:
        """A message was taken back, and with it a question that isn't answered yet."""
        self._hearing.deleted(channel, ts)

    def choose(self, question_id: int, paper_id: str) -> bool:
        """Continue a question with the paper its asker meant; False when it needs no choice."""
        if not self._storage.questions.resume(question_id, [paper_id]):
            return False
        self._queue.take(question_id)
        return True

    def ask_privately(self, text: str, *, user: str, language: str, key: str, reply: Reply) -> None:
        """Answer from the whole archive, for *user* alone; asked twice under one key it is once.

        Should this process die, the next one answers by direct message.
        """
        name = f"ask:{key}"
        self._worker.reply_by(name, reply)
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
            self._queue.take(question_id)

    def ask_about(self, message: IncomingMessage, paper_id: str) -> bool:
        """Answer a question whose paper is known, in its thread; False when it was asked before."""
        question_id = self._hearing.record(message, paper_ids=[paper_id])
        if question_id is None:
            return False
        self._queue.take(question_id)
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
            self._worker.reply_by(name, reply)
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
        self._queue.take(new_id)
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
        return self._queue.take_up_unfinished()

    def hear_what_waited(self) -> None:
        """Hear the messages in threads that need not be waited for any longer."""
        self._queue.take(*self._hearing.waited())

    def _hear_early(self, channel: str, thread_ts: str) -> None:
        self._queue.take(*self._hearing.early(channel, thread_ts))
