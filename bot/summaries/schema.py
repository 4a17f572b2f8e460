"""The JSON that a model is asked to write. Every text and every list has a limit.

A model that breaks the schema does not lose the paper: what has the right form is kept, the rest is
left out or shortened. What the texts say is for :mod:`bot.summaries.checks`.
"""

from collections.abc import Iterable, Sequence
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.text.sentences import sentences, shorten
from storage.papers import ORIGINAL_LANGUAGE

MAX_EVIDENCE = 6
TLDR_LENGTH = 300
HIGHLIGHT_LENGTH = 500
SECTION_LENGTH = 700
BULLET_LENGTH = 300
ABSTRACT_LENGTH = 1900
NAME_LENGTH = 80
KEYWORD_LENGTH = 40
_BULLETS = 5
_NAMES = 8
HighlightSlot = Literal["new", "technical", "performance"]
SectionSlot = Literal[
    "motivation", "contributions", "method", "setup", "results", "limitations", "followups"
]
HIGHLIGHTS: tuple[str, ...] = get_args(HighlightSlot)
SECTIONS: tuple[str, ...] = get_args(SectionSlot)
Evidence = Annotated[list[int], Field(max_length=MAX_EVIDENCE)]


class _Strict(BaseModel):
    # Servers with strict schemas want every property required and no others allowed.
    model_config = ConfigDict(extra="forbid")


class HighlightDraft(_Strict):
    """One highlight and the numbers of the passages it rests on."""

    slot: HighlightSlot
    text: str = Field(min_length=1, max_length=HIGHLIGHT_LENGTH)
    evidence: Evidence


class SectionDraft(_Strict):
    """One section and the numbers of the passages it rests on."""

    slot: SectionSlot
    text: str = Field(min_length=1, max_length=SECTION_LENGTH)
    evidence: Evidence


class SummaryDraft(_Strict):
    """All that one call makes of a paper in its own language."""

    tldr: str = Field(min_length=1, max_length=TLDR_LENGTH)
    highlights: list[HighlightDraft] = Field(max_length=3)
    sections: list[SectionDraft] = Field(max_length=7)
    introduction: list[Annotated[str, Field(max_length=BULLET_LENGTH)]] = Field(max_length=_BULLETS)
    organizations: list[Annotated[str, Field(max_length=NAME_LENGTH)]] = Field(max_length=_NAMES)
    keywords: list[Annotated[str, Field(max_length=KEYWORD_LENGTH)]] = Field(max_length=_NAMES)

    @model_validator(mode="before")
    @classmethod
    def _kept(cls, given: Any) -> Any:
        """Keep what has the right form. A TL;DR is required."""
        if not isinstance(given, dict):
            return given
        return {
            "tldr": _text(given.get("tldr"), TLDR_LENGTH),
            "highlights": _parts(
                given.get("highlights"), HIGHLIGHTS, longest=HIGHLIGHT_LENGTH, evidence=MAX_EVIDENCE
            ),
            "sections": _parts(
                given.get("sections"), SECTIONS, longest=SECTION_LENGTH, evidence=MAX_EVIDENCE
            ),
            "introduction": _texts(given.get("introduction"), most=_BULLETS, longest=BULLET_LENGTH),
            **{
                name: _texts(given.get(name), most=_NAMES, longest=longest)
                for name, longest in (
                    ("organizations", NAME_LENGTH),
                    ("keywords", KEYWORD_LENGTH),
                )
            },
            **(
                {"abstract": _text(given.get("abstract"), ABSTRACT_LENGTH)}
                if "abstract" in cls.model_fields
                else {}
            ),
        }


class TranslatedDraft(SummaryDraft):
    """The same for another language, with the abstract translated."""

    abstract: str = Field(max_length=ABSTRACT_LENGTH)


def draft_for(language: str) -> type[SummaryDraft]:
    """The shape to ask for in a language."""
    return SummaryDraft if language == ORIGINAL_LANGUAGE else TranslatedDraft


def limit_of(place: str) -> int:
    """The most characters that the text at a place may have."""
    lengths = {
        "tldr": TLDR_LENGTH,
        "highlights": HIGHLIGHT_LENGTH,
        "sections": SECTION_LENGTH,
        "introduction": BULLET_LENGTH,
    }
    return lengths[place.split(".")[0]]


def _parts(
    given: Any, slots: Sequence[str], *, longest: int, evidence: int
) -> list[dict[str, Any]]:
    """The well-formed parts of *given*: known slots, each once, at most *evidence* passages."""
    found: dict[str, dict[str, Any]] = {}
    for part in given if isinstance(given, list) else []:
        slot = part.get("slot") if isinstance(part, dict) else None
        text = _text(part.get("text"), longest) if slot in slots else ""
        if text and slot not in found:
            numbers = _numbers(part.get("evidence"))[:evidence]
            found[str(slot)] = {"slot": slot, "text": text, "evidence": numbers}
    return list(found.values())


def _texts(given: Any, *, most: int, longest: int) -> list[str]:
    """The texts among *given*, at most *most* of them."""
    texts = (_text(one, longest) for one in (given if isinstance(given, list) else []))
    return [text for text in texts if text][:most]


def _text(given: Any, longest: int) -> str:
    """*given* if it is a text; whole sentences of it when it is longer than *longest* letters."""
    if not isinstance(given, str) or len(given) <= longest:
        return given.strip() if isinstance(given, str) else ""
    kept = ""
    for sentence in sentences(given):
        if len(kept) + len(sentence) + 1 > longest:
            break
        kept = f"{kept} {sentence}".strip()
    return kept or shorten(given, longest)


def _numbers(given: Any) -> list[int]:
    """Passage numbers, also where they were written as texts: ``"3"``, ``"[3]"``."""
    found: Iterable[Any] = given if isinstance(given, list) else []
    texts = (str(one).strip("[]() ") for one in found if isinstance(one, int | str))
    return [int(text) for text in texts if text.isdecimal() and len(text) < 6]
