"""Answers written by a model from numbered passages, every claim checked on its way out."""

import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice

from bot.answers.evidence import Source
from bot.answers.extractive import name_of
from bot.answers.facts import links_of
from bot.answers.material import MOST_TOKENS, Collector, Material, frame, name_papers
from bot.answers.memory import in_context, recall
from bot.answers.mending import mended
from bot.answers.ports import Model
from bot.answers.quoting import GAP, around, nearest_to
from bot.answers.records import Answer, Ask, Citation
from bot.answers.verify import Checker, Claimed, Ruling, Tally, harmless
from bot.answers.wishes import Kind, Wish
from bot.answers.writing import Gate
from bot.errors import ModelError
from bot.languages import Catalog, catalog, is_in, language, named_language
from bot.model.prompts import Prompt, load_prompt
from bot.search import Embedder, SearchIndex
from bot.text import normalised_pieces
from bot.verification import Finding, Verifier
from storage import Paper, Storage

_MAX_TOKENS = {"normal": 900, "detailed": 1800, "simple": 500, "brief": 200}
# What a prompt holds besides the passages: the rules, notes, and what was said before.
_RULES_TOKENS = 3500
_FEWEST_TOKENS = 500
_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]{0,200}`|\$[^$\n]{0,300}\$", re.DOTALL)
# Names of methods, data and measures: a word with a capital or a digit inside.
_WORD = re.compile(r"([^\W_]{1,60})(?:[-.+/@][^\W_]{1,60}){0,9}")
_IN_NAMES = re.compile(r"[A-Z\d]")
_FEWEST_LETTERS = 20
_NAMED = 2

# How many refuted sentences are written anew, and how many seconds after the question at most.
_MOST_MENDED = 6
_TIME_TO_MEND = 60.0

Listener = Callable[[str], None]
Mend = Callable[[Mapping[str, tuple[Claimed, Finding]]], Mapping[str, str]]


class Modelled:
    """Makes answers with a model. Raises ModelError when the model gives nothing usable."""

    def __init__(
        self, storage: Storage, search: SearchIndex, model: Model, verifier: Verifier
    ) -> None:
        self._verifier = verifier
        self._search = search
        self._model = model
        self._collector = Collector(storage, search)

    def answer(
        self,
        ask: Ask,
        papers: Sequence[Paper],
        *,
        kind: Kind = Kind.OTHER,
        on_status: Listener | None = None,
        on_text: Listener | None = None,
    ) -> Answer | None:
        """The model's answer to a question of this *kind*; None when it found none in the passages.

        Raises:
            ModelError: the model failed, or nothing of its answer stands in the passages.
        """
        shown: list[str] = []

        def tell(text: str) -> None:
            shown.append(text)
            if on_text is not None:
                on_text(text)

        tokens = self._room(ask)
        while True:
            try:
                return self._answered(ask, papers, kind, tokens, on_status, tell)
            except ModelError as error:
                tokens = min(self._room(ask), tokens // 2)
                is_too_long = error.arguments.get("outcome") == "too-long"
                if not is_too_long or shown or tokens < _FEWEST_TOKENS:
                    raise

    def _answered(
        self,
        ask: Ask,
        papers: Sequence[Paper],
        kind: Kind,
        tokens: int,
        on_status: Listener | None,
        on_text: Listener,
    ) -> Answer | None:
        words, begun = catalog(ask.language), time.monotonic()
        query = in_context(Wish(kind, ask.question), ask.history)
        material = self._collector.collect(ask, papers, query=query, kind=kind, tokens=tokens)
        if not material.sources:
            return None
        if on_status is not None:
            titles = ", ".join(map(name_of, papers[:_NAMED]))
            on_status(words.text("answers-status-reading", title=titles))
        named = named_language(ask.question) if kind is Kind.REWORD else None
        asked = replace(ask, language=named or ask.language)
        writing = _Writing(asked, papers, material, self._search.embedder)
        if writing.read(self._model, on_text):
            return None
        by = self._verified(writing, words, begun, on_status)
        return self._finished(writing, papers, words, by)

    def _verified(
        self, writing: "_Writing", words: Catalog, begun: float, on_status: Listener | None
    ) -> str:
        """Mend or leave out what the passages of a claim don't support; tells which model has
        judged. Nothing is mended long after the answer was *begun*.

        Raises:
            ModelError: nothing is left.
        """
        by = ""
        if self._verifier.name and (writing.tally.statements or writing.tally.doubts):
            if on_status is not None:
                on_status(words.text("answers-status-verifying"))
            has_time = time.monotonic() - begun < _TIME_TO_MEND
            mend = partial(mended, self._model, code=writing.language) if has_time else None
            by = writing.verify(self._verifier, mend)
        writing.judge()
        return by

    def _room(self, ask: Ask) -> int:
        """Tokens of the material that the model can take in beside the rest of the prompt."""
        context = self._model.context_tokens()
        if context is None:
            return MOST_TOKENS
        return max(
            _FEWEST_TOKENS, min(MOST_TOKENS, context - _MAX_TOKENS[ask.manner] - _RULES_TOKENS)
        )

    def _finished(
        self, writing: "_Writing", papers: Sequence[Paper], words: Catalog, by: str
    ) -> Answer:
        tally = writing.tally
        notes = []
        if tally.left_out:
            notes.append(words.text("answers-note-left-out", count=tally.left_out))
        if not writing.is_whole:
            notes.append(words.text("answers-note-cut-off"))
        if by:
            notes.append(words.text("answers-note-verified", maker=by))
        names = {paper.id: name_of(paper) for paper in papers} if len(papers) > 1 else {}
        cited = [writing.material.sources[one] for one in tally.cited]
        return Answer(
            text=writing.gate.text,
            found=bool(tally.kept or writing.gate.has_code),
            maker=writing.maker,
            citations=tuple(
                self._citation(number, source, tally.claimed[at], names.get(source.paper_id))
                for number, (at, source) in enumerate(zip(tally.cited, cited, strict=True), start=1)
            ),
            paper_ids=tuple(paper.id for paper in papers),
            notes=tuple(notes),
            links=tuple(url for paper in papers for url in links_of(paper)),
        )

    def _citation(
        self, number: int, source: Source, claims: Sequence[str], name: str | None
    ) -> Citation:
        quotes = nearest_to(claims, source, self._search.embedder)
        return Citation(
            number=number,
            paper_id=source.paper_id,
            section=f"{name}: {source.section}" if name else source.section,
            quote=GAP.join(quotes),
            url=source.url,
            around=around(quotes, source.text),
            passage=source.ordinal,
        )


class _Writing:
    """One answer from being written to having been checked."""

    def __init__(
        self,
        ask: Ask,
        papers: Sequence[Paper],
        material: Material,
        embedder: Embedder | None,
    ) -> None:
        self.material = material
        self.is_whole = True
        self.maker = ""
        self._ask = ask
        self._papers = papers
        self._embedder = embedder
        self.gate = self._gate(None, {})

    @property
    def language(self) -> str:
        """The language that it is written in."""
        return self._ask.language

    @property
    def tally(self) -> Tally:
        """What happened to the claims."""
        return self.gate.checker.tally

    def read(self, model: Model, on_text: Listener) -> bool:
        """Have *model* write, and *on_text* hear what may be shown. True when it says that the
        passages hold no answer.

        Raises:
            ModelError: the model failed.
        """
        self.gate = self._gate(on_text, {})
        prompt = _prompt(self._ask, self._papers, self.material)
        stream = model.stream(prompt, max_tokens=_MAX_TOKENS[self._ask.manner])
        try:
            for piece in normalised_pieces(stream):
                self.gate.feed(piece)
        finally:
            # A listener may stop us in the middle; the connection is freed all the same.
            getattr(stream, "close", lambda: None)()
        self.is_whole = getattr(stream, "finish_reason", None) != "length"
        self.maker = getattr(stream, "model", None) or model.name
        self.gate.close(whole=self.is_whole)
        return self.gate.says_not_found

    def verify(self, verifier: Verifier, mend: Mend | None) -> str:
        """Leave out the claims that their passages don't support, or have *mend* write them anew,
        and take those in that had been left out without need; tells which model judged."""
        nearby, doubts = self.gate.checker.with_nearby, self.tally.doubts
        kept = {bare: nearby(bare, one) for bare, one in self.tally.statements.items()}
        by, findings = self._found(verifier, {**kept, **doubts})
        rulings: dict[str, Ruling | None] = {
            bare: None for bare in kept if not findings[bare].is_supported
        }
        if by:  # rules know no better than the checks that raised the doubts
            upheld = (bare for bare in doubts if findings[bare].is_supported)
            rulings |= {bare: Ruling(doubts[bare].sources) for bare in upheld}
            if mend is not None:
                rulings |= self._mended({**kept, **doubts}, findings, verifier, mend)
        if rulings:
            written, self.gate = self.gate.raw, self._gate(None, rulings)
            self.gate.feed(written)
            self.gate.close(whole=self.is_whole)
        return by

    def _mended(
        self,
        claims: Mapping[str, Claimed],
        findings: Mapping[str, Finding],
        verifier: Verifier,
        mend: Mend,
    ) -> dict[str, Ruling]:
        """What stands in the place of refuted sentences: those that are supported once they have
        been written anew."""
        refuted = {
            bare: (claims[bare], finding)
            for bare, finding in findings.items()
            if not finding.is_supported and not bare.startswith("|")
        }
        few = dict(islice(refuted.items(), _MOST_MENDED))
        texts = {bare: harmless(text) for bare, text in (mend(few) if few else {}).items()}
        new = {
            text: replace(claims[bare], statement=replace(claims[bare].statement, text=text))
            for bare, text in texts.items()
        }
        by, found = self._found(verifier, new)
        return {
            bare: Ruling(claims[bare].sources, text)
            for bare, text in texts.items()
            if by and found[text].is_supported
        }

    def _found(
        self, verifier: Verifier, claims: Mapping[str, Claimed]
    ) -> tuple[str, dict[str, Finding]]:
        """Which model has judged the claims, empty where rules did, and what was found of each."""
        known = ". ".join(paper.title for paper in self._papers)
        asked = [one.statement for one in claims.values()]
        verified = verifier.verify(asked, known=known, for_people=True)
        return verified.by, dict(zip(claims, verified.findings, strict=True))

    def judge(self) -> None:
        """Whether the finished answer may be shown.

        Raises:
            ModelError: nothing of it stands in the passages, or it is in another language.
        """
        if not (self.tally.kept or self.tally.absent or self.gate.has_code):
            raise ModelError("no claim of the answer stands in the passages", outcome="unsupported")
        if not _is_written_in(self.gate.text, self._ask.language):
            raise ModelError("the answer is in the wrong language", outcome="language")

    def _gate(self, on_text: Listener | None, rulings: Mapping[str, Ruling | None]) -> Gate:
        titles = [paper.title for paper in self._papers]
        checker = Checker(
            self.material.sources,
            titles,
            self._embedder,
            question=self._ask.question,
            rulings=rulings,
        )
        return Gate(checker, on_text, words=catalog(self._ask.language))


def _prompt(ask: Ask, papers: Sequence[Paper], material: Material) -> Prompt:
    kept = load_prompt("bot.answers", f"manner_{ask.manner}").render().user
    in_lines = load_prompt("bot.answers", "manner_lines")
    manner = in_lines.render(lines=str(ask.lines)).user if ask.lines else kept
    passages, others = frame(material, papers, catalog(ask.language))
    return load_prompt("bot.answers", "answer").render(
        papers=name_papers(papers),
        passages=passages,
        others=others,
        history=recall(ask.history),
        question=" ".join(ask.question.split()),
        language=language(ask.language).written,
        manner=manner,
    )


def _is_written_in(answer: str, code: str) -> bool:
    """Whether a finished answer is in this language, its names, formulas and code left out; one
    that holds little else is in any."""
    prose = _WORD.sub(_unless_name, _CODE.sub(" ", answer))
    letters = sum(char.isalpha() for char in prose)
    return letters < _FEWEST_LETTERS or is_in(prose, code)


def _unless_name(word: re.Match[str]) -> str:
    return " " if _IN_NAMES.search(word[1]) else word[0]
