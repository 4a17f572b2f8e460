"""Which HTML elements a reader would not see although their text is in the page."""

import re

from lxml.html import HtmlElement

_DECLARATION = re.compile(r"(?<![a-z-])([a-z-]+)\s*:\s*([^;]+)")
_NUMBER = re.compile(r"(-?(?:\d+(?:\.\d+)?|\.\d+))\s*([a-z%]*)")
_HEX = re.compile(r"^#([0-9a-f]{3,8})$")
_RGB = re.compile(r"^rgba?\(([^)]*)\)")
_SMALLEST = {"px": 3.0, "pt": 2.5, "em": 0.25, "rem": 0.25, "ex": 0.5, "%": 25.0, "": 3.0}
_NEARLY_WHITE = 240


def is_hidden(element: HtmlElement) -> bool:
    """Whether the element's own style keeps its text from being seen.

    That is: not displayed, invisible, transparent, of next to no size, moved off the page, or
    white on no coloured ground.
    """
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    if not style:
        return False
    found = {name: value.strip() for name, value in _DECLARATION.findall(style.lower())}
    return _is_off(found) or _is_tiny(found) or (_is_white_text(found) and not _on_colour(element))


def _is_off(style: dict[str, str]) -> bool:
    offset = max(_size(style.get(side, "0"))[0] * -1 for side in ("left", "top", "text-indent"))
    return (
        style.get("display") == "none"
        or style.get("visibility") in {"hidden", "collapse"}
        or _size(style.get("opacity", "1"))[0] <= 0.05
        or offset >= 999
        or style.get("clip", "").replace(" ", "") in {"rect(0,0,0,0)", "rect(0000)"}
    )


def _is_tiny(style: dict[str, str]) -> bool:
    if "font-size" not in style:
        return False
    number, unit = _size(style["font-size"])
    return number <= _SMALLEST.get(unit, -1.0)


def _is_white_text(style: dict[str, str]) -> bool:
    colour = style.get("color", "")
    return colour == "transparent" or _is_white(colour)


def _on_colour(element: HtmlElement) -> bool:
    """Whether the element or one around it has a ground that white text can be read on."""
    for one in [element, *element.iterancestors()]:
        found = dict(_DECLARATION.findall((one.get("style") or "").lower()))
        ground = (found.get("background-color") or found.get("background") or "").strip()
        if ground and ground not in {"none", "transparent"} and not _is_white(ground):
            return True
    return False


def _is_white(colour: str) -> bool:
    if colour in {"white", "snow", "ivory", "ghostwhite", "whitesmoke", "floralwhite"}:
        return True
    if match := _HEX.match(colour):
        digits = match.group(1)
        if len(digits) in {3, 4}:
            digits = "".join(digit * 2 for digit in digits)
        return all(int(digits[at : at + 2], 16) >= _NEARLY_WHITE for at in (0, 2, 4))
    if match := _RGB.match(colour):
        parts = _NUMBER.findall(match.group(1))
        scale = 2.55 if any(unit == "%" for _, unit in parts) else 1.0
        transparent = len(parts) > 3 and float(parts[3][0]) <= 0.05
        return transparent or all(float(n) * scale >= _NEARLY_WHITE for n, _ in parts[:3])
    return False


def _size(value: str) -> tuple[float, str]:
    match = _NUMBER.match(value)
    return (float(match.group(1)), match.group(2)) if match else (1.0, "?")
