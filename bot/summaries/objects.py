"""The JSON that a model is asked to write. Every text and every list has a limit.

A model that breaks the schema does not lose the paper: what has the right form is kept, the rest is
left out. What the texts say, and whether they keep to their limits, is for
:mod:`bot.summaries.checks`.
"""

from collections.abc import Iterable, Sequence
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.summaries.schema import HIGHLIGHTS, LIMITS, SECTIONS, HighlightSlot, SectionSlot, fitted

MAX_EVIDENCE = 6
NAME_LENGTH = 80
KEYWORD_LENGTH = 40
_READ = 2
_BULLETS = 5
_NAMES = 8
Evidence = Annotated[list[int], Field(max_length=MAX_EVIDENCE)]


def _text_of(place: str, *, least: int = 0) -> Any:
    """A text whose limit the server is told, and which may be longer all the same."""
    return Field(
        min_length=least,
        max_length=_READ * LIMITS[place],
        json_schema_extra={"maxLength": LIMITS[place]},
    )


class _Strict(BaseModel):
    # Servers with strict schemas want every property required and no others allowed.
    model_config = ConfigDict(extra="forbid")


class HighlightDraft(_Strict):
    """One highlight and the numbers of the passages it rests on."""

    slot: HighlightSlot
    text: str = _text_of("highlights", least=1)
    evidence: Evidence


class SectionDraft(_Strict):
    """One section and the numbers of the passages it rests on."""

    slot: SectionSlot
    text: str = _text_of("sections", least=1)
    evidence: Evidence


class SummaryDraft(_Strict):
    """All that one call makes of a paper. ``abstract`` is the translated one, or empty."""

    tldr: str = _text_of("tldr", least=1)
    highlights: list[HighlightDraft] = Field(max_length=len(HIGHLIGHTS))
    sections: list[SectionDraft] = Field(max_length=len(SECTIONS))
    introduction: list[Annotated[str, _text_of("introduction")]] = Field(max_length=_BULLETS)
    abstract: str = _text_of("abstract")
    organizations: list[Annotated[str, Field(max_length=NAME_LENGTH)]] = Field(max_length=_NAMES)
    keywords: list[Annotated[str, Field(max_length=KEYWORD_LENGTH)]] = Field(max_length=_NAMES)

    @model_validator(mode="before")
    @classmethod
    def _kept(cls, given: Any) -> Any:
        """Keep what has the right form. A TL;DR is required."""
        if not isinstance(given, dict):
            return given
        read = {place: _READ * limit for place, limit in LIMITS.items()}
        return {
            "tldr": _text(given.get("tldr"), read["tldr"]),
            "highlights": _parts(given.get("highlights"), HIGHLIGHTS, read["highlights"]),
            "sections": _parts(given.get("sections"), SECTIONS, read["sections"]),
            "introduction": _texts(given.get("introduction"), _BULLETS, read["introduction"]),
            "abstract": _text(given.get("abstract"), read["abstract"]),
            "organizations": _texts(given.get("organizations"), _NAMES, NAME_LENGTH),
            "keywords": _texts(given.get("keywords"), _NAMES, KEYWORD_LENGTH),
        }


class _Rewritten(_Strict):
    number: int
    text: str


class Repairs(_Strict):
    """Sentences written anew, by their numbers; an empty text leaves one out."""

    texts: list[_Rewritten]


def _parts(given: Any, slots: Sequence[str], longest: int) -> list[dict[str, Any]]:
    """The well-formed parts of *given*: known slots, each once, with numbers of passages."""
    found: dict[str, dict[str, Any]] = {}
    for part in given if isinstance(given, list) else []:
        slot = part.get("slot") if isinstance(part, dict) else None
        text = _text(part.get("text"), longest) if slot in slots else ""
        if text and slot not in found:
            numbers = _numbers(part.get("evidence"))[:MAX_EVIDENCE]
            found[str(slot)] = {"slot": slot, "text": text, "evidence": numbers}
    return list(found.values())


def _texts(given: Any, most: int, longest: int) -> list[str]:
    """The texts among *given*, at most *most* of them."""
    texts = (_text(one, longest) for one in (given if isinstance(given, list) else []))
    return [text for text in texts if text][:most]


def _text(given: Any, longest: int) -> str:
    return fitted(given.strip(), longest) if isinstance(given, str) else ""


def _numbers(given: Any) -> list[int]:
    """Passage numbers, also where they were written as texts: ``"3"``, ``"[3]"``."""
    found: Iterable[Any] = given if isinstance(given, list) else []
    texts = (str(one).strip("[]() ") for one in found if isinstance(one, int | str))
    return [int(text) for text in texts if text.isdecimal() and len(text) < 6]
