"""Everything Slack sends that Paperboy has no use for: acknowledged, and nothing else.

What nobody acknowledges Slack sends again, and Bolt answers it with 404.
"""

from typing import Any

from slack_bolt import Ack, App, BoltRequest, BoltResponse
from slack_bolt.request import payload_utils as kinds

from handlers.payloads import ANYTHING, Gate

_KNOWN = (
    kinds.is_event,
    kinds.is_slash_command,
    kinds.is_action,
    kinds.is_options,
    kinds.is_shortcut,
    kinds.is_view,
)


def acknowledge_rest(app: App) -> None:
    """Connect the listeners of last resort."""
    app.middleware(AcknowledgeUnknown())
    app.event(ANYTHING)(_ignore_event)
    for kind in (app.command, app.action, app.shortcut, app.view, app.view_closed):
        kind(ANYTHING)(_ignore)
    app.options(ANYTHING)(_no_options)


class AcknowledgeUnknown(Gate):
    """Acknowledges payloads of a kind Bolt has no listener for, before it stumbles over them."""

    def answer(self, req: BoltRequest) -> BoltResponse | None:
        """Go on with what is known, acknowledge the rest."""
        if not any(is_kind(req.body) for is_kind in _KNOWN) or _is_typeless_view(req.body):
            return BoltResponse(status=200, body="")
        return None


def _is_typeless_view(body: dict[str, Any]) -> bool:
    return kinds.is_view(body) and "type" not in body["view"]


def _ignore_event() -> None:
    """Bolt has acknowledged it already."""


def _ignore(ack: Ack) -> None:
    ack()


def _no_options(ack: Ack) -> None:
    ack(options=[])
