"""Sentences of English and Korean prose."""

import re
from collections.abc import Iterator

from bot.text import one_line

_MARKDOWN = re.compile(r"\*\*|`+|^[^\S\n]*(?:[-*•]|#+)[^\S\n]+", re.MULTILINE)
_END = re.compile(
    r"""(?<![.!?。…])[.!?。…]+["'”’)\]]*\s+(?=["'“‘(\[$\\]*[A-Z0-9가-힣“"(\[$\\]|[<@]|https?:)"""
)
_RUN_TOGETHER = re.compile(r"(?<=[a-z]{2}[.!?])(?=[A-Z][a-z]* )")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|al|cf|vs|etc|resp|approx|Figs?|Eqs?|Secs?|Tabs?|Refs?|Nos?|Dr|Prof|Mr|Ms|St"
    r"|Alg|App|Thm|ca|viz|s\.t|w\.r\.t)|\b[A-Z])\.$"
)
_LEAD_IN = re.compile(
    r"^(?:to (?:address|tackle|solve|bridge|overcome|meet|fill|achieve) (?:this|these|the|those)"
    r"[^,]{0,40}|to this end|in this (?:technical )?(?:paper|work|study|report|article|survey)"
    r"|in response|therefore|thus|hence|building on [^,]{0,30}|motivated by [^,]{0,40}"
    r"|specifically|notably|furthermore|moreover|in addition|additionally|also|however"
    r"|nevertheless|nonetheless|overall|meanwhile|finally|lastly|consequently|as a result"
    r"|in particular|importantly|in summary|in conclusion), "
    r"|^(?:이를 (?:해결|극복)하기 위해|이에|따라서|그래서|또한|이 분석을 바탕으로|그러나|하지만"
    r"|한편|마지막으로|특히|결과적으로|(?:본|이) (?:논문|연구|보고서)에서(?:는)?),? ",
    re.IGNORECASE,
)
_NAME = re.compile(r"^[a-z]+(?:\d|[A-Z])")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9'-]+|[가-힣]+|\d[\d.,]*")
_HANGUL = re.compile(r"[가-힣]")
# Words that say nothing about what a sentence is about.
_FILLERS = (
    "the a an of to and in on for with that this these those is are was were be been being by as "
    "at from it its we our us they their them which can may also such than then thus while into "
    "or not but has have had more most both each other between over under via using use used "
    "show shows however paper work propose proposed present introduce results"
)
_STOP_WORDS = frozenset(_FILLERS.split())


def tidy(text: str) -> str:
    """The text on one line, without characters that are not seen."""
    return one_line(text)


def plain(text: str) -> str:
    """The text tidied, without Markdown's emphasis, code marks and bullets."""
    return tidy(_MARKDOWN.sub("", text))


def split_sentences(text: str) -> list[str]:
    """The sentences of *text* in order, tidied. Abbreviations and initials don't end one."""
    return [one for one in _cut(_RUN_TOGETHER.sub(" ", tidy(text))) if one]


def terms(text: str) -> list[str]:
    """Words to compare by: lower-cased English words and pairs of Hangul syllables.

    Korean particles and endings stick to words; pairs of syllables are shared all the same.
    """
    found: list[str] = []
    for word in _WORD.findall(text):
        if _HANGUL.match(word):
            found += [word[i : i + 2] for i in range(len(word) - 1)] or [word]
        elif len(word) > 2 and word.lower() not in _STOP_WORDS:
            found.append(word.lower())
    return found


def without_lead_in(sentence: str) -> str:
    """The sentence without a first phrase that only ties it to the one before."""
    rest = _LEAD_IN.sub("", sentence, count=1)
    first = rest.split(" ", 1)[0]
    # "o3" and "mPLUG" are names and stay as they are.
    return rest if _NAME.search(first) else rest[:1].upper() + rest[1:]


def shorten(text: str, limit: int) -> str:
    """At most *limit* characters, cut at a word with an ellipsis where it must be cut."""
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def _cut(text: str) -> Iterator[str]:
    start = 0
    for end in _END.finditer(text):
        if _ABBREVIATION.search(text[start : end.start() + 1]):
            continue
        yield text[start : end.end()].strip()
        start = end.end()
    yield text[start:].strip()
