"""Reads what a model wrote as far as it can be read: a slot too many is no reason to lose a paper.

Only the shape is mended here; what the texts say is for the checks. Pure.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from bot.summaries.sentences import shorten, split_sentences


def mended_parts(
    given: Any, slots: Sequence[str], *, longest: int, evidence: int
) -> list[dict[str, Any]]:
    """The slotted texts among *given*: known slots, each once, with at most *evidence* passages."""
    found: dict[str, dict[str, Any]] = {}
    for part in given if isinstance(given, list) else []:
        slot = part.get("slot") if isinstance(part, dict) else None
        text = mended_text(part.get("text"), longest) if slot in slots else ""
        if text and slot not in found:
            numbers = _numbers(part.get("evidence"))[:evidence]
            found[str(slot)] = {"slot": slot, "text": text, "evidence": numbers}
    return list(found.values())


def mended_list(given: Any, *, most: int, longest: int) -> list[str]:
    """The texts among *given*, at most *most* of them."""
    texts = (mended_text(one, longest) for one in (given if isinstance(given, list) else []))
    return [text for text in texts if text][:most]


def mended_text(given: Any, longest: int) -> str:
    """*given* if it is a text; whole sentences of it when it is longer than *longest* letters."""
    if not isinstance(given, str) or len(given) <= longest:
        return given.strip() if isinstance(given, str) else ""
    kept = ""
    for sentence in split_sentences(given):
        if len(kept) + len(sentence) + 1 > longest:
            break
        kept = f"{kept} {sentence}".strip()
    return kept or shorten(given, longest)


def _numbers(given: Any) -> list[int]:
    """Passage numbers, also where they were written as texts: ``"3"``, ``"[3]"``."""
    found: Iterable[Any] = given if isinstance(given, list) else []
    texts = (str(one).strip("[]() ") for one in found if isinstance(one, int | str))
    return [int(text) for text in texts if text.isdecimal() and len(text) < 6]
