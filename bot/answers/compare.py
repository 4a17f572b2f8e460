"""Answers about several papers: a table where a few are compared, a list where many are asked."""

from collections.abc import Sequence

from bot.answers.definitions import kind_asked
from bot.answers.extractive import Extractive, Found, lead_of, name_of
from bot.answers.facts import links_of
from bot.answers.judge import is_near
from bot.answers.kinds import RECORD_KINDS, Kind
from bot.answers.quoting import as_text, quote
from bot.answers.records import EXTRACTIVE, RECORD, Answer, Ask, Citation
from bot.answers.sentences import Pick
from bot.languages import Catalog, catalog
from bot.slack.blocks import truncate
from storage import Paper

MOST_COLUMNS = 4
_CELL = 260
_SHORT_TITLE = 60
_USUAL_ROWS = (Kind.SUMMARY, Kind.METHOD, Kind.RESULTS, Kind.LIMITATIONS)
_USUAL_FACTS = (Kind.VOTES, Kind.CODE)
_PHRASES = {
    "ko": {
        Kind.SUMMARY: "요약", Kind.METHOD: "방법", Kind.RESULTS: "성능 결과",
        Kind.LIMITATIONS: "한계",
    },
    "en": {
        Kind.SUMMARY: "summary", Kind.METHOD: "method", Kind.RESULTS: "results",
        Kind.LIMITATIONS: "limitations",
    },
}  # fmt: skip


def compare(extractive: Extractive, ask: Ask, papers: Sequence[Paper]) -> Answer:
    """The papers as columns; the rows are what was asked for, or the usual points."""
    words = catalog(ask.language)
    table = _Table(extractive, papers, words)
    kind = kind_asked(ask.question)
    if kind in RECORD_KINDS:
        table.add_fact(kind)
    elif kind in (Kind.OTHER, Kind.SUMMARY, Kind.CONTRIBUTIONS):
        for usual in _USUAL_ROWS:
            table.add_quotes(usual, _PHRASES[words.language][usual])
        for fact in _USUAL_FACTS:
            table.add_fact(fact)
    else:
        table.add_quotes(kind, ask.question)
    return table.answer()


class _Table:
    def __init__(self, extractive: Extractive, papers: Sequence[Paper], words: Catalog) -> None:
        self._extractive = extractive
        self._papers = papers
        self._words = words
        self._rows: list[list[str]] = []
        self._citations: list[Citation] = []

    def add_fact(self, kind: Kind) -> None:
        told = [self._extractive.tell(kind, paper, self._words) for paper in self._papers]
        self._add(kind, [text or self._nothing() for text in told])

    def add_quotes(self, kind: Kind, question: str) -> None:
        cells = []
        for paper in self._papers:
            found = self._extractive.find(paper, question, self._words, limit=1)
            fits = found.answered and found.picks
            cells.append(self._cell(paper, found.picks[0]) if fits else self._nothing())
        self._add(kind, cells)

    def answer(self) -> Answer:
        titles = [as_text(truncate(paper.title, _SHORT_TITLE)) for paper in self._papers]
        lines = [
            _line([self._words.text("answers-compare-paper"), *titles]),
            _line(["---"] * (len(titles) + 1)),
            *map(_line, self._rows),
        ]
        lead = self._words.text("answers-compare-lead", count=len(self._papers))
        quoted = bool(self._citations)
        note = "answers-note-extractive" if quoted else "answers-note-record"
        return Answer(
            text=lead + "\n\n" + "\n".join(lines),
            found=any(cell != self._nothing() for row in self._rows for cell in row[1:]),
            maker=EXTRACTIVE if quoted else RECORD,
            citations=tuple(self._citations),
            paper_ids=tuple(paper.id for paper in self._papers),
            notes=(self._words.text(note),),
            links=tuple(url for paper in self._papers for url in links_of(paper)),
        )

    def _cell(self, paper: Paper, picked: Pick) -> str:
        first = len(self._citations) + 1
        _, citations = quote([picked], first=first, title=name_of(paper))
        self._citations += citations
        return f"{as_text(truncate(citations[0].quote, _CELL))} [{citations[0].number}]"

    def _add(self, kind: Kind, cells: list[str]) -> None:
        self._rows.append([self._words.text(f"answers-compare-row-{kind.value}"), *cells])

    def _nothing(self) -> str:
        return self._words.text("answers-compare-nothing")


def survey(extractive: Extractive, ask: Ask, papers: Sequence[Paper], *, shown: int) -> Answer:
    """The papers that have most to say on the question, each with its best sentence."""
    words = catalog(ask.language)
    kind = kind_asked(ask.question)
    if kind in RECORD_KINDS:
        return _facts(extractive, kind, papers, words, shown)
    found = [(p, extractive.find(p, ask.question, words, limit=1)) for p in papers]
    fitting = [(p, one.picks[0]) for p, one in found if one.picks and _is_near(one)]
    best = sorted(fitting, key=lambda pair: -pair[1].score)[:shown]
    if not best:
        return Answer(words.text("answers-archive-none"), False, EXTRACTIVE)
    lines: list[str] = []
    citations: list[Citation] = []
    for paper, picked in best:
        quotes, cited = quote([picked], first=len(citations) + 1, title=name_of(paper))
        citations += cited
        lines.append(f"**{as_text(paper.title)}**\n{quotes[0]}")
    lead = "answers-archive-lead" if kind is Kind.OTHER else f"answers-lead-kind-{lead_of(kind)}"
    return Answer(
        text="\n\n".join([words.text(lead), *lines]),
        found=True,
        maker=EXTRACTIVE,
        citations=tuple(citations),
        paper_ids=tuple(paper.id for paper, _ in best),
        notes=(words.text("answers-note-extractive"),),
    )


def _is_near(found: Found) -> bool:
    """A list may hold a paper that only touches the question; a lone answer may not."""
    return found.answered or is_near(found.similarity, found.coverage)


def _facts(
    extractive: Extractive, kind: Kind, papers: Sequence[Paper], words: Catalog, shown: int
) -> Answer:
    told = [(paper, extractive.tell(kind, paper, words)) for paper in papers]
    known = [(paper, text) for paper, text in told if text is not None]
    if kind is Kind.VOTES:
        known.sort(key=lambda pair: -pair[0].votes)
    if not known:
        return Answer(words.text(f"answers-unknown-{kind.value}"), False, RECORD)
    lines = [f"- **{as_text(paper.title)}**: {text}" for paper, text in known[:shown]]
    return Answer(
        text="\n".join(lines),
        found=True,
        maker=RECORD,
        paper_ids=tuple(paper.id for paper, _ in known[:shown]),
        notes=(words.text("answers-note-record"),),
        links=tuple(url for paper, _ in known[:shown] for url in links_of(paper)),
    )


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
