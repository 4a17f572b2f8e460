"""What the modals are made of."""

from bot.slack.blocks import Block
from bot.slack.blocks.ids import ActionId


def plain(text: str) -> Block:
    """Plain text, as titles, labels and options want it."""
    return {"type": "plain_text", "text": text}


def input_block(action: ActionId, label: str, element: Block, *, optional: bool = False) -> Block:
    """A labelled field whose block and element both go by the name of *action*."""
    return {
        "type": "input",
        "block_id": action.value,
        "label": plain(label),
        "element": {**element, "action_id": action.value},
        "optional": optional,
    }
