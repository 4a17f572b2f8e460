"""Words as they are looked for and compared, cut so that spacing and endings do not matter.

In a script whose spaces say little, text is matched by pairs of letters with its inner spaces
closed; everything else is matched word by word. Which script that is, how endings are taken off
and which words say nothing, the languages tell.
"""

import re
from functools import cache, lru_cache

from bot.languages import languages

_PUNCTUATION = ".,;:!?…~\"'“”‘’()[]{}<>"


def normal(text: str) -> str:
    """As words are compared: in lower case."""
    return text.lower()


@lru_cache(maxsize=50_000)
def is_stop_word(word: str) -> bool:
    """Whether a lower-case word says nothing about a text's subject, in any language."""
    return any(
        word in one.words.stop or one.words.asking.fullmatch(word) is not None
        for one in languages()
    )


def in_pairs(text: str) -> bool:
    """Whether *text* holds a letter that is matched in pairs."""
    return _pair().search(text) is not None


@lru_cache(maxsize=4096)
def without_ending(word: str) -> str:
    """The word without what a language attaches to its words, in running text."""
    for one in languages():
        word = one.words.bare(word)
    return word


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A lower-case word as it is compared with other stems."""
    for one in languages():
        word = one.words.stem(word)
    return word


def whole_word(pattern: str) -> str:
    """*pattern* where no further letter of the word stands around it. What is matched in pairs
    may: it is attached to names of other scripts."""
    letter = f"[^\\W_{_paired()}]"
    return f"(?<!{letter})(?:{pattern})(?!{letter})"


def index_text(text: str) -> str:
    """The text as the full-text index stores it: pairs of letters, and words, between spaces."""
    return " ".join(_pieces(_gaps().sub("", normal(text))))


def query_words(query: str) -> list[str]:
    """The words of a query in lower case as they were typed, without repeats and without the
    punctuation around them, behind which no ending would be found."""
    words = (word.strip(_PUNCTUATION) for word in normal(query).split())
    return list(dict.fromkeys(word for word in words if _runs().search(word)))


def phrase(word: str) -> str:
    """The full-text expression that matches one word as a run of pieces, or an empty text."""
    pieces = _pieces(word)
    if not pieces:
        return ""
    if len(pieces) == 1 and len(pieces[0]) == 1 and in_pairs(pieces[0]):
        return f'"{pieces[0]}"*'
    return f'"{" ".join(pieces)}"'


def match_all(words: list[str]) -> str:
    """The expression that asks for every word."""
    return " AND ".join(one for one in map(phrase, words) if one)


def content_words(text: str) -> list[str]:
    """Stems and pairs of letters that carry meaning: what two texts are compared by."""
    found: list[str] = []
    for run in _runs().findall(normal(text)):
        root = without_ending(run)
        if not (is_stop_word(run) or is_stop_word(root)):
            found += _pieces(root) if in_pairs(run) else [stem(root)]
    return found


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for run in _runs().findall(text):
        if len(run) > 1 and in_pairs(run):
            pieces += [run[at : at + 2] for at in range(len(run) - 1)]
        else:
            pieces.append(run)
    return pieces


@cache
def _paired() -> str:
    """The letters that are matched in pairs, as the inside of a character class."""
    return "".join(one.letters for one in languages() if one.words.in_pairs)


@cache
def _pair() -> re.Pattern[str]:
    """Matches one of these letters."""
    return re.compile(f"[{_paired()}]" if _paired() else "(?!)")


@cache
def _runs() -> re.Pattern[str]:
    """Matches letters that are matched in pairs, or one word of others."""
    paired = _paired()
    return re.compile(rf"[{paired}]+|[^\W_{paired}]+" if paired else r"[^\W_]+")


@cache
def _gaps() -> re.Pattern[str]:
    """Matches white space between letters that are matched in pairs."""
    paired = _paired()
    return re.compile(rf"(?<=[{paired}])\s+(?=[{paired}])" if paired else "(?!)")
