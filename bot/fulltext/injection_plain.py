"""Makes text plain before it is looked through, and finds other ways to read it."""

import base64
import binascii
import codecs
import html
import re
import unicodedata

_FEWEST_HIDDEN = 3
_SHORTEST_CODE = 24

_ENTITY = re.compile(r"&(?:#\d{2,6}|#x[0-9a-f]{2,5}|[a-z]{2,8});", re.IGNORECASE)
_ESCAPE = re.compile(r"\\x([0-9a-f]{2})|\\u([0-9a-f]{4})|%([0-9a-f]{2})", re.IGNORECASE)
_CODE = re.compile(rf"[A-Za-z0-9+/_-]{{{_SHORTEST_CODE},}}={{0,2}}")
_HEX = re.compile(r"(?:[0-9a-f]{2}[ :]?){16,}", re.IGNORECASE)
_APART = re.compile(
    r"(?:(?<=^)|(?<=[^\w]))(?:[A-Za-z가-힣][ ._*-]){5,}[A-Za-z가-힣](?![A-Za-z가-힣])"
)
_LEET_WORD = re.compile(r"(?<![\w@$])[a-z013457@$!|]{0,30}[013457@$!|][a-z][a-z013457@$!|]+")
_LEET = str.maketrans("013457@$!|", "oieastasil")
_SPACES = re.compile(r"\s+")
_WORD = re.compile(r"[A-Za-z]{3,}")

_SINGLE = re.compile(r"(?<!\w)\w(?!\w)")
_FEWEST_SINGLE = 8
_ODD_WORD = re.compile(r"\w{24,}|\w[-_.*/]\w[-_.*/]\w")
_RUN_TOGETHER = re.compile(
    r"(?:ignore|disregard|forget)(?:all|any|the|your)*(?:previous|prior|above|earlier)"
    r"(?:instructions?|prompts?|rules|text)|(?:reveal|print|show|output)(?:your|the)*systemprompt"
    r"|이전지시를?무시|시스템프롬프트를?출력"
)

# Letters of other alphabets that look like Latin ones.
_LOOKS_LIKE = str.maketrans(
    "абвгеёзіјкмнопрсԁтуўхһѕԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧαβγικνορτυχωϲɑɡıǀⅼոսցհօ",
    "aбвгeeзijkmhonpcdtyyxhsqwABEZHIKMNOPTYXaβyiknoptuxwcagillnugho",
)
_QUOTES = str.maketrans({"’": "'", "‘": "'", "＠": "@", "，": ",", "：": ":", "！": "!"})
_JOINED = {"\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u180e", "\u2063", "\u2062"}


def is_hidden_character(char: str) -> bool:
    """Whether the character shows nothing: zero-width, direction marks, tags."""
    return char in _JOINED or (
        unicodedata.category(char) == "Cf" or 0xE0000 <= ord(char) <= 0xE01EF
    )


def without_hidden(text: str) -> str:
    """*text* without characters that show nothing."""
    return "".join(char for char in text if not is_hidden_character(char))


def hides_characters(text: str) -> bool:
    """Whether hidden characters stand inside words, or spell something, or turn the direction."""
    tags = sum(0xE0000 <= ord(char) <= 0xE01EF for char in text)
    turned = any(char in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068" for char in text)
    joined = len(re.findall(r"\w[\u200b-\u200d\u2060-\u2063\ufeff\u00ad]+\w", text))
    return bool(tags) or turned or joined >= _FEWEST_HIDDEN


def plain(text: str) -> str:
    """*text* in small letters with single spaces, look-alikes and hidden characters resolved."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", without_hidden(text)).translate(_QUOTES)
    return _SPACES.sub(" ", _latin(text.lower())).strip()


def readings(text: str) -> list[str]:
    """Other ways to read *text*: letters set apart, digits for letters, codes resolved."""
    base = without_hidden(text)
    found = [_together(base)] if _APART.search(base) else []
    if _ENTITY.search(base):
        found.append(html.unescape(base))
    if len(_ESCAPE.findall(base)) >= 5:
        found.append(_ESCAPE.sub(lambda m: chr(int(m[1] or m[2] or m[3], 16)), base))
    low = base.lower()
    if _LEET_WORD.search(low):
        found.append(_LEET_WORD.sub(lambda match: match.group().translate(_LEET), low))
    found += _decoded(base)
    return found


def reversed_readings(text: str) -> list[str]:
    """*text* as rot13 and from its end: only worth a look beside other signs."""
    return [codecs.decode(text, "rot13"), text[::-1]]


def has_code(text: str) -> bool:
    """Whether *text* holds an encoded sentence (base64 or hexadecimal)."""
    return bool(_decoded(text))


def run_together(text: str) -> bool:
    """Whether an order appears once everything but letters is gone.

    Looked for only where letters stand apart or words are run together.
    """
    if len(_SINGLE.findall(text)) < _FEWEST_SINGLE and not _ODD_WORD.search(text):
        return False
    return bool(_RUN_TOGETHER.search(re.sub(r"[\W_]+", "", plain(text))))


def _latin(text: str) -> str:
    """Look-alike letters as Latin ones, in words that mix alphabets or look Latin as a whole."""
    if text.isascii():
        return text
    return re.sub(r"\w+", lambda match: _latin_word(match.group()), text)


def _latin_word(word: str) -> str:
    if word.isascii() or any("가" <= char <= "힣" for char in word):
        return word
    read = word.translate(_LOOKS_LIKE)
    return read if read.isascii() and len(read) == len(word) else word


def _together(text: str) -> str:
    def closed(match: re.Match[str]) -> str:
        return re.sub(r"[ ._*-]", "", match.group())

    words = [_APART.sub(closed, part) for part in re.split(r"\s{2,}", text)]
    return " ".join(words)


def _decoded(text: str) -> list[str]:
    found = []
    for match in _CODE.finditer(text):
        code = match.group().rstrip("=").replace("-", "+").replace("_", "/")
        if re.fullmatch(r"[a-z/+]+|[A-Z]+|\d+", code):
            continue
        try:
            data = base64.b64decode(code + "=" * (-len(code) % 4), validate=True)
        except (binascii.Error, ValueError):
            continue
        found += _readable(data)
    for match in _HEX.finditer(text):
        digits = re.sub(r"[ :]", "", match.group())
        found += _readable(bytes.fromhex(digits[: len(digits) // 2 * 2]))
    return found


def _readable(data: bytes) -> list[str]:
    """The text in *data* if it is one: words of letters with spaces between."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return []
    letters = sum(char.isalpha() or char in " .,:;!?'\"-/@<>|_()[]" for char in text)
    spoken = len(_WORD.findall(text)) >= 3 or any("가" <= char <= "힣" for char in text)
    return [text] if text and letters > 0.9 * len(text) and spoken else []
