"""Words of Korean and English text, cut so that spacing and particles do not matter.

Hangul is matched by pairs of syllables over text whose inner spaces are closed, so that
"강화 학습" finds "강화학습". Everything else is matched word by word.
"""

import json
import re
from functools import cache, lru_cache
from importlib.resources import files

from bot.search.stem import stem

_HANGUL_GAP = re.compile(r"(?<=[가-힣])\s+(?=[가-힣])")
_RUN = re.compile(r"[가-힣]+|[^\W_가-힣]+")
_HANGUL = re.compile(r"[가-힣]")
# Longest first. A particle goes only when two syllables are left over.
_PARTICLES = (
    *("에서는", "에서의", "으로는", "으로의", "이라는", "에서도", "까지의", "부터의"),
    *("에서", "에게", "으로", "까지", "부터", "처럼", "보다", "라는", "이란", "이나", "에는"),
    *("에도", "와의", "과의", "로는", "로의", "하고", "이랑", "은", "는", "이", "가", "을", "를"),
    *("의", "에", "로", "와", "과", "도", "만", "랑", "나", "란"),
)

_VERB_ENDING = re.compile(
    r"\A(?P<root>[가-힣]{2,}?)(?:했|하|한|할|해|합|되|된|될|돼|됐|됩|시키|시켰|시킨)[가-힣]{0,4}\Z"
)
# Question words and the verbs around them, whatever their ending: 얼마야, 무엇인가요, 쓰나요.
_KOREAN_ASKING = re.compile(
    r"(?:무엇|뭐|뭘|뭔|얼마|누구|누가|언제|어떻|어떤|어느|어디|몇)[가-힣]*"
    r"|(?:사용|이용|활용|적용)?(?:하|했|되|됐|있|없|쓰|썼|쓸|할|될|나오|나왔|이|였|인|풀|막)"
    r"(?:나요?|나|습니까|어요?|었나요?|았나요?|는지|을까요?|까요?|지요?|죠|는가요?|ㄴ가요?|니|냐|네요?|어)?"
    r"|왜|수도?|건가요?|거야|인가요?|입니까|예요|이에요|야"
)


def normal(text: str) -> str:
    """As words are compared: in lower case."""
    return text.lower()


@cache
def stop_words() -> frozenset[str]:
    """Words of both languages that say nothing about a text's subject."""
    text = (files("bot.search") / "stop_words.json").read_text(encoding="utf-8")
    return frozenset(word for words in json.loads(text).values() for word in words)


def is_stop_word(word: str) -> bool:
    """Whether a lower-case word says nothing about a text's subject."""
    return word in stop_words() or _KOREAN_ASKING.fullmatch(word) is not None


def has_hangul(text: str) -> bool:
    """Whether *text* holds a Korean syllable."""
    return _HANGUL.search(text) is not None


def index_text(text: str) -> str:
    """The text as the full-text index stores it: syllable pairs and words, separated by spaces."""
    return " ".join(_pieces(_HANGUL_GAP.sub("", normal(text))))


@lru_cache(maxsize=4096)
def without_ending(word: str) -> str:
    """A Korean word without its particle or verb ending, when two syllables are left over."""
    bare = _without_particle(word)
    verb = _VERB_ENDING.fullmatch(bare)
    return verb["root"] if verb else bare


def _without_particle(word: str) -> str:
    for particle in _PARTICLES:
        rest = word[: -len(particle)]
        if word.endswith(particle) and len(rest) >= 2 and _HANGUL.match(rest[-1]):
            return rest
        # After a Latin name one letter is enough: "A는".
        if word.endswith(particle) and rest and rest[-1].isascii() and rest[-1].isalnum():
            return rest
    return word


_PUNCTUATION = ".,;:!?…~\"'“”‘’()[]{}<>"


def query_words(query: str) -> list[str]:
    """The words of a query in lower case as they were typed, without repeats and without the
    punctuation around them, behind which no particle would be found ("학습률은?")."""
    words = (word.strip(_PUNCTUATION) for word in normal(query).split())
    return list(dict.fromkeys(word for word in words if _RUN.search(word)))


def phrase(word: str) -> str:
    """The full-text expression that matches one word as a run of pieces, or an empty text."""
    pieces = _pieces(word)
    if not pieces:
        return ""
    if len(pieces) == 1 and len(pieces[0]) == 1 and _HANGUL.match(pieces[0]):
        return f'"{pieces[0]}"*'
    return f'"{" ".join(pieces)}"'


def match_all(words: list[str]) -> str:
    """The expression that asks for every word."""
    return " AND ".join(one for one in map(phrase, words) if one)


def content_words(text: str) -> list[str]:
    """Stems and syllable pairs that carry meaning: what two texts are compared by.

    Stop words of both languages are left out; each Korean word loses its particle.
    """
    found: list[str] = []
    for run in _RUN.findall(normal(text)):
        if _HANGUL.match(run):
            bare = without_ending(run)
            if not (is_stop_word(run) or is_stop_word(bare)):
                found += _pieces(bare)
        elif not is_stop_word(run):
            found.append(stem(run))
    return found


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for run in _RUN.findall(text):
        if _HANGUL.match(run) and len(run) > 1:
            pieces += [run[at : at + 2] for at in range(len(run) - 1)]
        else:
            pieces.append(run)
    return pieces
