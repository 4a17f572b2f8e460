"""A real Bolt app behind a request URL, with signed requests."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from slack_bolt import App, BoltRequest

from bot.workspace import Workspace
from tests.bot.workspace.bolt import make_app
from tests.fakes import FakeClock


def serve(app: App, statuses: list[int]) -> ThreadingHTTPServer:
    """A request URL for a Bolt app; the statuses of its answers are kept."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            headers = dict(self.headers.items())
            answer = app.dispatch(BoltRequest(body=body, headers={**headers}))
            statuses.append(answer.status)
            self.send_response(answer.status)
            for name, values in answer.headers.items():
                self.send_header(name, values[0])
            self.end_headers()
            self.wfile.write(answer.body.encode())

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    return server


@pytest.fixture
def slack(clock: FakeClock) -> Iterator[Workspace]:
    with Workspace(mode="http", clock=clock) as workspace:
        yield workspace


@pytest.fixture
def statuses(slack: Workspace) -> Iterator[list[int]]:
    statuses: list[int] = []
    server = serve(make_app(slack, []), statuses)
    slack.deliver_to(f"http://127.0.0.1:{server.server_address[1]}/slack/events")
    yield statuses
    server.shutdown()
    server.server_close()


def test_commands_clicks_and_events_arrive_signed(slack: Workspace, statuses: list[int]) -> None:
    ack = slack.slash("minji", "#daily-papers", "/papers", "attention")
    assert ack.message
    assert ack.message.text == "Looking for attention"
    found = slack.wait_for_ephemeral("minji", "#daily-papers", contains="Found")
    slack.click("minji", found, "open")
    view = slack.wait_for_view("minji")
    assert slack.submit("minji", view, {"words": "a"}).errors
    said = slack.say("minji", "#daily-papers", "@paperboy hello")
    slack.wait_for_message("#daily-papers", thread_ts=said.ts)
    assert set(statuses) == {200}


def test_what_nobody_handles_is_not_acknowledged(slack: Workspace, statuses: list[int]) -> None:
    said = slack.say("minji", "#daily-papers", "nice")
    slack.react("minji", said, "eyes")
    slack.wait_for(lambda: [one.status for one in slack.unacknowledged()] == [404])
    (lost,) = slack.unacknowledged()
    assert lost.payload["event"]["type"] == "reaction_added"
