"""The blocks, one check for each kind."""

from collections.abc import Callable

from bot.workspace.validation import elements
from bot.workspace.validation.reasons import (
    Object,
    Reasons,
    choice,
    items,
    objects,
    reason,
    string,
    text,
)

_IN_CONTAINER_NOT = frozenset(("card", "carousel", "data_table", "container"))
_ALERT_LEVELS = ("default", "info", "warning", "error", "success")
_CHARTS = ("pie", "bar", "line", "area")
# Two pages of Slack's disagree on 6 or 12; the smaller number is safe.
_MOST_SERIES = 6
_MOST_POINTS = 20
_TASK_STATES = ("pending", "in_progress", "complete", "error")


def block(held: Object, path: str) -> Reasons:
    """Any block by itself; what concerns several blocks together is not looked at here."""
    kind = held.get("type")
    if kind not in KINDS:
        yield reason(f"unsupported type: {kind}", f"{path}/type")
        return
    yield from string(held, "block_id", path, most=255)
    yield from KINDS[str(kind)](held, path)


def _section(held: Object, path: str) -> Reasons:
    if held.get("text") is None and not held.get("fields"):
        yield reason("missing required field: text", path)
    yield from text(held, "text", path, most=3000, required=False)
    yield from items(held, "fields", path, most=10, required=False)
    for index, _field in enumerate(objects(held, "fields")):
        fields = {str(index): _field}
        yield from text(fields, str(index), f"{path}/fields", most=2000)
    accessory = held.get("accessory")
    if isinstance(accessory, dict):
        where = f"{path}/accessory"
        yield from elements.element(accessory, where, allowed=elements.IN_SECTION)


def _header(held: Object, path: str) -> Reasons:
    yield from text(held, "text", path, most=150, plain=True)


def _context(held: Object, path: str) -> Reasons:
    yield from items(held, "elements", path, most=10)
    for index, one in enumerate(objects(held, "elements")):
        where = f"{path}/elements/{index}"
        if one.get("type") == "image":
            yield from elements.image(one, where)
        else:
            yield from text({str(index): one}, str(index), f"{path}/elements", most=2000)


def _actions(held: Object, path: str) -> Reasons:
    yield from _elements(held, path, most=25, allowed=elements.IN_ACTIONS)


def _context_actions(held: Object, path: str) -> Reasons:
    yield from _elements(held, path, most=5, allowed=elements.IN_CONTEXT_ACTIONS)


def _elements(held: Object, path: str, *, most: int, allowed: frozenset[str]) -> Reasons:
    yield from items(held, "elements", path, most=most)
    for index, one in enumerate(objects(held, "elements")):
        yield from elements.element(one, f"{path}/elements/{index}", allowed=allowed)


def _input(held: Object, path: str) -> Reasons:
    yield from text(held, "label", path, most=2000, plain=True)
    yield from text(held, "hint", path, most=2000, required=False, plain=True)
    inner = held.get("element")
    if not isinstance(inner, dict):
        yield reason("missing required field: element", path)
        return
    yield from elements.element(inner, f"{path}/element", allowed=elements.IN_INPUT)


def _image(held: Object, path: str) -> Reasons:
    yield from elements.image(held, path)
    yield from text(held, "title", path, most=2000, required=False, plain=True)


def _video(held: Object, path: str) -> Reasons:
    yield from text(held, "title", path, most=200, plain=True)
    yield from string(held, "alt_text", path, most=2000, required=True)
    yield from string(held, "video_url", path, most=3000, required=True)
    yield from string(held, "thumbnail_url", path, most=3000, required=True)
    yield from string(held, "author_name", path, most=50)


def _markdown(held: Object, path: str) -> Reasons:
    yield from string(held, "text", path, most=12_000, required=True)


def _rich_text(held: Object, path: str) -> Reasons:
    allowed = ("section", "list", "preformatted", "quote")
    yield from items(held, "elements", path, most=1000)
    for index, one in enumerate(objects(held, "elements")):
        if one.get("type") not in [f"rich_text_{name}" for name in allowed]:
            yield reason(f"unsupported type: {one.get('type')}", f"{path}/elements/{index}/type")
        yield from items(one, "elements", f"{path}/elements/{index}", most=1000)


def _table(held: Object, path: str) -> Reasons:
    yield from _rows(held, path, most=100, kinds=("raw_text", "raw_number", "rich_text"))


def _data_table(held: Object, path: str) -> Reasons:
    yield from string(held, "caption", path, most=2000, required=True)
    size = held.get("page_size", 5)
    if not isinstance(size, int) or not 1 <= size <= 100:
        yield reason("must be between 1 and 100", f"{path}/page_size")
    yield from _rows(held, path, most=101, kinds=("raw_text", "rich_text"))


def _rows(held: Object, path: str, *, most: int, kinds: tuple[str, ...]) -> Reasons:
    rows, where = held.get("rows"), f"{path}/rows"
    if not isinstance(rows, list) or not 1 <= len(rows) <= most:
        yield reason(f"must have between 1 and {most} rows", where)
        return
    for index, row in enumerate(rows):
        if not isinstance(row, list) or not 1 <= len(row) <= 20:
            yield reason("must have between 1 and 20 cells", f"{where}/{index}")
            continue
        for at, cell in enumerate(row):
            if not isinstance(cell, dict) or cell.get("type") not in kinds:
                yield reason("unsupported type of cell", f"{where}/{index}/{at}")
            elif cell["type"] == "raw_text":
                yield from string(cell, "text", f"{where}/{index}/{at}", most=10_000, required=True)


def _visualization(held: Object, path: str) -> Reasons:
    yield from string(held, "title", path, most=50, required=True)
    chart, where = held.get("chart"), f"{path}/chart"
    if not isinstance(chart, dict):
        yield reason("missing required field: chart", path)
        return
    if chart.get("type") not in _CHARTS:
        yield reason(f"value must be one of: {', '.join(_CHARTS)}", f"{where}/type")
    parts = "segments" if chart.get("type") == "pie" else "series"
    yield from items(chart, parts, where, most=_MOST_SERIES)
    for index, series in enumerate(objects(chart, "series")):
        yield from string(series, "name", f"{where}/series/{index}", most=75)
        yield from items(series, "data", f"{where}/series/{index}", most=_MOST_POINTS)


def _task(held: Object, path: str) -> Reasons:
    yield from string(held, "task_id", path, most=255, required=True)
    yield from string(held, "title", path, most=256, required=True)
    yield from choice(held, "status", path, allowed=_TASK_STATES)


def _plan(held: Object, path: str) -> Reasons:
    yield from string(held, "title", path, most=256, required=True)
    yield from items(held, "tasks", path, most=50, required=False)
    for index, task in enumerate(objects(held, "tasks")):
        yield from _task(task, f"{path}/tasks/{index}")


def _alert(held: Object, path: str) -> Reasons:
    yield from text(held, "text", path, most=200)
    yield from choice(held, "level", path, allowed=_ALERT_LEVELS)


def _card(held: Object, path: str) -> Reasons:
    if not any(held.get(name) for name in ("title", "body", "hero_image", "actions")):
        yield reason("a card needs a title, body, hero image or actions", path)
    for name, most in (("title", 150), ("subtitle", 150), ("body", 200)):
        yield from text(held, name, path, most=most, required=False)
    yield from items(held, "actions", path, most=3, required=False)
    for index, one in enumerate(objects(held, "actions")):
        where = f"{path}/actions/{index}"
        yield from elements.element(one, where, allowed=frozenset(("button", "overflow")))
    for name in ("hero_image", "icon"):
        if isinstance(held.get(name), dict):
            yield from elements.image(held[name], f"{path}/{name}")


def _carousel(held: Object, path: str) -> Reasons:
    yield from items(held, "elements", path, most=10)
    for index, one in enumerate(objects(held, "elements")):
        where = f"{path}/elements/{index}"
        if one.get("type") != "card":
            yield reason(f"unsupported type: {one.get('type')}", f"{where}/type")
        else:
            yield from _card(one, where)


def _container(held: Object, path: str) -> Reasons:
    yield from text(held, "title", path, most=150)
    yield from text(held, "subtitle", path, most=150, required=False)
    yield from choice(held, "width", path, allowed=("narrow", "standard", "wide", "full"))
    yield from items(held, "child_blocks", path, most=10)
    for index, child in enumerate(objects(held, "child_blocks")):
        where = f"{path}/child_blocks/{index}"
        if child.get("type") in _IN_CONTAINER_NOT:
            yield reason(f"unsupported type: {child['type']}", f"{where}/type")
        else:
            yield from block(child, where)


def _nothing(_held: Object, _path: str) -> Reasons:
    yield from ()


KINDS: dict[str, Callable[[Object, str], Reasons]] = {
    "actions": _actions,
    "alert": _alert,
    "call": _nothing,
    "card": _card,
    "carousel": _carousel,
    "container": _container,
    "context": _context,
    "context_actions": _context_actions,
    "data_table": _data_table,
    "data_visualization": _visualization,
    "divider": _nothing,
    "file": _nothing,
    "header": _header,
    "image": _image,
    "input": _input,
    "markdown": _markdown,
    "plan": _plan,
    "rich_text": _rich_text,
    "section": _section,
    "table": _table,
    "task_card": _task,
    "video": _video,
}
