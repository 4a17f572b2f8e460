"""The way in that all workspaces share: sends each payload to its workspace's bot."""

import json
import logging
from datetime import UTC, datetime
from functools import partial
from typing import Any

from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.oauth import OAuthFlow
from slack_sdk import WebClient

from bot.serving.recording import Recorder
from bot.serving.workspaces import WorkspaceApps
from storage import Storage

log = logging.getLogger(__name__)


class Router:
    """What a server takes for a Bolt app. ``client``, ``logger`` and ``oauth_flow`` are what
    Bolt's adapters look for."""

    def __init__(
        self,
        workspaces: WorkspaceApps,
        storage: Storage,
        *,
        oauth_flow: OAuthFlow,
        client: WebClient,
    ) -> None:
        self.oauth_flow = oauth_flow
        self.client = client
        self.logger = log
        self._workspaces = workspaces
        self._storage = storage
        self._recorder = Recorder()

    def dispatch(self, request: BoltRequest) -> BoltResponse:
        """Answer one payload, which is Slack's."""
        body = request.body
        if body.get("type") == "url_verification":
            challenge = json.dumps({"challenge": str(body.get("challenge", ""))})
            return BoltResponse(
                status=200, body=challenge, headers={"Content-Type": "application/json"}
            )
        team = request.context.team_id
        if team and _is_farewell(body):
            parted = self._recorder.recorded(partial(self._part, team, body))
            return BoltResponse(status=200 if parted else 500, body="")
        app = self._workspaces.find(team)
        if app is None:
            if body.get("ssl_check") != "1":
                log.info("a payload of workspace %s, which is not installed", team)
            return BoltResponse(status=200, body="")
        return app.dispatch(request)

    def close(self) -> None:
        """Record nothing more."""
        self._recorder.close()

    def _part(self, team: str, body: dict[str, Any]) -> None:
        """Stop a bot, unless the workspace has installed again since the event."""
        workspace = self._storage.workspaces.get(team)
        happened = datetime.fromtimestamp(float(body.get("event_time") or 0), UTC)
        if workspace is None or workspace.removed_at is not None:
            return
        if body.get("event_time") and happened < workspace.installed_at.replace(microsecond=0):
            log.info("an old farewell of workspace %s", team)
            return
        self._workspaces.close(team)


def _is_farewell(body: dict[str, Any]) -> bool:
    """Whether a workspace removed the app, or revoked the bot's token."""
    event = body.get("event") or {}
    if event.get("type") == "app_uninstalled":
        return True
    return event.get("type") == "tokens_revoked" and bool((event.get("tokens") or {}).get("bot"))
