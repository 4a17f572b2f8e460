"""What is said to Paperboy that is no question about papers. Pure."""

import re
from enum import Enum, auto


class Intent(Enum):
    """A question, a greeting or plea for help, thanks, today's papers, or a bare mention."""

    QUESTION = auto()
    GREETING = auto()
    THANKS = auto()
    TODAY = auto()
    NOTHING = auto()


_GREETING = re.compile(
    r"(안녕|안녕하세요|하이|헬로|반가워요?|반갑습니다|도움말|도움|사용법|뭘?\s*할\s*수\s*있(어|나요|니)"
    r"|hi|hello|hey|help|good\s+morning|what\s+can\s+you\s+do)",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"(고마워요?|고맙습니다|감사해요?|감사합니다|땡큐|수고(했어|하셨습니다)?|ㄱㅅ"
    r"|thanks?(\s+you)?(\s+(so|very)\s+much|\s+a\s+lot)?|thx|ty)",
    re.IGNORECASE,
)
_TODAY = re.compile(
    r"(오늘|최신|최근|새로)\s*((의|은|는|새로|나온|올라온|에|자)\s*)*논문\S*\s*"
    r"(목록|리스트)?\S*\s*(뭐가?|무엇이?|어떤\s*게|좀)?\s*"
    r"(있어|있나요|있니|알려\s*줘|알려\s*주세요|보여\s*줘|보여\s*주세요|나왔어|나왔나요|뭐야)?"
    r"|(what('s|\s+is|\s+are)?|show(\s+me)?|list)?\s*(new\s+)?(the\s+)?today('s)?(\s+new)?\s+papers?"
    r"(\s+about)?|what('s|\s+is)\s+new(\s+today)?",
    re.IGNORECASE,
)
_END = r"[\s!~.,?？^ㅎㅋ:)]*"


def intent_of(text: str) -> Intent:
    """What *text* wants; whatever says more than a set phrase is a question."""
    said = text.strip()
    if not said:
        return Intent.NOTHING
    for intent, phrase in _PHRASES:
        if re.fullmatch(f"(?:{phrase.pattern}){_END}", said, re.IGNORECASE):
            return intent
    return Intent.QUESTION


_PHRASES = (
    (Intent.GREETING, _GREETING),
    (Intent.THANKS, _THANKS),
    (Intent.TODAY, _TODAY),
)
