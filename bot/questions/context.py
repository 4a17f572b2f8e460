"""The context of a question: which papers it is about, by its words, its thread and what was said
before, and what was said."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.answers import Answer, Citation, Resolution, Subject, resolve
from bot.answers.pointing import pointed_numbers, points_back
from bot.clock import Clock
from bot.delivery.ports import PaperFetcher
from bot.errors import SlackError, UnknownPaperError
from bot.slack.port import SlackOut
from bot.sources.ids import find_ids
from storage import Paper, Question, Storage, Thread, Turn

HISTORY = 12
REMEMBERED = timedelta(hours=12)

logger = logging.getLogger(__name__)

Numbered = tuple[tuple[int, Paper], ...]


class ContextFinder:
    """Finds what a question is about."""

    def __init__(
        self,
        *,
        storage: Storage,
        slack: SlackOut,
        collector: PaperFetcher,
        clock: Clock,
        listed: Callable[[], Sequence[Paper]],
    ) -> None:
        """*listed* gives the newest listing's papers in the order of their numbers."""
        self._storage = storage
        self._slack = slack
        self._collector = collector
        self._clock = clock
        self._listed = listed

    def resolve(
        self, question: Question, *, alone: bool = False, goes_on: bool = False
    ) -> Resolution:
        """What *question* is about; *alone* as in :func:`bot.answers.resolve`. One that *goes_on*
        may be about what was talked about last. Its papers are stored when this returns.

        Raises:
            UnknownPaperError: it names a paper that no source knows.
            SourceError: a paper isn't stored, and arXiv could not be asked.
        """
        found = Resolution(paper_ids=question.paper_ids)
        if not question.paper_ids:
            subject = self._subject(question, goes_on=goes_on)
            found = resolve(question.text, subject, alone=alone)
        if not found.paper_ids:
            return found
        papers = self._collector.ensure_papers(list(found.paper_ids))
        if not papers:
            named = ", ".join(found.paper_ids)
            raise UnknownPaperError(f"unknown: {named}", paper=named)
        return Resolution(paper_ids=tuple(paper.id for paper in papers))

    def history(self, question: Question) -> tuple[Turn, ...]:
        """What was said before in the question's thread, oldest first."""
        turns = self._storage.threads.turns(question.channel, question.thread_ts, limit=HISTORY + 1)
        return tuple(turn for turn in turns if turn.ts != question.ts)[-HISTORY:]

    def list_at_hand(self, question: Question) -> tuple[Paper, ...]:
        """The papers of the thread's list, where a question names none of them."""
        entries = self._subject(question).entries
        named = resolve(question.text, Subject(entries=entries))
        is_named = bool(named.paper_ids) and not named.whole_list
        return () if len(entries) < 2 or is_named else tuple(paper for _, paper in entries)

    def before(self, question: Question) -> tuple[Citation, ...]:
        """What the last answer in the question's thread rested on."""
        answer = self._last_answer(question)
        return answer.citations if answer else ()

    def is_about_one_paper(self, question: Question) -> bool:
        """Whether the thread alone tells which paper is meant."""
        return self._subject(question).paper_id is not None

    def is_known(self, question: Question, paper_ids: tuple[str, ...]) -> bool:
        """Whether readers of the thread know without being told that these papers are meant."""
        subject = self._subject(question)
        return paper_ids in ((subject.paper_id,), subject.last_paper_ids)

    def _subject(self, question: Question, *, goes_on: bool = False) -> Subject:
        answer = self._last_answer(question)
        about = Subject(
            last_paper_ids=self._last_papers(question, goes_on=goes_on),
            talked_about=self._talked_about(question),
            answered=answer.cited_papers if answer else (),
            marked={one.number: one.paper_id for one in answer.citations} if answer else {},
        )
        thread = self._storage.threads.get(question.channel, question.thread_ts)
        if thread is not None and thread.kind != "open":
            return replace(about, paper_id=thread.paper_id, entries=self._entries(thread))
        listed = self._of_last_answer(question, about.answered)
        if question.direct or listed:
            return replace(about, entries=listed or self._of_today(question))
        linked = self._linked(question)
        if len(linked) == 1:
            return replace(about, paper_id=linked[0].id)
        return replace(about, entries=tuple(enumerate(linked, start=1)))

    def _last_answer(self, question: Question) -> Answer | None:
        last = self._storage.questions.last_answered(question.channel, question.thread_ts)
        return Answer.from_json(last.answer) if last is not None and last.answer else None

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
        """In direct messages numbers and names are those of the newest listing; without one in
        the question the listing has no say, since the whole archive may be meant."""
        entries = tuple(enumerate(self._listed(), start=1))
        if pointed_numbers(question.text, count=1):
            return entries
        named = resolve(question.text, Subject(entries=entries))
        return entries if len(named.paper_ids) == 1 and not named.whole_list else ()

    def _of_last_answer(self, question: Question, listed: Sequence[str]) -> Numbered:
        """Where the last answer of the thread names several papers, numbers are those of its
        papers; without such a number in the question nothing follows from it."""
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
        ids = self._ids_in_first_message(question)
        papers = tuple(self._collector.ensure_papers(ids)) if ids else ()
        if len(papers) == 1:
            known = Thread(question.channel, question.thread_ts, "paper", paper_id=papers[0].id)
            self._storage.threads.save(known, now=self._clock())
        return papers

    def _last_papers(self, question: Question, *, goes_on: bool) -> tuple[str, ...]:
        turns = self._storage.threads.turns(question.channel, question.thread_ts)
        for turn in reversed(turns):
            if turn.paper_ids:
                return turn.paper_ids
        if not (question.direct and (goes_on or points_back(question.text))):
            return ()
        since = self._clock() - REMEMBERED
        return self._storage.threads.last_papers(question.channel, since=since)

    def _talked_about(self, question: Question) -> tuple[str, ...]:
        turns = self._storage.threads.turns(question.channel, question.thread_ts)
        return tuple(dict.fromkeys(one for turn in reversed(turns) for one in turn.paper_ids))

    def _ids_in_first_message(self, question: Question) -> list[str]:
        """arXiv ids in the thread's first message, links in its blocks and unfurls included."""
        try:
            text = self._slack.message_text(question.channel, question.thread_ts)
        except SlackError as error:
            logger.info("the thread's first message could not be read: %s", error)
            return []
        return find_ids(text or "")
