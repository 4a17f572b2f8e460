"""What strangers try: websites in the browser of a member, and other programs of this computer."""

import asyncio
import http.client
import json
from typing import Any
from urllib.parse import urlencode, urlsplit

import aiohttp
import pytest
from slack_sdk import WebClient

from bot.workspace import Credentials, Workspace
from bot.workspace.words import words
from tests.bot.workspace.bolt import connected
from tests.bot.workspace.test_messages import error_of
from tests.fakes import FakeClock

EVIL = "https://evil.example"
FORM = "application/x-www-form-urlencoded"
SAY = {"do": "say", "user": "U0MINJI001", "channel": "C0DAILY001", "text": "forged"}


def key_of(slack: Workspace) -> str:
    return slack.page_url.partition("key=")[2]


def sent(
    slack: Workspace, method: str, path: str, body: str | None = None, headers: Any = None
) -> tuple[int, str]:
    """Status and body of a request sent as it is, whatever a browser would think of it."""
    connection = http.client.HTTPConnection(urlsplit(slack.base_url).netloc, timeout=5)
    try:
        connection.request(method, path, body, headers or {})
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


def handshake(url: str, **headers: str) -> int | str:
    """The status with which a WebSocket was refused, or the first message that came through it."""

    async def attempt() -> int | str:
        async with aiohttp.ClientSession() as session:
            try:
                async with session.ws_connect(url, headers=headers) as socket:
                    return str((await socket.receive_json())["type"])
            except aiohttp.WSServerHandshakeError as refused:
                return refused.status

    return asyncio.run(attempt())


def handed_out(slack: Workspace, client: WebClient) -> dict[str, str]:
    """An address of each route, as good as a stranger could ever get it."""
    slack.ack_seconds = 0.0
    slack.slash("minji", "#daily-papers", "/papers", "help")
    hook = slack.deliveries("slash_commands")[-1].payload["response_url"]
    upload = client.files_getUploadURLExternal(filename="a.png", length=3)["upload_url"]
    socket = client.apps_connections_open(app_token=slack.app_token)["url"]
    return {
        "hook": urlsplit(hook).path,
        "upload": urlsplit(upload).path,
        "link": urlsplit(str(socket))._replace(scheme="", netloc="").geturl(),
    }


def requests_of_websites(slack: Workspace, client: WebClient) -> list[tuple[str, str, str, str]]:
    """Method, path, content type and body of everything that changes or tells something."""
    out = handed_out(slack, client)
    call = urlencode({"token": slack.bot_token, "channel": "C0DAILY001", "text": "forged"})
    told = json.dumps({"text": "forged", "response_type": "in_channel"})
    return [
        ("POST", "/api/chat.postMessage", FORM, call),
        ("POST", f"/api/chat.postMessage?{call}", "text/plain", ""),
        ("GET", f"/api/chat.postMessage?{call}", "text/plain", ""),
        ("POST", "/page/act", "application/json", json.dumps(SAY)),
        ("POST", "/page/act", "text/plain", json.dumps(SAY)),
        ("GET", "/page/state?user=U0MINJI001&channel=C0DAILY001", "text/plain", ""),
        ("GET", "/page/log", "text/plain", ""),
        ("GET", "/page/feed", "text/plain", ""),
        ("POST", out["hook"], "application/json", told),
        ("POST", out["upload"], "text/plain", "abc"),
        ("GET", out["upload"].replace("upload", "files"), "text/plain", ""),
        ("GET", out["link"], "text/plain", ""),
    ]


MARKS = {
    "another origin": {"Origin": EVIL},
    "no origin that can be named": {"Origin": "null"},
    "another port of this computer": {"Origin": "http://127.0.0.1:1"},
    "another scheme": {"Origin": "https://127.0.0.1"},
    "a picture or script tag": {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
    "a frame": {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "iframe"},
    "a server of another port": {"Sec-Fetch-Site": "same-site"},
    "a rebound name": {"Host": "evil.example:3300"},
    "a rebound name like ours": {"Host": "127.0.0.1.evil.example"},
    "a name in front of an at sign": {"Host": "127.0.0.1@evil.example"},
    "a host that is none": {"Host": "[::1"},
}


@pytest.mark.parametrize("mark", MARKS.values(), ids=MARKS.keys())
def test_a_website_reaches_no_route(slack: Workspace, client: WebClient, mark: Any) -> None:
    """Even with the right key and the right token, should they ever leak."""
    for method, path, kind, body in requests_of_websites(slack, client):
        headers = {"Content-Type": kind, "X-Workspace-Key": key_of(slack), **mark}
        assert sent(slack, method, path, body, headers)[0] in (400, 403), path
    assert sent(slack, "GET", "/", headers=mark)[0] in (400, 403)
    assert slack.messages("#daily-papers") == []


def test_a_preflight_is_never_granted(slack: Workspace) -> None:
    asked = {"Origin": EVIL, "Access-Control-Request-Method": "POST"}
    for path in ("/page/act", "/api/chat.postMessage", "/page/state"):
        status, _ = sent(slack, "OPTIONS", path, headers=asked)
        assert status == 403


def test_an_address_typed_or_followed_opens_the_empty_page(slack: Workspace) -> None:
    typed = {"Sec-Fetch-Site": "none", "Sec-Fetch-Dest": "document"}
    followed = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "document"}
    for way in (typed, followed, {"Host": "localhost:80"}, {"Host": "[::1]:80"}, {}):
        status, text = sent(slack, "GET", "/", headers=way)
        assert status == 200
        assert key_of(slack) not in text


def test_no_form_acts_on_the_page(slack: Workspace) -> None:
    for kind in (FORM, "text/plain", "multipart/form-data; boundary=a"):
        headers = {"Content-Type": kind, "X-Workspace-Key": key_of(slack)}
        assert sent(slack, "POST", "/page/act", json.dumps(SAY), headers)[0] == 415
    assert slack.messages("#daily-papers") == []


def test_nothing_of_the_page_is_told_without_its_key(slack: Workspace) -> None:
    slack.say("minji", "#daily-papers", "between us")
    for path in ("/page/state?user=U0MINJI001&channel=C0DAILY001", "/page/log", "/page/log/p0"):
        for given in ({}, {"X-Workspace-Key": ""}, {"X-Workspace-Key": "guessed"}):
            status, text = sent(slack, "GET", path, headers=given)
            assert status == 403
            assert "between us" not in text
    assert sent(slack, "GET", "/page/feed")[0] == 403
    json_body = {"Content-Type": "application/json"}
    assert sent(slack, "POST", "/page/act", json.dumps(SAY), json_body)[0] == 403
    assert [one.text for one in slack.messages("#daily-papers")] == ["between us"]


def test_who_lacks_the_key_is_told_so_in_their_language(slack: Workspace) -> None:
    korean = sent(slack, "GET", "/page/state", headers={"Accept-Language": "ko-KR,ko;q=0.9"})[1]
    other = sent(slack, "GET", "/page/state", headers={"Accept-Language": "fr"})[1]
    assert "터미널" in json.loads(korean)["notice"]
    assert "terminal" in json.loads(other)["notice"]


@pytest.mark.parametrize(("asked", "language"), [("ko-KR,ko;q=0.9", "ko"), ("fr", "en")])
def test_who_has_no_javascript_is_told_so_in_their_language(
    slack: Workspace, asked: str, language: str
) -> None:
    page = sent(slack, "GET", "/", headers={"Accept-Language": asked})[1]
    assert f'<html lang="{language}">' in page
    assert f"<noscript>{words(language).text('no-script')}</noscript>" in page


def test_every_start_has_secrets_of_its_own_unless_they_are_given() -> None:
    first, second = Workspace(), Workspace()
    for name in ("bot_token", "app_token", "signing_secret", "page_url"):
        assert getattr(first, name) != getattr(second, name)
    given = Credentials("xoxb-1", "xapp-1", "secret", "key")
    assert Workspace(credentials=given).bot_token == "xoxb-1"
    assert "xoxb" not in repr(given)


def test_tokens_of_another_start_are_refused(slack: Workspace) -> None:
    stranger = Credentials()
    client = WebClient(token=stranger.bot_token, base_url=slack.api_url)
    assert error_of(client.chat_postMessage, channel="C0DAILY001", text="a") == "invalid_auth"
    opened = error_of(client.apps_connections_open, app_token=stranger.app_token)
    assert opened == "invalid_auth"


def test_a_web_socket_needs_a_ticket_that_was_not_used(
    slack: Workspace, client: WebClient, clock: FakeClock
) -> None:
    bare = f"{slack.base_url.replace('http', 'ws', 1)}link/"
    for guessed in ("", "?ticket=", "?ticket=1&app_id=local"):
        assert handshake(bare + guessed) == 403
    url = str(client.apps_connections_open(app_token=slack.app_token)["url"])
    assert handshake(url, Origin=EVIL) == 403
    assert handshake(url) == "hello"
    assert handshake(url) == 403
    late = str(client.apps_connections_open(app_token=slack.app_token)["url"])
    clock.forward(seconds=31)
    assert handshake(late) == 403


def test_a_stranger_takes_no_members_command(slack: Workspace) -> None:
    with connected(slack):
        stranger = f"{slack.base_url.replace('http', 'ws', 1)}link/?ticket=1&app_id=local"
        for _ in range(10):
            assert handshake(stranger) == 403
        for number in range(4):
            assert slack.slash("minji", "#daily-papers", "/papers", str(number)).acknowledged
        assert slack.connections == 1


def test_addresses_that_are_handed_out_cannot_be_guessed(
    slack: Workspace, client: WebClient
) -> None:
    file = client.files_getUploadURLExternal(filename="a.png", length=3)["file_id"]
    for path in (f"/upload/{file}", f"/upload/{file}/x", "/hook/U0MINJI001-C0DAILY001-00001"):
        headers = {"Content-Type": "application/json"}
        assert sent(slack, "POST", path, '{"text": "a"}', headers)[0] == 404
    assert sent(slack, "GET", f"/files/{file}/x")[0] == 404
    out = handed_out(slack, client)
    assert sent(slack, "POST", out["hook"], "text=forged", {"Content-Type": FORM})[0] == 415
    assert sent(slack, "POST", out["upload"], "abc")[0] == 200
    assert sent(slack, "GET", out["upload"].replace("upload", "files")) == (200, "abc")


def test_comparing_secrets_stands_what_no_secret_looks_like(slack: Workspace) -> None:
    headers = {"X-Workspace-Key": b"\xff\xfe" + b"a" * 4000}
    assert sent(slack, "GET", "/page/state", headers=headers)[0] == 403
