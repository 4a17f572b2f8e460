"""Whether a sentence asks something, in Korean or English. Pure and deliberately careful: an
unasked-for answer disturbs more than a mention costs."""

import re

_URL = re.compile(r"<?https?://[^\s>|]+(\|[^>]*)?>?")
_CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)
_MARK = re.compile(r"[?？]")
# Korean: how the sentence ends, or a request for words.
_KOREAN_ENDING = re.compile(
    r"(나요|(?<!니)까요|니까|가요|는지요?|을까|ㄹ까|할까|일까|될까|뭐야|뭐지|뭔가|뭘까|뭔데|뭐임|인가|는가"
    r"|은가|던가|냐|니|는데요|어때|어떨까|어디야|누구야|왜야|얼마야|몇이야|맞아|맞나|있어|없어"
    r"|되나|하나|있나|없나|궁금해|궁금하다|궁금합니다|궁금하네요|궁금해요|궁금)$"
)
_KOREAN_WEAK_ENDING = re.compile(r"(니|냐|는데요|맞아|있어|없어|하나)$")
_KOREAN_QUESTION_WORD = re.compile(
    r"(무엇|무슨|뭐가|뭐를|뭘|뭐|어떻게|어떤|어느|언제|어디|누가|누구|얼마|몇\s?\w|(?<!\w)왜(?!냐))"
)
_KOREAN_REQUEST = re.compile(
    r"(알려|설명|요약|정리|비교|번역|말해|보여|찾아|풀어|추천|예를?\s?들어|해석|분석|소개)"
    r"\s?(해|하여|좀|해서)?\s?(줘|줘요|주세요|주십시오|주라|달라|부탁|바랍니다|줄래|주실|봐|봐줘|보세요|줄\s)"
)
_ENGLISH_START = re.compile(
    r"(what|why|how|when|where|who|whom|whose|which|is|are|was|were|do|does|did|can|could|would"
    r"|should|will|has|have|had|isn't|aren't|doesn't|don't|didn't|can't|any idea|what's|how's"
    r"|who's|where's)\b",
    re.IGNORECASE,
)
_ENGLISH_REQUEST = re.compile(
    r"^(please\s+)?(explain|summari[sz]e|compare|describe|tell me|show me|list|translate|give me"
    r"|elaborate|clarify|walk me through|define|find|recommend|help me understand)\b",
    re.IGNORECASE,
)
_ENGLISH_OPENERS = re.compile(
    r"^((hi|hey|hello|ok(ay)?|so|and|but|also|hmm+|well|um+|thanks)\W+)+", re.I
)


def is_question(text: str) -> bool:
    """True when *text* asks for something, with or without a question mark."""
    plain = _CODE.sub(" ", _URL.sub(" ", text)).strip()
    if _MARK.search(plain):
        return True
    sentences = [part.strip() for part in re.split(r"[.!\n。]+", plain) if part.strip()]
    return any(_asks(sentence) for sentence in sentences)


def _asks(sentence: str) -> bool:
    return _asks_in_korean(sentence) or _asks_in_english(sentence)


def _asks_in_korean(sentence: str) -> bool:
    end = re.sub(r"[\s~ㅋㅎㅠㅜ^,…;:)\"']+$", "", sentence)
    if _KOREAN_REQUEST.search(end + " "):
        return True
    if not _KOREAN_ENDING.search(end):
        return False
    # Some endings also close statements; with those a question word has to be there too.
    return not _KOREAN_WEAK_ENDING.search(end) or bool(_KOREAN_QUESTION_WORD.search(end))


def _asks_in_english(sentence: str) -> bool:
    start = _ENGLISH_OPENERS.sub("", sentence)
    if _ENGLISH_REQUEST.match(start):
        return True
    # "Is this …" asks; "What a paper" and "Which is nice" don't, so four words are wanted.
    asks = _ENGLISH_START.match(start) and not start.lower().startswith("what a ")
    return bool(asks) and len(start.split()) >= 4
