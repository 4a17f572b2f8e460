"""What kind of thing a question asks for, told by its words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

_I = re.IGNORECASE


class Kind(StrEnum):
    """The first six are read off the stored record; the others are looked for in the texts."""

    AUTHORS = "authors"
    ORGANIZATION = "organization"
    VOTES = "votes"
    CODE = "code"
    DATE = "date"
    LINK = "link"
    LIMITATIONS = "limitations"
    RESULTS = "results"
    DATA = "data"
    SETUP = "setup"
    METHOD = "method"
    CONTRIBUTIONS = "contributions"
    FOLLOWUPS = "followups"
    MOTIVATION = "motivation"
    SUMMARY = "summary"
    OTHER = "other"


RECORD_KINDS = frozenset(
    (Kind.AUTHORS, Kind.ORGANIZATION, Kind.VOTES, Kind.CODE, Kind.DATE, Kind.LINK)
)

# Tried in this order; the first that fits is the question's kind.
_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        Kind.AUTHORS,
        re.compile(
            r"저자(?:들)?(?:는|은|가|이|의)?\s*(?:이름|명단|목록|누구|몇|알려|소개|정보|[?]|$)|"
            r"(?:1|제1|교신|공동|주)\s*저자|지은이|누가\s*(?:썼|쓴|만들|작성)|글쓴이|교신|\bauthors?\b(?!'s?\s|s'|.{0,30}\b(?:claim|argue|"
            r"present|propose|use|say|find|show|discuss|mention|conclude|suggest|define|"
            r"evaluate|collect|obtain|compare|explain|report|train)\w*)|\bwho\s+(?:wrote|made|"
            r"created|are\s+behind)\b",
            _I,
        ),
    ),
    (
        Kind.ORGANIZATION,
        re.compile(
            r"소속|(?:어느|어떤|무슨)\s*(?:기관|회사|대학|연구소|학교|조직|팀|곳)|기관(?:은|이|명)|어디(?:서|에서)\s*(?:나온|낸|쓴|"
            r"만든|한)|\baffiliat\w+|\b(?:which|what)\s+(?:organi[sz]ation|company|institut\w+|"
            r"universit\w+|lab)\b|\bwhere\s+(?:are\s+the\s+authors|is\s+(?:it|this\s+paper)|"
            r"does\s+(?:it|this\s+paper)\s+come)\s*from\b",
            _I,
        ),
    ),
    (
        Kind.VOTES,
        re.compile(
            r"추천\s*(?:수|이|은|을|몇)|투표\s*(?:수|몇|받)|몇\s*표|표\s*수|좋아요|업보트|인기|\bup-?votes?\b|"
            r"\bvotes?\b(?!\s*(?:among|over|of\s+the\s+model|ensemble))|\bhow\s+popular\b",
            _I,
        ),
    ),
    (
        Kind.CODE,
        re.compile(
            r"깃\s*허브|깃헙|github|(?:코드|소스|구현|모델|가중치|체크포인트|데이터)\S{0,12}\s*(?:(?:가|는|도|를|이)\s*)?(?:공개|링크|주소|"
            r"있|어디|오픈|받|다운)|오픈\s*소스\s*(?:야|인가|이야|예요|이에요|입니까|인지|로\s*(?:공개|풀)|화|됐|됨|했|[?]|$)|저장소|레포|프로젝트\s*(?:페이지|링크|사이트)|데모|코드\s*[?]|^\s*코드\s*$|"
            r"\b(?:code|repo|repository|implementation|weights|"
            r"checkpoints?)\b.{0,25}\b(?:available|public|released?|open|link|where|url)\b|"
            r"\b(?:where|is\s+there|link|url|any|have|has|got)\b.{0,30}\b(?:code|repo\w*|"
            r"implementation)\b|\bopen[- ]?sourced\b|"
            r"\bopen[- ]?source\b(?!\s+(?:\w+\s+){0,4}(?:paper|system|model|llm|one)\b)|"
            r"\bproject\s+(?:page|site)\b|\bdemo\b",
            _I,
        ),
    ),
    (
        Kind.DATE,
        re.compile(
            r"언제\s*(?:나|발표|공개|올라|게재|출판|제출|쓰)|발표\s*(?:일|날짜)|출판일|게재일|몇\s*년|며칠|\bwhen\s+(?:was|is|"
            r"did)\b.{0,25}\b(?:publish\w*|submitted|released|posted|come\s+out|appear\w*|"
            r"written)\b|\bpublication\s+date\b|\bhow\s+old\b",
            _I,
        ),
    ),
    (
        Kind.LINK,
        re.compile(
            r"(?:논문|원문|pdf|arxiv|아카이브)\s*(?:(?:의|은|는)\s*)?(?:링크|주소|url)|링크\s*(?:줘|좀|주세요|알려|는\?|\?)|"
            r"^\s*링크\s*$|\b(?:link|url)\s+(?:to|of|for)\s+(?:the\s+|this\s+)?(?:paper|pdf|"
            r"arxiv)|\b(?:paper|pdf|arxiv)\s+(?:link|url)\b|^\s*(?:the\s+)?(?:link|"
            r"pdf)\s*(?:please\s*)?(?:[?]\s*)?$",
            _I,
        ),
    ),
    (
        Kind.LIMITATIONS,
        re.compile(
            r"한계|단점|약점|문제점|부족한\s*점|아쉬운|실패|못하는|안\s*되는|\blimit(?:s|ed|ation|ations)?\b|"
            r"\bweak(?:ness|nesses)\b|\bdrawbacks?\b|\bshortcomings?\b|\bdownsides?\b|"
            r"\bfail(?:s|ure|ures)?\b|\bcaveats?\b",
            _I,
        ),
    ),
    (
        Kind.FOLLOWUPS,
        re.compile(
            r"후속|향후|앞으로|다음\s*연구|추가\s*연구|\bfuture\s+(?:work|directions?|research)\b|"
            r"\bfollow[- ]?ups?\b|\bnext\s+steps?\b",
            _I,
        ),
    ),
    (
        Kind.DATA,
        re.compile(
            r"데이터|말뭉치|코퍼스|학습에\s*쓴|\bdata(?:sets?)?\b|\bcorp(?:us|ora)\b|\bbenchmarks?\s+(?:are|"
            r"were|do|did)\b",
            _I,
        ),
    ),
    (
        Kind.SETUP,
        re.compile(
            r"실험\s*(?:설정|환경|조건|구성)|하이퍼\s*파라미터|학습률|배치\s*(?:크기|사이즈)|GPU|자원|비용|몇\s*(?:장|대|시간|일)|"
            r"파라미터\s*(?:수|개수)|베이스라인|비교\s*대상|평가\s*지표|\bhyper-?parameters?\b|\blearning\s+rate\b|"
            r"\bbatch\s+size\b|\bgpus?\b|\bcompute\b|\bhardware\b|\bcosts?\b|\bbaselines?\b|"
            r"\bmetrics?\b|\bevaluat(?:ed|ion)\s+(?:setup|protocol|setting)\b|"
            r"\bexperimental\s+set",
            _I,
        ),
    ),
    (
        Kind.RESULTS,
        re.compile(
            r"성능|결과|정확도|점수|얼마나\s*(?:좋|빠르|향상|개선|높|낮)|몇\s*(?:점|퍼센트|프로|배|%)|이겼|능가|수치|\bresults?\b|"
            r"\bperform(?:s|ance|ed)?\b|\baccurac(?:y|ies)\b|\bscores?\b|\bhow\s+(?:much|well|"
            r"good|fast)\b|\bimprovements?\b|\boutperforms?\b|\bstate[- ]of[- ]the[- ]art\b",
            _I,
        ),
    ),
    (
        Kind.CONTRIBUTIONS,
        re.compile(
            r"기여|새로운\s*(?:점|것)|새롭|참신|차별|기존(?:과|\s*연구|\s*방법)|뭐가\s*달라|차이점|\bcontributions?\b|"
            r"\bnovel(?:ty)?\b|\bwhat(?:'s|\s+is)\s+new\b|\bdiffer(?:s|ent|ence)?\b",
            _I,
        ),
    ),
    (
        Kind.MOTIVATION,
        re.compile(
            r"^(?!.*(?:되|쓰|사용|하)나요).*왜\s*(?:이|필요|중요|연구|했|만들)|동기|배경|목적|풀려는|해결하려|어떤\s*문제|무슨\s*문제|"
            r"\bmotivat\w+|\bwhat\s+problem\b|\bwhich\s+problem\b|\bwhy\s+(?:is|does)\s+(?:this|"
            r"it)\s+(?:matter|important|needed)\b|\bgoals?\b",
            _I,
        ),
    ),
    (
        Kind.METHOD,
        re.compile(
            r"방법|방식|어떻게|기법|원리|구조|아키텍처|알고리즘|핵심\s*(?:아이디어|기술|요소)|작동|동작|\bmethods?\b|"
            r"\bapproach(?:es)?\b|\btechniques?\b|\barchitectures?\b|\balgorithms?\b|"
            r"\bhow\s+(?:does|do|is|are|did|was|were)\b|\b(?:key|main|core)\s+(?:ideas?|ingredients?|"
            r"components?|innovations?|insights?|designs?)\b",
            _I,
        ),
    ),
    (
        Kind.SUMMARY,
        re.compile(
            r"요약|정리|설명해|소개|무슨\s*(?:논문|내용|연구|얘기|이야기)|어떤\s*(?:논문|내용|연구)|뭐(?:에|\s*하는)|(?:이게|이건|"
            r"논문이?|이거)\s*뭐|무엇을?\s*(?:하는|다루|말하)|내용(?:이|은)?\s*(?:뭐|무엇)?|핵심|한\s*줄|한마디|tl;?dr|"
            r"\bsummar\w+|\boverview\b|\bwhat(?:'s|\s+is)\s+(?:it|this|the\s+paper|"
            r"this\s+paper)\s+about\b|\bgist\b|\bin\s+(?:short|a\s+nutshell|brief)\b|"
            r"\bmain\s+(?:point|finding|message|result)s?\b|\bexplain\s+(?:it|this|"
            r"the\s+paper)\b|\bwhat\s+does\s+(?:it|this|the\s+paper|this\s+paper)\s+(?:do|say|"
            r"claim|propose|show|argue)\b",
            _I,
        ),
    ),
)


@dataclass(frozen=True)
class Look:
    """Where an answer of one kind stands: slots of a summary, titles of sections made for it and
    of others that may hold it, words to add to the search, and words that such a sentence tends
    to hold (and must not hold). A strict kind has no answer where nothing of this is seen."""

    slots: tuple[str, ...] = ()
    titles: re.Pattern[str] | None = None
    other_titles: re.Pattern[str] | None = None
    words: str = ""
    cues: re.Pattern[str] | None = None
    not_cues: re.Pattern[str] | None = None
    is_strict: bool = False


LOOKS: Mapping[Kind, Look] = {
    Kind.LIMITATIONS: Look(
        slots=("limitations",),
        titles=re.compile(r"limitation|failure|broader impact|threats to validity|한계", _I),
        other_titles=re.compile(r"discussion|conclusion|future|error analysis", _I),
        not_cues=re.compile(
            r"\b(?:address|overcom|mitigat|alleviat|tackl|solv)\w*|"
            r"\b(?:existing|previous|prior|current|traditional|these|above)\b.{0,30}\blimit|"
            r"기존|이전\s*(?:연구|방법|모델)|다른\s*연구|한계를?\s*(?:극복|해결|넘|보완)",
            _I,
        ),
        is_strict=True,
        words="limitation limitations future work fail failure drawback",
        cues=re.compile(
            r"\blimitations?\b|\b(?:is|are|was|were|remains?)\s+limited\b|\bdrawbacks?\b|"
            r"\bshortcomings?\b|\bnot\s+yet\b|"
            r"\b(?:we|our|it|method|model|approach)\b.{0,40}\b(?:cannot|fails?|struggles?|does\s+not|"
            r"do\s+not|is\s+unable)\b|한계|단점|(?:다루|검증하|실험하|평가하|확인하|비교하)지\s*(?:못|않)|"
            r"에서만\s*(?:실험|평가|검증|확인|다)|아직\s.{0,20}(?:못|않|없)",
            _I,
        ),
    ),
    Kind.CODE: Look(
        titles=re.compile(r"code availability|data availability|reproducib|artifact", _I),
        other_titles=re.compile(r"abstract|introduction|conclusion|초록", _I),
        is_strict=True,
        words="code open source release available github repository",
        cues=re.compile(
            r"\bopen[- ]?sourc\w*|\bcode\w*\b.{0,50}\b(?:available|released?|public\w*|at)\b|"
            r"\b(?:release|publish|provide)\w*\b.{0,50}\bcode\b|github|공개",
            _I,
        ),
    ),
    Kind.FOLLOWUPS: Look(
        slots=("followups", "limitations"),
        titles=re.compile(r"future|outlook", _I),
        other_titles=re.compile(r"conclusion|discussion|limitation", _I),
        is_strict=True,
        words="future work direction extend explore",
        cues=re.compile(
            r"\bfuture\b|\bplan\s+to\b|\bleave\b.{0,60}\bfor\b|\bnext\s+step|향후|앞으로|후속", _I
        ),
    ),
    Kind.DATA: Look(
        slots=("setup",),
        titles=re.compile(r"\bdata|corpus|corpora|dataset|collection", _I),
        other_titles=re.compile(r"experiment|setup|benchmark|training details|evaluation", _I),
        words="dataset datasets data corpus collected",
        cues=re.compile(
            r"\bdata\s?sets?\b|\bcorp(?:us|ora)\b|\bbenchmarks?\b|\bcollected\b|\bsamples\b|"
            r"\bexamples\b|\bannotat|\b\d[\d,.]{0,20}[KkMB]?\s+(?:\w+\s+){0,2}(?:samples|examples|"
            r"questions|prompts|problems|instances|images|videos|tokens|pairs|sentences)\b|데이터|"
            r"말뭉치|벤치마크",
            _I,
        ),
    ),
    Kind.SETUP: Look(
        slots=("setup",),
        titles=re.compile(
            r"setup|setting|implementation|training details?|hyper|baseline|experimental", _I
        ),
        other_titles=re.compile(r"experiment|evaluat|training|appendix", _I),
        words="experiments settings training details",
        cues=re.compile(r"\bwe\s+(?:use|train|set|adopt|compare|evaluate)\b|\bbaselines?\b|\d", _I),
    ),
    Kind.RESULTS: Look(
        slots=("results", "performance"),
        titles=re.compile(r"result|performance|comparison", _I),
        other_titles=re.compile(r"experiment|evaluat|abstract|conclusion|analysis|초록", _I),
        words="results performance achieves outperforms score accuracy",
        cues=re.compile(
            r"\d\s*(?:%|points?|×|x\b)|\bachiev|\boutperform|\bsurpass|\bimprov|"
            r"\bstate-of-the-art\b|\d\.\d|\bscores?\b|달성|향상|능가|성능|정확도|점",
            _I,
        ),
    ),
    Kind.CONTRIBUTIONS: Look(
        slots=("contributions", "new"),
        titles=re.compile(r"contribution", _I),
        other_titles=re.compile(r"introduction|abstract|conclusion|초록", _I),
        words="contributions propose novel introduce first",
        cues=re.compile(
            r"\bwe\s+(?:propose|introduce|present|develop|release|show|demonstrate)\b|"
            r"\bcontribution|\bnovel\b|\bfirst\b|\bunlike\b|제안|제시|최초|새로운|공개",
            _I,
        ),
    ),
    Kind.MOTIVATION: Look(
        slots=("motivation",),
        titles=re.compile(r"motivation|problem statement|background", _I),
        other_titles=re.compile(r"introduction|abstract|초록", _I),
        words="problem challenge motivation",
        cues=re.compile(
            r"\bhowever\b|\bchallenge|\bproblem|\black\b|\bgap\b|\bdespite\b|\bneed\b|\bremain|"
            r"\bstruggle|문제|하지만|그러나|필요|부족",
            _I,
        ),
    ),
    Kind.METHOD: Look(
        slots=("method", "technical"),
        titles=re.compile(r"method|approach|algorithm|framework|our model|architecture", _I),
        other_titles=re.compile(r"overview|design|model|abstract|초록", _I),
        words="method approach propose",
        cues=re.compile(
            r"\bwe\s+(?:propose|introduce|present|use|design|train|apply|adopt)\b|"
            r"\bconsists?\s+of\b|\bour\s+(?:method|approach|model|framework)\b|\bby\s+\w+ing\b|"
            r"제안|방법|통해|활용|사용|기반",
            _I,
        ),
    ),
    Kind.SUMMARY: Look(
        slots=("tldr", "new", "technical", "performance", "contributions", "method", "results"),
        titles=re.compile(r"abstract|초록", _I),
        other_titles=re.compile(r"conclusion|introduction", _I),
        words="",
        cues=re.compile(
            r"\bwe\s+(?:propose|introduce|present|show|find|demonstrate|release)\b|"
            r"\bthis\s+(?:paper|work)\b|\boutperform|제안|본\s*(?:논문|연구)|달성",
            _I,
        ),
    ),
}


_WHOLE_SETUP = re.compile(
    r"실험\s*(?:설정|환경|조건|구성)|하이퍼\s*파라미터|\bhyper-?parameters?\b|\bexperimental\s+set|"
    r"\b(?:training|implementation)\s+details?\b|\bset-?up\b|\bsettings?\b",
    _I,
)


def kind_of(question: str) -> Kind:
    """The kind of thing the question asks for; ``OTHER`` when no pattern fits."""
    return next((kind for kind, pattern in _PATTERNS if pattern.search(question)), Kind.OTHER)


def asks_for_whole_setup(question: str) -> bool:
    """Whether a question of the kind SETUP asks for all of it, not for one thing such as cost."""
    return _WHOLE_SETUP.search(question) is not None


def residue(question: str, kind: Kind) -> str:
    """The question without the words that told its kind."""
    return dict(_PATTERNS)[kind].sub(" ", question) if kind is not Kind.OTHER else question


def look_for(kind: Kind) -> Look:
    """Where answers of this kind stand; an empty look for the kinds that have no usual place."""
    return LOOKS.get(kind, Look())
