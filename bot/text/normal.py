"""One spelling for a text from outside: composed (NFC), visible, and of bounded length. Pure."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

# What Slack takes as one message.
LONGEST = 40_000
# Marks on one letter; text in any language has fewer (Unicode's stream-safe format).
MOST_MARKS = 30
# How much of a stream is held back to the next white space.
LONGEST_HELD = 200

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# Code points that show nothing (Unicode's default-ignorable ones, without the selectors that
# emoji need), non-characters, and halves of surrogate pairs, which UTF-8 can't hold.
_HIDDEN = re.compile(
    r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e"
    r"\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff"
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# Joiners mean something between letters of some scripts and between the parts of an emoji only.
_UNJOINED = r"\x00-\u024f\u1100-\u11ff\u2000-\u206f\u3130-\u318f\uac00-\ud7a3"
_JOINERS = re.compile(
    rf"(?<![^{_UNJOINED}])[\u200c\u200d]+|(?<![\u200c\u200d])[\u200c\u200d]+(?![^{_UNJOINED}])"
)


def normalised(text: str, most: int = LONGEST) -> str:
    """At most *most* characters of *text*: composed, with ``\\n`` as its line's end, without
    what can't be seen. White space stays as it is; a control character becomes a space."""
    text = text[:most]
    if text.isascii() and text.isprintable():  # as most are
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _CONTROLS.sub(" ", text)
    if text.isascii():
        return text
    text = _HIDDEN.sub("", text)
    letters = set(text)
    if not letters.isdisjoint("\u200c\u200d"):
        text = _JOINERS.sub("", text)
    # Sorting the marks of one letter takes time by the square of their number.
    if any(map(unicodedata.combining, letters)):
        text = _piled_marks().sub(r"\1", text)
    return unicodedata.normalize("NFC", text)[:most]


def folded(text: str, most: int = LONGEST) -> str:
    """*text* normalised, with single spaces within its lines and single blank lines between."""
    kept: list[str] = []
    for line in normalised(text, most).split("\n"):
        words = " ".join(line.split())
        if words or (kept and kept[-1]):
            kept.append(words)
    return "\n".join(kept).rstrip("\n")


def one_line(text: str, most: int = LONGEST) -> str:
    """*text* normalised, on one line with single spaces."""
    return " ".join(normalised(text, most).split())


def normalised_pieces(pieces: Iterable[str]) -> Iterator[str]:
    """A stream's *pieces* normalised: each is held back to its last white space, since the next
    one may go on with its last letter."""
    held = ""
    for piece in pieces:
        held += piece
        end = max(held.rfind(" "), held.rfind("\n")) + 1
        if end == 0 and len(held) > LONGEST_HELD:
            end = len(held) - MOST_MARKS
        if end:
            yield normalised(held[:end], end)
            held = held[end:]
    if held:
        yield normalised(held, len(held))


def each_text(value: Any, spell: Callable[[str], str]) -> Any:
    """A value as JSON holds it, with every text in it (names of fields apart) as *spell* writes
    it."""
    if isinstance(value, str):
        return spell(value)
    if isinstance(value, Mapping):
        return {name: each_text(one, spell) for name, one in value.items()}
    return [each_text(one, spell) for one in value] if isinstance(value, list) else value


@cache
def _piled_marks() -> re.Pattern[str]:
    """Matches combining marks beyond :data:`MOST_MARKS` on one letter."""
    marks = "".join(char for char in map(chr, range(0x300, 0x20000)) if unicodedata.combining(char))
    return re.compile(rf"([{marks}]{{{MOST_MARKS}}})[{marks}]+")
