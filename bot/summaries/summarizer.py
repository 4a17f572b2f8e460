"""Makes sure that papers have summaries.

Stored ones are reused, several are made at a time, and one that fails affects no other.
"""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import as_completed
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from bot.background import KeyedLocks, seconds_left
from bot.clock import Clock
from bot.errors import BudgetSpentError, ModelError
from bot.failures import contained
from bot.fulltext.injection import InjectionFilter
from bot.model import Model
from bot.sources.ports import FulltextSource
from bot.summaries.drafting import ChecksFailedError, Drafter, prompt_hash
from bot.summaries.extractive import VERSION, make_extractive
from bot.summaries.source_texts import SourceTexts, gather
from bot.telemetry.request_ids import RequestThreads
from bot.text import one_line
from bot.verification import Verifier
from storage import Paper, Storage, Summary
from storage.fulltexts import NOTHING
from storage.summaries import EXTRACTIVE, IMPORTED

log = logging.getLogger(__name__)

# Why a summary is marked for repair.
BUDGET = "budget"
MODEL = "model"
CHECKS = "checks"
NO_TEXT = "no-text"
UNEXPECTED = "unexpected"
LATE = "late"
_PROBLEMS = {BudgetSpentError: BUDGET, ChecksFailedError: CHECKS}
# How long a summary made from the abstract alone waits for its full text.
_REFRESHED_FOR = timedelta(days=7)
_FAILED = "summary of %s in %s failed"
Progress = Callable[[str, Summary], None]


class Summarizer:
    """Makes, stores and repairs summaries: by the model when there is one, else extractive."""

    def __init__(
        self,
        storage: Storage,
        model: Model | None,
        fulltexts: FulltextSource | None,
        clock: Clock,
        *,
        injections: InjectionFilter | None = None,
        verifier: Verifier | None = None,
        concurrency: int = 8,
    ) -> None:
        self._storage = storage
        self._model_name = model.name if model else None
        self._injections = injections or InjectionFilter()
        self._drafter = (
            Drafter(model, self._injections, verifier or Verifier(None)) if model else None
        )
        self._fulltexts = fulltexts
        self._clock = clock
        self._concurrency = concurrency
        self._locks = KeyedLocks()

    def ensure(
        self,
        papers: Sequence[Paper],
        language: str,
        *,
        again: bool = False,
        progress: Progress | None = None,
        until: float | None = None,
    ) -> dict[str, Summary]:
        """A summary in *language* for each paper, by paper id; made where one is missing.

        One is made anew when it was extractive and there is a model now, when prompt or model
        have changed, when the full text came after it, or when *again* is given; an imported one
        only when *again* is given. A paper for which this fails gets an extractive summary whose
        ``problem`` marks it for :meth:`repair`. *progress* is called after each paper with its id
        and summary.

        Nothing is waited for beyond *until*, a moment of ``time.monotonic``: a paper that is not
        ready then gets its stored summary, or an extractive one that is marked for repair. A call
        that hangs goes on in the background, and its result is stored when it comes.

        Raises:
            DatabaseUnusableError: the database has cut it short. Called again, it goes on, with
                what is stored by then.
        """
        unique = {paper.id: paper for paper in papers}
        found: dict[str, Summary] = {}
        if not unique:
            return found
        workers = min(self._concurrency, len(unique))
        pool = RequestThreads(workers, thread_name_prefix="summaries")
        try:
            jobs = [
                pool.submit(self._ensure_one, paper, language, again, until)
                for paper in unique.values()
            ]
            for job in as_completed(jobs, timeout=seconds_left(until)):
                summary = job.result()
                found[summary.paper_id] = summary
                if progress:
                    progress(summary.paper_id, summary)
        except TimeoutError:
            log.warning("%d summaries in %s are late", len(unique) - len(found), language)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
        return {
            paper_id: found.get(paper_id) or self._stand_in(paper, language)
            for paper_id, paper in unique.items()
        }

    def repair(self, *, until: float | None = None) -> list[Summary]:
        """Improve summaries, no longer than *until*; return those that are better now.

        Those that are marked for repair are made anew. Those of the last days that rest on the
        abstract alone are made anew if the full text can be had now.
        """
        storage = self._storage
        marked = storage.summaries.to_repair()
        thin = storage.summaries.from_abstracts(since=self._clock() - _REFRESHED_FOR)
        before = {key: storage.summaries.get(*key) for key in (*marked, *thin)}
        for paper in storage.papers.get_many(list(dict.fromkeys(key[0] for key in thin))):
            if seconds_left(until) == 0:
                break
            self._fetch_fulltext(paper)
        made = self._made_anew(marked, again=True, until=until)
        made += self._made_anew(thin, again=False, until=until)
        return [
            one
            for one in made
            if one.problem is None and one != before[(one.paper_id, one.language)]
        ]

    def _made_anew(
        self, keys: Sequence[tuple[str, str]], *, again: bool, until: float | None
    ) -> list[Summary]:
        made: list[Summary] = []
        for language in dict.fromkeys(language for _, language in keys):
            papers = self._storage.papers.get_many([one for one, its in keys if its == language])
            made += self.ensure(papers, language, again=again, until=until).values()
        return made

    def _ensure_one(self, paper: Paper, language: str, again: bool, until: float | None) -> Summary:
        with contained(log, _FAILED, paper.id, language):
            try:
                with self._locks.of((paper.id, language), until=until):
                    shown = self._storage.summaries.get(paper.id, language)
                    if shown and not again and self._is_current(shown):
                        return shown
                    return self._make(paper, language, shown)
            except TimeoutError:
                return self._stand_in(paper, language)
        return _title_alone(paper, language)

    def _stand_in(self, paper: Paper, language: str) -> Summary:
        """For a paper whose summary is late: the stored one, or an extractive one."""
        with contained(log, _FAILED, paper.id, language), self._storage.transaction():
            shown = self._storage.summaries.get(paper.id, language)
            if shown is not None:
                return shown
            source = gather(self._storage, paper, language, self._injections)
            return self._stored(make_extractive(source, problem=LATE), None)
        return _title_alone(paper, language)

    def _is_current(self, shown: Summary) -> bool:
        if shown.basis == IMPORTED:
            return True
        if shown.problem is not None:
            return False
        fulltext = self._storage.fulltexts.get(shown.paper_id)
        if fulltext and fulltext.origin != NOTHING and _later(fulltext.fetched_at, shown.made_at):
            return False
        if shown.maker == EXTRACTIVE:
            return self._drafter is None and shown.prompt_hash == VERSION
        if self._drafter is None:
            return True
        wanted = (self._model_name, prompt_hash(shown.language))
        return (shown.maker, shown.prompt_hash) == wanted

    def _make(self, paper: Paper, language: str, shown: Summary | None) -> Summary:
        self._fetch_fulltext(paper)
        source = gather(self._storage, paper, language, self._injections)
        summary, abstract = self._made(source)
        if summary.problem and shown and not shown.problem and shown.maker != EXTRACTIVE:
            # An older model's summary is better than none by this one.
            return shown
        return self._storage.insist(partial(self._stored, summary, abstract))

    def _stored(self, summary: Summary, abstract: str | None) -> Summary:
        now = self._clock()
        papers = self._storage.papers
        with self._storage.transaction():
            self._storage.summaries.save(summary, now=now)
            # An abstract that came with the paper is better than a model's translation.
            origin = papers.abstract_origin(summary.paper_id, summary.language)
            if abstract and origin not in ("source", "bundled", "import"):
                papers.save_abstract(
                    summary.paper_id, summary.language, abstract, origin=summary.maker
                )
        return replace(summary, made_at=now)

    def _made(self, source: SourceTexts) -> tuple[Summary, str | None]:
        if source.is_empty:
            return make_extractive(source, problem=NO_TEXT), None
        if self._drafter is None:
            return make_extractive(source), None
        try:
            return self._drafter.draft(source)
        except ModelError as error:
            log.warning("summary of %s: %s", source.paper.id, error)
            return make_extractive(source, problem=_PROBLEMS.get(type(error), MODEL)), None

    def _fetch_fulltext(self, paper: Paper) -> None:
        if self._fulltexts is None:
            return
        # Without it the abstract is still there; the next run tries again.
        with contained(log, "full text of %s failed", paper.id):
            self._fulltexts.ensure(paper)


def _title_alone(paper: Paper, language: str) -> Summary:
    return Summary(paper.id, language, one_line(paper.title), problem=UNEXPECTED)


def _later(first: datetime | None, second: datetime | None) -> bool:
    return first is not None and second is not None and first > second
