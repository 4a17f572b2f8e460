"""Numbers that point at a list's papers: 3번, #3, no. 3, 세 번째, the third, the last one."""

import re
import unicodedata

_KOREAN = {
    "첫": 1, "한": 1, "하나": 1, "두": 2, "둘": 2, "세": 3, "셋": 3, "네": 4, "넷": 4, "다섯": 5,
    "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9, "열": 10, "열한": 11, "열두": 12, "열세": 13,
    "열네": 14, "열다섯": 15, "열여섯": 16, "열일곱": 17, "열여덟": 18, "열아홉": 19, "스무": 20,
}  # fmt: skip
# 일번, 삼 번; not 이번, which is "this one", unless another stands beside it.
_SINO = {sign: n for n, sign in enumerate("일이삼사오육칠팔구", start=1)}
_SINO_NUMBER = "십[일이삼사오육칠팔구]?|[일이삼사오육칠팔구]"
_ENGLISH = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10,
}  # fmt: skip
_SPELLED = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
_LAST = -1
_PAPER = r"(?:paper|one|entry|item|article|work)"
_KOREAN_ORDINAL = "|".join(sorted(_KOREAN, key=len, reverse=True))
# Parts of one paper that are counted as well.
_NO_PART = (
    r"(?!\s*(?:단계|실험|기여|표|그림|수식|식|기법|문단|문장|절|장|섹션|레이어|층|손실|항|질문|이유|요소|모듈|예시|행|열|"
    r"데이터셋|모델|반복|시도|기술|방법|아이디어))"
)
_PATTERNS = (
    # 1-3번, 1~3번: a range
    re.compile(r"(?<![\d.])(?P<from>\d{1,3})\s*[-~–]\s*(?P<to>\d{1,3})\s*번"),
    # 1, 3번 / 1,2,3번 논문 / 1과 3번
    re.compile(
        r"(?<![\d.])(?P<list>\d{1,3}(?:\s*(?:,|·|/|과|와|이랑|랑|하고|및|그리고)\s*\d{1,3}){1,20})"
        r"\s*번(?!째로)"
    ),
    re.compile(
        rf"(?<![\d.])(?P<n>\d{{1,3}})\s*번(?:째{_NO_PART}|(?!째))"
        r"(?!\s*(?:의\s*)?(?:반복|실험|시도|이상|이하|만에))"
    ),
    re.compile(r"(?<![\w&])#\s?(?P<n>\d{1,3})(?![\w.]*\d)"),
    re.compile(r"\b(?:no|nr|num|number)\b\.?\s*(?P<n>\d{1,3})\b(?!\s*of\b)", re.IGNORECASE),
    re.compile(rf"(?i)\b{_PAPER}s?\s+#?(?P<list>\d{{1,3}}(?:\s*(?:,|and|&|vs\.?|or)\s*\d{{1,3}}){{0,20}})\b"),
    # compare 1 and 3 / the difference between 1 and 3 / 1 vs 3
    re.compile(
        r"\b(?:compare|comparison\s+of|between)\s+"
        r"(?P<list>\d{1,3}(?:\s*(?:,|and|&|with|to|vs\.?){1,3}\s*\d{1,3}){1,20})(?![\d.%\w])",
        re.IGNORECASE,
    ),
    re.compile(r"(?<![\w.])(?P<list>\d{1,3}\s+vs\.?\s+\d{1,3})(?![\w.%])", re.IGNORECASE),
    re.compile(r"(?<![\w.])(?P<list>\d{1,3}\s*(?:이랑|랑|과|와|하고)\s*\d{1,3})(?=[을를]?\s*비교)"),
    re.compile(rf"\b(?P<n>\d{{1,3}})(?:st|nd|rd|th)\s+{_PAPER}\b", re.IGNORECASE),
    re.compile(rf"\b(?P<word>{'|'.join(_ENGLISH)}|last|final)\s+{_PAPER}\b", re.IGNORECASE),
    re.compile(rf"\b{_PAPER}\s+(?P<spelled>{'|'.join(_SPELLED)})\b", re.IGNORECASE),
    re.compile(rf"(?P<korean>{_KOREAN_ORDINAL})\s*번째(?!로){_NO_PART}"),
    re.compile(
        rf"(?<![가-힣])(?!이\s*번)(?P<sino>{_SINO_NUMBER})\s*번(?:째)?(?=\s|$|\W|은|는|이|가|을|를|의|도|"
        r"과|와|랑|하고|논문|거|것)(?!\s*(?:반복|실험|시도|이상|이하|만에))"
    ),
    re.compile(rf"(?:{_SINO_NUMBER})\s*번\s*(?:이랑|랑|과|와|하고|,)\s*(?P<sino>이)\s*번"),
    re.compile(rf"(?<![가-힣])(?P<sino>이)\s*번\s*(?:이랑|랑|과|와|하고|,)\s*(?:{_SINO_NUMBER})\s*번"),
    re.compile(r"(?P<korean>첫|둘|셋|넷)째(?=\s*(?:논문|거|것|페이퍼|항목))"),
    re.compile(r"(?P<korean>첫)\s*(?=논문|거|것|페이퍼|항목)"),
    re.compile(r"(?P<last>마지막|맨\s*끝)\s*(?:번째\s*)?(?:논문|거|것|페이퍼|항목|번)"),
)  # fmt: skip
# "the first and the third one": ordinals that share one noun.
_SHARED = re.compile(
    rf"\b(?P<first>{'|'.join(_ENGLISH)}|last)\s+(?:and|or|vs\.?)\s+(?:the\s+)?"
    rf"(?P<second>{'|'.join(_ENGLISH)}|last)\b",
    re.IGNORECASE,
)
_BARE = re.compile(r"\A\s*+\d(?:[\d\s,와과랑]|and|이랑)*+[?!.\s]*+")
_MAX_RANGE = 20


def pointed_numbers(text: str, *, count: int) -> list[int]:
    """The list numbers that *text* points at, in the order of its words; *count* is the length
    of the list ("the last one" needs it). Numbers beyond the list are returned as they are."""
    plain = unicodedata.normalize("NFKC", text)
    if _BARE.fullmatch(plain):
        return list(dict.fromkeys(int(one) for one in re.findall(r"\d+", plain)))
    found: list[tuple[int, int]] = []
    for match in _SHARED.finditer(plain):
        found += [(match.start(name), _word(match[name])) for name in ("first", "second")]
    for pattern in _PATTERNS:
        for match in pattern.finditer(plain):
            found += [(match.start() + step, n) for step, n in enumerate(_values(match))]
    ordered = (count if n == _LAST else n for _, n in sorted(found))
    return [n for n in dict.fromkeys(ordered) if n > 0]


def _values(match: re.Match[str]) -> list[int]:
    groups = {name: value for name, value in match.groupdict().items() if value is not None}
    if "from" in groups:
        first, last = int(groups["from"]), int(groups["to"])
        return list(range(first, last + 1)) if first < last <= first + _MAX_RANGE else []
    if "list" in groups:
        return [int(one) for one in re.findall(r"\d+", groups["list"])]
    if "n" in groups:
        return [int(groups["n"])]
    if "sino" in groups:
        return [_sino(groups["sino"])]
    if "last" in groups:
        return [_LAST]
    return [_word(next(iter(groups.values())))]


def _word(word: str) -> int:
    word = word.lower()
    return {**_KOREAN, **_ENGLISH, **_SPELLED}.get(word, _LAST)


def _sino(word: str) -> int:
    tens, units = ("십" in word) * 10, word.replace("십", "")
    return tens + (_SINO[units] if units else 0)
