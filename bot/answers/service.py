"""The one way in: a question and its papers in, a checked answer out."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.answers.compare import MOST_COLUMNS, compare, list_facts, survey
from bot.answers.extractive import Extractive, joined
from bot.answers.modelled import Modelled
from bot.answers.pointing import counted
from bot.answers.ports import Model
from bot.answers.quoting import as_text
from bot.answers.records import EXTRACTIVE, Answer, Ask
from bot.answers.wishes import ORDERS, RECORD_KINDS, Examples, Kind, Wish
from bot.background import KeyedLocks
from bot.errors import BudgetSpentError, ModelError
from bot.languages import Catalog, catalog, untranslated
from bot.search import SearchIndex
from bot.slack.blocks import truncate
from bot.sources.ports import FulltextSource
from bot.text import one_line
from bot.verification import Verifier
from storage import WHOLE_TEAM, Paper, Storage

logger = logging.getLogger(__name__)

Listener = Callable[[str], None]

_SURVEYED = 5
_ARCHIVE_PAPERS = 8
LONGEST_TITLE = 150


class Answers:
    """Answers questions about stored papers. Safe in any thread."""

    def __init__(
        self,
        storage: Storage,
        search: SearchIndex,
        model: Model | None,
        *,
        verifier: Verifier | None = None,
        fulltexts: FulltextSource | None = None,
    ) -> None:
        """What the model writes is judged by *verifier*. *fulltexts* fetches the text of a paper
        that nobody has read yet, before its answer."""
        self._storage = storage
        self._search = search
        self._fulltexts = fulltexts
        self._reading = KeyedLocks()
        self.examples = Examples(search.embedder)
        self._extractive = Extractive(storage, search, self.examples)
        self._modelled = (
            None if model is None else Modelled(storage, search, model, verifier or Verifier(None))
        )

    def answer(
        self, ask: Ask, *, on_status: Listener | None = None, on_text: Listener | None = None
    ) -> Answer:
        """Answer *ask* from its papers. A failing model ends in chosen sentences, not an error.

        *on_status* gets a line about what is being read. *on_text* gets the answer's Markdown
        piece by piece, only pieces that have been checked; should the model fail half-way, the
        answer that is returned takes their place.
        """
        words = catalog(ask.language)
        papers = self._storage.papers.get_many(list(dict.fromkeys(ask.paper_ids)))
        if not papers:
            return Answer(words.text("answers-not-stored"), False, EXTRACTIVE)
        self._fetch(papers[:MOST_COLUMNS], words, on_status)
        _tell(on_status, words.text("answers-status-searching"))
        wishes = self._wishes(ask.question, papers)
        if len(papers) > MOST_COLUMNS and not all(map(_is_of_record, wishes)):
            papers = self._search.related(
                ask.question,
                limit=_ARCHIVE_PAPERS,
                among=[paper.id for paper in papers],
                place=ask.place,
            )
        named = f"**{as_text(papers[0].title)}**" if ask.is_named and len(papers) == 1 else ""
        if named:
            _tell(on_text, f"{named}\n\n")
        made = self._answer(ask, papers, wishes, on_status=on_status, on_text=on_text)
        if named:
            made = replace(made, text=f"{named}\n\n{made.text}")
        return _with_withdrawals(made, papers, words)

    def ask_archive(
        self,
        question: str,
        language: str,
        *,
        place: str = WHOLE_TEAM,
        on_status: Listener | None = None,
        on_text: Listener | None = None,
    ) -> Answer:
        """Answer a question from the whole archive, with papers and sections; *place* is where
        the answer will be read."""
        words = catalog(language)
        _tell(on_status, words.text("answers-status-archive"))
        wishes = self._wishes(question, ())
        papers = self._newest() if all(wish.kind in ORDERS for wish in wishes) else []
        papers = papers or self._search.related(question, limit=_ARCHIVE_PAPERS, place=place)
        if not papers:
            return Answer(words.text("answers-archive-none"), False, EXTRACTIVE)
        ask = Ask(question, tuple(paper.id for paper in papers), language, place=place)
        made = self._answer(ask, papers, wishes, is_list=True, on_status=on_status, on_text=on_text)
        return _with_withdrawals(made, papers, words)

    def _wishes(self, question: str, papers: Sequence[Paper]) -> tuple[Wish, ...]:
        title = papers[0].title if len(papers) == 1 else ""
        return self.examples.wishes(question, title=title)

    def _newest(self) -> list[Paper]:
        """The papers of the newest listing that has any."""
        day = self._storage.listings.newest_with_papers()
        listings = [] if day is None else self._storage.listings.on(day)
        ids = [entry.paper_id for listing in listings for entry in listing.entries]
        return self._storage.papers.get_many(list(dict.fromkeys(ids)))

    def _fetch(self, papers: Sequence[Paper], words: Catalog, on_status: Listener | None) -> None:
        if self._fulltexts is None:
            return
        for paper in papers:
            if self._storage.fulltexts.get(paper.id) is None:
                _tell(on_status, words.text("answers-status-fetching", title=paper.title))
            # Whoever asks about the same paper meanwhile waits until it is read and indexed.
            with self._reading.of(paper.id):
                if self._storage.fulltexts.get(paper.id) is None:
                    self._fulltexts.ensure(paper)
                    self._search.index([paper.id])

    def _answer(
        self,
        ask: Ask,
        papers: Sequence[Paper],
        wishes: Sequence[Wish],
        *,
        is_list: bool = False,
        on_status: Listener | None,
        on_text: Listener | None,
    ) -> Answer:
        """The answer to every wish: what the record holds is read off it, the rest is left to the
        model, and without one, or where it fails, to chosen sentences."""
        notes: tuple[str, ...] = ()
        others = [wish for wish in wishes if not _is_of_record(wish)]
        rest = " ".join(wish.question for wish in others)
        if self._modelled is not None and rest:
            try:
                facts = self._facts(ask, papers, wishes, is_list=is_list)
                for fact in facts:
                    _tell(on_text, fact.text + "\n\n")
                made = self._modelled.answer(
                    replace(ask, question=rest),
                    papers,
                    kind=others[0].kind if len(others) == 1 else Kind.OTHER,
                    on_status=on_status,
                    on_text=on_text,
                )
                return joined([*facts, made or self._not_told(ask, papers, others)])
            except ModelError as error:
                logger.warning("no answer from the model: %s", error)
                notes = (_apology(error, catalog(ask.language)),)
        chosen = self._chosen(ask, papers, wishes, is_list=is_list)
        if chosen.maker == EXTRACTIVE:
            quotes = (one.quote for one in chosen.citations)
            foreign = untranslated(quotes, catalog(ask.language))
            chosen = replace(chosen, notes=(*chosen.notes, *filter(None, [foreign])))
        # Once in a conversation is enough.
        if self._modelled is None and chosen.maker == EXTRACTIVE and not ask.history:
            chosen = _with_offer(chosen, catalog(ask.language))
        chosen = replace(chosen, notes=(*notes, *chosen.notes))
        _tell(on_text, chosen.text)
        return chosen

    def _chosen(
        self, ask: Ask, papers: Sequence[Paper], wishes: Sequence[Wish], *, is_list: bool
    ) -> Answer:
        if len(papers) == 1 and not is_list:
            return self._extractive.answer(ask, papers[0])
        made = self._facts(ask, papers, wishes, is_list=is_list)
        others = [wish for wish in wishes if not _is_of_record(wish)]
        if others:
            made.append(self._from_several(ask, papers, others, is_list=is_list))
        return joined(made)

    def _from_several(
        self, ask: Ask, papers: Sequence[Paper], wishes: Sequence[Wish], *, is_list: bool
    ) -> Answer:
        """Chosen sentences of several papers: a table of a few, a list of many."""
        wish = wishes[0]
        if len(wishes) > 1:
            wish = Wish(Kind.OTHER, " ".join(one.question for one in wishes))
        if len(papers) > MOST_COLUMNS or is_list:
            return survey(self._extractive, ask, papers, wish, shown=_shown(ask))
        return compare(self._extractive, ask, papers, wish)

    def _facts(
        self, ask: Ask, papers: Sequence[Paper], wishes: Sequence[Wish], *, is_list: bool
    ) -> list[Answer]:
        """What the record says on the wishes that are for it."""
        made = []
        for wish in filter(_is_of_record, wishes):
            if len(papers) == 1 and not is_list:
                made.append(self._extractive.granted(wish, ask, papers[0]))
            elif wish.kind in ORDERS or len(papers) > MOST_COLUMNS or is_list:
                made.append(list_facts(self._extractive, ask, papers, wish.kind, shown=_shown(ask)))
            else:
                made.append(compare(self._extractive, ask, papers, wish))
        return made

    def _not_told(self, ask: Ask, papers: Sequence[Paper], wishes: Sequence[Wish]) -> Answer:
        """The model found no answer in the passages: what the papers' own sentences come nearest
        with, under that name, or that there is none."""
        if len(papers) == 1:
            return self._extractive.near(ask, papers[0])
        chosen = self._from_several(ask, papers, wishes, is_list=len(papers) > MOST_COLUMNS)
        if not chosen.found:
            return chosen
        lead = catalog(ask.language).text("answers-model-found-none")
        return replace(chosen, text=f"{lead}\n\n{chosen.text}")


def _shown(ask: Ask) -> int:
    """Of how many papers something is told."""
    return counted(ask.question) or _SURVEYED


def _is_of_record(wish: Wish) -> bool:
    return wish.kind in RECORD_KINDS or wish.kind in ORDERS


def _with_withdrawals(answer: Answer, papers: Sequence[Paper], words: Catalog) -> Answer:
    """The answer, which first says which of the papers it is about have been withdrawn."""
    cited = [one for one in papers if one.id in answer.paper_ids]
    about = cited if len(papers) > 1 else papers
    gone = [one.title for one in about if one.withdrawn_at]
    if not gone:
        return answer
    titles = "; ".join(truncate(one_line(title), LONGEST_TITLE) for title in gone)
    told = words.text(
        "answers-withdrawn" if len(about) == 1 else "answers-some-withdrawn", titles=titles
    )
    return replace(answer, text=f"{told}\n\n{answer.text}")


def _with_offer(answer: Answer, words: Catalog) -> Answer:
    """The answer, which says what a model would add to it."""
    return replace(answer, notes=(*answer.notes, words.text("answers-note-with-a-model")))


def _tell(listener: Listener | None, text: str) -> None:
    if listener is not None:
        listener(text)


def _apology(error: ModelError, words: Catalog) -> str:
    spent = isinstance(error, BudgetSpentError)
    return words.text("answers-note-budget" if spent else "answers-note-model-failed")
