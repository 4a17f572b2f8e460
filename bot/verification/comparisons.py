"""Who is set beside whom: "A beats B" where the passage says that B beats A. Pure."""

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.languages import any_of

# A name in Latin letters: with a capital or digit inside, or with its version and size behind it.
_SIZE = r" \d{1,3}(?:\.\d)?[BM](?![A-Za-z])"
_NAME = re.compile(
    r"(?<![A-Za-z0-9_-])(?:[A-Za-z][A-Za-z0-9.-]{0,40}[A-Z0-9][A-Za-z0-9-]{0,40}"
    rf"(?: \d(?:\.\d)?(?![\d.,%BM]))?(?:{_SIZE})?|[A-Z][a-z]{{2,30}}(?: \d(?:\.\d)?)?{_SIZE})"
)
_LATIN = re.compile(r"[A-Za-z]+|\d+(?:\.\d+)?")
_WINDOW = 60
_BEFORE = any_of(lambda one: one.claims.compared_before)
_BEHIND = any_of(lambda one: one.claims.compared_behind)
_SUBJECT = any_of(lambda one: one.claims.subject_behind)


def names_in(text: str) -> list[re.Match[str]]:
    """The names in *text*, in order."""
    return list(_NAME.finditer(text))


def key_of(text: str) -> str:
    """Latin words and numbers as names are compared: between single spaces, in small letters."""
    return f" {' '.join(_LATIN.findall(text.lower()))} "


def span_of(key: str, text: str) -> tuple[int, int] | None:
    """Where what is compared as *key* first stands in *text*."""
    wanted, found = key.split(), list(_LATIN.finditer(text.lower()))
    words = [one.group() for one in found]
    for at in range(len(words) - len(wanted) + 1):
        if words[at : at + len(wanted)] == wanted:
            return found[at].start(), found[at + len(wanted) - 1].end()
    return None


def trades_places(sentence: str, near: Sequence[str]) -> str:
    """The name of which *sentence* speaks, where those sentences *near* it that have the name set
    something else beside it; empty where they don't."""
    subject = _subject(sentence)
    if not subject:
        return ""
    spoken_of, _ = _roles(sentence)
    told = [roles for roles in map(_roles, near) if subject in frozenset().union(*roles)]
    turned = [subject in others and not subjects & spoken_of for subjects, others in told]
    return subject.strip() if turned and all(turned) else ""


def _subject(sentence: str) -> str:
    """The name with which a sentence begins as its subject; empty where it begins otherwise."""
    first = next(iter(names_in(sentence)), None)
    if first is None or key_of(sentence[: first.start()]).strip():
        return ""
    behind = sentence[first.end() :]
    is_subject = _SUBJECT.match(behind) or behind[:1] == " "
    return key_of(first.group()) if is_subject and not _is_compared(sentence, first) else ""


@lru_cache(maxsize=256)
def _roles(sentence: str) -> tuple[frozenset[str], frozenset[str]]:
    """The names of which a sentence speaks, and those that are set beside them."""
    ways: dict[bool, set[str]] = {False: set(), True: set()}
    for name in names_in(sentence):
        ways[_is_compared(sentence, name)].add(key_of(name.group()))
    return frozenset(ways[False] - ways[True]), frozenset(ways[True] - ways[False])


def _is_compared(sentence: str, name: re.Match[str]) -> bool:
    before = sentence[max(0, name.start() - _WINDOW) : name.start()]
    return bool(_BEFORE.search(before) or _BEHIND.match(sentence[name.end() :]))
