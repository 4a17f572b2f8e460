"""One question from being taken up to being answered, exactly once."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bot.answers import Answer, Ask, render_answer
from bot.blocks import Message, escape, section
from bot.conversations.policy import OUR_NAME
from bot.conversations.ports import Answerer
from bot.conversations.subject import Subjects, Topic
from bot.delivery.ports import SlackOut, delivery_metadata
from bot.digests.lists import choose_message
from bot.errors import PaperboyError, SlackError
from bot.i18n import catalog
from storage import Question, Storage, Turn

LEASE = timedelta(seconds=45)
RETRY_AFTER = timedelta(seconds=20)
MOST_ATTEMPTS = 5
HISTORY = 12
# Answers from Slack after which no later try can succeed.
LOST_CAUSES = frozenset(
    (
        "account_inactive",
        "channel_not_found",
        "is_archived",
        "message_not_found",
        "missing_scope",
        "not_in_channel",
        "restricted_action",
        "thread_not_found",
        "token_revoked",
    )
)

logger = logging.getLogger(__name__)


class Worker:
    """Answers questions; every method may run in any thread."""

    def __init__(
        self,
        *,
        storage: Storage,
        answers: Answerer,
        slack: SlackOut,
        subjects: Subjects,
        clock: Callable[[], datetime],
        owner: str,
    ) -> None:
        self._storage = storage
        self._answers = answers
        self._slack = slack
        self._subjects = subjects
        self._clock = clock
        self._owner = owner

    def work(self, question_id: int) -> None:
        """Answer the question, unless it is answered or another worker holds it."""
        question = self._storage.questions.claim(
            question_id, owner=self._owner, now=self._clock(), lease=LEASE
        )
        if question is None:
            return
        try:
            self._answer(question)
        except SlackError as error:
            self._postpone(question, lost=error.code in LOST_CAUSES)
            logger.warning("question %s could not be answered in Slack: %s", question.id, error)
        except PaperboyError as error:
            logger.warning("question %s: %s", question.id, error)
            self._close_with_words(question, error.message_id, **error.arguments)
        except Exception:
            logger.exception("question %s failed", question.id)
            self._close_or_postpone(question)

    def _answer(self, question: Question) -> None:
        answer = Answer.from_json(question.answer) if question.answer else None
        if answer is None:
            topic = self._subjects.topic(question)
            if topic.candidates or topic.unknown_numbers:
                self._ask_back(question, topic)
                return
            answer = self._make(question, topic)
            self._storage.questions.save_answer(question.id, answer.to_json())
        if not self._still_ours(question):
            return
        drawn = render_answer(answer, question.language, question_id=question.id)
        ts = self._post(question, drawn)
        self._close(question, answer, ts)

    def _make(self, question: Question, topic: Topic) -> Answer:
        paper_ids = tuple(paper.id for paper in topic.papers)
        if not paper_ids:
            return self._answers.ask_archive(question.text, question.language)
        self._storage.questions.set_papers(question.id, paper_ids)
        return self._answers.answer(
            Ask(
                question.text,
                paper_ids,
                question.language,
                history=self._history(question),
                manner=question.manner,
            )
        )

    def _history(self, question: Question) -> tuple[Turn, ...]:
        turns = self._storage.threads.turns(question.channel, question.thread_ts, limit=HISTORY + 1)
        return tuple(turn for turn in turns if turn.ts != question.ts)[-HISTORY:]

    def _ask_back(self, question: Question, topic: Topic) -> None:
        menu = choose_message(topic.candidates, question.language, question_id=question.id)
        if topic.unknown_numbers:
            menu = _with_unknown_numbers(menu, topic, question.language)
        if self._still_ours(question):
            self._post(question, [menu])
            self._storage.questions.ask_back(question.id)

    def _post(self, question: Question, messages: Sequence[Message]) -> str:
        """Put the first message where an earlier try or the menu stands, the others below."""
        known = question.answer_ts
        first = ""
        for place, message in enumerate(messages):
            key = f"answer:{question.id}:{place}"
            ts = known if place == 0 else None
            if ts is None and question.attempts > 1:
                ts = self._slack.find(question.channel, key, thread_ts=question.thread_ts)
            if ts is None:
                ts = self._slack.post(
                    question.channel,
                    message.payload(),
                    thread_ts=question.thread_ts,
                    metadata=delivery_metadata(key),
                )
            elif place == 0:
                self._slack.update(question.channel, ts, message.payload())
            if place == 0:
                first = ts
                self._storage.questions.set_answer_ts(question.id, ts)
        return first

    def _close(self, question: Question, answer: Answer, ts: str) -> None:
        now = self._clock()
        with self._storage.transaction():
            self._storage.threads.add_turn(
                Turn(
                    channel=question.channel,
                    thread_ts=question.thread_ts,
                    ts=ts,
                    speaker=OUR_NAME,
                    text=answer.text,
                    said_at=now,
                    paper_ids=tuple(answer.paper_ids),
                )
            )
            self._storage.questions.answered(question.id, answer.to_json(), now=now)

    def _still_ours(self, question: Question) -> bool:
        held = self._storage.questions.renew(
            [question.id], owner=self._owner, now=self._clock(), lease=LEASE
        )
        return question.id in held

    def _close_with_words(self, question: Question, message_id: str, **arguments: object) -> None:
        text = catalog(question.language).text(message_id, **arguments)
        try:
            self._post(question, [Message(text)])
        except SlackError as error:
            self._postpone(question, lost=error.code in LOST_CAUSES)
            return
        self._storage.questions.failed(question.id, now=self._clock())

    def _close_or_postpone(self, question: Question) -> None:
        if question.attempts >= MOST_ATTEMPTS:
            self._close_with_words(question, "conversations-apology")
        else:
            self._postpone(question, lost=False)

    def _postpone(self, question: Question, *, lost: bool) -> None:
        now = self._clock()
        if lost or question.attempts >= MOST_ATTEMPTS:
            self._storage.questions.failed(question.id, now=now)
        else:
            until = now + RETRY_AFTER * question.attempts
            self._storage.questions.postpone(question.id, until=until)


def _with_unknown_numbers(menu: Message, topic: Topic, language: str) -> Message:
    told = catalog(language).text(
        "conversations-no-such-number",
        numbers=", ".join(str(number) for number in topic.unknown_numbers),
        count=max((number or 0 for number, _ in topic.candidates), default=0),
    )
    return Message(f"{told}\n{menu.text}", (section(escape(told)), *menu.blocks))
