"""Summaries by a model: fit, ask, check, ask once more, drop what stays wrong."""

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.errors import ModelError
from bot.model import Completion, Model, Objection, Prompt, load_prompt
from bot.summaries.checks import (
    UNSUPPORTED,
    Basis,
    Problem,
    check,
    check_abstract,
    prune,
    told,
)
from bot.summaries.fitting import Fitted, fit
from bot.summaries.foreign import foreign_links
from bot.summaries.grounding import ground, known_words
from bot.summaries.material import Material
from bot.summaries.quantities import Evidence
from bot.summaries.schema import SummaryDraft, draft_for
from bot.summaries.sentences import plain, split_sentences, tidy
from bot.summaries.slots import HIGHLIGHTS, SECTIONS
from storage import Highlight, Section, Summary

log = logging.getLogger(__name__)

START_TOKENS = 16_000
LEAST_TOKENS = 1_500
WRITTEN_TOKENS = 3_500
DROPPED = "dropped-sentences"
_PACKAGE = "bot.summaries"


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
    """What the model wrote did not stand the checks, twice."""


def prompt_hash(language: str) -> str:
    """The hash of the wording that summaries in *language* are asked with."""
    return load_prompt(_PACKAGE, f"summary_{language}").hash


class Drafter:
    """Makes summaries with one model. Safe in any thread.

    *tokens* is how much of a paper is shown at the most, *written* how much may be written.
    *on_draft* is told of each draft with what was found wrong in it.
    """

    def __init__(
        self,
        model: Model,
        *,
        tokens: int = START_TOKENS,
        written: int = WRITTEN_TOKENS,
        on_draft: Callable[[Draft], None] | None = None,
    ) -> None:
        self._model = model
        self._written = written
        self._on_draft = on_draft
        # Becomes less when the server refuses a prompt as too long.
        self._tokens = tokens

    def draft(self, material: Material) -> tuple[Summary, str | None]:
        """The summary, and the abstract in its language when that was translated well.

        Raises:
            ChecksFailedError: nothing that can be kept was written in two tries.
            ModelError: the model gave nothing usable (or BudgetSpentError, ModelUnavailableError).
        """
        fitted, prompt, answer = self._asked(material)
        first = self._examined(material, fitted, prompt, answer)
        if not first.all_problems:
            return first.summary, first.abstract or None
        drafts = [first]
        try:
            again = self._objected(material, prompt, answer, first)
            drafts.insert(0, self._examined(material, fitted, prompt, again))
        except ModelError:
            # The first draft may still do once the wrong sentences are dropped.
            pass
        return _kept(drafts)

    def _asked(self, material: Material) -> tuple[Fitted, Prompt, Completion[SummaryDraft]]:
        schema = draft_for(material.language)
        while True:
            tokens = self._tokens
            fitted = fit(material, tokens=tokens)
            prompt = load_prompt(_PACKAGE, f"summary_{material.language}").render(
                title=tidy(material.paper.title), passages=fitted.text
            )
            try:
                answer = self._model.complete(prompt, schema=schema, max_tokens=self._written)
            except ModelError as error:
                if error.arguments.get("outcome") != "too-long" or tokens <= LEAST_TOKENS:
                    raise
                self._tokens = min(self._tokens, max(LEAST_TOKENS, tokens // 2))
            else:
                return fitted, prompt, answer

    def _objected(
        self,
        material: Material,
        prompt: Prompt,
        answer: Completion[SummaryDraft],
        draft: Draft,
    ) -> Completion[SummaryDraft]:
        return self._model.complete(
            prompt,
            schema=draft_for(material.language),
            max_tokens=self._written,
            objection=Objection(answer.text, told(draft.all_problems)),
        )

    def _examined(
        self, material: Material, fitted: Fitted, prompt: Prompt, answer: Completion[SummaryDraft]
    ) -> Draft:
        summary = _summary(material, fitted, answer.parsed, self._model.name)
        abstract = _without_links(plain(getattr(answer.parsed, "abstract", "")), material)
        basis = Basis(
            evidence=Evidence(fitted.evidence),
            abstract=material.original,
            links=material.links,
            wording=prompt.system,
        )
        wrong = check_abstract(abstract, basis, material.language) if abstract else []
        draft = Draft(summary, abstract, tuple(check(summary, basis)), tuple(wrong))
        kinds = Counter(problem.kind for problem in draft.all_problems)
        log.info("draft of %s: %s", material.paper.id, dict(kinds) or "all well")
        if self._on_draft:
            self._on_draft(draft)
        return draft


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


def _without_links(abstract: str, material: Material) -> str:
    """The translated abstract without "our code is at …", which has no place in it."""
    sentences = split_sentences(abstract)
    return " ".join(one for one in sentences if not foreign_links(one, material.links))


def _summary(material: Material, fitted: Fitted, draft: SummaryDraft, maker: str) -> Summary:
    # A slot that is given twice keeps its first text.
    highlights = {str(one.slot): one for one in reversed(draft.highlights)}
    sections = {str(one.slot): one for one in reversed(draft.sections)}
    words = known_words(fitted, material.paper)
    summary = Summary(
        paper_id=material.paper.id,
        language=material.language,
        tldr=plain(draft.tldr),
        highlights=tuple(
            Highlight(slot, plain(one.text), fitted.stored(one.evidence))
            for slot in HIGHLIGHTS
            if (one := highlights.get(slot))
        ),
        sections=tuple(
            Section(slot, plain(part.text), fitted.stored(part.evidence))
            for slot in SECTIONS
            if (part := sections.get(slot))
        ),
        introduction=tuple(text for one in draft.introduction if (text := plain(one))),
        organizations=words.known(draft.organizations),
        keywords=words.known(draft.keywords),
        warnings=material.warnings,
        maker=maker,
        prompt_hash=prompt_hash(material.language),
        basis="fulltext" if fitted.ordinals else "abstract",
    )
    return ground(summary, fitted)
