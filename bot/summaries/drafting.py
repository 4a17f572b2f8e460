"""Summaries by a model: fit, ask, check, ask once more, drop what stays wrong."""

from bot.errors import ModelError
from bot.model import Completion, Model, Prompt, load_prompt
from bot.summaries.fitting import Fitted, fit
from bot.summaries.material import Material
from bot.summaries.schema import SummaryDraft, draft_for
from bot.summaries.sentences import tidy
from bot.summaries.slots import HIGHLIGHTS, SECTIONS
from storage import Highlight, Section, Summary

START_TOKENS = 16_000
LEAST_TOKENS = 1_500
WRITTEN_TOKENS = 3_500
_PACKAGE = "bot.summaries"


def prompt_hash(language: str) -> str:
    """The hash of the wording that summaries in *language* are asked with."""
    return load_prompt(_PACKAGE, f"summary_{language}").hash


class Drafter:
    """Makes summaries with one model. Safe in any thread."""

    def __init__(self, model: Model) -> None:
        self._model = model
        # Learnt from the server's refusals: how much of a paper it can read.
        self._tokens = START_TOKENS

    def draft(self, material: Material) -> tuple[Summary, str | None]:
        """The summary, and the abstract in its language when that was translated.

        Raises:
            ModelError: the model gave nothing usable (or BudgetSpentError, ModelUnavailableError).
        """
        fitted, answer = self._asked(material)
        summary = _summary(material, fitted, answer.parsed, self._model.name)
        return summary, tidy(getattr(answer.parsed, "abstract", "")) or None

    def _asked(self, material: Material) -> tuple[Fitted, Completion[SummaryDraft]]:
        schema = draft_for(material.language)
        while True:
            tokens = self._tokens
            fitted = fit(material, tokens=tokens)
            prompt = _prompt(material, fitted)
            try:
                return fitted, self._model.complete(
                    prompt, schema=schema, max_tokens=WRITTEN_TOKENS
                )
            except ModelError as error:
                if error.arguments.get("outcome") != "too-long" or tokens <= LEAST_TOKENS:
                    raise
                self._tokens = min(self._tokens, max(LEAST_TOKENS, tokens // 2))


def _prompt(material: Material, fitted: Fitted) -> Prompt:
    template = load_prompt(_PACKAGE, f"summary_{material.language}")
    return template.render(title=tidy(material.paper.title), passages=fitted.text)


def _summary(material: Material, fitted: Fitted, draft: SummaryDraft, maker: str) -> Summary:
    def passages(evidence: list[int]) -> tuple[int, ...]:
        return tuple(sorted({fitted.ordinals[one] for one in evidence if one in fitted.ordinals}))

    highlights = {
        one.slot: Highlight(one.slot, tidy(one.text), passages(one.evidence))
        for one in reversed(draft.highlights)
    }
    sections = {
        one.slot: Section(one.slot, tidy(one.text), passages(one.evidence))
        for one in reversed(draft.sections)
    }
    return Summary(
        paper_id=material.paper.id,
        language=material.language,
        tldr=tidy(draft.tldr),
        highlights=tuple(highlights[slot] for slot in HIGHLIGHTS if slot in highlights),
        sections=tuple(sections[slot] for slot in SECTIONS if slot in sections),
        introduction=tuple(tidy(one) for one in draft.introduction if one.strip()),
        organizations=tuple(dict.fromkeys(tidy(one) for one in draft.organizations)),
        keywords=tuple(dict.fromkeys(tidy(one) for one in draft.keywords)),
        warnings=material.warnings,
        maker=maker,
        prompt_hash=prompt_hash(material.language),
        basis=material.basis,
    )
