"""How Korean points at papers: 3번, 세 번째, 마지막 논문, 둘 다, 이 중에서."""

import re

from bot.languages.language import Pointing

_NATIVE = {
    "첫": 1, "한": 1, "하나": 1, "두": 2, "둘": 2, "세": 3, "셋": 3, "네": 4, "넷": 4, "다섯": 5,
    "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9, "열": 10, "열한": 11, "열두": 12, "열세": 13,
    "열네": 14, "열다섯": 15, "열여섯": 16, "열일곱": 17, "열여덟": 18, "열아홉": 19, "스무": 20,
}  # fmt: skip
# 일번, 삼 번, 십이 번.
_DIGITS = {sign: n for n, sign in enumerate("일이삼사오육칠팔구", start=1)}
_SINO = {**_DIGITS, "십": 10, **{f"십{sign}": 10 + n for sign, n in _DIGITS.items()}}
_SINO_NUMBER = "십[일이삼사오육칠팔구]?|[일이삼사오육칠팔구]"
_ORDINAL = "|".join(sorted(_NATIVE, key=len, reverse=True))
_LABEL = r"(?P<n>(?:[A-Z]?\d{1,2}|[A-Z])(?:\.\d{1,2}){0,3})(?![A-Za-z\d])"
_JOINED = "과|와|이랑|랑|하고|및|그리고"
_ITEM = "논문|거|것|페이퍼|항목"
_COUNTED = "개|편|가지"
# Counted are also parts of one paper, and how often something is done.
_NO_PART = (
    r"(?!\s*(?:단계|실험|기여|표|그림|수식|식|기법|문단|문장|절|장|섹션|레이어|층|손실|항|질문|이유|"
    r"요소|모듈|예시|행|열|데이터셋|모델|반복|시도|기술|방법|아이디어))"
)
_NO_TIMES = r"(?!\s*(?:의\s*)?(?:반복|실험|시도|이상|이하|만에))"

POINTING = Pointing(
    numbers=tuple(
        map(
            re.compile,
            (
                r"(?<![\d.])(?P<from>\d{1,3})\s*[-~–]\s*(?P<to>\d{1,3})\s*번",
                rf"(?<![\d.])(?P<list>\d{{1,3}}(?:\s*(?:,|·|/|{_JOINED})\s*\d{{1,3}}){{1,20}})"
                r"\s*번(?!째로)",
                rf"(?<![\d.])(?P<n>\d{{1,3}})\s*번(?!째){_NO_TIMES}",
                r"(?<![\w.])(?P<list>\d{1,3}\s*(?:이랑|랑|과|와|하고)\s*\d{1,3})(?=[을를]?\s*비교)",
                # Alone, 이번 is "this one".
                rf"(?<![가-힣])(?!이\s*번)(?P<word>{_SINO_NUMBER})\s*번(?:째)?(?=\s|$|\W|은|는|이|가|을|"
                rf"를|의|도|과|와|랑|하고|{_ITEM}){_NO_TIMES}",
                rf"(?:{_SINO_NUMBER})\s*번\s*(?:이랑|랑|과|와|하고|,)\s*(?P<word>이)\s*번",
                rf"(?<![가-힣])(?P<word>이)\s*번\s*(?:이랑|랑|과|와|하고|,)\s*(?:{_SINO_NUMBER})\s*번",
            ),
        )
    ),
    ordinals=tuple(
        map(
            re.compile,
            (
                rf"(?<![\d.])(?P<n>\d{{1,3}})\s*번째{_NO_PART}{_NO_TIMES}",
                rf"(?P<word>{_ORDINAL})\s*번째(?!로){_NO_PART}",
                rf"(?P<word>첫|둘|셋|넷)째(?=\s*(?:{_ITEM}))",
                rf"(?P<word>첫)\s*(?={_ITEM})",
                rf"(?:{_ITEM})\s*#?(?P<n>\d{{1,3}})(?![\d.])(?!\s?(?:{_COUNTED}))",
                rf"(?P<word>마지막|맨\s*끝)\s*(?:번째\s*)?(?:{_ITEM}|번)",
            ),
        )
    ),
    words={**_NATIVE, **_SINO},
    particle=r"(?:은|는|이|가|을|를|의|도|만|과|와|랑|이랑|요|이요)",
    counted=(
        re.compile(rf"(?P<n>\d{{1,2}}|{_ORDINAL})\s*(?:{_COUNTED})(?![월년국])만?"),
        re.compile(r"(?<![가-힣])(?P<n>하나|둘|셋|넷)만"),
    ),
    lines=(re.compile(rf"(?<!\d)(?P<n>\d|{_ORDINAL})\s*(?:줄|문장)"),),
    topic=re.compile(r"(?:이\s{1,3})?논문(?:은|는|이|가|의|도|에서는|에서|에는|에)?[\s,]{1,5}"),
    between=_JOINED,
    groups=(
        re.compile(
            r"(?<![가-힣])(?P<n>두|세|네)\s*(?:개의?\s*|편의?\s*)?(?:논문|연구|페이퍼)(?!\S*\s*중\s*첫)"
        ),
    ),
    perhaps_groups=(
        re.compile(
            r"^\W*(?:(?:그럼|그러면|그래서|그|이|저|위|앞)\s*)?(?P<n>둘|셋|넷|(?:두|세|네)\s*(?:개|편))\s*"
            r"(?:다|모두|전부|중에?서?|을|를|은|는|이|가|의|도|간|사이|비교)(?![가-힣]*\s*째)"
        ),
    ),
    described=(
        re.compile(
            r"(?:^|[,.?!] ?)(?P<said>[^,.?!]{4,80}?) ?(?:에 ?(?:대한|관한)|(?:을|를)? ?"
            r"(?:다룬|다루는|쓴)|관련)? ?(?:논문|연구|페이퍼)(?!들| ?중)"
        ),
    ),
    others=(
        r"^(?:이|그|저|해당|본|위|방금|아까)\s|기존|다른|이전|선행|후속|관련된|여러|모든|어떤|어느|무슨|몇|비슷한|유사한"
    ),
    whole_list=(
        r"이\s*중(?:에서?)?|이것들|목록|(?:논문|이것|오늘|여기)\S{0,12}\s*중에?서?|"
        r"(?:전체|모든|어떤|어느)\s*논문|논문들"
    ),
    pronoun=r"(?:^|\s)(?:그|이|저|해당|방금|아까|위)\s*(?:논문|거|것|연구|모델|방법)|이건|그건|얘",
    places=(
        ("table", re.compile(rf"(?<![가-힣])(?:표|테이블)\s{{0,2}}{_LABEL}")),
        ("figure", re.compile(rf"(?<![가-힣])(?:그림|도표|피겨)\s{{0,2}}{_LABEL}")),
        ("section", re.compile(rf"(?<![가-힣])(?:섹션|챕터|부록)\s{{0,2}}{_LABEL}")),
        # "GPU 4장" counts cards.
        (
            "section",
            re.compile(
                r"(?<![A-Za-z\d.])(?<![A-Za-z\d]\s)(?P<n>\d{1,2}(?:\.\d{1,2}){0,3})\s?(?:장|절)"
                r"(?=[은는이가을를의에,.?!\s]|$)"
            ),
        ),
    ),
    back=r"그럼|그러면|그래서|왜\s?(?:그런|그렇)",
    comparing=r"비교|차이|대비|견주|다른\s*점|다르|달라|다를|공통점|비슷|보다|\bvs\b",
)
