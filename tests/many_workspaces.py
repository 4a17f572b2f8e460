"""Several workspaces behind one Slack: what every one of them shares is its host.

Each is a local workspace with the same channels and the same members, so that ids alone never
tell one from another. In front stands one Web API: it gives out tokens by OAuth, sends each call to
the workspace whose token it carries, and gives each workspace's payloads the id of their team. They
reach the bot as signed requests, or over the one web socket that the bot opened.
"""

import base64
import json
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import urllib3
from slack_sdk.signature import SignatureVerifier

from bot.slack.manifest import read_manifest
from bot.workspace import Credentials, Workspace
from bot.workspace.seed import TEAM
from tests.many_sockets import APP_TOKEN, OneSocket

SECRET = "signing-secret-of-many"
CLIENT_ID, CLIENT_SECRET = "111.222", "client-secret"


class ManyWorkspaces:
    """Workspaces by their team's id, and the Slack before them."""

    def __init__(
        self, workspaces: dict[str, Workspace], *, socket: OneSocket | None = None
    ) -> None:
        self.workspaces = workspaces
        self.socket = socket
        self.tokens = {f"xoxb-{team.lower()}": team for team in workspaces}
        self.bot_url = ""
        self.exchanges: list[dict[str, str]] = []
        self._web = urllib3.PoolManager(retries=False)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        for team, workspace in workspaces.items():
            workspace.deliver_to(f"{self.url}/from/{team}")

    @property
    def api_url(self) -> str:
        """The Web API of all workspaces."""
        return f"{self.url}/api/"

    def close(self) -> None:
        """Stop the Web API."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def send(self, team: str, event: dict[str, Any], **more: Any) -> int:
        """Send an event of a workspace; returns the bot's status."""
        body = {"type": "event_callback", "team_id": team, "event": event, **more}
        return self._deliver(json.dumps(body).encode(), "application/json")[0]

    def install(self, team: str, bot: str) -> "urllib3.BaseHTTPResponse":
        """Install in a workspace as a browser does; returns the last page."""
        begun = self._web.request("GET", f"{bot}/slack/install", redirect=False)
        cookie = begun.headers["Set-Cookie"].partition(";")[0]
        state = parse_qs(begun.headers["Location"].partition("?")[2])["state"][0]
        return self._web.request(
            "GET",
            f"{bot}/slack/oauth_redirect?code=code-{team}&state={state}",
            headers={"Cookie": cookie},
        )

    def _deliver(self, body: bytes, kind: str) -> tuple[int, bytes]:
        if self.socket is not None:
            told = self.socket.carry(body, kind)
            return 200, b"" if told is None else json.dumps(told).encode()
        stamp = str(int(time.time()))
        signature = SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=body)
        signed = {
            "Content-Type": kind,
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": signature or "",
        }
        answer = self._web.request("POST", self.bot_url, body=body, headers=signed)
        return answer.status, answer.data

    def _handler(many) -> type[BaseHTTPRequestHandler]:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                if self.path.startswith("/from/"):
                    team = self.path.rpartition("/")[2]
                    named = body.replace(TEAM.id.encode(), team.encode())
                    self._say(*many._deliver(named, self.headers["Content-Type"]))
                elif self.path == "/api/oauth.v2.access":
                    given = self.headers.get("Authorization", "")
                    self._say(200, json.dumps(many._exchange(body.decode(), given)).encode())
                elif self.path == "/api/apps.connections.open":
                    given = self.headers.get("Authorization", "")
                    self._say(200, json.dumps(many._opened(given)).encode())
                else:
                    self._forward(body)

            do_GET = do_POST

            def _forward(self, body: bytes) -> None:
                token = self.headers.get("Authorization", "").removeprefix("Bearer ")
                team = many.tokens.get(token)
                if team is None:
                    self._say(200, b'{"ok": false, "error": "invalid_auth"}')
                    return
                workspace = many.workspaces[team]
                answer = many._web.request(
                    self.command,
                    workspace.base_url.rstrip("/") + self.path,
                    body=body,
                    headers={
                        "Content-Type": self.headers.get("Content-Type", ""),
                        "Authorization": f"Bearer {workspace.bot_token}",
                    },
                )
                scopes = answer.headers.get("X-OAuth-Scopes", "")
                named = answer.data.replace(TEAM.id.encode(), team.encode())
                self._say(answer.status, named, scopes=scopes)

            def _say(self, status: int, body: bytes, *, scopes: str = "") -> None:
                self.send_response(status)
                self.send_header("X-OAuth-Scopes", scopes)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:
                """Silent."""

        return Handler

    def _opened(self, authorization: str) -> dict[str, Any]:
        if self.socket is None or authorization != f"Bearer {APP_TOKEN}":
            return {"ok": False, "error": "invalid_auth"}
        return {"ok": True, "url": self.socket.url}

    def _exchange(self, body: str, authorization: str) -> dict[str, Any]:
        client_id, _, secret = _basic(authorization).partition(":")
        if client_id != CLIENT_ID:
            return {"ok": False, "error": "invalid_client_id"}
        if secret != CLIENT_SECRET:
            return {"ok": False, "error": "bad_client_secret"}
        given = {name: values[0] for name, values in parse_qs(body).items()}
        self.exchanges.append(given)
        team = given.get("code", "").removeprefix("code-")
        if team not in self.workspaces:
            return {"ok": False, "error": "invalid_code"}
        return {
            "ok": True,
            "access_token": f"xoxb-{team.lower()}",
            "token_type": "bot",
            "scope": "chat:write",
            "bot_user_id": Workspace.bot_user_id,
            "app_id": "A0PAPER01",
            "team": {"id": team, "name": f"Team {team}"},
            "enterprise": None,
            "authed_user": {"id": "U0MINJI001"},
            "is_enterprise_install": False,
        }


def _basic(authorization: str) -> str:
    return base64.b64decode(authorization.removeprefix("Basic ")).decode()


@contextmanager
def many_workspaces(*teams: str, over_socket: bool = False) -> Iterator[ManyWorkspaces]:
    """Running workspaces with these ids."""
    with ExitStack() as stack:
        made = {
            team: stack.enter_context(
                Workspace(
                    mode="http",
                    manifest=read_manifest(),
                    credentials=Credentials(signing_secret=SECRET),
                )
            )
            for team in teams
        }
        socket = OneSocket() if over_socket else None
        if socket is not None:
            stack.callback(socket.close)
        many = ManyWorkspaces(made, socket=socket)
        stack.callback(many.close)
        yield many
