"""Whether a text asks something. Pure and deliberately careful: an unasked-for answer disturbs more
than a mention costs."""

import re

from bot.languages import languages

_URL = re.compile(r"<?https?://[^\s>|]+(\|[^>]*)?>?")
_CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)
_MARK = re.compile(r"[?？]")
# What may stand behind the last word of a sentence.
_TAIL = " \t\n~^,…;:)\"'" + "".join(one.asking.laughter for one in languages())


def is_question(text: str) -> bool:
    """True when *text* asks for something, with or without a question mark."""
    plain = _CODE.sub(" ", _URL.sub(" ", text)).strip()
    if _MARK.search(plain):
        return True
    sentences = (part.strip().rstrip(_TAIL) for part in re.split(r"[.!\n。]+", plain))
    return any(one.asking.asks(part) for part in sentences if part for one in languages())
