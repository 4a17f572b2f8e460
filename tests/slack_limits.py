"""What Slack takes: counted by hand, by slack_sdk's own classes, and by Slack's published types."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator
from slack_sdk.models.blocks import Block as SdkBlock

from bot.blocks import Message
from bot.workspace.validation import too_long_together, validate_blocks

_RAW_BLOCKS = ("data_table", "data_visualization")  # slack_sdk has no class for these
_MENTION = re.compile(r"<(?:!|@|#)")


def problems(message: Message, *, surface_blocks: int = 50, typed: bool = True) -> list[str]:
    """Everything about *message* that Slack would refuse or that would look broken; *typed* asks
    Slack's published types as well, which takes longest."""
    found = []
    if not message.text.strip():
        found.append("no plain text")
    if len(message.text) > 4000:
        found.append(f"text of {len(message.text)} characters")
    if _MENTION.search(message.text):
        found.append("text pings somebody")
    if not 0 < len(message.blocks) <= surface_blocks:
        found.append(f"{len(message.blocks)} blocks")
    size = sum(len(json.dumps(block, ensure_ascii=False)) for block in message.blocks)
    if size > 13_000:
        found.append(f"blocks of {size} characters together")
    ids = [block["block_id"] for block in message.blocks if "block_id" in block]
    if len(ids) != len(set(ids)):
        found.append("a block_id twice")
    for place, block in enumerate(message.blocks):
        found += [f"block {place}: {one}" for one in _block_problems(block)]
    if too_long_together(message.blocks):
        found.append("blocks too long together")
    found += validate_blocks(list(message.blocks))
    return [*found, *_schema_problems(message)] if typed else found


def _schema_problems(message: Message) -> Iterator[str]:
    known = [block for block in message.blocks if block["type"] not in _RAW_BLOCKS]
    for error in _schema().iter_errors({"text": message.text, "blocks": _as_sent(known)}):
        yield f"types: {'/'.join(str(part) for part in error.absolute_path)} {error.message[:200]}"


def _as_sent(value: Any) -> Any:
    """The value as it arrives on the other side."""
    return json.loads(json.dumps(value))


@cache
def _schema() -> Draft7Validator:
    path = Path(__file__).parent / "data" / "slack_message.schema.json"
    return Draft7Validator(json.loads(path.read_text(encoding="utf-8")))


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
    if len(str(part.get("value", ""))) > 2000:
        yield "a value over 2000 characters"
    if len(str(part.get("url", ""))) > 3000:
        yield "a URL over 3000 characters"
    if kind in ("actions", "context") and not 0 < len(part["elements"]) <= 25:
        yield f"{kind} with {len(part['elements'])} elements"


def _mrkdwn_problems(text: str) -> Iterator[str]:
    if len(text) > 3000:
        yield f"mrkdwn of {len(text)} characters"
    if _MENTION.search(text.replace("<@U0SHARER>", "")):
        yield "mrkdwn pings somebody"
    text = re.sub(r"^> ", "", text, flags=re.MULTILINE)  # a quotation's mark is no bracket
    outside = re.sub(r"<https?://[^<>|\s]+(?:\|[^<>|\n]*)?>", "", text.replace("<@U0SHARER>", ""))
    if re.search(r"[<>]", outside.replace("&lt;", "").replace("&gt;", "")):
        yield f"a torn link or raw bracket: {outside[:80]!r}"
    if re.search(r"&(?!(amp|lt|gt);)", outside):
        yield f"a torn entity: {outside[:80]!r}"


def _walk(part: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(part, Mapping):
        yield part
        for value in part.values():
            yield from _walk(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from _walk(value)
