"""The query that was probably meant when nothing is found: "did you mean …?"."""

import re
import unicodedata

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.text.terms import known_terms
from bot.text.words import in_pairs, is_stop_word, phrase, query_words
from storage import Storage

_SHORTEST = 3
_VOCABULARY = 20_000
_TRIED = 20
_SHORT_WORD = 5


def suggest(query: str, storage: Storage) -> str | None:
    """The query with its unknown words replaced by the nearest known ones; None when no word is
    unknown, or none has a near one."""
    words = query_words(query)
    better = [_known_or_nearest(word, storage) for word in words]
    if None in better or better == words:
        return None
    return " ".join(word for word in better if word is not None)


def _known_or_nearest(word: str, storage: Storage) -> str | None:
    if len(word) < _SHORTEST or is_stop_word(word) or _stands(word, storage):
        return word
    return _nearest_term(word) if in_pairs(word) else _nearest_word(word, storage)


def _nearest_term(word: str) -> str | None:
    """The known term that is nearest by letters, not by syllables."""
    terms = {unicodedata.normalize("NFD", term): term for term in known_terms() if in_pairs(term)}
    letters = unicodedata.normalize("NFD", word)
    found = process.extractOne(
        letters, list(terms), scorer=OSA.distance, score_cutoff=_slips(letters)
    )
    return terms[found[0]] if found else None


def _nearest_word(word: str, storage: Storage) -> str | None:
    """The commonest of the nearest words that begin with the same letter."""
    # A slip in the first letters is rare, and all words that begin with one letter are many.
    beginnings = (word[:3], word[:2], word[0]) if len(word) > _SHORT_WORD else (word[:2], word[0])
    for beginning in beginnings:
        for stem in _near_stems(word, beginning, storage):
            written = _as_written(stem, storage)
            if written is not None and OSA.distance(word, written) <= _slips(word) + 1:
                return written
    return None


def _near_stems(word: str, beginning: str, storage: Storage) -> list[str]:
    near = [
        (distance, -many, stem)
        for stem, many in storage.words.words_like(beginning, limit=_VOCABULARY)
        if (distance := _distance(word, stem)) <= _slips(word)
    ]
    return [stem for _, _, stem in sorted(near)[:_TRIED]]


def _distance(word: str, stem: str) -> int:
    """The distance to a stem; the word may be longer by an ending."""
    return min(int(OSA.distance(word[: len(stem) + more], stem)) for more in (0, 1))


def _slips(word: str) -> int:
    return 1 if len(word) <= 5 else 2


def _stands(word: str, storage: Storage) -> bool:
    return bool(storage.words.any_matching(phrase(word), limit=1))


def _as_written(stem: str, storage: Storage) -> str | None:
    """A word with this stem as it stands in some title, abstract or list of authors.

    It is looked for as a beginning, since a stem is cut again when it is asked for as a word.
    """
    for paper_id in storage.words.any_matching(f'"{stem}"*', limit=5):
        paper = storage.papers.get(paper_id)
        if paper is None:
            continue
        text = " ".join([paper.title, *paper.authors, paper.organization or "", paper.abstract])
        found = re.search(rf"\b{re.escape(stem[:-1])}\w*", text.lower())
        if found:
            return found.group()
    return None
