"""Plain text: spaces, sentence ends, word counts, characters that must not be shown."""

import re
import unicodedata

from bot.text import normalised

_SPACES = re.compile(r"\s+")
_SPACE_BEFORE = re.compile(r"(?<=\S) (?=[,;:.!?)\]}”’](?:\s|$|[,;:.)\]]))")
_SPACE_AFTER = re.compile(r"(?<=[(\[“]) (?=\S)")
_EMPTY_CITE = re.compile(r"[,;]\s*(?=[)\];])")
# What follows begins like a sentence: no letter of the Latin alphabet that is a small one.
_SENTENCE_END = re.compile(
    r"[.!?][\"'”’)\]]*\s+(?=[\"'“‘(\[]?(?:[A-Z0-9]|[^\x00-\x7f]))|[。！？][”’」』)\]]*\s*"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|cf|vs|resp|approx|al|Fig|Figs|Eq|Eqs|Sec|Secs|Tab|Tabs|Alg|App|Ref|Refs"
    r"|No|Vol|pp|Dr|Prof|Mr|Mrs|St|Inc|Corp|w\.r\.t|a\.k\.a|i\.i\.d)|\b[A-Z])\.$"
)
_INVISIBLE = {
    ord(c): None
    for c in "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff\ufffe"
} | dict.fromkeys(range(0xFE00, 0xFE10))
_MATH_LETTERS = re.compile("[\U0001d400-\U0001d7ff]+")
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st"}


def visible(text: str) -> str:
    """*text* without control, zero-width and direction characters.

    Ligatures are opened, and the letters of mathematical alphabets made plain.
    """
    text = normalised(text, len(text)).translate(_INVISIBLE).translate(_LIGATURES)
    if text.isascii() and text.isprintable():
        return text
    text = _MATH_LETTERS.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text)
    return "".join(c if _is_shown(c) else " " for c in text)


def tidy(text: str) -> str:
    """One line of visible text with single spaces and none before closing punctuation."""
    text = _SPACES.sub(" ", visible(text)).strip()
    text = _SPACE_AFTER.sub("", _SPACE_BEFORE.sub("", text))
    return _EMPTY_CITE.sub("", text)


def count_words(text: str) -> int:
    """Words by spaces; text written without spaces counts a word for each four characters."""
    words = text.split()
    return sum(1 + max(0, len(word) - 24) // 4 for word in words)


def sentences(text: str) -> list[str]:
    """*text* cut at its sentence ends; abbreviations such as ``e.g.`` or ``Fig.`` end none."""
    found = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if _ABBREVIATION.search(text[max(start, match.start() - 12) : match.start() + 1]):
            continue
        found.append(text[start : match.end()].rstrip())
        start = match.end()
    if text[start:].strip():
        found.append(text[start:].strip())
    return found


def ends_sentence(text: str) -> bool:
    """Whether *text* stops where a sentence may stop, and not in the middle of one."""
    return text.rstrip("\"'”’)] ")[-1:] in {".", "!", "?", ":", "。", ";"}


def _is_shown(char: str) -> bool:
    if char in "\n\t":
        return True
    return unicodedata.category(char) not in {"Cc", "Cf", "Co", "Cs", "Cn"}
