"""Tells sentences that can be quoted from the scraps and formulas around them."""

import re

from bot.text.sentences import sentences

_SHORTEST, _LONGEST = 20, 420
_FEWEST_WORDS, _MOST_SYMBOLS = 3, 3
_LONGEST_HEADING = 8
_SYMBOL = re.compile(r"[=∼∈∑∏∇πθ^{}ˆ≤≥∥]")
_NEXT = re.compile(r";\s+\(?\d{1,2}[.)]$")
# "Hybrid of MoBA and Full Attention.": a title that runs into its text.
_SMALL = re.compile(
    r"(?:an?|and|as|at|by|for|from|in|of|on|or|the|to|via|vs\.?|with)", re.IGNORECASE
)
_FOOTNOTE = re.compile(r"^(?:\d{0,2}https?://\S+\s+)+(?=[A-Z])")
_BULLET = re.compile(r"^[•·▪–*-]\s+")
# A word or a number with the punctuation that prose puts around it.
_WORD = re.compile(
    r"\A(?:[(\[\"'“‘]{0,4}(?:[^\W\d_][\w’'./+–-]*+|[\d.,:/–-]{0,40}\d[\w%.-]{0,40})"
    r"[)\]\"'”’.,;:!?%]*|[–—&])\Z"
)


def quotable(text: str) -> list[str]:
    """The sentences that can stand alone: neither scraps nor walls of symbols."""
    found = map(_bare, sentences(" ".join(text.split())))
    return [
        one
        for one in found
        if _SHORTEST <= len(one) <= _LONGEST and _is_prose(one) and not _is_heading(one)
    ]


def _bare(sentence: str) -> str:
    """Without a bullet or footnote before it, or the number of the next member of its list."""
    return _NEXT.sub(";", _BULLET.sub("", _FOOTNOTE.sub("", sentence)))


def _is_prose(sentence: str) -> bool:
    tokens = sentence.split()
    words = [token for token in tokens if _WORD.fullmatch(token)]
    symbols = sum(bool(_SYMBOL.search(token)) for token in tokens)
    enough = len(words) >= _FEWEST_WORDS and len(words) > 0.7 * len(tokens)
    return " | " not in sentence and symbols < _MOST_SYMBOLS and enough


def _is_heading(sentence: str) -> bool:
    words = [word for word in sentence.split() if not _SMALL.fullmatch(word)]
    return len(words) <= _LONGEST_HEADING and all(word[:1].isupper() for word in words)
