"""The shape of what a model is asked to write. Every text has a length, every list an end."""

from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.summaries.mending import mended_list, mended_parts, mended_text

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
    def _mended(cls, given: Any) -> Any:
        """Take what is there in the form that is wished for; a text of some length is needed."""
        if not isinstance(given, dict):
            return given
        highlights, sections = get_args(HighlightSlot), get_args(SectionSlot)
        return {
            "tldr": mended_text(given.get("tldr"), TLDR_LENGTH),
            "highlights": mended_parts(
                given.get("highlights"), highlights, longest=HIGHLIGHT_LENGTH, evidence=MAX_EVIDENCE
            ),
            "sections": mended_parts(
                given.get("sections"), sections, longest=SECTION_LENGTH, evidence=MAX_EVIDENCE
            ),
            "introduction": mended_list(
                given.get("introduction"), most=_BULLETS, longest=BULLET_LENGTH
            ),
            **{
                name: mended_list(given.get(name), most=_NAMES, longest=longest)
                for name, longest in (
                    ("organizations", NAME_LENGTH),
                    ("keywords", KEYWORD_LENGTH),
                )
            },
            **(
                {"abstract": mended_text(given.get("abstract"), ABSTRACT_LENGTH)}
                if "abstract" in cls.model_fields
                else {}
            ),
        }


class TranslatedDraft(SummaryDraft):
    """The same for another language, with the abstract translated."""

    abstract: str = Field(max_length=ABSTRACT_LENGTH)


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
