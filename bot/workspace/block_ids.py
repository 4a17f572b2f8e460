"""What Slack adds to blocks: names for those that came without, and defaults."""

from collections.abc import Iterable

from bot.workspace.records import Json

_UNNAMED = frozenset(("markdown",))


def name_blocks(blocks: Iterable[Json], seed: str) -> tuple[Json, ...]:
    """The blocks with a `block_id` each and an `action_id` for each interactive element.

    Names are made of `seed`, so that the same message gets the same ones.
    """
    return tuple(_named(block, f"{seed[-6:]}{index:02d}") for index, block in enumerate(blocks))


def _named(block: Json, name: str) -> Json:
    held = dict(block)
    if held.get("type") in _UNNAMED:
        held.pop("block_id", None)
        return held
    held.setdefault("block_id", name)
    if held.get("type") == "input":
        held.setdefault("optional", False)
    if held.get("type") in ("actions", "context_actions"):
        inner = enumerate(held.get("elements", ()))
        held["elements"] = [_with_action(one, f"{name}.{at}") for at, one in inner]
    for part in ("accessory", "element"):
        if isinstance(held.get(part), dict) and held[part].get("type") != "image":
            held[part] = _with_action(held[part], f"{name}.{part}")
    return held


def _with_action(element: Json, name: str) -> Json:
    return {"action_id": name, **element}
