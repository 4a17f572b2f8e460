"""What Slack refuses in blocks, one case each."""

from typing import Any

import pytest

from bot.workspace import validate_blocks, validate_view
from bot.workspace.validation import Surface


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text}


def section(shown: str = "a", **fields: Any) -> dict[str, Any]:
    return {"type": "section", "text": mrkdwn(shown), **fields}


def button(**fields: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain("Open"), "action_id": "open", **fields}


def actions(*elements: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements), **fields}


def select(count: int, **fields: Any) -> dict[str, Any]:
    options = [{"text": plain(str(one)), "value": str(one)} for one in range(count)]
    return {"type": "static_select", "action_id": "pick", "options": options, **fields}


def chart(series: int, points: int) -> dict[str, Any]:
    data = [{"label": str(one), "value": one} for one in range(points)]
    held = [{"name": str(one), "data": data} for one in range(series)]
    return {"type": "data_visualization", "title": "a", "chart": {"type": "line", "series": held}}


def markdown(length: int) -> dict[str, Any]:
    return {"type": "markdown", "text": "a" * length}


WORDS = {"type": "text", "text": "a"}
CELL = {"type": "raw_text", "text": "a"}
TABLE = {"type": "table", "rows": [[CELL]]}
FEEDBACK = {
    "type": "feedback_buttons",
    "action_id": "feedback",
    "positive_button": {"text": plain("Good"), "value": "up"},
    "negative_button": {"text": plain("Bad"), "value": "down"},
}
CARD = {"type": "card", "title": mrkdwn("a"), "actions": [button()]}
GOOD: list[dict[str, Any]] = [
    section(),
    section("a" * 3000),
    section(accessory=button()),
    section(accessory=select(100)),
    {"type": "section", "fields": [mrkdwn("a")] * 10},
    {"type": "header", "text": plain("a" * 150)},
    {"type": "divider"},
    {"type": "context", "elements": [mrkdwn("a")] * 10},
    {"type": "image", "image_url": "https://example.org/a.png", "alt_text": "a"},
    actions(*[button(action_id=str(one)) for one in range(25)]),
    actions(button(value="a" * 2000, style="primary", url="https://example.org")),
    {"type": "context_actions", "elements": [FEEDBACK]},
    {"type": "markdown", "text": "a" * 12_000},
    TABLE,
    CARD,
    {"type": "carousel", "elements": [CARD]},
    {"type": "container", "title": plain("a"), "child_blocks": [section()]},
    {"type": "plan", "title": "a", "tasks": [{"task_id": "1", "title": "a", "status": "complete"}]},
    {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [WORDS]}]},
    {"type": "data_table", "caption": "a", "rows": [[CELL]]},
    chart(6, 20),
]


@pytest.mark.parametrize("block", GOOD, ids=lambda block: block["type"])
def test_good_blocks_pass(block: dict[str, Any]) -> None:
    assert validate_blocks([block]) == []


def words(part: dict[str, Any]) -> dict[str, Any]:
    section = {"type": "rich_text_section", "elements": [part]}
    return {"type": "rich_text", "elements": [section]}


def plain_verbatim() -> dict[str, Any]:
    return {"type": "section", "text": {**plain("a"), "verbatim": True}}


def groups(group: dict[str, Any]) -> dict[str, Any]:
    return {"type": "static_select", "option_groups": [group]}


def field(kind: str, **fields: Any) -> dict[str, Any]:
    return {"type": "input", "label": plain("a"), "element": {"type": kind, **fields}}


def pie(slices: int) -> dict[str, Any]:
    held = [{"label": str(one), "value": one} for one in range(slices)]
    return {**chart(1, 1), "chart": {"type": "pie", "segments": held}}


def nested(depth: int) -> dict[str, Any]:
    held = section()
    for _ in range(depth):
        held = section(accessory=held)
    return held


LONG = {"type": "raw_text", "text": "a" * 10_001}
GROUP = {"label": plain("a"), "options": [{"text": plain("a"), "value": "a"}]}
NO_VALUE = {"label": plain("a"), "options": [{"text": plain("a")}]}
BAD: list[tuple[str, list[Any], str]] = [
    ("51 blocks", [{"type": "divider"}] * 51, "no more than 50 items"),
    ("no type", [{}], "unsupported type"),
    ("unknown type", [{"type": "banner"}], "unsupported type: banner"),
    ("long section", [section("a" * 3001)], "less than 3001 characters"),
    ("empty text", [section("")], "more than 0 characters"),
    ("no text", [{"type": "section"}], "missing required field: text"),
    ("long field", [{"type": "section", "fields": [mrkdwn("a" * 2001)]}], "less than 2001"),
    ("11 fields", [{"type": "section", "fields": [mrkdwn("a")] * 11}], "no more than 10"),
    ("long header", [{"type": "header", "text": plain("a" * 151)}], "less than 151"),
    ("mrkdwn header", [{"type": "header", "text": mrkdwn("a")}], "unsupported type: mrkdwn"),
    ("11 in context", [{"type": "context", "elements": [mrkdwn("a")] * 11}], "no more than 10"),
    ("empty context", [{"type": "context", "elements": []}], "no less than 1"),
    ("no alt text", [{"type": "image", "image_url": "https://a"}], "alt_text"),
    ("no image", [{"type": "image", "alt_text": "a"}], "image_url"),
    ("26 actions", [actions(*[button(action_id=str(n)) for n in range(26)])], "no more than 25"),
    ("long value", [actions(button(value="a" * 2001))], "less than 2001"),
    ("long button", [actions(button(text=plain("a" * 76)))], "less than 76"),
    ("mrkdwn button", [actions(button(text=mrkdwn("a")))], "unsupported type: mrkdwn"),
    ("bad style", [actions(button(style="green"))], "must be one of: primary, danger"),
    ("long action_id", [actions(button(action_id="a" * 256))], "less than 256"),
    ("same block_id", [section(block_id="a"), section(block_id="a")], "block_id already exists"),
    ("same action_id", [actions(button(), button())], "action_id already exists"),
    ("101 options", [section(accessory=select(101))], "no more than 100"),
    ("no options", [section(accessory=select(0))], "no less than 1"),
    ("6 in overflow", [actions(select(6, type="overflow"))], "no more than 5"),
    ("11 checkboxes", [actions(select(11, type="checkboxes"))], "no more than 10"),
    ("text in actions", [actions({"type": "plain_text_input"})], "unsupported type"),
    ("multi in actions", [actions(select(2, type="multi_static_select"))], "unsupported type"),
    ("bad date", [actions({"type": "datepicker", "initial_date": "2025"})], "must be a date"),
    ("bad time", [actions({"type": "timepicker", "initial_time": "25:00"})], "must be a time"),
    ("two tables", [TABLE, TABLE], "no more than 1 table"),
    ("101 rows", [{"type": "table", "rows": [[CELL]] * 101}], "no more than 100 items"),
    ("21 cells", [{"type": "table", "rows": [[CELL] * 21]}], "no more than 20 items"),
    ("much markdown", [markdown(7000), markdown(5001)], "markdown must be less than 12001"),
    ("alert", [{"type": "alert", "text": mrkdwn("a")}], "unsupported type on message"),
    ("4 card actions", [{**CARD, "actions": [button()] * 4}], "no more than 3"),
    ("11 cards", [{"type": "carousel", "elements": [CARD] * 11}], "no more than 10"),
    ("container", [{"type": "container", "title": plain("a"), "child_blocks": [CARD]}], "card"),
    ("confirm", [actions(button(confirm={"title": plain("a" * 101)}))], "less than 101"),
    ("no chart", [{"type": "data_visualization", "title": "a"}], "missing required field: chart"),
    ("7 series", [chart(7, 1)], "no more than 6"),
    ("21 points", [chart(1, 21)], "no more than 20"),
    ("bad status", [{"type": "task_card", "task_id": "1", "title": "a", "status": "x"}], "one of"),
    ("no cells", [{"type": "table", "rows": [[]]}], "no less than 1 items"),
    ("long cell", [{"type": "data_table", "caption": "a", "rows": [[LONG]]}], "less than 10001"),
    ("no caption", [{"type": "data_table", "rows": [[CELL]]}], "missing required field: caption"),
    ("raw text in words", [words(CELL)], "unsupported type: raw_text"),
    ("field of its own", [section(colour="red")], "invalid additional property: colour"),
    ("verbatim plain text", [plain_verbatim()], "invalid additional property: verbatim"),
    ("bare text", [{"type": "section", "text": "a"}], "must be an object"),
    ("number for text", [section(text={"type": "mrkdwn", "text": 1})], "must be a string"),
    ("an empty card", [{"type": "card"}], "missing required field: title"),
    ("menu in a card", [{**CARD, "actions": [select(2)]}], "unsupported type: static_select"),
    ("options twice", [actions(select(1, option_groups=[GROUP]))], "exclude each other"),
    ("neither options", [actions({"type": "static_select"})], "missing required field: options"),
    ("long group", [actions(groups({**GROUP, "label": plain("a" * 76)}))], "less than 76"),
    ("option without value", [actions(groups(NO_VALUE))], "missing required field: value"),
    ("no decimals told", [field("number_input")], "missing required field: is_decimal_allowed"),
    ("half a length", [field("plain_text_input", min_length=0.5)], "multiple of 1"),
    ("unknown chart", [{**chart(1, 1), "chart": {"type": "tree"}}], "unsupported type: tree"),
    ("long segment list", [pie(7)], "no more than 6"),
    ("no object", ["a", None, []], "must be an object"),
    ("a list as type", [{"type": ["section"]}], "unsupported type"),
    ("very deep", [nested(400)], "nested too deeply"),
    ("feedback alone", [{"type": "context_actions", "elements": [button()]}], "unsupported type"),
]


@pytest.mark.parametrize(("blocks", "reason"), [one[1:] for one in BAD], ids=[b[0] for b in BAD])
def test_bad_blocks_are_told_why(blocks: list[Any], reason: str) -> None:
    found = validate_blocks(blocks)
    assert found
    assert reason in " ".join(found)
    assert all("json-pointer:/blocks" in one for one in found)


def test_a_field_that_is_null_is_absent() -> None:
    assert validate_blocks([section(fields=None, accessory=button(url=None))]) == []
    view = {"type": "modal", "title": plain("a"), "submit": None, "blocks": [section()]}
    assert validate_view(view) == []


def test_texts_and_lists_of_other_classes_are_what_is_sent_of_them() -> None:
    class Markup(str):
        """A text that remembers something."""

    assert validate_blocks(({"type": "header", "text": plain(Markup("a"))},)) == []
    assert validate_blocks([{"type": "context", "elements": (mrkdwn(Markup("a")),)}]) == []
    assert (
        "less than 151"
        in validate_blocks([{"type": "header", "text": plain(Markup("a" * 151))}])[0]
    )


def test_one_reason_names_the_place() -> None:
    deep = section(accessory=select(2, options=[{"text": plain("a" * 76), "value": "1"}]))
    assert validate_blocks([section(), deep]) == [
        "must be less than 76 characters [json-pointer:/blocks/1/accessory/options/0/text/text]"
    ]
    modal = {"type": "modal", "title": plain("a"), "blocks": [section("")]}
    assert validate_view(modal) == [
        "must be more than 0 characters [json-pointer:/view/blocks/0/text/text]"
    ]


def test_an_initial_option_is_one_of_the_options() -> None:
    wrong = select(2, initial_option={"text": plain("9"), "value": "9"})
    assert "initial option" in validate_blocks([section(accessory=wrong)])[0]


@pytest.mark.parametrize(
    ("surface", "kind", "allowed"),
    [
        ("modal", "alert", True),
        ("home", "alert", False),
        ("modal", "markdown", False),
        ("home", "table", True),
        ("modal", "table", False),
        ("unfurl", "rich_text", False),
    ],
)
def test_surfaces_differ_in_what_they_take(surface: Surface, kind: str, allowed: bool) -> None:
    known = {block["type"]: block for block in GOOD}
    known["alert"] = {"type": "alert", "text": mrkdwn("a")}
    assert (validate_blocks([known[kind]], surface) == []) is allowed


def test_a_view_has_limits_of_its_own() -> None:
    view = {"type": "modal", "title": plain("a" * 24), "blocks": [section()] * 100}
    assert validate_view(view) == []
    assert validate_view({**view, "title": plain("a" * 25)})
    assert validate_view({**view, "blocks": [section()] * 101})
    assert validate_view({**view, "private_metadata": "a" * 3001})
    assert validate_view({**view, "colour": "red"})
    assert validate_view({**view, "type": "window"})
    field = {"type": "input", "label": plain("a"), "element": {"type": "plain_text_input"}}
    assert "submit is required" in validate_view({**view, "blocks": [field]})[0]
    assert validate_view({**view, "blocks": [field], "submit": plain("Go")}) == []
    assert validate_view({"type": "home", "blocks": [section()]}) == []
