"""What both ways in ask of a Bolt app, or of what stands before several."""

import logging
from typing import Protocol

from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.oauth import OAuthFlow
from slack_sdk import WebClient


class Dispatcher(Protocol):
    """Answers payloads. ``oauth_flow`` is None where nobody installs by OAuth."""

    @property
    def oauth_flow(self) -> OAuthFlow | None: ...

    @property
    def client(self) -> WebClient: ...

    @property
    def logger(self) -> logging.Logger: ...

    def dispatch(self, req: BoltRequest, /) -> BoltResponse:
        """The acknowledgement of one payload."""
