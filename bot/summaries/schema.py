"""The shape of what a model is asked to write. Every text has a length, every list an end."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

MAX_EVIDENCE = 6
TLDR_LENGTH = 300
HIGHLIGHT_LENGTH = 500
SECTION_LENGTH = 700
BULLET_LENGTH = 300
HighlightSlot = Literal["new", "technical", "performance"]
SectionSlot = Literal[
    "motivation", "contributions", "method", "setup", "results", "limitations", "followups"
]
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
    introduction: list[Annotated[str, Field(max_length=BULLET_LENGTH)]] = Field(max_length=5)
    organizations: list[Annotated[str, Field(max_length=80)]] = Field(max_length=8)
    keywords: list[Annotated[str, Field(max_length=40)]] = Field(max_length=8)


class TranslatedDraft(SummaryDraft):
    """The same for another language, with the abstract translated."""

    abstract: str = Field(min_length=1, max_length=3000)


def draft_for(language: str) -> type[SummaryDraft]:
    """The shape to ask for in a language."""
    return SummaryDraft if language == "en" else TranslatedDraft


def limit_of(place: str) -> int:
    """The most characters that the text at a place may have."""
    lengths = {
        "tldr": TLDR_LENGTH,
        "highlights": HIGHLIGHT_LENGTH,
        "sections": SECTION_LENGTH,
        "introduction": BULLET_LENGTH,
    }
    return lengths[place.split(".")[0]]
