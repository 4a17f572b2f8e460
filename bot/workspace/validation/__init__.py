"""What Slack refuses in blocks and views, as pure functions over plain dicts."""

from bot.workspace.validation.surfaces import (
    Surface,
    text_length,
    too_long_together,
    validate_blocks,
    validate_view,
)

__all__ = ["Surface", "text_length", "too_long_together", "validate_blocks", "validate_view"]
