"""Summaries by a model: choose passages, ask, check, ask once more, drop what is still wrong."""

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.errors import ModelError
from bot.fulltext import InjectionFilter
from bot.model import Completion, Model, Objection, Prompt, PromptTemplate, load_prompt
from bot.model.records import BYTES_PER_TOKEN
from bot.summaries.checks import (
    UNSUPPORTED,
    Basis,
    Problem,
    check,
    check_abstract,
    prune,
    texts_of,
    told,
)
from bot.summaries.context_window import ShownPassages, TokenBudget, choose_passages, token_budget
from bot.summaries.grounding import ground, known_words, plain
from bot.summaries.outside_links import outside_links
from bot.summaries.schema import HIGHLIGHTS, SECTIONS, SummaryDraft, draft_for
from bot.summaries.source_texts import SourceTexts
from bot.text import one_line
from bot.text.quantities import Evidence
from bot.text.sentences import sentences as sentences_of
from storage import Highlight, Section, Summary

log = logging.getLogger(__name__)

DROPPED = "dropped-sentences"


@dataclass(frozen=True)
class Draft:
    """A summary with what was found wrong with it. ``abstract`` is the translated one."""

    summary: Summary
    abstract: str
    problems: tuple[Problem, ...]
    abstract_problems: tuple[Problem, ...]

    @property
    def all_problems(self) -> tuple[Problem, ...]:
        """The problems of both."""
        return self.problems + self.abstract_problems


class ChecksFailedError(ModelError):
    """What the model wrote failed the checks twice."""


def _template(language: str) -> PromptTemplate:
    """The prompt that the language's folder holds."""
    return load_prompt(f"bot.languages.{language}", "summary")


def prompt_hash(language: str) -> str:
    """The hash of the wording that summaries in *language* are asked with."""
    return _template(language).hash


def trial_prompt(text: str, language: str, budget: TokenBudget) -> Prompt:
    """A prompt of the size that summaries have, made of any text."""
    bytes_shown = budget.shown * BYTES_PER_TOKEN
    repeated = text * (1 + bytes_shown // len(text.encode()))
    passages = repeated.encode()[:bytes_shown].decode(errors="ignore")
    template = _template(language)
    return replace(template.render(title="A trial", passages=passages), name="check")


class Drafter:
    """Makes summaries with one model. Safe in any thread.

    How much of a paper is shown follows from the model's context. *on_draft* is told of each draft
    with what was found wrong in it.
    """

    def __init__(
        self,
        model: Model,
        injections: InjectionFilter,
        *,
        on_draft: Callable[[Draft], None] | None = None,
    ) -> None:
        self._model = model
        self._injections = injections
        self._on_draft = on_draft
        # Set once the server has refused a prompt as too long: less than the context allows.
        self._smaller: TokenBudget | None = None

    def draft(self, source: SourceTexts) -> tuple[Summary, str | None]:
        """The summary, and the abstract in its language when that was translated well.

        Raises:
            ChecksFailedError: nothing that can be kept was written in two tries.
            ModelError: the model gave nothing usable (or BudgetSpentError, ModelUnavailableError).
        """
        shown, prompt, answer = self._asked(source)
        first = self._examined(source, shown, prompt, answer)
        if not first.all_problems:
            return first.summary, first.abstract or None
        drafts = [first]
        if answer.finish_reason == "length":
            # It was cut off twice already: a third try would end there too.
            return _kept(drafts)
        try:
            again = self._objected(source, prompt, answer, first)
            drafts.insert(0, self._examined(source, shown, prompt, again))
        except ModelError:
            # The first draft may be good enough without its wrong sentences.
            pass
        return _kept(drafts)

    def _asked(self, source: SourceTexts) -> tuple[ShownPassages, Prompt, Completion[SummaryDraft]]:
        while True:
            budget = self._budget()
            shown = choose_passages(source, tokens=budget.shown)
            prompt = _template(source.language).render(
                title=one_line(source.paper.title), passages=shown.text
            )
            try:
                return shown, prompt, self._completed(prompt, source.language)
            except ModelError as error:
                smaller = token_budget(self._model.context_tokens()).less_than(budget)
                if error.arguments.get("outcome") != "too-long" or smaller is None:
                    raise
                self._smaller = smaller

    def _budget(self) -> TokenBudget:
        return self._smaller or token_budget(self._model.context_tokens())

    def _completed(
        self, prompt: Prompt, language: str, objection: Objection | None = None
    ) -> Completion[SummaryDraft]:
        return self._model.complete(
            prompt,
            schema=draft_for(language),
            max_tokens=self._budget().written,
            objection=objection,
            cut_off_too=True,
        )

    def _objected(
        self,
        source: SourceTexts,
        prompt: Prompt,
        answer: Completion[SummaryDraft],
        draft: Draft,
    ) -> Completion[SummaryDraft]:
        objection = Objection(answer.text, told(draft.all_problems))
        return self._completed(prompt, source.language, objection)

    def _examined(
        self,
        source: SourceTexts,
        shown: ShownPassages,
        prompt: Prompt,
        answer: Completion[SummaryDraft],
    ) -> Draft:
        summary = _summary(source, shown, answer.parsed, self._model.name)
        abstract = _without_links(plain(getattr(answer.parsed, "abstract", "")), source)
        basis = Basis(
            evidence=Evidence(shown.evidence),
            abstract=source.original,
            links=source.links,
            wording=prompt.system,
            cut_off=answer.finish_reason == "length",
            unsupported=self._unsupported(summary, abstract, shown),
        )
        translates = source.original and "abstract" in type(answer.parsed).model_fields
        wrong = check_abstract(abstract, basis, source.language) if translates else []
        draft = Draft(summary, abstract, tuple(check(summary, basis)), tuple(wrong))
        kinds = Counter(problem.kind for problem in draft.all_problems)
        log.info("draft of %s: %s", source.paper.id, dict(kinds) or "all well")
        if self._on_draft:
            self._on_draft(draft)
        return draft

    def _unsupported(self, summary: Summary, abstract: str, shown: ShownPassages) -> frozenset[str]:
        """The sentences that sound like an order or like praise, and rest on nothing but that."""
        texts = [abstract, *(text for _, text in texts_of(summary))]
        written = [sentence for text in texts for sentence in sentences_of(text)]
        return self._injections.unsupported(written, [shown.abstract, *shown.passages.values()])


def _kept(drafts: list[Draft]) -> tuple[Summary, str | None]:
    """What can be kept of the drafts, newest first: of the one with least wrong in it."""
    abstract = next((one.abstract for one in drafts if not one.abstract_problems), None)
    for one in sorted(drafts, key=lambda draft: len(draft.problems)):
        left = prune(one.summary, one.problems)
        if left is None:
            continue
        if any(problem.kind in UNSUPPORTED for problem in one.problems):
            left = replace(left, warnings=(*left.warnings, DROPPED))
        return left, abstract or None
    kinds = ", ".join(sorted({problem.kind for problem in drafts[0].problems}))
    raise ChecksFailedError(f"checks failed: {kinds}", outcome="checks")


def _without_links(abstract: str, source: SourceTexts) -> str:
    """The translated abstract without "our code is at …", which has no place in it."""
    sentences = sentences_of(abstract)
    return " ".join(one for one in sentences if not outside_links(one, source.links))


def _summary(source: SourceTexts, shown: ShownPassages, draft: SummaryDraft, maker: str) -> Summary:
    # A slot that is given twice keeps its first text.
    highlights = {str(one.slot): one for one in reversed(draft.highlights)}
    sections = {str(one.slot): one for one in reversed(draft.sections)}
    words = known_words(shown, source.paper)
    summary = Summary(
        paper_id=source.paper.id,
        language=source.language,
        tldr=plain(draft.tldr),
        highlights=tuple(
            Highlight(slot, plain(one.text), shown.stored(one.evidence))
            for slot in HIGHLIGHTS
            if (one := highlights.get(slot))
        ),
        sections=tuple(
            Section(slot, plain(part.text), shown.stored(part.evidence))
            for slot in SECTIONS
            if (part := sections.get(slot))
        ),
        introduction=tuple(text for one in draft.introduction if (text := plain(one))),
        organizations=words.known(draft.organizations),
        keywords=words.known(draft.keywords),
        warnings=source.warnings,
        maker=maker,
        prompt_hash=prompt_hash(source.language),
        basis="fulltext" if shown.ordinals else "abstract",
    )
    return ground(summary, shown)
