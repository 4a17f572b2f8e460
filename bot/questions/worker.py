"""One question from being taken up to being answered, exactly once."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Protocol

from bot.answers import Answer, Ask, Resolution, render_answer
from bot.answers.pointing import lines_wanted
from bot.clock import Clock
from bot.delivery.problems import is_person
from bot.delivery.retries import is_passing
from bot.delivery.verdicts import FOR_THE_OPERATOR, GONE_THREAD, closes_channel
from bot.digests.lists import choose_message
from bot.errors import PaperboyError, SlackError
from bot.failures import contained
from bot.languages import catalog
from bot.leases import LeaseKeeper
from bot.questions.context import ContextFinder
from bot.questions.policy import OUR_NAME
from bot.questions.requests import MANNERS, Requests, ToolReply, which_paper, with_note
from bot.questions.talk import ONLY_TO_US, Intent, without_call
from bot.questions.writer import AnswerWriter, PrivateWriter, Reply, StoppedError
from bot.slack.blocks import Message, escape, one_paragraph, plain_message, section, truncate
from bot.slack.error_text import error_text, with_reference
from bot.slack.port import SlackOut
from bot.slack.visibility import seen_from
from bot.telemetry.metrics import Metrics
from bot.text import one_line
from storage import Question, QuestionState, Storage, Turn

RETRY_AFTER = timedelta(seconds=20)
MOST_ATTEMPTS = 5
LONGEST_NAME = 80

# How work on a question ends.
ANSWERED, ASKED_BACK, STOPPED = "answered", "asked_back", "stopped"
POSTPONED, FAILED = "postponed", "failed"

Listener = Callable[[str], None]
Writer = AnswerWriter | PrivateWriter

logger = logging.getLogger(__name__)


class Answerer(Protocol):
    """Finds or writes answers. ``on_status`` hears what it is doing, ``on_text`` the answer's
    Markdown piece by piece, as far as it is written one by one."""

    def answer(
        self, ask: Ask, *, on_status: Listener | None = None, on_text: Listener | None = None
    ) -> Answer:
        """Answer a question about papers."""

    def ask_archive(
        self,
        question: str,
        language: str,
        *,
        place: str = "",
        on_status: Listener | None = None,
        on_text: Listener | None = None,
    ) -> Answer:
        """Answer a question from the whole archive, with what may be seen in *place*."""


class LostLeaseError(Exception):
    """Another worker has taken the question over."""


class Worker:
    """Answers questions; every method may run in any thread."""

    def __init__(
        self,
        *,
        storage: Storage,
        answers: Answerer,
        slack: SlackOut,
        context: ContextFinder,
        leases: LeaseKeeper,
        clock: Clock,
        requests: Requests,
        sleep: Callable[[float], object] = time.sleep,
        metrics: Metrics,
    ) -> None:
        self._storage = storage
        self._answers = answers
        self._slack = slack
        self._context = context
        self._leases = leases
        self._clock = clock
        self._sleep = sleep
        self._requests = requests
        self._metrics = metrics
        # The ways to those who asked privately, by the question's key; they die with the process.
        self._replies: dict[str, Reply] = {}

    def reply_by(self, key: str, reply: Reply) -> None:
        """Have the question that will be recorded under *key* answered by *reply*; asked twice
        under one key, the first one counts."""
        self._replies.setdefault(key, reply)

    def work(self, question_id: int) -> None:
        """Answer the question, unless it is answered or another worker holds it.

        Raises:
            DatabaseUnusableError: the database has cut it short. Called again, it goes on.
        """
        with self._leases.piece() as owner:
            question = self._storage.questions.claim(
                question_id, owner=owner, now=self._clock(), lease=self._leases.lasting
            )
            if question is None:
                return
            started = time.monotonic()
            outcome = self._attempt(question, self._writer(question))
        self._replies.pop(question.key, None)
        logger.info("question %s: %s", question.id, outcome)
        self._metrics.question(outcome, time.monotonic() - started)

    def _attempt(self, question: Question, writer: Writer) -> str:
        """One try at answering; returns how it ended, in a word for the numbers."""
        with contained(logger, "question %s failed", question.id):
            try:
                return self._answer(question, writer)
            except StoppedError:
                self._stop(question, writer)
                return STOPPED
            except LostLeaseError:
                return POSTPONED
            except SlackError as error:
                logger.warning("question %s could not be answered in Slack: %s", question.id, error)
                return self._postpone(question, lost=_is_final(error))
            except PaperboyError as error:
                logger.warning("question %s: %s", question.id, error)
                return self._close_with(question, writer, error_text(error, question.language))
        return self._close_or_postpone(question, writer)

    def _answer(self, question: Question, writer: Writer) -> str:
        """The whole way of a question: context, then (in ``bot.answers``) evidence, writing and
        verification, streamed; then the finished reply is rendered, shown and stored."""
        answer = Answer.from_json(question.answer) if question.answer else None
        if answer is None:
            intent = self._intent(question)
            if told := self._requests.at_once(intent, question):
                return self._tell(question, told, writer)
            listed = self._context.list_at_hand(question) if intent is Intent.FIND else ()
            is_bare = self._requests.is_bare(intent, question)
            about = (
                Resolution(whole_list=True)
                if listed
                else self._context.resolve(
                    question, alone=intent is Intent.RELATED, goes_on=is_bare
                )
            )
            if about.candidates or about.unknown_numbers:
                self._ask_back(question, about, writer)
                return ASKED_BACK
            if told := self._requests.about(intent, question, about.paper_ids, listed):
                return self._tell(question, told, writer)
            if is_bare and not about.paper_ids:
                return self._tell(question, which_paper(question.language), writer)
            answer = self._make(question, about.paper_ids, intent, writer)
            reworded = self._storage.insist(partial(self._kept, question, answer))
            if reworded is not None:
                return self._answer(reworded, writer)
        self._keep_hold(question)
        ts = writer.finish(render_answer(answer, question.language, question_id=question.id))
        self._close(question, answer, ts)
        return ANSWERED

    def _kept(self, question: Question, answer: Answer) -> Question | None:
        """Keep the answer before it is shown, or else return the question in the words that its
        asker has meanwhile given it."""
        now = self._storage.questions.get(question.id)
        if now is not None and now.text != question.text:
            return replace(now, paper_ids=())
        self._storage.questions.save_answer(question.id, answer.to_json())
        return None

    def _intent(self, question: Question) -> Intent:
        """What is wanted; a bare mention in a paper's thread asks for its summary, and whoever
        types the command for questions greets nobody."""
        intent = self._requests.intent(question)
        if intent in ONLY_TO_US and is_person(question.channel):
            return Intent.QUESTION
        if intent is Intent.NOTHING and self._context.is_about_one_paper(question):
            return Intent.QUESTION
        return intent

    def _tell(self, question: Question, told: ToolReply, writer: Writer) -> str:
        self._keep_hold(question)
        ts = writer.finish(told.messages)
        self._close(question, told.as_answer(), ts)
        return ANSWERED

    def _make(
        self, question: Question, paper_ids: tuple[str, ...], intent: Intent, writer: Writer
    ) -> Answer:
        self._name_thread(question, paper_ids)
        place = seen_from(question.channel, question.user)
        hears = {"on_status": writer.status, "on_text": writer.text}
        if not paper_ids:
            text = without_call(question.text)
            return self._answers.ask_archive(text, question.language, place=place, **hears)
        self._take_up(question, paper_ids)
        history = self._context.history(question)
        is_usual = question.manner == "normal"
        lines = lines_wanted(question.text) if is_usual else None
        as_meant = "normal" if lines else MANNERS.get(intent, "normal")
        ask = Ask(
            self._requests.in_full(question, history, self._storage.papers.get_many(paper_ids)),
            paper_ids,
            question.language,
            history=history,
            before=self._context.before(question),
            manner=as_meant if is_usual else question.manner,
            lines=lines,
            place=place,
            is_named=not self._context.is_known(question, paper_ids),
        )
        return with_note(self._answers.answer(ask, **hears), intent, question)

    def _name_thread(self, question: Question, paper_ids: Sequence[str]) -> None:
        """Name a conversation in direct messages after its paper, or else its first question."""
        begins = question.direct and question.ts == question.thread_ts
        if not begins or is_person(question.channel):
            return
        paper = self._storage.papers.get(paper_ids[0]) if len(paper_ids) == 1 else None
        name = paper.title if paper is not None else question.text
        try:
            self._slack.set_title(
                question.channel, question.thread_ts, truncate(one_line(name), LONGEST_NAME)
            )
        except SlackError as error:
            # A workspace without the agent surface has no place for names.
            logger.info("no name for a thread here: %s", error.code)

    def _take_up(self, question: Question, paper_ids: Sequence[str]) -> None:
        """Store what the question is about, which is a sign of interest as well."""
        now = self._clock()
        with self._storage.transaction():
            if self._storage.questions.get(question.id) is None:
                raise StoppedError  # its asker's data were deleted: nothing is kept of it
            self._storage.questions.set_papers(question.id, paper_ids)
            for paper_id in paper_ids:
                self._storage.library.signal(
                    question.channel, user=question.user, paper_id=paper_id, kind="asked", now=now
                )

    def _ask_back(self, question: Question, about: Resolution, writer: Writer) -> None:
        menu = choose_message(about.candidates, question.language, question_id=question.id)
        if about.unknown_numbers:
            menu = with_unknown_numbers(menu, about, question.language)
        self._keep_hold(question)
        writer.finish([menu])
        self._storage.questions.ask_back(question.id)

    def _close(self, question: Question, answer: Answer, ts: str) -> None:
        now = self._clock()
        with self._storage.transaction():
            if self._storage.questions.get(question.id) is None:
                return  # its asker's data were deleted while the answer was being shown
            self._storage.threads.add_turn(
                Turn(
                    channel=question.channel,
                    thread_ts=question.thread_ts,
                    ts=ts,
                    speaker=OUR_NAME,
                    text=answer.text,
                    said_at=now,
                    paper_ids=answer.papers_as_named,
                )
            )
            self._storage.questions.answered(question.id, answer.to_json(), now=now)

    def _writer(self, question: Question) -> Writer:
        if is_person(question.channel):
            return PrivateWriter(self._slack, question, self._replies.get(question.key))
        # What a model is writing meanwhile must not be lost.
        insist, questions = self._storage.insist, self._storage.questions
        return AnswerWriter(
            self._slack,
            question,
            clock=self._clock,
            sleep=self._sleep,
            keep_ts=lambda ts: insist(partial(questions.set_answer_ts, question.id, ts)),
            may_go_on=lambda: not insist(partial(questions.is_stopped, question.id)),
        )

    def _keep_hold(self, question: Question) -> None:
        """Make sure that nobody took the question over or stopped it while it was answered."""
        if not self._leases.renew([question.id]):
            gone = self._storage.questions.get(question.id) is None
            raise StoppedError if gone else LostLeaseError
        if self._storage.questions.is_stopped(question.id):
            raise StoppedError

    def _stop(self, question: Question, writer: Writer) -> None:
        now = self._storage.questions.get(question.id)
        try:
            if now is None or now.state is QuestionState.FAILED:
                writer.take_back()  # its asker deleted it: nobody is there to be told
            else:
                writer.stopped()
        except SlackError as error:
            logger.warning("question %s was stopped in silence: %s", question.id, error)
        self._storage.questions.failed(question.id, now=self._clock())

    def _close_with(self, question: Question, writer: Writer, text: str) -> str:
        try:
            writer.finish([plain_message(text)])
        except SlackError as error:
            return self._postpone(question, lost=_is_final(error))
        self._storage.questions.failed(question.id, now=self._clock())
        return FAILED

    def _close_or_postpone(self, question: Question, writer: Writer) -> str:
        if question.attempts < MOST_ATTEMPTS:
            return self._postpone(question, lost=False)
        words = catalog(question.language).text("conversations-apology")
        return self._close_with(question, writer, with_reference(words, question.language))

    def _postpone(self, question: Question, *, lost: bool) -> str:
        if lost or question.attempts >= MOST_ATTEMPTS:
            return self._give_back(question)
        return self._later(question)

    def _later(self, question: Question) -> str:
        until = self._clock() + RETRY_AFTER * question.attempts
        self._storage.questions.postpone(question.id, until=until)
        return POSTPONED

    def _give_back(self, question: Question) -> str:
        """Bring to its asker alone what cannot be posted where the question was asked."""
        stored = self._storage.questions.get(question.id)
        if stored is not None and not (question.direct or is_person(question.channel)):
            answer = Answer.from_json(stored.answer) if stored.answer else None
            writer = PrivateWriter(self._slack, question, None, sleep=self._sleep)
            try:
                writer.finish(brought_back(question, answer))
            except SlackError as error:
                logger.warning("question %s cannot be answered anywhere: %s", question.id, error)
                if is_passing(error) and question.attempts < MOST_ATTEMPTS:
                    return self._later(question)
            else:
                if answer is not None:
                    made = answer.to_json()
                    self._storage.questions.answered(question.id, made, now=self._clock())
                    return ANSWERED
        self._storage.questions.failed(question.id, now=self._clock())
        return FAILED


def _is_final(error: SlackError) -> bool:
    """Whether no later try in the same place can succeed."""
    return closes_channel(error.code) or error.code in GONE_THREAD | FOR_THE_OPERATOR


def brought_back(question: Question, answer: Answer | None) -> list[Message]:
    """What an asker gets whose answer could not be posted in their channel: the answer, as far as
    there is one, with the reason."""
    told = catalog(question.language).text(
        "conversations-brought-back" if answer else "conversations-not-posted",
        channel=f"<#{question.channel}>",
        question=escape(truncate(one_line(question.text), LONGEST_NAME)),
    )
    shown = render_answer(answer, question.language, question_id=question.id) if answer else []
    return [one_paragraph(told), *shown]


def with_unknown_numbers(menu: Message, about: Resolution, language: str) -> Message:
    """The menu, told first that the list has no paper of a number that was asked for."""
    words = catalog(language)
    told = words.text(
        "conversations-no-such-number",
        missing=len(about.unknown_numbers),
        numbers=words.together([str(number) for number in about.unknown_numbers]),
        count=max((number for number, _ in about.candidates), default=0),
    )
    return Message(f"{escape(told)}\n{menu.text}", (section(escape(told)), *menu.blocks))
