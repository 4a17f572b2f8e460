"""Papers that are meant by a description of their own, in either language: "the paper about
open-source reinforcement learning", "오픈소스 강화학습 시스템 논문". Pure."""

import re
from collections.abc import Sequence

from bot.search.matching import coverage, needles
from bot.text.words import content_words
from storage import Paper

_I = re.IGNORECASE
_DESCRIBED = (
    re.compile(
        r"(?:^|[,.?!] ?)(?P<said>[^,.?!]{4,80}?) ?(?:에 ?(?:대한|관한)|(?:을|를)? ?"
        r"(?:다룬|다루는|쓴)|관련)? ?(?:논문|연구|페이퍼)(?!들| ?중)"
    ),
    re.compile(r"\bpapers? (?:about|on|that \w+|with|for) (?P<said>[^,.?!]{4,80})", _I),
    re.compile(r"\bthe (?P<said>[^,.?!]{4,80}?) (?:paper|one)\b(?!s)", _I),
)  # fmt: skip
# Not one of the list: other people's papers, or the one at hand.
_OTHERS = re.compile(
    r"^(?:이|그|저|해당|본|위|방금|아까)\s|기존|다른|이전|선행|후속|관련된|여러|모든|어떤|어느|무슨|몇|비슷한|유사한|"
    r"\b(?:this|that|other|previous|prior|existing|related|similar|which|any|all|original|cited|"
    r"same|authors)\b",
    _I,
)
_ENOUGH, _CLEARER_BY, _POSSIBLE = 0.75, 0.25, 0.5
_FEWEST_WORDS = 2
_ABSTRACT = 0.8


def described_papers(question: str, papers: Sequence[Paper]) -> tuple[Paper, ...]:
    """The papers that fit a description in *question*, best first: one when it is clear which
    is meant, several to choose from, or none."""
    line = " ".join(question.split())
    for form in _DESCRIBED:
        match = form.search(line)
        if match and not _OTHERS.search(match["said"]):
            return _fitting(match["said"], papers)
    return ()


def _fitting(said: str, papers: Sequence[Paper]) -> tuple[Paper, ...]:
    wanted = needles(said)
    if len(wanted) < _FEWEST_WORDS:
        return ()
    scored = []
    for paper in papers:
        title = set(content_words(paper.title))
        whole = title | set(content_words(paper.abstract))
        score = max(coverage(wanted, title), _ABSTRACT * coverage(wanted, whole))
        scored.append((score, paper))
    scored.sort(key=lambda pair: -pair[0])
    if not scored or scored[0][0] < _POSSIBLE:
        return ()
    best = scored[0][0]
    near = tuple(paper for score, paper in scored if score > best - _CLEARER_BY)
    return near if best >= _ENOUGH or len(near) > 1 else near[:1]
