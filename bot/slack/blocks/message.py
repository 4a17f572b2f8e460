"""What is sent to Slack: blocks for the eye, and a plain text that says the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Block = dict[str, Any]

# Goes with every message: Slack makes no links and mentions of its own out of the plain text, as
# ``verbatim`` says of texts in blocks, and shows nothing below what is linked.
AS_WRITTEN: Mapping[str, Any] = {"parse": "none", "link_names": False}
UNFETCHED: Mapping[str, Any] = {"unfurl_links": False, "unfurl_media": False}


@dataclass(frozen=True)
class Message:
    """``text`` is read by screen readers and mobile notifications, so it says all that matters."""

    text: str
    blocks: tuple[Block, ...] = ()

    def payload(self) -> Mapping[str, Any]:
        """The arguments for ``chat.postMessage`` and its sisters."""
        return {"text": self.text, "blocks": list(self.blocks)}
