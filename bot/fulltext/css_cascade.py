"""Which declarations of style sheets, attributes and ``style`` hold for each element of a page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from itertools import count, islice
from math import inf
from typing import Any, NamedTuple

import tinycss2
from cssselect import HTMLTranslator, SelectorError
from cssselect.parser import Selector
from cssselect.parser import parse as parse_selectors
from cssselect.xpath import XPathExpr
from lxml import etree
from lxml.html import HtmlElement

from bot.fulltext.css_animation import Frame
from bot.fulltext.css_media import applies
from bot.fulltext.css_sheets import sheets
from bot.fulltext.css_shorthands import longhands
from bot.fulltext.css_values import (
    Tokens,
    colour,
    functions,
    keyword,
    number,
    split,
)

Declarations = Mapping[str, Tokens]

MOST_RULES = 5_000
DEEPEST_NESTING = 12

_GROUPS = ("media", "supports", "layer", "container", "scope", "document")
_ATTRIBUTES = {
    "bgcolor": "background-color",
    "mathbackground": "background-color",
    "mathcolor": "color",
    "mathsize": "font-size",
}
_KEYFRAMES = ("keyframes", "-webkit-keyframes", "-moz-keyframes")
_EDGES = {"from": 0.0, "to": 1.0}
_BROWSER, _ATTRIBUTE, _OWN, _INLINE = range(4)


class Declared(NamedTuple):
    """The winning declarations of an element, shorthands taken apart, and which are important."""

    values: Declarations
    important: frozenset[str]


UNDECLARED = Declared({}, frozenset())


class Cascade(NamedTuple):
    """What a page's styles say: of each element that anything is said of, of the frames of each
    animation, and which fonts the page brings."""

    declared: Mapping[HtmlElement, Declared]
    keyframes: Mapping[str, tuple[Frame, ...]]
    fonts: frozenset[str]


# The places of a cascade layer and of those around it in the order in which they are named. Rules
# of no layer, or of none that is inside another, weigh more.
_Layer = tuple[float, ...]
_NO_LAYER: _Layer = ()
_BEFORE_ALL: _Layer = (-1.0,)


class _Weight(NamedTuple):
    """What decides between two declarations of one property, the weightiest first."""

    important: bool
    origin: int
    layer: _Layer
    specificity: tuple[int, int, int]
    order: int


@dataclass(frozen=True)
class _Rule:
    selector: str
    declarations: tuple[Any, ...]
    layer: _Layer


class _Layers:
    """The cascade layers of a page in the order in which they are named first."""

    def __init__(self) -> None:
        self._known: dict[_Layer, dict[str, int]] = {}

    def named(self, names: Tokens, around: _Layer) -> list[_Layer]:
        """The layers of these names (``a, b.c``), which may be new, inside the layer *around*."""
        found = []
        for name in split(names, ","):
            layer = around
            for part in split(name, ".") or [[]]:
                known = self._known.setdefault(layer, {})
                # One without a name is another each time.
                called = tinycss2.serialize(part) or f"#{len(known)}"
                layer = (*layer, float(known.setdefault(called, len(known))))
            found.append(layer)
        return found


@dataclass(frozen=True)
class _Given:
    weight: _Weight
    name: str
    value: Tokens


class _Translator(HTMLTranslator):
    """Knows some states that every plain element is in; of other states none is met."""

    def _always(self, xpath: XPathExpr) -> XPathExpr:
        return xpath

    xpath_defined_pseudo = _always
    xpath_read_only_pseudo = _always
    xpath_any_link_pseudo = HTMLTranslator.xpath_link_pseudo


def cascaded(page: HtmlElement) -> Cascade:
    """All that style sheets and attributes say of the elements of *page*."""
    given: dict[HtmlElement, list[_Given]] = {}
    order = count()
    for rule in _browser_rules():
        _match(page, rule, _BROWSER, order, given)
    own = [node for sheet in sheets(page) for node in sheet]
    for rule in islice(_rules(own), MOST_RULES):
        _match(page, rule, _OWN, order, given)
    for element in page.iter(etree.Element):
        of_its_own = [*_from_attributes(element), *_inline(element)]
        if of_its_own:
            given.setdefault(element, []).extend(of_its_own)
    at_rules = list(islice(_at_rules(own), MOST_RULES))
    return Cascade(
        declared={element: _winning(found) for element, found in given.items()},
        keyframes=dict(_keyframes(at_rules)),
        fonts=frozenset(_fonts(at_rules)),
    )


def _winning(found: list[_Given]) -> Declared:
    """The weightiest of each property, the weightiest of all last."""
    found.sort(key=lambda one: one.weight)
    values: dict[str, Tokens] = {}
    for one in found:
        values.pop(one.name, None)
        values[one.name] = one.value
    return Declared(values, frozenset(one.name for one in found if one.weight.important))


@cache
def _browser_rules() -> tuple[_Rule, ...]:
    text = (files("bot.fulltext") / "browser.css").read_text(encoding="utf-8")
    return tuple(_rules(tinycss2.parse_stylesheet(text)))


def _at_rules(nodes: Tokens, depth: int = 0) -> Iterator[Any]:
    """The rules among *nodes* that begin with a sign, and those in the groups among them."""
    for node in nodes if depth <= DEEPEST_NESTING else ():
        if node.type == "at-rule" and node.content is not None:
            yield node
            if _holds(node):
                yield from _at_rules(tinycss2.parse_rule_list(node.content), depth + 1)


def _keyframes(at_rules: list[Any]) -> Iterator[tuple[str, tuple[Frame, ...]]]:
    """The frames of each animation by its name."""
    for rule in at_rules:
        if rule.lower_at_keyword in _KEYFRAMES and (name := _names(rule.prelude)):
            yield name[0], tuple(_frames(tinycss2.parse_rule_list(rule.content)))


def _frames(nodes: Tokens) -> Iterator[Frame]:
    for node in nodes:
        if node.type == "qualified-rule":
            declared = {
                name: value
                for one in tinycss2.parse_blocks_contents(node.content)
                if one.type == "declaration"
                for name, value in longhands(one)
            }
            for place in split(node.prelude, ","):
                at = _EDGES.get(keyword(place)) or number(place, 0.0)
                yield at, declared


def _fonts(at_rules: list[Any]) -> Iterator[str]:
    """The families that the page brings itself: their letters may look like anything."""
    for rule in at_rules:
        if rule.lower_at_keyword != "font-face":
            continue
        told = {
            one.lower_name: one.value
            for one in tinycss2.parse_blocks_contents(rule.content)
            if one.type == "declaration"
        }
        source = told.get("src", ())
        is_own = "url" in functions(source) or any(one.type == "url" for one in source)
        if is_own or "size-adjust" in told:
            yield from families(told.get("font-family", ()))


def families(value: Tokens) -> list[str]:
    """Font families by their names in lower case. Where sizes and the like stand before the first
    one, each rest of its words is a name."""
    found = []
    for part in split(value, ","):
        words = _names(part)
        found += [" ".join(words[at:]).lower() for at in range(len(words))]
    return found


def _names(tokens: Tokens) -> list[str]:
    return [str(token.value) for token in tokens if token.type in ("ident", "string")]


def _rules(
    nodes: Tokens,
    *,
    within: str = "",
    layer: _Layer = _NO_LAYER,
    layers: _Layers | None = None,
    depth: int = 0,
) -> Iterator[_Rule]:
    """The rules among *nodes* and in the groups and rules they hold; *within* is the selector of
    the rule around them."""
    if depth > DEEPEST_NESTING:
        return
    layers = layers or _Layers()
    further = partial(_rules, layers=layers, depth=depth + 1)
    loose = tuple(node for node in nodes if node.type == "declaration")
    if within and loose:
        yield _Rule(within, loose, layer)
    for node in nodes:
        if node.type == "qualified-rule":
            selector = _nested(tinycss2.serialize(node.prelude), within)
            inner = tinycss2.parse_blocks_contents(node.content)
            yield from further(inner, within=selector, layer=layer)
        elif node.type == "at-rule" and node.lower_at_keyword == "property":
            yield _initial(node)
        elif node.type == "at-rule" and _holds(node):
            is_layer = node.lower_at_keyword == "layer"
            inner_layer = layers.named(node.prelude, layer)[-1] if is_layer else layer
            if node.content is not None:
                around = _scope(node) or within
                parse = tinycss2.parse_blocks_contents if around else tinycss2.parse_rule_list
                yield from further(parse(node.content), within=around, layer=inner_layer)


def _initial(registration: Any) -> _Rule:
    """What ``@property`` gives a variable, as if the page's root began with it."""
    name = tinycss2.serialize(registration.prelude).strip()
    given = {
        one.lower_name: tinycss2.serialize(one.value)
        for one in tinycss2.parse_blocks_contents(registration.content or ())
        if one.type == "declaration"
    }
    start = tinycss2.parse_blocks_contents(f"{name}: {given.get('initial-value', '')}")
    return _Rule(":root", tuple(one for one in start if one.type == "declaration"), _BEFORE_ALL)


def _holds(group: Any) -> bool:
    if group.lower_at_keyword == "media":
        return applies(group.prelude)
    return group.lower_at_keyword in _GROUPS


def _scope(group: Any) -> str:
    """The selector of ``@scope (…)``, whose rules are as if they stood inside it."""
    if group.lower_at_keyword != "scope":
        return ""
    blocks = [one for one in group.prelude if one.type == "() block"]
    return tinycss2.serialize(blocks[0].content) if blocks else ""


def _nested(selector: str, within: str) -> str:
    if not within:
        return selector
    around = f":is({within})"
    return selector.replace("&", around) if "&" in selector else f"{around} {selector}"


def _match(
    page: HtmlElement,
    rule: _Rule,
    origin: int,
    order: Iterator[int],
    given: dict[HtmlElement, list[_Given]],
) -> None:
    single = [(one.important, *pair) for one in rule.declarations for pair in longhands(one)]
    at = next(order)
    for selector, path in _paths(rule.selector):
        for element in _found(page, path):
            given.setdefault(element, []).extend(
                _Given(_weight(important, origin, rule.layer, selector, at), name, value)
                for important, name, value in single
            )


def _weight(important: bool, origin: int, layer: _Layer, selector: Selector, at: int) -> _Weight:
    # Of what is important, that of the first layer wins.
    places = [-one if important else one for one in (*layer, inf)]
    return _Weight(important, origin, tuple(places), selector.specificity(), at)


@cache
def _translator() -> _Translator:
    return _Translator()


def _paths(selectors: str) -> list[tuple[Selector, str]]:
    """Selectors with their XPaths; none where one is not understood, as CSS has it."""
    try:
        return [
            (one, _translator().selector_to_xpath(one))
            for one in parse_selectors(selectors)
            if one.pseudo_element is None
        ]
    except (SelectorError, RecursionError):
        return []


def _found(page: HtmlElement, path: str) -> list[HtmlElement]:
    try:
        return list(page.xpath(path))
    except etree.XPathError:
        return []


def _inline(element: HtmlElement) -> Iterator[_Given]:
    style = element.get("style")
    for one in tinycss2.parse_blocks_contents(style) if style else ():
        if one.type == "declaration":
            weight = _Weight(one.important, _INLINE, (), (0, 0, 0), 0)
            yield from (_Given(weight, name, value) for name, value in longhands(one))


def _from_attributes(element: HtmlElement) -> Iterator[_Given]:
    for attribute, name in _ATTRIBUTES.items():
        if value := element.get(attribute):
            yield _presentational(name, value)
    if element.tag in ("font", "basefont") and (value := element.get("color")):
        yield _presentational("color", value)
    if element.tag == "body" and (value := element.get("text")):
        yield _presentational("color", value)


def _presentational(name: str, value: str) -> _Given:
    tokens = tinycss2.parse_component_value_list(value)
    if name.endswith("color") and colour(tokens) is None:
        # HTML takes colours without the sign as well.
        tokens = tinycss2.parse_component_value_list(f"#{value}")
    return _Given(_Weight(False, _ATTRIBUTE, (), (0, 0, 0), 0), name, tokens)
