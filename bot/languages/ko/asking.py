"""How people ask in Korean, with or without a question mark."""

import re

from bot.languages.language import Asking

# How the sentence ends.
_ENDING = re.compile(
    r"(나요|(?<!니)까요|니까|가요|는지요?|을까|ㄹ까|할까|일까|될까|뭐야|뭐지|뭔가|뭘까|뭔데|뭐임|인가|는가"
    r"|은가|던가|냐|니|는데요|어때|어떨까|어디야|누구야|왜야|얼마야|몇이야|맞아|맞나|있어|없어"
    r"|되나|하나|있나|없나|궁금해|궁금하다|궁금합니다|궁금하네요|궁금해요|궁금)$"
)
_WEAK_ENDING = re.compile(r"(니|냐|는데요|맞아|있어|없어|하나)$")
_QUESTION_WORD = re.compile(
    r"(무엇|무슨|뭐가|뭐를|뭘|뭐|어떻게|어떤|어느|언제|어디|누가|누구|얼마|몇\s?\w|(?<!\w)왜(?!냐))"
)
# "뭐예요", "몇 점이죠", "왜 그런 거죠": a question word with its ending right behind it, or before
# a soft ending, as many write without a question mark.
_SOFT_QUESTION = re.compile(
    r"((뭐|무엇|뭔|누구|어디|언제|얼마|왜|몇\s?[가-힣]{1,3}|무슨\s[가-힣]{1,5})(인|이)?"
    r"(예요|에요|죠|지요?|임|였죠|였지|였나|이?었죠|이?었지|거죠|거예요|거지)|어때요|어떠세요|어떻죠|어떤지요)$"
    r"|(?<![가-힣])(왜|어떻게|누가|어디서|어디에서?|언제|얼마나|무슨|어느|몇)\s.{0,60}"
    r"(거|건|것이?|논문|말|뜻|의미|모델|데이터|방법|차이|정도|번)(예요|이에요|에요|이?죠|이?지|임|야)$"
    r"|(어떻게|왜|얼마나|어디서|언제)\s(\S+\s){0,2}\S*(되|돼|하|했|쓰|썼|나오|나왔|걸리|걸렸|다르|같)(죠|요|지|나)$"
    r"|(가능|필요|유효|동일|공개)한가$"
)
# "누가 봐도", "언제나": words that only look like a question's.
_NO_QUESTION_WORD = re.compile(
    r"누가\s?봐도|언제(나|든)|어디(서나|든)|어떻게든|무엇보다|뭐든|누구(나|든)|어느\s?정도|어느새|몇몇|왜냐"
)
_SHORT_REQUEST = re.compile(
    r"^(\S+\s){0,2}(요약|정리|설명|번역|비교)\s?(좀|부탁)$|^(좀\s)?더\s?(자세히|쉽게|짧게)$"
    r"|^(\d+번(\s?논문)?|이\s?논문|이거|둘\s?다|(한|두|세)\s?줄)\s?(요약|정리|설명|번역|비교)$"
)
_REQUEST = re.compile(
    r"(알려|설명|요약|정리|비교|번역|말해|보여|찾아|풀어|추천|예를?\s?들어|해석|분석|소개)"
    r"\s?(해|하여|좀|해서)?\s?(줘|줘요|주세요|주십시오|주라|달라|부탁|바랍니다|줄래|주실|봐|봐줘|보세요|줄\s)"
)


def asks(sentence: str) -> bool:
    """Whether the sentence asks for something, by its end or by a question word."""
    if _REQUEST.search(sentence + " ") or _SHORT_REQUEST.search(sentence):
        return True
    if _SOFT_QUESTION.search(_NO_QUESTION_WORD.sub(" ", sentence)):
        return True
    if not _ENDING.search(sentence):
        return False
    # Some endings also close statements; with those a question word has to be there too.
    return not _WEAK_ENDING.search(sentence) or bool(_QUESTION_WORD.search(sentence))


ASKING = Asking(
    asks=asks,
    greeting=(
        r"안녕|안녕하세요|하이|헬로|반가워요?|반갑습니다|도움말|도움|사용법"
        r"|뭘? ?할 ?수 ?있(?:어|나요|니)"
    ),
    thanks=r"고마워요?|고맙습니다|감사해요?|감사합니다|땡큐|수고(?:했어|하셨습니다)?|ㄱㅅ",
    today=(
        r"(?:오늘|최신|최근|새로) ?(?:(?:의|은|는|새로|나온|올라온|에|자) ?){0,6}논문\S{0,6} ?"
        r"(?:목록|리스트)?\S{0,6} ?(?:뭐가?|무엇이?|어떤 ?게|좀)? ?"
        r"(?:있어|있나요|있니|알려 ?줘|알려 ?주세요|보여 ?줘|보여 ?주세요|나왔어|나왔나요|뭐야)?"
    ),
    laughter="ㅋㅎㅠㅜ",
)
