"""Gets a paper's full text once a version: from arXiv's HTML, else from its PDF."""

import logging
import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.background import KeyedLocks
from bot.clock import Clock, comes_within, was_within
from bot.errors import SourceError
from bot.fulltext.document import Document
from bot.fulltext.parsing import Parse, parse
from bot.fulltext.passages import cut
from bot.net import HttpClient, Response
from storage import Fulltext, Paper, Passage, Storage
from storage.fulltexts import NOTHING

log = logging.getLogger(__name__)

MOST_HTML_BYTES = 30_000_000
MOST_PDF_BYTES = 60_000_000
RETRY_AFTER = timedelta(hours=6)
PAUSE_WHEN_UNREACHABLE = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(hours=1)
FEWEST_HTML_WORDS = 300
MOST_PASSAGES = 2_000

_ARXIV_ID = re.compile(r"^(?:\d{4}\.\d{4,5}|[a-z-]{2,12}(?:\.[A-Z]{2})?/\d{7})$")
_NOT_THERE = (404, 410)
_ANSWERED = 200
_BEGINNINGS = {"html": b"<", "pdf": b"%PDF-"}


@dataclass(frozen=True)
class _Result:
    """One version's text: where it came from and what was read."""

    origin: str
    document: Document
    passages: list[Passage]

    @property
    def words(self) -> int:
        return sum(len(passage.text.split()) for passage in self.passages)


class FulltextService:
    """Fetches, parses and stores full texts. Safe in any thread.

    A paper is fetched once a version. Where arXiv has no readable text, the next try comes after
    six hours; where arXiv can't be reached, nothing is fetched for five minutes, so that one
    silence does not cost every paper of a morning its time limit.

    Args:
        storage: where papers are and passages go.
        http: keeps the pace arXiv asks for.
        arxiv_url: without a slash at its end.
        clock: the time in UTC.
        parser: reads a file; by default in a child process.
    """

    def __init__(
        self,
        *,
        storage: Storage,
        http: HttpClient,
        arxiv_url: str,
        clock: Clock,
        parser: Parse = parse,
    ) -> None:
        self._storage = storage
        self._http = http
        self._arxiv_url = arxiv_url.rstrip("/")
        self._clock = clock
        self._parser = parser
        self._locks = KeyedLocks()
        self._unreachable_until: datetime | None = None

    def ensure(self, paper: Paper) -> Fulltext:
        """The full text of a stored paper, fetched if it isn't stored yet.

        Never raises for what arXiv or the file does: ``origin`` is ``none`` and ``problem`` says
        why where there is no text. The passages are in ``storage.fulltexts``.
        """
        with self._locks.of(paper.id):
            known = self._storage.fulltexts.get(paper.id)
            if known is not None and self._is_current(known, paper):
                return known
            if not _ARXIV_ID.match(paper.id):
                return known or _nothing(paper, "not an arXiv paper")
            try:
                return self._get(paper, known)
            except SourceError as error:
                log.warning("no full text of %s for now: %s", paper.id, error)
                return known or _nothing(paper, f"arXiv could not be reached: {error}")

    def _is_current(self, known: Fulltext, paper: Paper) -> bool:
        if known.origin != NOTHING and known.version >= (paper.version or 1):
            return True
        tried = self._storage.fulltexts.last_try(paper.id)
        if tried is None or tried.fetched_at is None or tried.version < (paper.version or 1):
            return False
        return was_within(RETRY_AFTER, tried.fetched_at, self._clock())

    def _get(self, paper: Paper, known: Fulltext | None) -> Fulltext:
        """Fetch and store.

        Raises:
            SourceError: arXiv could not be reached; nothing is stored.
        """
        until = self._unreachable_until
        if until is not None and comes_within(LONGEST_PAUSE, until, self._clock()):
            raise SourceError("no answer a moment ago")
        try:
            result = self._fetch(paper.id)
        except SourceError as error:
            asked = timedelta(seconds=error.retry_after or 0.0)
            pause = min(max(PAUSE_WHEN_UNREACHABLE, asked), LONGEST_PAUSE)
            if error.status != _ANSWERED:  # otherwise it may be this paper's own fault
                self._unreachable_until = self._clock() + pause
            raise
        document = result.document
        fulltext = Fulltext(
            paper_id=paper.id,
            version=max(document.version or 1, paper.version or 1),
            origin=result.origin,
            problem=_problem(result),
            figure_url=self._own_address(document.figure_url),
            figure_caption=document.figure_caption,
            front=document.front,
            fetched_at=self._clock(),
        )
        self._storage.fulltexts.save(fulltext, result.passages, now=self._clock())
        log.info("full text of %s: %s, %d passages", paper.id, result.origin, len(result.passages))
        if result.origin == NOTHING and known is not None:
            return known
        return fulltext

    def _fetch(self, paper_id: str) -> _Result:
        """The better of HTML and PDF; an HTML of a few words is a failed conversion, and one that
        broke off is better than nothing only.

        Raises:
            SourceError: arXiv could not be reached, or answered something else.
        """
        html, silence = self._try(paper_id, "html", MOST_HTML_BYTES)
        if html.words >= FEWEST_HTML_WORDS and html.document.is_whole:
            return html
        pdf, second_silence = self._try(paper_id, "pdf", MOST_PDF_BYTES)
        if silence and second_silence:
            raise silence
        if pdf.words and not html.document.is_whole:
            return pdf
        if html.words or pdf.words:
            return html if html.words >= pdf.words else pdf
        problems = (html.document.problem, pdf.document.problem)
        told = "; ".join(dict.fromkeys(problem for problem in problems if problem))
        return replace(pdf, document=replace(pdf.document, problem=told))

    def _try(self, paper_id: str, kind: str, max_bytes: int) -> tuple[_Result, SourceError | None]:
        """What *kind* of file gave, and the error when no answer came at all.

        Such an error may be the file's fault (it is too long), so the other kind is still tried.

        Raises:
            SourceError: arXiv asks to be left alone, or answered something else than the file.
        """
        url = f"{self._arxiv_url}/{kind}/{paper_id}"
        try:
            response = self._http.get(
                url,
                max_bytes=max_bytes,
                allow=_NOT_THERE,
                verify=lambda answer: _check_begins(answer, _BEGINNINGS[kind]),
            )
        except SourceError as error:
            if error.status in (_ANSWERED, 429) or (error.status or 0) >= 500:
                raise
            result = _Result(NOTHING, Document(problem=f"{kind}: {error}"), [])
            return result, None if error.status else error
        if response.status != 200:
            return _Result(NOTHING, Document(problem=f"no {kind} at arXiv"), []), None
        document = self._parser(response.body, kind, response.url)
        passages = cut(document.blocks)
        if len(passages) > MOST_PASSAGES:
            told = f"only {MOST_PASSAGES} of {len(passages)} passages kept"
            document = replace(document, problem=document.problem or told)
            passages = passages[:MOST_PASSAGES]
        return _Result(kind if passages else NOTHING, document, passages), None

    def _own_address(self, url: str | None) -> str | None:
        """*url* if it is on arXiv: a page must not make us show a picture from elsewhere."""
        return url if url is not None and url.startswith(f"{self._arxiv_url}/") else None


def _check_begins(answer: Response, beginning: bytes) -> None:
    """Refuse an answer that is no file of its kind, such as a notice that arXiv is too busy.

    Raises:
        SourceError: *beginning* stands nowhere near the beginning.
    """
    if beginning not in answer.body[:1024]:
        raise SourceError("arXiv answered something else than the paper")


def _problem(result: _Result) -> str | None:
    """What is missing or was found wrong, for the log and the status page."""
    problems = [result.document.problem] if result.document.problem else []
    if hidden := len(result.document.hidden):
        problems.append(f"hidden text left out ({hidden})")
    return "; ".join(problems)[:500] or None


def _nothing(paper: Paper, problem: str) -> Fulltext:
    return Fulltext(paper.id, paper.version or 1, NOTHING, problem=problem[:500])
