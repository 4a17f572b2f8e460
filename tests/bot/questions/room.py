"""Conversations with everything around them faked but the database."""

import time
from datetime import UTC, datetime

from bot.answers.wishes import Examples
from bot.questions import Conversations, IncomingMessage, Talk, Tools
from bot.search import load_embedder
from bot.search.embedder import Remembering
from bot.slack.blocks import Message
from storage import Paper, QuestionState, Storage, Thread
from tests.fakes import FakeAnswers, FakeClock, FakeCollector, FakeSlack

NOW = datetime(2025, 3, 20, tzinfo=UTC)
PATIENCE_SECONDS = 20.0
DAPO = Paper("2503.14476", "DAPO: An Open-Source LLM Reinforcement Learning System at Scale")
COSMOS = Paper("2503.15558", "Cosmos-Reason1: From Physical Common Sense To Embodied Reasoning")

# Loaded once for all tests that need it.
_EMBEDDER = load_embedder()
EXAMPLES = Examples(_EMBEDDER)
TALK = Talk(_EMBEDDER and Remembering(_EMBEDDER))


class Room:
    """One process's conversations; ``another`` is one more process on the same database."""

    def __init__(
        self,
        storage: Storage,
        *,
        answers: FakeAnswers | None = None,
        slack: FakeSlack | None = None,
    ) -> None:
        self.storage = storage
        self.clock = FakeClock(NOW)
        self.slack = slack or FakeSlack()
        self.answers = answers or FakeAnswers()
        self.collector = FakeCollector(storage, self.clock)
        storage.papers.save([DAPO, COSMOS], now=NOW)
        self.tools = tools()
        self.conversations = self.another()

    def another(self) -> Conversations:
        return Conversations(
            storage=self.storage,
            answers=self.answers,
            slack=self.slack,
            collector=self.collector,
            clock=self.clock,
            workers=4,
            sleep=self.clock.sleep,
            listed=lambda: [DAPO, COSMOS],
            talk=TALK,
            examples=EXAMPLES,
            tools=self.tools,
        )

    def paper_thread(self, *, ts: str = "1.0") -> None:
        thread = Thread("C1", ts, "paper", paper_id=DAPO.id)
        self.storage.threads.save(thread, now=NOW)

    def digest_thread(self) -> None:
        digest_id = self.storage.digests.claim(
            channel="C1",
            kind="daily",
            period="2025-03-19",
            language="ko",
            style="brief",
            paper_ids=[DAPO.id, COSMOS.id],
            now=NOW,
        )
        thread = Thread("C1", "1.0", "digest", digest_id=digest_id)
        self.storage.threads.save(thread, now=NOW)

    def ask(self, text: str = "한계가 뭐야?") -> None:
        """Ask in the thread and wait for what comes of it."""
        self.conversations.receive(said(text))
        self.finish()

    def finish(self) -> None:
        """Wait until everything taken up is done: closing leaves what has not begun to the next
        start."""
        until = time.monotonic() + PATIENCE_SECONDS
        while self.conversations.waiting and time.monotonic() < until:
            time.sleep(0.002)
        self.conversations.close()
        self.conversations = self.another()

    def states(self) -> list[QuestionState]:
        questions = [self.storage.questions.get(one) for one in range(1, 200)]
        return [question.state for question in questions if question]


def said(text: str, ts: str = "2.0", *, user: str = "U1", **more: object) -> IncomingMessage:
    values: dict[str, object] = {"thread_ts": "1.0", **more}
    return IncomingMessage(channel="C1", ts=ts, user=user, text=text, **values)  # type: ignore[arg-type]


def tools() -> Tools:
    """Tools that tell what they were used for."""

    def shown(*used: object) -> Message:
        return Message(" ".join(str(one) for one in used))

    return Tools(
        today=lambda text, language, most: shown("today", text, language, most),
        week=lambda text, language, most: (shown("week", text, language, most),),
        related=lambda paper, language, most: shown("related", paper, language, most),
        pick=lambda subject, papers, language, most: shown(
            "pick", subject, len(papers), language, most
        ),
        save=lambda channel, paper, user, language: shown("save", channel, paper, user, language),
        saved=lambda user, language: shown("saved", user, language),
    )
