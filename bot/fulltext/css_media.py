"""Whether a media query holds on a plain screen: wide, in light colours, with a mouse."""

import operator
from typing import Any

from bot.fulltext.css_values import HEIGHT, WIDTH, Basis, Tokens, keyword, length, split

_SIDES = {"width": WIDTH, "height": HEIGHT, "device-width": WIDTH, "device-height": HEIGHT}
_STATES = {
    "prefers-color-scheme": "light",
    "prefers-reduced-motion": "no-preference",
    "prefers-contrast": "no-preference",
    "forced-colors": "none",
    "inverted-colors": "none",
    "orientation": "landscape",
    "scripting": "enabled",
    "hover": "hover",
    "any-hover": "hover",
    "pointer": "fine",
    "any-pointer": "fine",
    "display-mode": "browser",
}
_COMPARED = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
}
_JOINING = ("and", "or", "only", "not")


def applies(query: Tokens) -> bool:
    """Whether one of the queries holds; a feature that is not known here is taken to."""
    alternatives = split(query, ",")
    return not any(alternatives) or any(_holds(one) for one in alternatives)


def _holds(query: Tokens) -> bool:
    words = [token.lower_value for token in query if token.type == "ident"]
    medium = next((word for word in words if word not in _JOINING), "all")
    conditions = [_condition(one.content) for one in query if one.type == "() block"]
    joined = any(conditions) if "or" in words else all(conditions)
    return (medium in ("all", "screen") and joined) != ("not" in words)


def _condition(content: Tokens) -> bool:
    if any(token.type == "() block" for token in content):
        return _holds(content)
    name, *value = split(content, ":")
    feature = keyword(name)
    if not value:
        return _in_range(name) if feature in _SIDES else _STATES.get(feature) != "none"
    if feature in _STATES:
        return keyword(value[0]) == _STATES[feature]
    return _is_within(feature, value[0])


def _is_within(feature: str, value: Tokens) -> bool:
    bound, _, side = feature.partition("-")
    limit = length(value[0], Basis()) if value else None
    if limit is None or bound not in ("min", "max") or side not in _SIDES:
        return True
    return _SIDES[side] >= limit if bound == "min" else _SIDES[side] <= limit


def _in_range(tokens: Tokens) -> bool:
    """``400px <= width < 900px``."""
    operands: list[float] = []
    signs = [""]
    for token in tokens:
        if token.type == "literal":
            signs[-1] += token.value
            continue
        operands.append(_operand(token))
        signs.append("")
    compared = zip(operands, signs[1:], operands[1:], strict=False)
    return all(_COMPARED.get(sign, operator.eq)(one, other) for one, sign, other in compared)


def _operand(token: Any) -> float:
    if token.type == "ident":
        return _SIDES.get(token.lower_value, 0.0)
    return length(token, Basis()) or 0.0
