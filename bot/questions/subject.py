"""What a question is about: the papers it names, a choice to offer, or the whole archive."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.answers import Resolution, Subject, resolve
from bot.answers.numbers import pointed_numbers
from bot.clock import Clock
from bot.errors import UnknownPaperError
from bot.questions.ports import PaperSource
from bot.questions.roots import Roots
from storage import Paper, Question, Storage, Thread

REMEMBERED = timedelta(hours=12)
# Words that point to something said before: only then a new direct message goes on about it.
_POINTS_BACK = re.compile(
    r"(?:^|\s)(?:그|이|저|해당|방금|아까|위|앞)\s*(?:논문|거|것|연구|모델|방법)|이건|그건|그럼|그러면"
    r"|^\W*둘\s*(?:다|중)|두\s*논문|\bboth\b"
    r"|\b(?:it|its|this|that|they|their|the paper)\b",
    re.IGNORECASE,
)

_NUMBERED = re.compile(r"\d|번")

Numbered = tuple[tuple[int, Paper], ...]


@dataclass(frozen=True)
class Topic:
    """Either ``papers``, or numbered ``candidates`` to choose from, or neither: the archive.

    ``unknown_numbers`` were asked for, but the list doesn't go that far.
    """

    papers: tuple[Paper, ...] = ()
    candidates: tuple[tuple[int | None, Paper], ...] = ()
    unknown_numbers: tuple[int, ...] = ()


class Subjects:
    """Finds a question's topic from its words, its thread and what was said before."""

    def __init__(
        self,
        *,
        storage: Storage,
        roots: Roots,
        collector: PaperSource,
        clock: Clock,
        listed: Callable[[], Sequence[Paper]] = tuple,
    ) -> None:
        self._storage = storage
        self._roots = roots
        self._collector = collector
        self._clock = clock
        self._listed = listed

    def topic(self, question: Question) -> Topic:
        """What *question* is about.

        Raises:
            UnknownPaperError: it names a paper that no source knows.
            SourceError: a paper isn't stored, and arXiv could not be asked.
        """
        if question.paper_ids:
            return Topic(papers=self._papers(question.paper_ids))
        subject = self._subject(question)
        return self._from(resolve(question.text, subject), subject)

    def is_about_one_paper(self, question: Question) -> bool:
        """Whether the thread alone tells which paper is meant."""
        return self._subject(question).paper_id is not None

    def _from(self, found: Resolution, subject: Subject) -> Topic:
        if found.paper_ids:
            return Topic(papers=self._papers(found.paper_ids))
        numbers = {paper.id: number for number, paper in subject.entries}
        return Topic(
            candidates=tuple((numbers.get(paper.id), paper) for paper in found.candidates),
            unknown_numbers=found.unknown_numbers,
        )

    def _subject(self, question: Question) -> Subject:
        thread = self._storage.threads.get(question.channel, question.thread_ts)
        last, before = self._last_papers(question), self._talked_about(question)
        if thread is not None and thread.kind != "open":
            paper_id = thread.paper_id
            return Subject(
                paper_id=paper_id,
                entries=self._entries(thread),
                last_paper_ids=last,
                talked_about=before,
            )
        answered = self._of_last_answer(question)
        if question.direct or answered:
            entries = answered or self._of_today(question)
            return Subject(entries=entries, last_paper_ids=last, talked_about=before)
        linked = self._linked(question)
        if len(linked) == 1:
            return Subject(paper_id=linked[0].id, last_paper_ids=last, talked_about=before)
        return Subject(
            entries=tuple(enumerate(linked, start=1)), last_paper_ids=last, talked_about=before
        )

    def _entries(self, thread: Thread | None) -> Numbered:
        digest = (
            self._storage.digests.get(thread.digest_id) if thread and thread.digest_id else None
        )
        if digest is None:
            return ()
        papers = {paper.id: paper for paper in self._storage.papers.get_many(digest.paper_ids)}
        numbered = enumerate(digest.paper_ids, start=1)
        return tuple((number, papers[one]) for number, one in numbered if one in papers)

    def _of_today(self, question: Question) -> Numbered:
        """In direct messages numbers are those of the newest listing; without one in the
        question the listing has no say, since the whole archive may be meant."""
        if not _NUMBERED.search(question.text):
            return ()
        listed = self._listed()
        if not pointed_numbers(question.text, count=len(listed)):
            return ()
        return tuple(enumerate(listed, start=1))

    def _of_last_answer(self, question: Question) -> Numbered:
        """Where the last answer of the thread names several papers, numbers are those of its
        papers; without such a number in the question nothing follows from it."""
        turns = self._storage.threads.turns(question.channel, question.thread_ts)
        listed = next((one.paper_ids for one in reversed(turns) if one.paper_ids), ())
        pointed = pointed_numbers(question.text, count=len(listed))
        if len(listed) < 2 or not pointed or max(pointed) > len(listed):
            return ()
        papers = {paper.id: paper for paper in self._storage.papers.get_many(listed)}
        numbered = enumerate(listed, start=1)
        return tuple((number, papers[one]) for number, one in numbered if one in papers)

    def _linked(self, question: Question) -> tuple[Paper, ...]:
        """The papers whose links stand in the message that somebody else opened the thread with."""
        if question.thread_ts == question.ts:
            return ()
        ids = self._roots.paper_ids(question.channel, question.thread_ts)
        papers = tuple(self._collector.ensure_papers(ids)) if ids else ()
        if len(papers) == 1:
            known = Thread(question.channel, question.thread_ts, "paper", paper_id=papers[0].id)
            self._storage.threads.save(known, now=self._clock())
        return papers

    def _last_papers(self, question: Question) -> tuple[str, ...]:
        turns = self._storage.threads.turns(question.channel, question.thread_ts)
        for turn in reversed(turns):
            if turn.paper_ids:
                return turn.paper_ids
        if not (question.direct and _POINTS_BACK.search(question.text)):
            return ()
        since = self._clock() - REMEMBERED
        return self._storage.threads.last_papers(question.channel, since=since)

    def _talked_about(self, question: Question) -> tuple[str, ...]:
        turns = self._storage.threads.turns(question.channel, question.thread_ts)
        return tuple(dict.fromkeys(one for turn in reversed(turns) for one in turn.paper_ids))

    def _papers(self, paper_ids: Sequence[str]) -> tuple[Paper, ...]:
        papers = tuple(self._collector.ensure_papers(list(paper_ids)))
        if not papers:
            raise UnknownPaperError(f"unknown: {paper_ids}", paper=", ".join(paper_ids))
        return papers
