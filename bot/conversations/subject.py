"""What a question is about: the papers it names, a choice to offer, or the whole archive."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.answers import Subject, resolve
from bot.collect import Collector
from bot.delivery.ports import SlackOut
from bot.sources.ids import find_ids
from storage import Paper, Question, Storage, Thread

REMEMBERED = timedelta(hours=12)


@dataclass(frozen=True)
class Topic:
    """Either ``papers``, or ``candidates`` to choose from, or neither: the whole archive."""

    papers: tuple[Paper, ...] = ()
    candidates: tuple[Paper, ...] = ()


class Subjects:
    """Finds a question's topic from its words, its thread and what was said before."""

    def __init__(
        self,
        *,
        storage: Storage,
        slack: SlackOut,
        collector: Collector,
        clock: Callable[[], datetime],
    ) -> None:
        self._storage = storage
        self._slack = slack
        self._collector = collector
        self._clock = clock

    def topic(self, question: Question) -> Topic:
        """What *question* is about.

        Raises:
            UnknownPaperError: it names a paper that no source knows.
        """
        if question.paper_ids:
            return Topic(papers=self._papers(question.paper_ids))
        thread = self._storage.threads.get(question.channel, question.thread_ts)
        found = resolve(question.text, self._subject(question, thread))
        if found.paper_ids:
            return Topic(papers=self._papers(found.paper_ids))
        if found.candidates:
            return Topic(candidates=self._papers(found.candidates))
        return self._from_root(question, thread)

    def _subject(self, question: Question, thread: Thread | None) -> Subject:
        return Subject(
            paper_id=thread.paper_id if thread else None,
            entries=self._entries(thread),
            last_paper_ids=self._last_papers(question),
        )

    def _entries(self, thread: Thread | None) -> tuple[tuple[int, Paper], ...]:
        digest = (
            self._storage.digests.get(thread.digest_id) if thread and thread.digest_id else None
        )
        if digest is None:
            return ()
        papers = {paper.id: paper for paper in self._storage.papers.get_many(digest.paper_ids)}
        numbered = enumerate(digest.paper_ids, start=1)
        return tuple((number, papers[one]) for number, one in numbered if one in papers)

    def _last_papers(self, question: Question) -> tuple[str, ...]:
        turns = self._storage.threads.turns(question.channel, question.thread_ts)
        for turn in reversed(turns):
            if turn.paper_ids:
                return turn.paper_ids
        if not question.direct:
            return ()
        since = self._clock() - REMEMBERED
        return self._storage.threads.last_papers(question.channel, since=since)

    def _from_root(self, question: Question, thread: Thread | None) -> Topic:
        """The paper whose link stands in the message that opened the thread."""
        if thread is None or thread.kind != "open" or question.thread_ts == question.ts:
            return Topic()
        root = self._slack.message_text(question.channel, question.thread_ts)
        ids = find_ids(root or "")
        if len(ids) != 1:
            return Topic(candidates=self._papers(ids))
        known = Thread(question.channel, question.thread_ts, "paper", paper_id=ids[0])
        papers = self._papers(ids)
        self._storage.threads.save(known, now=self._clock())
        return Topic(papers=papers)

    def _papers(self, paper_ids: Sequence[str]) -> tuple[Paper, ...]:
        return tuple(self._collector.ensure_papers(list(paper_ids))) if paper_ids else ()
