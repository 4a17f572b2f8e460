"""Words that mean several papers at once: both of them, 둘 다, 세 논문 모두. Pure."""

import re
from collections.abc import Mapping

_I = re.IGNORECASE
_COUNTS: Mapping[str, int] = {
    "둘": 2, "두": 2, "셋": 3, "세": 3, "넷": 4, "네": 4,
    "both": 2, "two": 2, "three": 3, "four": 4,
}  # fmt: skip
# The papers as such: "두 논문 모두", "these two papers".
_PAPERS = (
    re.compile(
        r"(?<![가-힣])(?P<n>두|세|네)\s*(?:개의?\s*|편의?\s*)?(?:논문|연구|페이퍼)(?!\S*\s*중\s*첫)"
    ),
    re.compile(
        r"\b(?P<n>both|(?:the|these|those|all)\s+(?:two|three|four))\s+(?:of\s+(?:these|those|the)\s+)?"
        r"(?:papers|works|articles)\b",
        _I,
    ),
)
# Perhaps two things within one paper: only where the whole question is about "both".
_PERHAPS = (
    re.compile(
        r"^\W*(?:(?:그럼|그러면|그래서|그|이|저|위|앞)\s*)?(?P<n>둘|셋|넷|(?:두|세|네)\s*(?:개|편))\s*"
        r"(?:다|모두|전부|중에?서?|을|를|은|는|이|가|의|도|간|사이|비교)(?![가-힣]*\s*째)"
    ),
    re.compile(
        r"\b(?P<n>both|all\s+(?:three|four)|the\s+(?:two|three))\s+of\s+(?:them|these|those)\b", _I
    ),
    re.compile(
        r"^\W*+(?:and|so|what\s+about|how\s+about|compare|summari[sz]e|explain|which\s+of)?\s*+"
        r"(?P<n>both|the\s+two|these\s+two|those\s+two|all\s+three)\s*+"
        r"(?:together|please)?\W*+(?:$|is\b|has\b|do\b)",
        _I,
    ),
)  # fmt: skip


def group_of(question: str) -> tuple[int, bool] | None:
    """How many papers are meant together, and whether the question says that they are papers;
    None when it speaks of no group."""
    for patterns, is_sure in ((_PAPERS, True), (_PERHAPS, False)):
        for pattern in patterns:
            if match := pattern.search(question):
                words = re.findall(r"[a-z]+|[가-힣]", match["n"].lower())
                return next(_COUNTS[word] for word in words if word in _COUNTS), is_sure
    return None
