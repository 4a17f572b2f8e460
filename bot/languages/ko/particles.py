"""Korean particles that depend on the sound before them: 을/를, 이/가, 은/는, 과/와, 으로/로."""

import re

_PAIRS = {
    "을": ("을", "를"),
    "를": ("을", "를"),
    "이": ("이", "가"),
    "가": ("이", "가"),
    "은": ("은", "는"),
    "는": ("은", "는"),
    "과": ("과", "와"),
    "와": ("과", "와"),
    "으로": ("으로", "로"),
    "로": ("으로", "로"),
}
_FIRST, _LAST, _FINALS, _RIEUL = ord("가"), ord("힣"), 28, 8
# How the last sound of a digit or a Latin letter is read in Korean: its final consonant or none.
_DIGITS_WITH_FINAL = "013678"
_DIGITS_WITH_RIEUL = "178"
_LETTER_NAMES_WITH_FINAL = "lmnr"
_WORD_ENDS_WITH_FINAL = re.compile(r"(?:[bckptg]|ng|[lmn])$|(?:ck|ct|st)$")
_WORD_ENDS_WITH_RIEUL = re.compile(r"(?:l|le)$")


def with_particle(text: object, particle: object) -> str:
    """*text* followed by the fitting form of *particle*; either form of the pair may be given.

    Raises:
        KeyError: not one of the five pairs.
    """
    closed, open_ = _PAIRS[str(particle)]
    final = _final_sound(str(text))
    if closed == "으로" and final == "ㄹ":
        final = ""
    return f"{text}{closed if final else open_}"


def _final_sound(text: str) -> str:
    """``''`` for an open syllable, ``'ㄹ'`` for one closed by ㄹ, ``'x'`` for any other."""
    word = re.sub(r"(?<!\W)\W+$", "", text).rstrip("_")
    if not word:
        return ""
    last = word[-1]
    if _FIRST <= ord(last) <= _LAST:
        final = (ord(last) - _FIRST) % _FINALS
        return "" if final == 0 else ("ㄹ" if final == _RIEUL else "x")
    if last.isdigit():
        if last in _DIGITS_WITH_RIEUL:
            return "ㄹ"
        return "x" if last in _DIGITS_WITH_FINAL else ""
    return _latin_final(re.split(r"[\W_]", word)[-1])


def _latin_final(word: str) -> str:
    if word.isupper() or len(word) == 1:  # read letter by letter: GPT, BLEU-L
        last = word[-1].lower()
        if last not in _LETTER_NAMES_WITH_FINAL:
            return ""
        return "ㄹ" if last in "lr" else "x"
    word = word.lower()
    if _WORD_ENDS_WITH_RIEUL.search(word):
        return "ㄹ"
    return "x" if _WORD_ENDS_WITH_FINAL.search(word) else ""
