"""The limits that Slack documents and its published types lack, as fragments of JSON Schema.

Each is laid over a property of a definition of `slack_types.json`; those under `ANYWHERE` over
every property of that name, those under `WHOLE` over a definition itself.
"""

from collections.abc import Mapping
from typing import Any

Schema = dict[str, Any]


def chars(most: int, least: int = 1) -> Schema:
    """A string of that many characters."""
    return {"minLength": least, "maxLength": most}


def text(most: int) -> Schema:
    """A text object whose text has that many characters."""
    return {"properties": {"text": chars(most)}}


def items(most: int, each: Schema | None = None) -> Schema:
    """A list of one to that many items."""
    return {"minItems": 1, "maxItems": most, "items": each or {}}


def whole(least: int, most: int) -> Schema:
    """A whole number within bounds."""
    return {"multipleOf": 1, "minimum": least, "maximum": most}


def like(example: str) -> Schema:
    """A string of a format that `schema.py` knows by an example."""
    return {"format": example}


def types_but(*refused: str) -> Schema:
    """An object of any type that is not refused here."""
    return {"properties": {"type": {"not": {"enum": list(refused)}}}}


_CELL = {"properties": {"text": chars(10_000)}}
_LENGTHS = {"min_length": whole(0, 3000), "max_length": whole(1, 3000)}
_MULTI = [f"multi_{one}_select" for one in ("static", "external", "users", "conversations")]
_MULTI += ["multi_channels_select"]
_MENU = {
    "options": items(100),
    "option_groups": items(100, {"properties": {"label": text(75), "options": items(100)}}),
}
_OPTION = {
    "text": text(75),
    "description": text(75),
    "value": chars(150),
}
_BUTTON = {"text": text(75), "value": chars(2000, 0)}
_FEEDBACK = {"properties": {"text": text(75), "value": chars(2000)}}
_VIEW = {"private_metadata": chars(3000, 0), "callback_id": chars(255, 0)}

DATE, TIME = "date like 2025-01-29", "time like 09:30"

ANYWHERE: Mapping[str, Schema] = {
    "accessibility_label": chars(75),
    "action_id": chars(255),
    "alt_text": chars(2000),
    "block_id": chars(255),
    "external_id": chars(255, 0),
    "image_url": chars(3000),
    "initial_date": like(DATE),
    "initial_time": like(TIME),
    "label": text(2000),
    "max_selected_items": whole(1, 100),
    "placeholder": text(150),
    "url": chars(3000),
}

PROPERTIES: Mapping[str, Mapping[str, Schema]] = {
    "ActionsBlock": {"elements": items(25, types_but(*_MULTI, "rich_text_input"))},
    "AlertBlock": {"text": text(200)},
    "Button": _BUTTON,
    "CardBlock": {
        "title": text(150),
        "subtitle": text(150),
        "body": text(200),
        "actions": items(3),
    },
    "CarouselBlock": {"elements": items(10)},
    "Checkboxes": {"options": items(10)},
    "ConfirmationDialog": {
        "title": text(100),
        "text": text(300),
        "confirm": text(30),
        "deny": text(30),
    },
    "ContainerBlock": {"title": text(150), "subtitle": text(150), "child_blocks": items(10)},
    "ContextActionsBlock": {"elements": items(5)},
    "ContextBlock": {"elements": items(10, {"properties": {"text": chars(2000)}})},
    # Two pages of Slack's disagree on 101 or 201 rows.
    "DataTableBlock": {
        "caption": chars(2000),
        "page_size": whole(1, 100),
        "rows": items(101, items(20, _CELL)),
    },
    "FeedbackButtons": {"positive_button": _FEEDBACK, "negative_button": _FEEDBACK},
    "HeaderBlock": {"text": text(150)},
    "HomeView": _VIEW,
    "IconButton": {"icon": {"enum": ["trash"]}, "text": text(75), "value": chars(2000)},
    "ImageBlock": {"title": text(2000)},
    "InputBlock": {"hint": text(2000)},
    "MarkdownBlock": {"text": chars(12_000)},
    "ModalView": {**_VIEW, "title": text(24), "submit": text(24), "close": text(24)},
    "MrkdwnOption": _OPTION,
    "MultiStaticSelect": _MENU,
    "Overflow": {"options": items(5)},
    "PlainTextInput": {"initial_value": chars(3000, 0), **_LENGTHS},
    "PlainTextOption": _OPTION,
    "PlanBlock": {"title": chars(256), "tasks": items(50)},
    "RadioButtons": {"options": items(10)},
    "RichTextBlock": {"elements": items(1000, {"properties": {"elements": items(1000)}})},
    "SectionBlock": {"text": text(3000), "fields": items(10, text(2000))},
    "StaticSelect": _MENU,
    "TableBlock": {"rows": items(100, items(20, _CELL))},
    "TaskCardBlock": {"task_id": chars(255), "title": chars(256)},
    "VideoBlock": {
        "title": text(200),
        "author_name": chars(50),
        "thumbnail_url": chars(3000),
        "video_url": chars(3000),
    },
    "WorkflowButton": _BUTTON,
}

_EITHER_OPTIONS = {"oneOf": [{"required": ["options"]}, {"required": ["option_groups"]}]}
_VALUE = {"required": ["value"]}

WHOLE: Mapping[str, Schema] = {
    "CardBlock": {
        "anyOf": [{"required": [one]} for one in ("title", "body", "hero_image", "actions")]
    },
    "ConfirmationDialog": {"required": ["title", "text", "confirm", "deny"]},
    "MrkdwnOption": _VALUE,
    "MultiStaticSelect": _EITHER_OPTIONS,
    "PlainTextOption": _VALUE,
    "SectionBlock": {"anyOf": [{"required": ["text"]}, {"required": ["fields"]}]},
    "StaticSelect": _EITHER_OPTIONS,
}

# Two pages of Slack's disagree on 6 or 12 series and slices; the smaller number is safe.
_SERIES = {"required": ["name", "data"], "properties": {"name": chars(75), "data": items(20)}}
_LINES = {
    "type": "object",
    "required": ["type", "series"],
    "properties": {"type": {"enum": ["bar", "line", "area"]}, "series": items(6, _SERIES)},
}
_SLICES = {
    "type": "object",
    "required": ["type", "segments"],
    "properties": {"type": {"const": "pie"}, "segments": items(6)},
}
# A block that the published types do not know yet.
DATA_VISUALIZATION: Schema = {
    "type": "object",
    "required": ["type", "title", "chart"],
    "additionalProperties": False,
    "properties": {
        "type": {"const": "data_visualization"},
        "block_id": {"type": "string"},
        "title": {"type": "string", **chars(50)},
        "chart": {"anyOf": [_SLICES, _LINES]},
    },
}
