"""What Slack takes: counted by hand, by slack_sdk's own classes, and by the local workspace."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import Block as SdkBlock
from slack_sdk.models.views import View as SdkView

from bot.slack.blocks import Message
from bot.workspace.validation import too_long_together, validate_blocks, validate_view

_RAW_BLOCKS = ("data_table", "data_visualization")  # slack_sdk has no class for these
# The pages of a paper itself, and messages in Slack.
_OURS = re.compile(
    r"https://arxiv\.org/(?:abs|pdf|html)/[\w.-]+(?:#[\w.=-]+)?|https://huggingface\.co/papers/[\w.]+"
    r"|https://(?:github|gitlab)\.com/(?!login|oauth|apps)[\w-]+/[\w.-]+"
    r"|https://[\w-]+\.github\.io/[\w/.-]*|https://[\w.-]+\.slack\.com/(?:archives/)?[\w/.?=&;-]*"
)
_MENTION = re.compile(r"<(?:!|@|#)")
# A whole one, or one that was cut short: one without its end is what somebody typed.
_SWITCHED_OFF = re.compile(r"&lt;@(?!U999\b|U123\b)[UW][A-Z0-9]*(?:\||&gt;|…)")


def problems(message: Message, *, surface_blocks: int = 50) -> list[str]:
    """Everything about *message* that Slack would refuse or that would look broken."""
    found = []
    if not message.text.strip():
        found.append("no plain text")
    if len(message.text) > 4000:
        found.append(f"text of {len(message.text)} characters")
    if _MENTION.search(_without_ours(message.text)):
        found.append("text pings somebody")
    if _SWITCHED_OFF.search(message.text):
        found.append("a mention in the text is switched off")
    found += _links_elsewhere(message.text)
    if not 0 < len(message.blocks) <= surface_blocks:
        found.append(f"{len(message.blocks)} blocks")
    size = sum(len(json.dumps(block, ensure_ascii=False)) for block in message.blocks)
    if size > 13_000:
        found.append(f"blocks of {size} characters together")
    if too_long_together(message.blocks):
        found.append("blocks too long together")
    found += _each_problem(message.blocks)
    found += _torn_letters([message.text, *message.blocks])
    return [*found, *validate_blocks(list(message.blocks))]


def view_problems(view: Mapping[str, Any]) -> list[str]:
    """Everything about a modal or Home tab that Slack would refuse or that would look broken."""
    blocks = view["blocks"]
    found = list(_each_problem(blocks))
    if not 0 < len(blocks) <= 100:
        found.append(f"{len(blocks)} blocks")
    if len(json.dumps(view, ensure_ascii=False)) > 250_000:
        found.append("view_too_large")
    SdkView(**view).validate_json()
    return [*found, *_torn_letters(view), *validate_view(dict(view))]


def _each_problem(blocks: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    if len(ids) != len(set(ids)):
        yield "a block_id twice"
    for place, block in enumerate(blocks):
        yield from (f"block {place}: {one}" for one in _block_problems(block))


def _torn_letters(sent: Any) -> Iterator[str]:
    try:
        json.dumps(sent, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        yield "half a surrogate pair, which cannot be sent"


def _block_problems(block: Mapping[str, Any]) -> Iterator[str]:
    if block["type"] not in _RAW_BLOCKS:
        parsed = SdkBlock.parse(dict(block))
        if parsed is None:
            yield f"slack_sdk knows no {block['type']}"
        else:
            parsed.validate_json()
    actions = []
    for part in _walk(block):
        yield from _part_problems(part)
        if "action_id" in part:
            actions.append(part["action_id"])
    if len(actions) != len(set(actions)):
        yield "an action_id twice"


def _part_problems(part: Mapping[str, Any]) -> Iterator[str]:
    limits = {"section": 3000, "header": 150, "button": 75, "context": 2000}
    kind = part.get("type")
    text = part.get("text")
    shown = text.get("text", "") if isinstance(text, Mapping) else text
    if isinstance(shown, str):
        if not shown.strip():
            yield f"empty text in {kind}"
        if kind in limits and len(shown) > limits[kind]:
            yield f"{kind} of {len(shown)} characters"
        if kind == "mrkdwn":
            yield from _mrkdwn_problems(shown)
    if kind == "mrkdwn" and part.get("verbatim") is not True:
        yield "Slack makes links of its own in mrkdwn that is not verbatim"
    if kind == "link" and not _OURS.fullmatch(str(part.get("url"))):
        yield f"a link to elsewhere: {part.get('url')}"
    if len(str(part.get("value", ""))) > 2000:
        yield "a value over 2000 characters"
    if len(str(part.get("url", ""))) > 3000:
        yield "a URL over 3000 characters"
    if kind in ("actions", "context") and not 0 < len(part["elements"]) <= 25:
        yield f"{kind} with {len(part['elements'])} elements"


def _mrkdwn_problems(text: str) -> Iterator[str]:
    if len(text) > 3000:
        yield f"mrkdwn of {len(text)} characters"
    yield from _links_elsewhere(text)
    shown = _without_ours(text)
    if _MENTION.search(shown):
        yield "mrkdwn pings somebody"
    unquoted = re.sub(r"(?m)^> ?", "", shown)
    outside = re.sub(r"<https?://[^<>|\s]+(?:\|[^<>|\n]+)?>", "", unquoted)
    if re.search(r"[<>]", outside.replace("&lt;", "").replace("&gt;", "")):
        yield f"a torn link or raw bracket: {outside[:80]!r}"
    if re.search(r"&(?!(amp|lt|gt);)", outside):
        yield f"a torn entity: {outside[:80]!r}"


def _links_elsewhere(text: str) -> Iterator[str]:
    for url in re.findall(r"<(\w+:[^<>|\s]*)", text):
        if not _OURS.fullmatch(url):
            yield f"a link to elsewhere: {url}"


def _without_ours(text: str) -> str:
    """The text without what we say on purpose: who did something, and where."""
    return text.replace("<@U0SHARER>", "").replace("<#C1>", "")


def _walk(part: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(part, Mapping):
        yield part
        for value in part.values():
            yield from _walk(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from _walk(value)
