"""LaTeX formulas as text a person can read in a message."""

import re
from functools import lru_cache
from itertools import pairwise

LONGEST_SOURCE = 2_000
LONGEST_TEXT = 300
UNREADABLE = "[formula]"

_PLAIN = re.compile(r"^[\w\s+\-=.,:;()<>/|%*!'\[\]]*$")
_STYLE = re.compile(
    r"\\(?:displaystyle|textstyle|scriptstyle|scriptscriptstyle|limits|nolimits|left|right|middle"
    r"|[bB]igg?[lrm]?|bm|mathbf|mathrm|mathit|mathsf|mathtt|boldsymbol|operatorname\*?|rm|bf|it"
    r"|mathop|mathbin|mathrel|mathopen|mathclose|mathpunct|mathord|ensuremath|nonumber)"
    r"(?![A-Za-z])"
)
_ARGUMENT = re.compile(r"(?:[_^]|\\[dtc]?frac)\s*$")
_SEVERAL = re.compile(
    r"[-+=,/<>|:]|\\(?:times|cdot|in|le|leq|ge|geq|mid|sim|pm|to|sum|prod)(?![A-Za-z])"
)
_UNKNOWN = {"\\bmod": " mod ", "\\widehat": "\\hat", "\\widetilde": "\\tilde", "\\ddagger": "‡"}
_EMPTY_SCRIPT = re.compile(r"\{\}(?=[\^_])")
_LEFT_OVER = re.compile(
    r"\\[A-Za-z]+\*?|(?<![\w)\]])[_^] ?(?=[†‡∗*§])|(?<=\S)\s+(?=[,.;)\]])|(?<=[(\[])\s+"
)
_SPACES = re.compile(r"\s+")


@lru_cache(maxsize=4096)
def readable(latex: str) -> str:
    """*latex* (without dollar signs) as one line of Unicode text.

    A formula too long or too broken to read is given cut, or as ``[formula]``.
    """
    if _PLAIN.match(latex):
        return _SPACES.sub(" ", latex).strip()
    if len(latex) > LONGEST_SOURCE:
        return UNREADABLE
    from pylatexenc.latex2text import LatexNodes2Text

    try:
        text = LatexNodes2Text(math_mode="text", strict_latex_spaces=False).latex_to_text(
            _prepared(latex), tolerant_parsing=True
        )
    except Exception:  # the converter meets arbitrary input and promises no error type
        return UNREADABLE
    text = _SPACES.sub(" ", _LEFT_OVER.sub("", text)).strip()
    if len(text) > LONGEST_TEXT:
        text = text[: LONGEST_TEXT - 1].rstrip() + "…"
    return text


def _prepared(latex: str) -> str:
    latex = _EMPTY_SCRIPT.sub("", latex)
    for name, known in _UNKNOWN.items():
        latex = latex.replace(name, known)
    return _grouped(_STYLE.sub(" ", latex))


def _grouped(latex: str) -> str:
    """Puts round brackets into scripts and fractions of several terms.

    Text has no small print: without them ``h_{t-1}`` would read as ``h_t - 1``.
    """
    inserts: dict[int, str] = {}
    opened: list[int] = []
    numerator_end = -1
    for match in re.finditer(r"(?<!\\)[{}]", latex):
        if match.group() == "{":
            opened.append(match.start())
        elif opened:
            start, end = opened.pop(), match.start()
            before = latex[max(0, start - 8) : start]
            is_denominator = numerator_end == start - 1
            if is_denominator or _ARGUMENT.search(before):
                if "frac" in before and not is_denominator:
                    numerator_end = end
                if _has_several_terms(latex[start + 1 : end]):
                    inserts |= {start + 1: "(", end: ")"}
    marks = [0, *sorted(inserts), len(latex)]
    pieces = [inserts.get(a, "") + latex[a:b] for a, b in pairwise(marks)]
    return "".join(pieces)


def _has_several_terms(content: str) -> bool:
    content = content.strip()
    if content.startswith("(") and content.endswith(")"):
        return False
    return bool(_SEVERAL.search(content.lstrip("-+")))
