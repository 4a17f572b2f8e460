"""Korean words: what stands for nothing, and particles and endings that are taken off."""

import re
from functools import lru_cache

from bot.languages.language import Words

_STOP = """
거 거기 거는 거도 것 것은 것이 관련해서 관한 관해 궁금한데 궁금합니다 궁금해 그 그거 그건 그것 그게
그래 그러니까 그러면 그런데 그럼 그렇게 그렇다면 그리고 근데 나오나요 나와 논문 논문에 논문에서
논문은 논문의 논문이 누가 누구 대한 대해 대해서 더 됐나요 되나 되나요 등 또 말해줘 몇 무엇
무엇인가 무엇인가요 무엇입니까 뭐 뭐야 뭐예요 뭐지 뭔가요 및 보여줘 사용 사용하나요 사용한
사용했나 사용했나요 설명 설명해 설명해줘 수 썼나요 썼어 쓰나요 알려 알려줘 어느 어떤 어떻게 언제
얼마 얼마나 없나 없나요 여기 왜 이 이거 이건 이것 이게 이렇게 인가 인가요 입니까 있나 있나요
있는지 있습니까 있어 있어요 자세히 저 저건 좀 주세요 줘 질문 찾아줘 하나 하나요 한가요 해 해당
해줘 했나 했나요 혹시
"""
# Question words and the verbs around them, whatever their ending: 얼마야, 무엇인가요, 쓰나요.
_ASKING = re.compile(
    r"(?:무엇|뭐|뭘|뭔|얼마|누구|누가|언제|어떻|어떤|어때|어느|어디|몇)[가-힣]*"
    r"|(?:사용|이용|활용|적용)?(?:하|했|되|됐|있|없|쓰|썼|쓸|할|될|나오|나왔|이|였|인|풀|막)"
    r"(?:나요?|나|습니까|어요?|었나요?|았나요?|는지|을까요?|까요?|지요?|죠|는가요?|ㄴ가요?|니|냐|네요?"
    r"|어)?"
    r"|왜|수도?|건가요?|거야|인가요?|입니까|예요|이에요|야"
)
# Longest first. A particle goes only when two syllables are left over, or a Latin name: "A는".
_PARTICLE = re.compile(
    r"(?:(?<=.[가-힣])|(?<=[A-Za-z0-9]))"
    r"(?:에서는|에서의|으로는|으로의|이라는|에서도|까지의|부터의|에서|에게|으로|까지|부터|처럼|보다|라는|이란|이나|에는"
    r"|에도|와의|과의|로는|로의|하고|이랑|은|는|이|가|을|를|의|에|로|와|과|도|만|랑|나|란)\Z"
)
_VERB_ENDING = re.compile(
    r"(?<=[가-힣]{2})(?:했|하|한|할|해|합|되|된|될|돼|됐|됩|시키|시켰|시킨)[가-힣]{0,4}\Z"
)


@lru_cache(maxsize=4096)
def without_ending(word: str) -> str:
    """The word without its particle or verb ending, when two syllables are left over."""
    bare = _PARTICLE.sub("", word, count=1)
    return _VERB_ENDING.sub("", bare, count=1)


WORDS = Words(stop=frozenset(_STOP.split()), asking=_ASKING, bare=without_ending, in_pairs=True)
