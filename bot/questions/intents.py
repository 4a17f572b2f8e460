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


def _phrase(words: str) -> re.Pattern[str]:
    """Matches a text on one line that is nothing but one of *words*."""
    return re.compile(rf"\A(?:{words})[\s!~.,?？^ㅎㅋ:)]*\Z", re.IGNORECASE)


_GREETING = _phrase(
    r"안녕|안녕하세요|하이|헬로|반가워요?|반갑습니다|도움말|도움|사용법|뭘? ?할 ?수 ?있(어|나요|니)"
    r"|hi|hello|hey|help|good morning|what can you do"
)
_THANKS = _phrase(
    r"고마워요?|고맙습니다|감사해요?|감사합니다|땡큐|수고(했어|하셨습니다)?|ㄱㅅ"
    r"|thanks?( you)?( (so|very) much| a lot)?|thx|ty"
)
_TODAY = _phrase(
    r"(오늘|최신|최근|새로) ?((의|은|는|새로|나온|올라온|에|자) ?){0,6}논문\S{0,6} ?"
    r"(목록|리스트)?\S{0,6} ?(뭐가?|무엇이?|어떤 ?게|좀)? ?"
    r"(있어|있나요|있니|알려 ?줘|알려 ?주세요|보여 ?줘|보여 ?주세요|나왔어|나왔나요|뭐야)?"
    r"|(what('s| is| are)?|show( me)?|list)? ?(new )?(the )?today('s)?( new)? papers?"
    r"( about)?|what('s| is) new( today)?"
)
_PHRASES = (
    (Intent.GREETING, _GREETING),
    (Intent.THANKS, _THANKS),
    (Intent.TODAY, _TODAY),
)


def intent_of(text: str) -> Intent:
    """What *text* wants; whatever says more than a set phrase is a question."""
    said = " ".join(text.split())
    if not said:
        return Intent.NOTHING
    for intent, phrase in _PHRASES:
        if phrase.match(said):
            return intent
    return Intent.QUESTION
