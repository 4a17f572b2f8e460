"""How people ask in English, with or without a question mark."""

import re

from bot.languages.language import Asking

_START = re.compile(
    r"(what|why|how|when|where|who|whom|whose|which|is|are|was|were|do|does|did|can|could|would"
    r"|should|will|has|have|had|isn't|aren't|doesn't|don't|didn't|can't|any idea|what's|how's"
    r"|who's|where's)\b",
    re.IGNORECASE,
)
_REQUEST = re.compile(
    r"^(please\s+)?(explain|summari[sz]e|compare|describe|tell me|show me|list|translate|give me"
    r"|elaborate|clarify|walk me through|define|find|recommend|help me understand)\b",
    re.IGNORECASE,
)
_SHORT_REQUEST = re.compile(
    r"^(more\s+details?|(a\s+)?summary|tl;?dr|(the\s+)?(limits|limitations|results|method|code|data))"
    r"(\W+please)?$|^(can|could|would)\s+you\s+(explain|summari[sz]e|compare|elaborate|clarify)\b",
    re.IGNORECASE,
)
_OPENERS = re.compile(r"^((hi|hey|hello|ok(ay)?|so|and|but|also|hmm+|well|um+|thanks)\W+)+", re.I)


def asks(sentence: str) -> bool:
    """Whether the sentence asks for something, by its first words."""
    start = _OPENERS.sub("", sentence)
    if _REQUEST.match(start) or _SHORT_REQUEST.match(start):
        return True
    # "Is this …" asks; "What a paper" and "Which is nice" don't, so four words are wanted.
    asks = _START.match(start) and not start.lower().startswith("what a ")
    return bool(asks) and len(start.split()) >= 4


ASKING = Asking(
    asks=asks,
    greeting="hi|hello|hey|help|good morning|what can you do",
    thanks="thanks?(?: you)?(?: (?:so|very) much| a lot)?|thx|ty",
    today=(
        r"(?:what(?:'s| is| are)?|show(?: me)?|list)? ?(?:new )?(?:the )?today(?:'s)?(?: new)?"
        r" papers?(?: about)?|what(?:'s| is) new(?: today)?"
    ),
)
