"""Tells sentences that can be quoted from the scraps and formulas around them."""

import re

from bot.fulltext.text import sentences

_SHORTEST, _LONGEST = 20, 420
_FEWEST_WORDS, _MOST_SYMBOLS = 3, 3
_SYMBOL = re.compile(r"[=∼∈∑∏∇πθ^{}ˆ≤≥∥]")
_WHOLE = re.compile(r"(?<!; \d)[.!?。][\"'”’)\]]*$")
_BULLET = re.compile(r"^[•·▪–*-]\s+")
# A word or a number with the punctuation that prose puts around it.
_WORD = re.compile(
    r"[(\[\"'“‘]*(?:[^\W\d_][\w’'./+–-]*|[\d.,:/–-]*\d[\w%.-]*)[)\]\"'”’.,;:!?%]*|[–—&]"
)


def quotable(text: str) -> list[str]:
    """The sentences that can stand alone: neither scraps nor walls of symbols."""
    found = (_BULLET.sub("", one) for one in sentences(" ".join(text.split())))
    return [one for one in found if _SHORTEST <= len(one) <= _LONGEST and _is_prose(one)]


def is_whole(sentence: str) -> bool:
    """Whether it ends as sentences do, and isn't an item of a list."""
    return _WHOLE.search(sentence) is not None


def _is_prose(sentence: str) -> bool:
    tokens = sentence.split()
    words = [token for token in tokens if _WORD.fullmatch(token)]
    symbols = sum(bool(_SYMBOL.search(token)) for token in tokens)
    enough = len(words) >= _FEWEST_WORDS and len(words) > 0.7 * len(tokens)
    return " | " not in sentence and symbols < _MOST_SYMBOLS and enough
