"""No pattern takes more than its share of time: ``re`` holds the interpreter while it looks."""

import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest

from bot.search.snippets import hit_pattern
from bot.text import words
from bot.text.quantities import spellings
from tests.patterns import builds_patterns, hostile, modules, patterns_of, room_of, rooms

SHORT, LONG = 1_500, 6_000
# Seconds of this thread: what is quicker on a long text is not looked at again.
UNSUSPICIOUS = 0.0006
SLOW = 0.008
HANGS = 0.5
# A pattern that looks at each character a few times takes 4 times as long, a square one 16 times.
MOST_GROWTH = 8.0
TRIES = 4


# Patterns made in a call, of what somebody asks or of what the languages hold.
BUILT: dict[str, Any] = {
    "the words of a search": hit_pattern("강화 학습 reinforcement learning 2.5-32B"),
    "a name with digits": spellings("Qwen2.5-32B"),
    "words of all languages": words._runs(),
    "white space inside a script without it": words._gaps(),
}
MAKERS = {"bot.search.snippets", "bot.text.words"}
# Modules that compile a list of texts; the patterns are found where they are held.
LISTS = {
    "bot.actions.dates",
    "bot.archive.dates",
    "bot.archive.names",
    "bot.languages.en.pointing",
    "bot.languages.registry",
    "bot.summaries.scoring",
}


class _TookTooLongError(Exception):
    pass


@cache
def _by_module() -> dict[str, list[re.Pattern[Any]]]:
    """Each pattern once, by the first module that holds it.

    Imports and reads all modules: left to the worker that runs these tests, not done by each.
    """
    seen: set[tuple[str | bytes, int]] = set()
    found = {}
    for module in modules():
        new = {key: one for key, one in patterns_of(module).items() if key not in seen}
        seen |= new.keys()
        if new:
            found[module.__name__] = list(new.values())
    return found


@pytest.mark.parametrize("room", rooms())
def test_patterns_take_time_in_proportion_to_the_text(room: str) -> None:
    patterns = [one for name, held in _by_module().items() if room_of(name) == room for one in held]
    assert [found for one in patterns for found in run_away(one)] == []


def test_the_patterns_of_every_room_are_looked_at() -> None:
    assert {room_of(name) for name in _by_module()} <= set(rooms())


@pytest.mark.parametrize("pattern", BUILT.values(), ids=BUILT)
def test_patterns_made_of_what_is_asked_do_so_too(pattern: re.Pattern[Any]) -> None:
    assert run_away(pattern) == []


def test_every_module_that_makes_patterns_of_what_is_asked_is_known() -> None:
    makers = {one.__name__ for one in modules() if builds_patterns(one)}
    assert makers == {*MAKERS, *LISTS}


@pytest.mark.parametrize(
    "pattern",
    [r"(a+)+b", r"\s+$", r"(\w|\d)+!", r"x.*y.*z", r"<[^>]*>", r"(?:a|b)*c.*d", r"\s*\n\s*x"],
)
def test_a_careless_pattern_is_found(pattern: str) -> None:
    assert run_away(re.compile(pattern)) != []


def run_away(pattern: re.Pattern[Any]) -> list[str]:
    """The first hostile text on which the pattern runs away, described."""
    for beginning, pump, end in hostile(pattern):
        for way in ("finditer", "fullmatch"):
            if _runs_away(pattern, way, beginning, pump, end):
                return [f"{pattern.pattern!r} {way} {beginning!r} {pump!r}* {end!r}"]
    return []


def _runs_away(pattern: re.Pattern[Any], way: str, beginning: str, pump: str, end: str) -> bool:
    short, long = (beginning + pump * (size // len(pump)) + end for size in (SHORT, LONG))
    if _seconds(pattern, way, short) < UNSUSPICIOUS:
        return False
    quick = slow = HANGS
    for _ in range(TRIES):
        slow = min(slow, _seconds(pattern, way, long))
        if slow == HANGS:
            return True
        quick = min(quick, _seconds(pattern, way, short))
        if slow < SLOW or slow < quick * MOST_GROWTH:
            return False
    return True


def _seconds(pattern: re.Pattern[Any], way: str, text: str) -> float:
    """How long this thread works on the text."""
    given = text.encode() if isinstance(pattern.pattern, bytes) else text
    began = time.thread_time()
    try:
        with _interrupted():
            if way == "finditer":
                for _ in pattern.finditer(given):
                    pass
            else:
                pattern.fullmatch(given)
    except _TookTooLongError:
        return HANGS
    return time.thread_time() - began


@contextmanager
def _interrupted() -> Iterator[None]:
    """Break off after :data:`HANGS` seconds of work; patterns look out for signals."""

    def broken_off(*_: object) -> None:
        raise _TookTooLongError

    before = signal.signal(signal.SIGVTALRM, broken_off)
    signal.setitimer(signal.ITIMER_VIRTUAL, HANGS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
