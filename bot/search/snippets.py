"""The piece of a text that shows why it was found, with the places of the hits."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.slack.blocks import escape
from bot.text import one_line
from bot.text.terms import translations
from bot.text.words import in_pairs, is_stop_word, query_words, stem, whole_word, without_ending

WIDTH = 180
_LEAD = 50
_THIN = "\u2009"
_OPENING = "([\"'"
_CLOSING = ").,;:!?]\"'"


@dataclass(frozen=True)
class Snippet:
    """A piece of plain text; ``hits`` are start and end of each place to mark."""

    text: str
    hits: tuple[tuple[int, int], ...] = ()

    def mrkdwn(self) -> str:
        """Escaped mrkdwn with the hits in bold."""
        parts: list[str] = []
        at = 0
        for start, end in self.hits:
            parts += [_plain(self.text[at:start]), self._bold(start, end)]
            at = end
        return "".join([*parts, _plain(self.text[at:])])

    def _bold(self, start: int, end: int) -> str:
        """Slack shows bold only when a star's outside is no letter: a thin space goes between."""
        before, after = self.text[max(0, start - 1) : start], self.text[end : end + 1]
        left = "" if not before or before.isspace() or before in _OPENING else _THIN
        right = "" if not after or after.isspace() or after in _CLOSING else _THIN
        return f"{left}*{_plain(self.text[start:end])}*{right}"


def hit_pattern(query: str) -> re.Pattern[str] | None:
    """Matches the query's words and their translations in running text, or None."""
    words = [w for w in query_words(query) if not is_stop_word(w)]
    terms = [*words, *translations(query)]
    patterns = [one for one in map(_term_pattern, dict.fromkeys(terms)) if one]
    anywhere = [one for one in patterns if in_pairs(one)]
    whole = "|".join(one for one in patterns if not in_pairs(one))
    # The borders stand around all of the words at once: compiling them takes milliseconds.
    bordered = [whole_word(whole)] if whole else []
    return re.compile("|".join([*anywhere, *bordered]), re.IGNORECASE) if patterns else None


def make_snippet(
    texts: Sequence[str], pattern: re.Pattern[str] | None, *, width: int = WIDTH
) -> Snippet:
    """The densest window of *width* characters in the first text that has a hit.

    Without any hit it is the beginning of the first text. *pattern* is :func:`hit_pattern`'s.
    """
    cleaned = [one_line(text) for text in texts if text.strip()]
    for text in cleaned:
        places = [match.span() for match in pattern.finditer(text)] if pattern else []
        if places:
            return _window(text, places, width)
    return Snippet(_cut(cleaned[0], 0, width)[0]) if cleaned else Snippet("")


def _term_pattern(word: str) -> str:
    if in_pairs(word):
        bare = re.sub(r"\s", "", without_ending(word))
        return r"\s?".join(re.escape(letter) for letter in bare)
    letters = re.sub(r"^\W+|\W+$", "", word)
    root = stem(letters)
    if not letters:
        return ""
    inflected = letters.isalpha() and len(root) >= 4 and letters.startswith(root)
    return rf"{re.escape(root)}\w{{0,6}}" if inflected else re.escape(letters)


def _window(text: str, places: list[tuple[int, int]], width: int) -> Snippet:
    start = max(0, _densest(text, places, width - _LEAD) - _LEAD)
    shown, offset = _cut(text, start, width)
    hits = tuple(
        (start + offset, end + offset)
        for start, end in places
        if start + offset >= 0 and end + offset <= len(shown)
    )
    return Snippet(shown, _joined(hits, shown))


def _densest(text: str, places: Sequence[tuple[int, int]], width: int) -> int:
    """Where the first of the *width* characters begin that hold most different hits."""
    words = [text[start:end].lower() for start, end in places]
    inside: Counter[str] = Counter()
    best, most, end = 0, -1, 0
    for first, (start, _) in enumerate(places):
        while end < len(places) and places[end][1] <= start + width:
            inside[words[end]] += 1
            end += 1
        if len(inside) > most:
            best, most = start, len(inside)
        if first == end:  # a hit longer than the window
            end += 1
            continue
        inside[words[first]] -= 1
        if not inside[words[first]]:
            del inside[words[first]]
    return best


def _cut(text: str, start: int, width: int) -> tuple[str, int]:
    """A window on word borders, and what to add to a place in *text* to get one in the window."""
    if start:
        space = text.find(" ", start - 1)
        start = space + 1 if 0 <= space < start + _LEAD else start
    end = min(len(text), start + width)
    if end < len(text):
        space = text.rfind(" ", start, end)
        end = space if space > start + width // 2 else end
    lead, tail = "…" if start else "", "…" if end < len(text) else ""
    return lead + text[start:end] + tail, len(lead) - start


def _joined(hits: tuple[tuple[int, int], ...], text: str) -> tuple[tuple[int, int], ...]:
    """Hits with nothing but space between them are one: two bold words in a row read badly."""
    kept: list[tuple[int, int]] = []
    for start, end in hits:
        if kept and not text[kept[-1][1] : start].strip():
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((start, end))
    return tuple(kept)


def _plain(text: str) -> str:
    return escape(text).replace("*", "∗").replace("_", "＿").replace("~", "∼").replace("`", "ˋ")
