"""Answers written by a model from numbered passages, every claim checked on its way out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.answers.evidence import Source
from bot.answers.extractive import name_of
from bot.answers.facts import links_of
from bot.answers.material import MOST_TOKENS, collect_material, frame, name_papers
from bot.answers.memory import in_context, recall
from bot.answers.ports import Model
from bot.answers.quoting import GAP, around, nearest_to
from bot.answers.records import Answer, Ask, Citation
from bot.answers.verify import Checker
from bot.answers.wishes import Kind, Wish
from bot.answers.writing import Gate
from bot.errors import ModelError
from bot.languages import Catalog, catalog, language
from bot.model.prompts import Prompt, load_prompt
from bot.search import SearchIndex
from bot.text import normalised_pieces
from storage import Paper, Storage

_MAX_TOKENS = {"normal": 700, "detailed": 1600, "simple": 400, "brief": 200}
# What a prompt holds besides the material: the rules and what was said before.
_RULES_TOKENS = 1500
_FEWEST_TOKENS = 500
_LETTERS_TO_TELL_LANGUAGE = 60

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
        self._storage = storage
        self._search = search
        self._model = model

    def answer(
        self,
        ask: Ask,
        papers: Sequence[Paper],
        *,
        on_status: Listener | None = None,
        on_text: Listener | None = None,
    ) -> Answer | None:
        """The model's answer; None when it found none in the passages.

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
                return self._answered(ask, papers, tokens, on_status, tell)
            except ModelError as error:
                tokens = min(self._room(ask), tokens // 2)
                is_too_long = error.arguments.get("outcome") == "too-long"
                if not is_too_long or shown or tokens < _FEWEST_TOKENS:
                    raise

    def _answered(
        self,
        ask: Ask,
        papers: Sequence[Paper],
        tokens: int,
        on_status: Listener | None,
        on_text: Listener,
    ) -> Answer | None:
        words = catalog(ask.language)
        sources = collect_material(
            self._storage,
            self._search,
            papers,
            question=in_context(Wish(Kind.OTHER, ask.question), ask.history),
            manner=ask.manner,
            words=words,
            tokens=tokens,
            place=ask.place,
        )
        if not sources:
            return None
        if on_status is not None:
            on_status(words.text("answers-status-reading", section=_sections(sources)))
        titles = [paper.title for paper in papers]
        written = self._write(_prompt(ask, papers, sources), ask, sources, titles, on_text)
        return self._finished(written, papers, words) if written.found else None

    def _room(self, ask: Ask) -> int:
        """Tokens of the material that the model can take in beside the rest of the prompt."""
        context = self._model.context_tokens()
        if context is None:
            return MOST_TOKENS
        return max(
            _FEWEST_TOKENS, min(MOST_TOKENS, context - _MAX_TOKENS[ask.manner] - _RULES_TOKENS)
        )

    def _write(
        self,
        prompt: Prompt,
        ask: Ask,
        sources: Sequence[Source],
        titles: Sequence[str],
        on_text: Listener,
    ) -> Written:
        checker = Checker(sources, titles, self._search.embedder)
        gate, tongue = Gate(checker, on_text), _Tongue(ask.language)
        stream = self._model.stream(prompt, max_tokens=_MAX_TOKENS[ask.manner])
        try:
            for piece in normalised_pieces(stream):
                gate.feed(piece)
                if tongue.is_wrong_after(piece):
                    raise ModelError("the answer is in the wrong language", outcome="language")
        finally:
            # A listener may stop us in the middle; the connection is freed all the same.
            getattr(stream, "close", lambda: None)()
        whole = getattr(stream, "finish_reason", None) != "length"
        gate.close(whole=whole)
        tally = checker.tally
        if not gate.says_not_found and not tally.kept:
            raise ModelError("no claim of the answer stands in the passages", outcome="unsupported")
        return Written(
            text=gate.text,
            cited=tuple((sources[one], tuple(tally.claimed.get(one, ()))) for one in tally.cited),
            left_out=tally.left_out,
            found=not gate.says_not_found,
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
            found=True,
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
        )


def _prompt(ask: Ask, papers: Sequence[Paper], sources: Sequence[Source]) -> Prompt:
    manner = load_prompt("bot.answers", f"manner_{ask.manner}").render().user
    return load_prompt("bot.answers", "answer").render(
        papers=name_papers(papers),
        passages=frame(sources, papers),
        history=recall(ask.history),
        question=" ".join(ask.question.split()),
        language=language(ask.language).written,
        manner=manner,
    )


def _sections(sources: Sequence[Source]) -> str:
    best = sorted(sources, key=lambda source: source.rank)
    return ", ".join(dict.fromkeys(source.section for source in best[:3]))


class _Tongue:
    """Hears, piece by piece, whether an answer has begun without any letter of its language's own
    script, or one in a Latin language is written in another script."""

    def __init__(self, code: str) -> None:
        self._language = language(code)
        self._letters = self._own = 0

    def is_wrong_after(self, piece: str) -> bool:
        """Take the next piece."""
        letters = [char for char in piece if char.isalpha()]
        self._letters += len(letters)
        self._own += len(self._language.letter.findall(piece))
        if self._letters < _LETTERS_TO_TELL_LANGUAGE:
            return False
        return self._own < self._letters / 2 if self._language.is_latin else self._own == 0
