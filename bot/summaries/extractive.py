"""Summaries without a model: sentences chosen from the paper's own texts. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.languages import is_in
from bot.summaries.outside_links import leads_outside
from bot.summaries.scoring import (
    HIGHLIGHT_CUES,
    INTRODUCTION,
    SECTION_CUES,
    TLDR,
    Cue,
    Likeness,
    Sentence,
    abstract_sentences,
    alike,
    has_cue,
    is_notice,
    leans,
    passage_sentences,
    score,
    without_lead_in,
)
from bot.summaries.source_texts import SourceTexts
from bot.text import one_line
from bot.text.sentences import shorten
from storage import Highlight, Section, Summary
from storage.papers import ORIGINAL_LANGUAGE
from storage.summaries import EXTRACTIVE

# Has to change whenever other sentences would be chosen, so that stored summaries are made anew.
VERSION = "extractive-4"
TLDR_LIMIT = 350
TEXT_LIMIT = 500
_HIGHLIGHT_SENTENCES = 2
_SECTION_SENTENCES = 2
_INTRODUCTION_SENTENCES = 3
_KEYWORDS = 8
FOREIGN = "original-language"


@dataclass(frozen=True)
class _Pool:
    sentences: tuple[Sentence, ...]
    likeness: Likeness

    def ranked(self, cue: Cue) -> list[Sentence]:
        """The sentences that fit a slot, best first."""
        fitting = [one for one in self.sentences if has_cue(one, cue)]
        return sorted(fitting, key=lambda one: -score(one, cue, self.likeness))

    def fill(
        self, cues: dict[str, Cue], count: int, *, without: Collection[str] = ()
    ) -> dict[str, list[Sentence]]:
        """Up to *count* sentences for each slot in reading order, no two of them alike."""
        used = list(without)
        ranked = {slot: self.ranked(cue) for slot, cue in cues.items()}
        filled: dict[str, list[Sentence]] = {}
        # Slots with the fewest candidates choose first, so that no other slot takes their only
        # sentence; among equals the later ones do, whose cues are more specific.
        later_first = list(reversed(cues))
        scarce = sorted(later_first, key=lambda slot: len(ranked[slot]))
        for slot in [*scarce, *list(cues) * (count - 1)]:
            chosen = filled.get(slot, [])
            room = TEXT_LIMIT - sum(len(one.text) + 1 for one in chosen)
            # A slot's first sentence may be cut to fit, a further one may not.
            best = _first_new(ranked[slot], used, room) or (
                None if chosen else _first_new(ranked[slot], used, None)
            )
            if best is not None:
                used.append(best.text)
                filled[slot] = sorted([*chosen, best], key=lambda one: one.order)
        return {slot: _standing(filled[slot]) for slot in cues if slot in filled}


def make_extractive(source: SourceTexts, *, problem: str | None = None) -> Summary:
    """Choose sentences for each slot; slots for which nothing fits are left out.

    Where the texts aren't in the asked language the summary says so by the warning
    ``original-language``. *problem* marks it for repair.
    """
    pool = _pool(source)
    best, tldr = _tldr(source, pool)
    foreign = source.abstract_language != source.language
    return Summary(
        paper_id=source.paper.id,
        language=source.language,
        tldr=tldr,
        highlights=_highlights(pool, best),
        sections=_sections(pool),
        introduction=_introduction(pool),
        organizations=(source.paper.organization,) if source.paper.organization else (),
        keywords=tuple(one for one in source.paper.keywords if not leads_outside(one))[:_KEYWORDS],
        warnings=(*source.warnings, *((FOREIGN,) if foreign else ())),
        maker=EXTRACTIVE,
        prompt_hash=VERSION,
        basis="fulltext" if any(one.passage is not None for one in pool.sentences) else "abstract",
        problem=problem,
    )


def _pool(source: SourceTexts) -> _Pool:
    sentences = abstract_sentences(source.abstract)
    for passage in source.body:
        # A translated abstract stands beside an untranslated text: languages are not mixed.
        if passage.kind == "text" and is_in(passage.text, source.abstract_language):
            sentences += passage_sentences(passage, first=len(sentences))
    whole = [
        one
        for one in sentences
        if not leads_outside(one.text, source.links) and not is_notice(one.text)
    ]
    return _Pool(tuple(whole), Likeness(whole, source.paper.title))


def _standing(chosen: list[Sentence]) -> list[Sentence]:
    """Those that stand by themselves or behind the one before them, where any do."""
    orders = {one.order for one in chosen}
    return [one for one in chosen if not leans(one.text) or one.order - 1 in orders] or chosen


def _first_new(
    ranked: Sequence[Sentence], used: Sequence[str], room: int | None
) -> Sentence | None:
    for one in ranked:
        if room is not None and len(one.text) > room:
            continue
        if not any(alike(one.text, other) for other in used):
            return one
    return None


def _tldr(source: SourceTexts, pool: _Pool) -> tuple[Sentence | None, str]:
    """The sentence that was chosen, if one was, and the TL;DR."""
    offered = one_line(source.paper.ai_summary or "")
    if (
        offered
        and source.abstract_language == ORIGINAL_LANGUAGE
        and not leads_outside(offered, source.links)
    ):
        return None, shorten(offered, TLDR_LIMIT)
    abstract = [one for one in pool.sentences if one.passage is None] or list(pool.sentences)
    if not abstract:
        return None, one_line(source.paper.title)
    best = max(abstract, key=lambda one: score(one, TLDR, pool.likeness))
    return best, shorten(without_lead_in(best.text), TLDR_LIMIT)


def _highlights(pool: _Pool, said: Sentence | None) -> tuple[Highlight, ...]:
    filled = pool.fill(HIGHLIGHT_CUES, _HIGHLIGHT_SENTENCES, without=(said.text,) if said else ())
    if "new" not in filled and said:
        # Readers look for it here, so it is better repeated than left out.
        filled = {"new": [said], **filled}
    return tuple(Highlight(slot, *_told(chosen)) for slot, chosen in filled.items())


def _sections(pool: _Pool) -> tuple[Section, ...]:
    filled = pool.fill(SECTION_CUES, _SECTION_SENTENCES)
    return tuple(Section(slot, *_told(chosen)) for slot, chosen in filled.items())


def _introduction(pool: _Pool) -> tuple[str, ...]:
    filled = pool.fill({"introduction": INTRODUCTION}, _INTRODUCTION_SENTENCES)
    return tuple(without_lead_in(one.text) for one in filled.get("introduction", []))


def _told(sentences: Sequence[Sentence]) -> tuple[str, tuple[int, ...]]:
    """What they say together, and the passages that they stand in."""
    first, *rest = (one.text for one in sentences)
    text = shorten(" ".join([without_lead_in(first), *rest]), TEXT_LIMIT)
    return text, tuple(sorted({one.passage for one in sentences if one.passage is not None}))
