"""Plain text: spaces, word counts, characters that must not be shown."""

import re
import unicodedata

from bot.text import normalised

_SPACES = re.compile(r"\s+")
_SPACE_BEFORE = re.compile(r"(?<=\S) (?=[,;:.!?)\]}”’](?:\s|$|[,;:.)\]]))")
_SPACE_AFTER = re.compile(r"(?<=[(\[“]) (?=\S)")
_EMPTY_CITE = re.compile(r"[,;]\s*(?=[)\];])")
_MATH_LETTERS = re.compile("[\U0001d400-\U0001d7ff]+")
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st"}
# Variation selectors go too; normalised text keeps them for emoji.
_MADE_PLAIN = dict.fromkeys(range(0xFE00, 0xFE10), "") | _LIGATURES


def visible(text: str) -> str:
    """*text* without control, zero-width and direction characters.

    Ligatures are opened, and the letters of mathematical alphabets made plain.
    """
    text = normalised(text, len(text)).translate(_MADE_PLAIN)
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


def ends_sentence(text: str) -> bool:
    """Whether *text* stops where a sentence may stop, and not in the middle of one."""
    return text.rstrip("\"'”’)] ")[-1:] in {".", "!", "?", ":", "。", ";"}


def _is_shown(char: str) -> bool:
    if char in "\n\t":
        return True
    return unicodedata.category(char) not in {"Cc", "Cf", "Co", "Cs", "Cn"}
