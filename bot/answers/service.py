"""The one way in: a question and its papers in, a checked answer out."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from bot.answers.compare import MOST_COLUMNS, compare, survey
from bot.answers.extractive import Extractive
from bot.answers.ports import Model
from bot.answers.records import EXTRACTIVE, Answer, Ask
from bot.i18n import catalog
from bot.search import SearchIndex
from storage import Paper, Storage

log = logging.getLogger(__name__)

OnStatus = Callable[[str], None]
OnText = Callable[[str], None]

_SURVEYED = 5
_ARCHIVE_PAPERS = 8


class Answers:
    """Answers questions about stored papers. Safe in any thread."""

    def __init__(
        self,
        storage: Storage,
        search: SearchIndex,
        model: Model | None,
        clock: Callable[[], datetime],
    ) -> None:
        self._storage = storage
        self._search = search
        self._model = model
        self._clock = clock
        self._extractive = Extractive(storage, search)

    def answer(
        self, ask: Ask, *, on_status: OnStatus | None = None, on_text: OnText | None = None
    ) -> Answer:
        """Answer *ask* from its papers.

        *on_status* gets a line about what is being read; *on_text* gets the answer's text piece
        by piece, only such pieces as have been checked.
        """
        words = catalog(ask.language)
        papers = self._storage.papers.get_many(list(dict.fromkeys(ask.paper_ids)))
        if not papers:
            return Answer(words.text("answers-not-stored"), False, EXTRACTIVE)
        if on_status is not None:
            on_status(words.text("answers-status-searching"))
        made = self._answer(ask, papers)
        if on_text is not None:
            on_text(made.text)
        return made

    def ask_archive(
        self,
        question: str,
        language: str,
        *,
        on_status: OnStatus | None = None,
        on_text: OnText | None = None,
    ) -> Answer:
        """Answer a question from the whole archive, with papers and sections."""
        words = catalog(language)
        if on_status is not None:
            on_status(words.text("answers-status-archive"))
        papers = self._search.related(question, limit=_ARCHIVE_PAPERS)
        ask = Ask(question, tuple(paper.id for paper in papers), language)
        if not papers:
            return Answer(words.text("answers-archive-none"), False, EXTRACTIVE)
        made = survey(self._extractive, ask, papers, shown=_SURVEYED)
        if on_text is not None:
            on_text(made.text)
        return made

    def _answer(self, ask: Ask, papers: Sequence[Paper]) -> Answer:
        if len(papers) == 1:
            return self._extractive.answer(ask, papers[0])
        if len(papers) <= MOST_COLUMNS:
            return compare(self._extractive, ask, papers)
        return survey(self._extractive, ask, papers, shown=_SURVEYED)
