"""The slots of a summary, and the words by which a sentence shows that it belongs to one."""

import re
from dataclasses import dataclass

HIGHLIGHTS = ("new", "technical", "performance")
SECTIONS = (
    "motivation",
    "contributions",
    "method",
    "setup",
    "results",
    "limitations",
    "followups",
)


@dataclass(frozen=True)
class Cue:
    """What speaks for a slot: ``words`` in a sentence, ``titles`` of the section it stands in,
    where in a text it mostly stands (0 start, 1 end), and how much a number in it counts.
    ``against``: words by which a sentence belongs to another slot after all."""

    words: re.Pattern[str]
    titles: re.Pattern[str] | None
    place: float
    number: float = 0.0
    against: re.Pattern[str] | None = None


def _cue(
    words: str,
    titles: str | None,
    place: float,
    number: float = 0.0,
    *,
    against: re.Pattern[str] | None = None,
) -> Cue:
    pattern = re.compile(titles, re.IGNORECASE) if titles else None
    return Cue(re.compile(words, re.IGNORECASE), pattern, place, number, against)


# What was the matter before the paper, and not what the paper did or reached.
_BEFORE = re.compile(
    r"\bremains? (?:a |an |largely |highly )?(?:challeng|difficult|unclear|open|unexplored|elusive)"
    r"|\bis (?:crucial|essential|critical|vital|fundamentally limited)\b"
    r"|\b(?:prior|previous|existing|current|traditional|conventional) (?:\w+ ){0,3}?"
    r"(?:methods?|approaches|works?|research|models?|techniques|studies)\b[^.]{0,80}"
    r"\b(?:fail|struggl|lack|suffer|limit|focus|rely|relies|require|often|only)"
    r"|(?:기존|이전|종래)[^.]{0,40}(?:어렵|한계|부족|못하|못했|문제)"
    r"|(?:필요|과제|문제|핵심 기술|핵심 요소)(?:합니다|하다|입니다|이다)\.?$|분명하지 않|풀리지 않"
    r"|밝혀지지 않",
    re.IGNORECASE,
)


_NEW = (
    r"\bwe (?:\w+ ){0,2}(?:propose|present|introduce|develop|design|release|describe|create)"
    r"|\bthis (?:\w+ )?(?:paper|work|study|report|survey) (?:\w+ )?(?:proposes|presents|introduces"
    r"|studies|discusses|investigates|explores|describes|reviews|shows|examines)"
    r"|\bnovel\b|\bfor the first time\b|\bthe first\b|\bis proposed\b"
    r"|제안(?:합|하|한|했|된)|소개(?:합|하|한|했)|제시(?:합|하|한|했)|새로운|최초|처음으로|공개(?:합|하|한|했)"
)
_TECHNICAL = (
    r"\bconsists? of\b|\bcombin|\bintegrat|\bleverag|\bemploy|\bbased on\b|\barchitecture"
    r"|\bmodule|\blayer|\battention\b|\bloss\b|\bobjective\b|\balgorithm|\bstages?\b|\btrain"
    r"|\bmechanism|\bencod|\bdecod|\bsampling\b|\breward|\boptimi[sz]|\bfine-tun|\bpipeline"
    r"|\bspecifically\b|\bfirst(?:ly)?,|\bthen\b|\bby (?:\w+)ing\b"
    r"|구조|모듈|학습|훈련|결합|활용|기반|방식|알고리즘|단계|손실|보상|메커니즘|파이프라인|최적화"
)
_PERFORMANCE = (
    r"\boutperform|\bachiev|\bimprov|\bstate-of-the-art\b|\bsota\b|\baccuracy\b|\bscores?\b"
    r"|\bsurpass|\bfaster\b|\bspeed-?up|\breduc|\bexperiments?\b|\bresults?\b|\bexceed|\bgains?\b"
    r"|\bcompetitive\b|\bcomparable\b|\bsuperior\b|\bdemonstrat|%|\d×|\dx\b"
    r"|성능|정확도|향상|달성|능가|최고|우수|개선|감소|빠르|뛰어난|실험 결과|점수|줄(?:였|입|이)"
)
_MOTIVATION = (
    r"\bhowever\b|\bchalleng|\bremains?\b|\black|\bsuffer|\bdifficult|\bproblem|\bexisting\b"
    r"|\bdespite\b|\bstruggl|\bexpensive\b|\bcostly\b|\bbottleneck|\bcrucial|\blimit(?:s|ed|ing)?\b|\boften\b|\bslow\b"
    r"|\bfail(?:s|ed)? to\b|그러나|하지만|문제|어려|한계|부족|기존|필요|비용이"
)
_LIMITATIONS = (
    r"\b(?:a|one|another|main|key|our) limitations?\b"
    r"|\blimitations? (?:of our|of this|is|are|include)"
    r"|\b(?:drawback|shortcoming)s? of (?:our|this)|\bour (?:\w+ ){0,3}(?:cannot|fails?|does not)"
    r"|\bour (?:\w+ ){0,3}(?:is|are) (?:limited|restricted) to\b"
    r"|\bfailure (?:case|mode)s?\b|\bdoes not (?:yet|generali[sz]e)"
    r"|한계(?:점|가|는|로)|제약이|실패 사례"
)
_FOLLOWUPS = (
    r"\bfuture (?:work|research|directions?|studies)|\bwe (?:plan|hope|leave)\b"
    r"|\bpav(?:es?|ing)\b the way"
    r"|\bfurther (?:research|work|exploration)|\bcould be (?:extended|applied)|\bopens? (?:up )?"
    r"|\bpromising direction|향후|앞으로|후속|추후|가능성을|기여할"
)
_SETUP = (
    r"\bdatasets?\b|\bbenchmarks?\b|\bbaselines?\b|\bevaluat|\bcorpus\b|\bmetrics?\b|\bGPUs?\b"
    r"|\bhyper-?parameter|\bbatch size\b|\blearning rate\b"
    r"|\bcompare (?:it |our )?(?:with|to|against)|\btokens\b|\btrained on\b"
    r"|데이터셋|벤치마크|평가|비교 대상|말뭉치|실험(?:은|을|에서)|GPU"
)

TLDR = _cue(_NEW, None, 0.25)
HIGHLIGHT_CUES = {
    "new": _cue(_NEW, r"introduction|contribution", 0.3),
    "technical": _cue(
        _TECHNICAL,
        r"method|approach|model|architecture|framework|algorithm|training",
        0.5,
        against=_BEFORE,
    ),
    "performance": _cue(
        _PERFORMANCE,
        r"result|experiment|evaluation|performance|conclusion",
        0.85,
        0.8,
        against=_BEFORE,
    ),
}
SECTION_CUES = {
    "motivation": _cue(_MOTIVATION, r"introduction|motivation|background|problem", 0.1),
    "contributions": _cue(_NEW + r"|\bcontribution|기여", r"introduction|contribution", 0.35),
    "method": HIGHLIGHT_CUES["technical"],
    "setup": _cue(_SETUP, r"experiment|setup|setting|implementation|data|evaluation", 0.7, 0.3),
    "results": HIGHLIGHT_CUES["performance"],
    "limitations": _cue(_LIMITATIONS, r"limitation|failure", 0.9),
    "followups": _cue(_FOLLOWUPS, r"future", 1.0),
}
INTRODUCTION = _cue(_MOTIVATION + "|" + _NEW, r"introduction", 0.3)
