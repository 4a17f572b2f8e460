"""The style sheets that a page has in it; nothing is fetched."""

from base64 import b64decode
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import unquote_to_bytes

import tinycss2
from lxml.html import HtmlElement

from bot.fulltext.css_media import applies
from bot.fulltext.css_values import Tokens, functions

_DEEPEST_IMPORTS = 8


def sheets(page: HtmlElement) -> Iterator[list[Any]]:
    """The page's own style sheets, those that it brings as ``data:`` addresses as well."""
    for sheet in page.iter("style", "link"):
        if not applies(tinycss2.parse_component_value_list(sheet.get("media") or "")):
            continue
        if sheet.tag == "style":
            yield from _with_imports(sheet.text_content())
        elif "stylesheet" in (sheet.get("rel") or "").lower():
            yield from _with_imports(_brought(sheet.get("href") or ""))


def _with_imports(text: str, depth: int = 0) -> Iterator[list[Any]]:
    rules = tinycss2.parse_stylesheet(text)
    for rule in rules if depth <= _DEEPEST_IMPORTS else ():
        if rule.type == "at-rule" and rule.lower_at_keyword == "import":
            for address in _addresses(rule.prelude)[:1]:
                yield from _with_imports(_brought(address), depth + 1)
    yield rules


def _addresses(tokens: Tokens) -> list[str]:
    inside = [*tokens, *functions(tokens).get("url", ())]
    return [str(one.value) for one in inside if one.type in ("url", "string")]


def _brought(address: str) -> str:
    """What a ``data:`` address holds; nothing is fetched for any other."""
    kind, comma, data = address.strip().partition(",")
    if not comma or not kind.lower().startswith("data:"):
        return ""
    raw = unquote_to_bytes(data)
    with suppress(ValueError):
        raw = b64decode(raw) if kind.lower().endswith(";base64") else raw
    return raw.decode("utf-8", "replace")
