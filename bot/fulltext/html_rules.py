"""What style sheets, attributes and ``style`` declare for each element of a page.

Nothing is weighed: a declaration that a browser would overrule counts as well. Papers don't need
that, and whoever hides text gains nothing by hiding it twice.
"""

from base64 import b64decode
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Any, NamedTuple
from urllib.parse import unquote_to_bytes

import tinycss2
from cssselect import HTMLTranslator, SelectorError
from cssselect import parse as parse_selectors
from cssselect.xpath import XPathExpr
from lxml import etree
from lxml.html import HtmlElement

MOST_RULES = 5_000
DEEPEST = 12
_ATTRIBUTES = {
    "bgcolor": "background-color",
    "color": "color",
    "mathbackground": "background-color",
    "mathcolor": "color",
    "mathsize": "font-size",
    "text": "color",
}
# At-rules that hold no rules for elements.
_OTHER = ("font-face", "keyframes", "property", "page", "counter-style")
_MEDIA = ("all", "screen")
_JOINING = ("only", "not", "and", "or")

Tokens = Sequence[Any]


class Declaration(NamedTuple):
    """One property with its value, without white space."""

    name: str
    value: Tokens


class Declared(NamedTuple):
    """The declarations of each element that has any, and whether the page brings its own fonts,
    whose letters may look like anything."""

    of: dict[HtmlElement, list[Declaration]]
    has_fonts: bool


class _Rule(NamedTuple):
    selector: str
    declarations: list[Declaration]


class _Translator(HTMLTranslator):
    """Knows some states that every plain element is in; of other states none is met."""

    def _always(self, xpath: XPathExpr) -> XPathExpr:
        return xpath

    xpath_defined_pseudo = _always
    xpath_read_only_pseudo = _always
    xpath_any_link_pseudo = HTMLTranslator.xpath_link_pseudo


def declared_on(page: HtmlElement) -> Declared:
    """All that is declared for the elements of *page*; nothing is fetched."""
    found: dict[HtmlElement, list[Declaration]] = {}
    own = [node for sheet in _sheets(page) for node in tinycss2.parse_stylesheet(sheet)]
    for rule in (*_browser_rules(), *islice(_rules(own), MOST_RULES)):
        for element in _selected(page, rule.selector):
            found.setdefault(element, []).extend(rule.declarations)
    for element in page.iter(etree.Element):
        of_its_own = [*_from_attributes(element), *_inline(element.get("style") or "")]
        if of_its_own:
            found.setdefault(element, []).extend(of_its_own)
    return Declared(found, has_fonts=_has_fonts(own))


def significant(tokens: Tokens) -> list[Any]:
    """The tokens without white space and comments."""
    return [token for token in tokens if token.type not in ("whitespace", "comment")]


def keyword(tokens: Tokens) -> str:
    """The first identifier, in lower case; empty where there is none."""
    return next((str(one.lower_value) for one in tokens if one.type == "ident"), "")


@cache
def _browser_rules() -> tuple[_Rule, ...]:
    text = (files("bot.fulltext") / "browser.css").read_text(encoding="utf-8")
    return tuple(_rules(tinycss2.parse_stylesheet(text)))


def _sheets(page: HtmlElement) -> Iterator[str]:
    """The page's own style sheets, those in ``data:`` addresses as well."""
    for sheet in page.iter("style", "link"):
        if not _may_hold(tinycss2.parse_component_value_list(sheet.get("media") or "")):
            continue
        if sheet.tag == "style":
            yield from _with_imports(sheet.text_content())
        elif "stylesheet" in (sheet.get("rel") or "").lower():
            yield from _with_imports(_brought(sheet.get("href") or ""))


def _with_imports(text: str, depth: int = 0) -> Iterator[str]:
    yield text
    for rule in tinycss2.parse_stylesheet(text) if depth < DEEPEST else ():
        if rule.type == "at-rule" and rule.lower_at_keyword == "import":
            inside = [one for token in rule.prelude for one in (token, *_arguments(token))]
            for one in inside:
                if one.type in ("url", "string"):
                    yield from _with_imports(_brought(str(one.value)), depth + 1)


def _arguments(token: Any) -> Tokens:
    return token.arguments if token.type == "function" else ()


def _brought(address: str) -> str:
    """What a ``data:`` address holds."""
    kind, comma, data = address.strip().partition(",")
    if not comma or not kind.lower().startswith("data:"):
        return ""
    raw = unquote_to_bytes(data)
    with suppress(ValueError):
        raw = b64decode(raw) if kind.lower().endswith(";base64") else raw
    return raw.decode("utf-8", "replace")


def _rules(nodes: Tokens, within: str = "", depth: int = 0) -> Iterator[_Rule]:
    """The rules among *nodes* and in the groups and rules they hold; *within* is the selector of
    the rule around them."""
    if within and (loose := _declarations(nodes)):
        yield _Rule(within, loose)
    for node in nodes if depth <= DEEPEST else ():
        if node.type == "qualified-rule":
            selector = _nested(tinycss2.serialize(node.prelude), within)
            inner = tinycss2.parse_blocks_contents(node.content)
            yield from _rules(inner, selector, depth + 1)
        elif node.type == "at-rule" and node.content is not None and _holds_rules(node):
            around = _scope(node) or within
            parse = tinycss2.parse_blocks_contents if around else tinycss2.parse_rule_list
            yield from _rules(parse(node.content), around, depth + 1)


def _holds_rules(group: Any) -> bool:
    if group.lower_at_keyword == "media":
        return _may_hold(group.prelude)
    return not group.lower_at_keyword.endswith(_OTHER)


def _scope(group: Any) -> str:
    """The selector of ``@scope (…)``, whose rules are as if they stood inside it."""
    blocks = [one for one in group.prelude if one.type == "() block"]
    is_scope = group.lower_at_keyword == "scope" and blocks
    return tinycss2.serialize(blocks[0].content) if is_scope else ""


def _may_hold(query: Tokens) -> bool:
    """Whether a media query may hold on a screen in light colours."""
    words = [one.lower_value for one in query if one.type == "ident"]
    medium = next((word for word in words if word not in _JOINING), "all")
    in_the_dark = any(
        keyword([one for one in block.content if one.type == "ident"][-1:]) == "dark"
        for block in query
        if block.type == "() block"
    )
    return (medium in _MEDIA) != ("not" in words) and not in_the_dark


def _nested(selector: str, within: str) -> str:
    if not within:
        return selector
    around = f":is({within})"
    return selector.replace("&", around) if "&" in selector else f"{around} {selector}"


def _has_fonts(nodes: Tokens, depth: int = 0) -> bool:
    return any(
        node.lower_at_keyword == "font-face"
        or (depth < DEEPEST and _has_fonts(tinycss2.parse_rule_list(node.content), depth + 1))
        for node in nodes
        if node.type == "at-rule" and node.content is not None
    )


@cache
def _translator() -> _Translator:
    return _Translator()


def _selected(page: HtmlElement, selectors: str) -> Iterator[HtmlElement]:
    """The elements that selectors mean; none where one is not understood, as CSS has it."""
    try:
        paths = [
            _translator().selector_to_xpath(one)
            for one in parse_selectors(selectors)
            if one.pseudo_element is None
        ]
    except (SelectorError, RecursionError):
        return
    for path in paths:
        with suppress(etree.XPathError):
            yield from page.xpath(path)


def _declarations(nodes: Tokens) -> list[Declaration]:
    return [
        Declaration(one.lower_name, significant(one.value))
        for one in nodes
        if one.type == "declaration"
    ]


def _inline(style: str) -> list[Declaration]:
    return _declarations(tinycss2.parse_blocks_contents(style)) if style else []


def _from_attributes(element: HtmlElement) -> Iterator[Declaration]:
    for attribute, name in _ATTRIBUTES.items():
        if value := element.get(attribute):
            tokens = tinycss2.parse_component_value_list(value)
            if name.endswith("color") and not keyword(tokens) and not value.startswith("#"):
                # HTML takes colours without the sign as well.
                tokens = tinycss2.parse_component_value_list(f"#{value}")
            yield Declaration(name, tokens)
