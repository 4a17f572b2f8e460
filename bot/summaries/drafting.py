"""Summaries by a model: choose passages, ask, check, verify, mend sentences, drop the rest."""

import hashlib
import logging
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.errors import ModelError
from bot.fulltext.injection import InjectionFilter
from bot.languages import english_name, language
from bot.model import Completion, Model, Objection, Prompt, load_prompt
from bot.model.prompts import HASH_LENGTH
from bot.model.records import BYTES_PER_TOKEN
from bot.summaries.checks import (
    UNSUPPORTED,
    Basis,
    Draft,
    Problem,
    check,
    check_abstract,
    prune,
    told,
)
from bot.summaries.context_window import ShownPassages, TokenBudget, choose_passages, token_budget
from bot.summaries.grounding import ground, known_names, plain
from bot.summaries.outside_links import outside_links
from bot.summaries.repair import flaws_of, mended, rewritten
from bot.summaries.schema import ABSTRACT, HIGHLIGHTS, LIMITS, SECTIONS
from bot.summaries.source_texts import SourceTexts
from bot.text import one_line
from bot.text.quantities import Evidence
from bot.text.sentences import sentences as sentences_of
from bot.verification import Finding, Statement, Verifier
from storage import Highlight, Section, Summary
from storage.papers import ORIGINAL_LANGUAGE

if TYPE_CHECKING:
    from bot.summaries.objects import SummaryDraft

log = logging.getLogger(__name__)

DROPPED = "dropped-sentences"
_NO_AUTHORS = "(not given)"


@dataclass(frozen=True)
class _Paper:
    """One paper that is summarised: what was asked, and what drafts are checked against."""

    source: SourceTexts
    shown: ShownPassages
    prompt: Prompt
    basis: Basis

    @property
    def named(self) -> str:
        """What a summary may name beside what its passages do."""
        paper = self.source.paper
        return "\n".join([paper.title, self.source.front, *paper.authors, *paper.keywords])


class ChecksFailedError(ModelError):
    """What the model wrote failed the checks twice."""

    @classmethod
    def by(cls, problems: Iterable[Problem]) -> "ChecksFailedError":
        """The error that names what failed."""
        kinds = ", ".join(sorted({one.kind for one in problems if one.place != ABSTRACT}))
        return cls(f"checks failed: {kinds}", outcome="checks")


def prompt_hash(code: str) -> str:
    """The hash of the wording that summaries in a language are asked with."""
    wording = load_prompt("bot.summaries", "summary").hash + language(code).writing.style
    return hashlib.sha256(wording.encode()).hexdigest()[:HASH_LENGTH]


def prompt_for(title: str, front: str, passages: str, code: str) -> Prompt:
    """The prompt for a summary in a language, which is named last: all before it is the same for
    every language, so that a provider reads it from its cache the second time."""
    prompt = load_prompt("bot.summaries", "summary").render(
        title=one_line(title),
        authors=one_line(front) or _NO_AUTHORS,
        passages=passages,
        language=english_name(code),
        style=language(code).writing.style,
        bullet=LIMITS["introduction"],
        highlight=LIMITS["highlights"],
        section=LIMITS["sections"],
        **{name: LIMITS[name] for name in ("tldr", "abstract")},
    )
    return replace(prompt, hash=prompt_hash(code))


def trial_prompt(text: str, code: str, budget: TokenBudget) -> Prompt:
    """A prompt of the size that summaries have, made of any text."""
    bytes_shown = budget.shown * BYTES_PER_TOKEN
    repeated = text * (1 + bytes_shown // len(text.encode()))
    passages = repeated.encode()[:bytes_shown].decode(errors="ignore")
    return replace(prompt_for("A trial", "", passages, code), name="check")


class Drafter:
    """Makes summaries with one model, and has each sentence verified. Safe in any thread.

    How much of a paper is shown follows from the model's context. *on_draft* is told of each draft
    with what was found wrong in it.
    """

    def __init__(
        self,
        model: Model,
        injections: InjectionFilter,
        verifier: Verifier,
        *,
        on_draft: Callable[[Draft], None] | None = None,
    ) -> None:
        self._model = model
        self._injections = injections
        self._verifier = verifier
        self._on_draft = on_draft
        # Set once the server has refused a prompt as too long: less than the context allows.
        self._smaller: TokenBudget | None = None

    def draft(self, source: SourceTexts) -> tuple[Summary, str | None]:
        """The summary, and the abstract in its language when that was translated well.

        Raises:
            ChecksFailedError: nothing that can be kept was written in two tries.
            ModelError: the model gave nothing usable (or BudgetSpentError, ModelUnavailableError).
        """
        paper, answer = self._asked(source)
        draft = self._examined(paper, _written(paper, answer.parsed, self._model.name))
        # What was cut off twice already would be a third time.
        if draft.is_lost and answer.finish_reason != "length":
            draft = self._once_more(paper, answer, draft)
        if draft.is_lost:
            raise ChecksFailedError.by(one for one in draft.problems if not one.sentence)
        return _kept(self._mended(paper, self._verified(paper, draft)))

    def _asked(self, source: SourceTexts) -> "tuple[_Paper, Completion[SummaryDraft]]":
        while True:
            budget = self._budget()
            shown = choose_passages(source, tokens=budget.shown)
            prompt = prompt_for(source.paper.title, source.front, shown.text, source.language)
            try:
                answer = self._completed(prompt)
            except ModelError as error:
                smaller = token_budget(self._model.context_tokens()).less_than(budget)
                if error.arguments.get("outcome") != "too-long" or smaller is None:
                    raise
                self._smaller = smaller
                continue
            basis = Basis(
                evidence=Evidence(shown.evidence),
                abstract=source.original,
                links=source.links,
                wording=prompt.system,
                cut_off=answer.finish_reason == "length",
            )
            return _Paper(source, shown, prompt, basis), answer

    def _budget(self) -> TokenBudget:
        return self._smaller or token_budget(self._model.context_tokens())

    def _completed(
        self, prompt: Prompt, objection: Objection | None = None
    ) -> "Completion[SummaryDraft]":
        from bot.summaries.objects import SummaryDraft

        return self._model.complete(
            prompt,
            schema=SummaryDraft,
            max_tokens=self._budget().written,
            objection=objection,
            cut_off_too=True,
        )

    def _once_more(self, paper: _Paper, answer: "Completion[SummaryDraft]", draft: Draft) -> Draft:
        """The draft that comes of telling the model what is wrong; the first one if none does."""
        try:
            again = self._completed(paper.prompt, Objection(answer.text, told(draft.problems)))
        except ModelError:
            return draft
        return self._examined(paper, _written(paper, again.parsed, self._model.name))

    def _examined(self, paper: _Paper, draft: Draft) -> Draft:
        """The draft with what its words alone show to be wrong."""
        texts = [paper.shown.abstract, *paper.shown.passages.values()]
        written = [sentence for _, sentence in draft.sentences]
        basis = replace(paper.basis, unsupported=self._injections.unsupported(written, texts))
        problems = check(draft.summary, basis)
        if paper.source.original and draft.summary.language != ORIGINAL_LANGUAGE:
            problems += check_abstract(draft.abstract, basis, draft.summary.language)
        return self._noted(replace(draft, problems=tuple(problems)), "checked")

    def _verified(self, paper: _Paper, draft: Draft) -> Draft:
        """The draft with what its passages don't support among its problems."""
        asked = []
        for place, sentence in draft.sentences:
            cited = paper.shown.cited(draft.summary, place)
            asked.append((place, Statement(sentence, cited, paper.shown.nearby(sentence, cited))))
        new = list(dict.fromkeys(one for _, one in asked if one not in draft.findings))
        verification = self._verifier.verify(new, known=paper.named)
        findings = {**draft.findings, **dict(zip(new, verification.findings, strict=True))}
        verified_by = draft.summary.verified_by
        if new:
            # All of it was verified, or none.
            verified_by = verification.by if verified_by or not draft.findings else ""
        wrong = (
            Problem("unsupported", place, one.text, _told_of(findings[one]))
            for place, one in asked
            if not findings[one].is_supported
        )
        verified = Draft(
            replace(draft.summary, verified_by=verified_by),
            draft.abstract,
            (*draft.problems, *wrong),
            findings,
        )
        return self._noted(verified, "verified")

    def _mended(self, paper: _Paper, draft: Draft) -> list[Draft]:
        """The draft with its single flaws written anew and verified, and then the draft itself."""
        source, flaws = paper.source, flaws_of(draft, paper.shown)
        # A server that had no room for the whole summary has none for more.
        if not flaws or paper.basis.cut_off:
            return [draft]
        try:
            texts = rewritten(self._model, flaws, source.language)
        except ModelError as error:
            log.warning("%d flaws of %s are left out: %s", len(flaws), source.paper.id, error)
            return [draft]
        return [self._verified(paper, self._examined(paper, mended(draft, texts))), draft]

    def _noted(self, draft: Draft, stage: str) -> Draft:
        kinds = Counter(problem.kind for problem in draft.problems)
        log.info("draft of %s %s: %s", draft.summary.paper_id, stage, dict(kinds) or "all well")
        if self._on_draft:
            self._on_draft(draft)
        return draft


def _kept(drafts: list[Draft]) -> tuple[Summary, str | None]:
    """What can be kept of the first draft of which something can."""
    abstracts = [one.abstract for one in drafts if one.has_sound_abstract]
    for one in drafts:
        left = prune(one.summary, one.problems)
        if left is not None:
            if any(each.kind in UNSUPPORTED and each.place != ABSTRACT for each in one.problems):
                left = replace(left, warnings=(*left.warnings, DROPPED))
            return left, next(iter(abstracts), "") or None
    raise ChecksFailedError.by(drafts[0].problems)


def _told_of(finding: Finding) -> str:
    return f"{finding.verdict} by its passages" + (f": {finding.reason}" if finding.reason else "")


def _without_links(abstract: str, source: SourceTexts) -> str:
    """The translated abstract without "our code is at …", which has no place in it."""
    sentences = sentences_of(abstract)
    return " ".join(one for one in sentences if not outside_links(one, source.links))


def _written(paper: _Paper, draft: "SummaryDraft", maker: str) -> Draft:
    """What a model's object holds, not examined yet."""
    source, shown = paper.source, paper.shown
    # A slot that is given twice keeps its first text.
    highlights = {str(one.slot): one for one in reversed(draft.highlights)}
    sections = {str(one.slot): one for one in reversed(draft.sections)}
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
        organizations=known_names(draft.organizations, shown, source),
        keywords=known_names(draft.keywords, shown, source),
        warnings=source.warnings,
        maker=maker,
        prompt_hash=prompt_hash(source.language),
        basis="fulltext" if shown.passages else "abstract",
    )
    translates = source.language != ORIGINAL_LANGUAGE
    abstract = _without_links(plain(draft.abstract), source) if translates else ""
    return Draft(ground(summary, shown), abstract)
