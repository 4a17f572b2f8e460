"""What its animations have made of an element by the time that somebody reads it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

from bot.fulltext.css_values import Tokens, functions, keyword, split

# Share of the animation's way, and what is declared there.
Frame = tuple[float, Mapping[str, Tokens]]

# Seconds after the page was opened, unevenly: what comes and goes is seen at one of them.
_MOMENTS = (3.1, 7.43, 12.77, 29.9, 61.3)
_MOST_ANIMATIONS = 8

_SECONDS = {"s": 1.0, "ms": 0.001}
_DIRECTIONS = ("normal", "reverse", "alternate", "alternate-reverse")
_WORDS = {
    "infinite": "iteration-count",
    **dict.fromkeys(_DIRECTIONS, "direction"),
    **dict.fromkeys(("forwards", "backwards", "both"), "fill-mode"),
    **dict.fromkeys(("running", "paused"), "play-state"),
    **dict.fromkeys(("ease", "ease-in", "ease-out", "ease-in-out", "linear"), "timing-function"),
    **dict.fromkeys(("step-start", "step-end"), "timing-function"),
}


@dataclass(frozen=True)
class _Animation:
    name: str
    duration: float
    delay: float
    count: float
    direction: str
    fill: str
    is_paused: bool
    jumps_first: bool

    def share(self, moment: float) -> float | None:
        """How far along its way it is after so many seconds; None when it changes nothing."""
        active = (0.0 if self.is_paused else moment) - self.delay
        count = self.count if self.duration else min(self.count, 1.0)
        if active < 0:
            return self._directed(0, 0.0) if self.fill in ("backwards", "both") else None
        rounds = active / self.duration if self.duration else inf
        if rounds < count:
            return self._directed(int(rounds), rounds % 1)
        if self.fill not in ("forwards", "both"):
            return None
        last = max(0, int(-(-count // 1)) - 1)
        return self._directed(last, count - last)

    def _directed(self, number: int, share: float) -> float:
        if self.jumps_first and 0 < share < 1:
            share = 1.0
        backwards = self.direction.endswith("reverse") != (
            self.direction.startswith("alternate") and number % 2 == 1
        )
        return 1 - share if backwards else share


def states(
    given: Mapping[str, Tokens], keyframes: Mapping[str, Sequence[Frame]]
) -> list[dict[str, Tokens]]:
    """What the animations *given* for an element declare at some moments; nothing without any."""
    moving = [one for one in _animations(given) if one.name in keyframes][:_MOST_ANIMATIONS]
    if not moving:
        return []
    found = []
    for moment in _MOMENTS:
        state: dict[str, Tokens] = {}
        for one in moving:
            share = one.share(moment)
            if share is not None:
                state.update(_nearest(keyframes[one.name], share))
        found.append(state)
    return found


def _nearest(frames: Sequence[Frame], share: float) -> Iterator[tuple[str, Tokens]]:
    """Each property's value at the nearest frame that has one; the element's own stands for the
    first and the last frame where they are left out."""
    for name in dict.fromkeys(name for _, declared in frames for name in declared):
        values = {at: declared[name] for at, declared in frames if name in declared}
        at = min({*values, 0.0, 1.0}, key=lambda at: abs(at - share))
        if at in values:
            yield name, values[at]


def _animations(given: Mapping[str, Tokens]) -> Iterator[_Animation]:
    """The animations by the properties in the order in which they weigh."""
    told: dict[str, list[Any]] = {}
    for name, value in given.items():
        plain = name.removeprefix("-webkit-").removeprefix("-moz-")
        parts = split(value, ",")
        if plain == "animation":
            whole = [_taken_apart(part) for part in parts]
            told = {field: [one.get(field) for one in whole] for field in {*_WORDS.values()}}
            told |= {field: [one.get(field) for one in whole] for field in _OTHERS}
        elif plain.startswith("animation-"):
            told[plain.removeprefix("animation-")] = [part[0] if part else None for part in parts]
    for number, name in enumerate(told.get("name", ())):
        own = {field: values[number % len(values)] for field, values in told.items() if values}
        if name is not None:
            yield _animation(own)


_OTHERS = ("name", "duration", "delay")


def _taken_apart(tokens: Tokens) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for token in tokens:
        if token.type == "dimension":
            found.setdefault("delay" if "duration" in found else "duration", token)
        elif token.type == "number":
            found["iteration-count"] = token
        elif token.type == "function":
            found["timing-function"] = token
        elif token.type == "ident" and token.lower_value in _WORDS:
            found[_WORDS[token.lower_value]] = token
        elif token.type in ("ident", "string"):
            found["name"] = token
    return found


def _animation(own: Mapping[str, Any]) -> _Animation:
    def word(field: str) -> str:
        token = own.get(field)
        return keyword([token]) if token is not None else ""

    count, timing = own.get("iteration-count"), own.get("timing-function")
    steps = functions([timing] if timing is not None else []).get("steps", ())
    return _Animation(
        name=str(own["name"].value),
        duration=_seconds(own.get("duration")),
        delay=_seconds(own.get("delay")),
        count=inf if word("iteration-count") == "infinite" else getattr(count, "value", 1.0),
        direction=word("direction"),
        fill=word("fill-mode"),
        is_paused=word("play-state") == "paused",
        jumps_first=word("timing-function") == "step-start"
        or keyword(steps) in ("start", "jump-start"),
    )


def _seconds(token: Any) -> float:
    if token is None or token.type != "dimension":
        return 0.0
    return float(token.value) * _SECONDS.get(token.lower_unit, 0.0)
