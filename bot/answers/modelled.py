"""Answers written by a model from numbered passages, every claim checked on its way out."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.answers.evidence import Source
from bot.answers.extractive import name_of
from bot.answers.facts import links_of
from bot.answers.material import MOST_TOKENS, Collector, Material, frame, name_papers
from bot.answers.memory import in_context, recall
from bot.answers.ports import Model
from bot.answers.quoting import GAP, around, nearest_to
from bot.answers.records import Answer, Ask, Citation
from bot.answers.verify import Checker
from bot.answers.wishes import Kind, Wish
from bot.answers.writing import Gate
from bot.errors import ModelError
from bot.languages import Catalog, catalog, is_in, language, named_language
from bot.model.prompts import Prompt, load_prompt
from bot.search import SearchIndex
from bot.text import normalised_pieces
from storage import Paper, Storage

_MAX_TOKENS = {"normal": 900, "detailed": 1800, "simple": 500}
# What a prompt holds besides the passages: the rules, notes, and what was said before.
_RULES_TOKENS = 3500
_FEWEST_TOKENS = 500
_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]{0,200}`|\$[^$\n]{0,300}\$", re.DOTALL)
# Names of methods, data and measures: a word with a capital or a digit inside.
_NAME = re.compile(r"[^\W_]*[A-Z\d][^\W_]*(?:[-.+/@][^\W_]+)*")
_FEWEST_LETTERS = 20
_NAMED = 2

Listener = Callable[[str], None]


@dataclass(frozen=True)
class Written:
    """A checked answer's text with the sources it cites, in the order of their numbers, each
    with what is claimed from it."""

    text: str
    cited: tuple[tuple[Source, tuple[str, ...]], ...]
    left_out: int
    found: bool
    whole: bool
    maker: str


class Modelled:
    """Makes answers with a model. Raises ModelError when the model gives nothing usable."""

    def __init__(self, storage: Storage, search: SearchIndex, model: Model) -> None:
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
        words = catalog(ask.language)
        query = in_context(Wish(kind, ask.question), ask.history)
        material = self._collector.collect(ask, papers, query=query, kind=kind, tokens=tokens)
        if not material.sources:
            return None
        if on_status is not None:
            titles = ", ".join(map(name_of, papers[:_NAMED]))
            on_status(words.text("answers-status-reading", title=titles))
        named = named_language(ask.question) if kind is Kind.REWORD else None
        asked = replace(ask, language=named or ask.language)
        written = self._write(asked, papers, material, on_text)
        return self._finished(written, papers, words) if written else None

    def _room(self, ask: Ask) -> int:
        """Tokens of the material that the model can take in beside the rest of the prompt."""
        context = self._model.context_tokens()
        if context is None:
            return MOST_TOKENS
        return max(
            _FEWEST_TOKENS, min(MOST_TOKENS, context - _MAX_TOKENS[ask.manner] - _RULES_TOKENS)
        )

    def _write(
        self, ask: Ask, papers: Sequence[Paper], material: Material, on_text: Listener
    ) -> Written | None:
        """The model's checked answer; None when it says that the passages hold none."""
        titles = [paper.title for paper in papers]
        checker = Checker(material.sources, titles, self._search.embedder, question=ask.question)
        gate = Gate(checker, on_text, words=catalog(ask.language))
        stream = self._model.stream(
            _prompt(ask, papers, material), max_tokens=_MAX_TOKENS[ask.manner]
        )
        try:
            for piece in normalised_pieces(stream):
                gate.feed(piece)
        finally:
            # A listener may stop us in the middle; the connection is freed all the same.
            getattr(stream, "close", lambda: None)()
        whole = getattr(stream, "finish_reason", None) != "length"
        gate.close(whole=whole)
        tally = checker.tally
        if gate.says_not_found:
            return None
        if not (tally.kept or tally.absent or gate.has_code):
            raise ModelError("no claim of the answer stands in the passages", outcome="unsupported")
        if not _is_written_in(gate.text, ask.language):
            raise ModelError("the answer is in the wrong language", outcome="language")
        return Written(
            text=gate.text,
            cited=tuple(
                (material.sources[one], tuple(tally.claimed.get(one, ()))) for one in tally.cited
            ),
            left_out=tally.left_out,
            found=bool(tally.kept or gate.has_code),
            whole=whole,
            maker=getattr(stream, "model", None) or self._model.name,
        )

    def _finished(self, written: Written, papers: Sequence[Paper], words: Catalog) -> Answer:
        notes = []
        if written.left_out:
            notes.append(words.text("answers-note-left-out", count=written.left_out))
        if not written.whole:
            notes.append(words.text("answers-note-cut-off"))
        names = {paper.id: name_of(paper) for paper in papers} if len(papers) > 1 else {}
        return Answer(
            text=written.text,
            found=written.found,
            maker=written.maker,
            citations=tuple(
                self._citation(number, source, claims, names.get(source.paper_id))
                for number, (source, claims) in enumerate(written.cited, start=1)
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


def _prompt(ask: Ask, papers: Sequence[Paper], material: Material) -> Prompt:
    manner = load_prompt("bot.answers", f"manner_{ask.manner}").render().user
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
    prose = _NAME.sub(" ", _CODE.sub(" ", answer))
    letters = sum(char.isalpha() for char in prose)
    return letters < _FEWEST_LETTERS or is_in(prose, code)
