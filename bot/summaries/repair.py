"""Has single sentences of a summary written anew: those alone, with the passages they rest on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.languages import english_name, language
from bot.model import Model, Prompt, load_prompt
from bot.summaries.checks import LONG, Draft, edited
from bot.summaries.context_window import ShownPassages
from bot.summaries.grounding import plain
from bot.summaries.schema import ABSTRACT, limit_of
from bot.text.sentences import sentences
from bot.verification import numbered

# Problems that another wording may not have; what has one of the others is left out at once.
_MENDED = frozenset({"number", "unsupported", "language", "cut", LONG})
_MOST = 12
_TOKENS_MORE = 300


@dataclass(frozen=True)
class Flaw:
    """A sentence (or a text that is too long) at a place, what is wrong with it, and what it may
    rest on."""

    place: str
    text: str
    told: str
    passages: tuple[str, ...]


def flaws_of(draft: Draft, shown: ShownPassages) -> list[Flaw]:
    """What another wording may put right, each sentence once."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in sorted(draft.problems, key=lambda one: one.place == ABSTRACT):
        text = one.sentence or (draft.abstract if one.place == ABSTRACT else "")
        if one.place == ABSTRACT or (one.kind in _MENDED and text):
            found.setdefault((one.place, text), []).append(one.told)
    flaws = [
        Flaw(place, text, "; ".join(told), shown.cited(draft.summary, place))
        for (place, text), told in found.items()
    ]
    return flaws[:_MOST]


def prompt_for(flaws: Sequence[Flaw], code: str) -> Prompt:
    """The prompt that has them written anew in a language."""
    passages, cited = numbered([one.passages for one in flaws])
    lines = [
        f"{number}. [{rests_on}] (at most {limit_of(one.place)} characters) {one.text}\n"
        f"   Wrong: {one.told}"
        for number, (one, rests_on) in enumerate(zip(flaws, cited, strict=True), start=1)
    ]
    return load_prompt("bot.summaries", "repair").render(
        passages=passages,
        sentences="\n".join(lines),
        language=english_name(code),
        style=language(code).writing.style,
    )


def rewritten(model: Model, flaws: Sequence[Flaw], code: str) -> dict[tuple[str, str], str]:
    """What the model writes in the place of each flaw, by place and text; empty to leave it out.

    Raises:
        ModelError: it gave nothing usable.
    """
    from bot.summaries.objects import Repairs

    most = _TOKENS_MORE + sum(min(limit_of(one.place), 2 * len(one.text) + 200) for one in flaws)
    answer = model.complete(prompt_for(flaws, code), schema=Repairs, max_tokens=most)
    given = {one.number: plain(one.text) for one in answer.parsed.texts}
    return {
        (one.place, one.text): given[number]
        for number, one in enumerate(flaws, start=1)
        if number in given
    }


def mended(draft: Draft, texts: Mapping[tuple[str, str], str]) -> Draft:
    """The draft with these texts in the place of those they are kept by, not examined yet."""

    def edit(place: str, text: str) -> str:
        if (place, text) in texts:
            return texts[place, text]
        parts = (texts.get((place, one), one) for one in sentences(text))
        return " ".join(filter(None, parts))

    new = edited(draft.summary, edit)
    summary = replace(new, tldr=new.tldr or draft.summary.tldr)
    return Draft(summary, edit(ABSTRACT, draft.abstract), findings=draft.findings)
