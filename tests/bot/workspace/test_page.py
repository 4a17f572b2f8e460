"""The page's server side: state, acts, live feed, and who may come in."""

import http.client
import json
import re
from graphlib import TopologicalSorter
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from slack_sdk import WebClient

from bot.workspace import Workspace
from bot.workspace.words import words
from tests.bot.workspace.bolt import BUTTON, WORDS, modal

PAGE = Path(str(files("bot.workspace") / "page"))
SCRIPTS = sorted(PAGE.glob("*.js"))
JSON = {"Content-Type": "application/json"}


class Browser:
    """As much of the page in a browser as these tests need."""

    def __init__(self, slack: Workspace) -> None:
        self.slack = slack
        self.key = slack.page_url.partition("key=")[2]

    def ask(
        self, method: str, path: str, body: str | None = None, **headers: str
    ) -> tuple[int, str, http.client.HTTPResponse]:
        port = int(self.slack.base_url.split(":")[2].strip("/"))
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request(method, path, body, {"X-Workspace-Key": self.key, **headers})
            response = connection.getresponse()
            return response.status, response.read().decode(), response
        finally:
            connection.close()

    def state(self, user: str, channel: str = "", thread: str = "") -> Any:
        asked = urlencode({"user": user, "channel": channel, "thread": thread})
        return json.loads(self.ask("GET", f"/page/state?{asked}")[1])

    def act(self, **body: Any) -> Any:
        status, text, _ = self.ask("POST", "/page/act", json.dumps(body), **JSON)
        assert status == 200
        return json.loads(text)


@pytest.fixture
def browser(slack: Workspace) -> Browser:
    return Browser(slack)


def test_the_page_speaks_the_language_of_its_reader(
    slack: Workspace, client: WebClient, browser: Browser
) -> None:
    root = client.chat_postMessage(channel="C0DAILY001", text="root")["ts"]
    client.chat_postMessage(channel="C0DAILY001", text="reply", thread_ts=root)
    korean = browser.state("U0MINJI001", "C0DAILY001")
    english = browser.state("U0ALICE001", "C0DAILY001")
    assert (korean["words"]["channels"], english["words"]["channels"]) == ("채널", "Channels")
    assert korean["messages"][0]["replies_label"] == "답글 1개"
    assert english["messages"][0]["replies_label"] == "1 reply"


def test_one_sees_no_more_than_one_may(
    slack: Workspace, client: WebClient, browser: Browser
) -> None:
    client.chat_postEphemeral(channel="C0DAILY001", user="U0ALICE001", text="psst")
    alice = browser.state("U0ALICE001", "C0DAILY001")
    junho = browser.state("U0JUNHO001", "C0DAILY001")
    assert [one["text"] for one in alice["ephemerals"]] == ["psst"]
    assert junho["ephemerals"] == []
    assert "leads" in {one.get("name") for one in alice["channels"]}
    assert "leads" not in {one.get("name") for one in junho["channels"]}
    assert browser.state("U0NOBODY")["error"] == "user_not_found"


def test_a_thread_and_its_status_are_shown(
    slack: Workspace, client: WebClient, browser: Browser
) -> None:
    said = slack.say("minji", "#daily-papers", "question")
    client.assistant_threads_setStatus(
        channel_id=said.channel, thread_ts=said.ts, status="is reading"
    )
    shown = browser.state("U0MINJI001", said.channel, said.ts)
    assert [one["text"] for one in shown["thread"]["messages"]] == ["question"]
    assert shown["statuses"] == [{"thread_ts": said.ts, "text": "is reading"}]
    client.chat_postMessage(channel=said.channel, thread_ts=said.ts, text="answer")
    assert browser.state("U0MINJI001", said.channel, said.ts)["statuses"] == []


def test_acts_of_the_page_are_those_of_a_person(
    slack: Workspace, client: WebClient, browser: Browser
) -> None:
    who = {"user": "U0MINJI001", "channel": "C0DAILY001"}
    assert browser.act(do="say", text="hello", **who)["ok"]
    (said,) = slack.messages("#daily-papers")
    assert browser.act(do="react", ts=said.ts, emoji="eyes", **who)["ok"]
    assert slack.messages("#daily-papers")[0].reactions
    assert browser.act(do="react", ts=said.ts, emoji="eyes", **who)["ok"]
    assert not slack.messages("#daily-papers")[0].reactions
    assert browser.act(do="edit", ts=said.ts, text="hi", **who)["ok"]
    assert slack.messages("#daily-papers")[0].text == "hi"
    assert browser.act(do="delete", ts=said.ts, **who)["ok"]
    assert slack.messages("#daily-papers") == []


def test_a_slash_invite_brings_the_bot_in(slack: Workspace, browser: Browser) -> None:
    who = {"user": "U0MINJI001", "channel": "C0RANDOM01"}
    assert browser.act(do="slash", command="/invite", text="@paperboy", **who)["ok"]
    rooms = {one["id"]: one for one in browser.state("U0MINJI001")["channels"]}
    assert rooms["C0RANDOM01"]["is_member"]


def test_what_goes_wrong_is_said_in_the_users_language(slack: Workspace, browser: Browser) -> None:
    slack.ack_seconds = 0.01
    where = {"channel": "C0DAILY001", "do": "slash", "command": "/papers"}
    assert "3초 안에 응답하지 않았습니다" in browser.act(user="U0MINJI001", **where)["notice"]
    assert "did not respond" in browser.act(user="U0ALICE001", **where)["notice"]
    lost = browser.act(user="U0ALICE001", channel="C0DAILY001", do="delete", ts="1.2")
    assert "message_not_found" in lost["notice"]
    assert not browser.act(user="U0ALICE001", do="dance")["ok"]


def test_a_modal_is_filled_in_on_the_page(
    slack: Workspace, client: WebClient, browser: Browser
) -> None:
    with slack.state.lock:
        trigger = slack.state.trigger("U0ALICE001")
    client.views_open(trigger_id=trigger, view=modal("Find", WORDS))
    (shown,) = browser.state("U0ALICE001")["modals"]
    who = {"user": "U0ALICE001", "view_id": shown["id"]}
    browser.act(do="submit", values={}, **who)
    (refused,) = browser.state("U0ALICE001")["modals"]
    assert refused["errors"] == {"words": "Please fill in this field."}
    browser.act(do="close", **who)
    assert browser.state("U0ALICE001")["modals"] == []


def test_the_log_shows_payloads_and_calls(
    slack: Workspace, client: WebClient, browser: Browser
) -> None:
    slack.say("minji", "#daily-papers", "hello")
    client.chat_postMessage(channel="C0DAILY001", text="a", blocks=[BUTTON])
    entries = json.loads(browser.ask("GET", "/page/log")[1])
    shown = {(one["direction"], one["name"], one["done"]): one["id"] for one in entries[::-1]}
    said = json.loads(browser.ask("GET", f"/page/log/{shown['out', 'message', False]}")[1])
    assert said["request"]["event"]["text"] == "hello"
    called = browser.ask("GET", f"/page/log/{shown['in', 'chat.postMessage', True]}")[1]
    assert json.loads(called)["answer"]["ok"]
    assert slack.bot_token not in called


def test_the_feed_tells_of_changes(slack: Workspace, browser: Browser) -> None:
    port = int(slack.base_url.split(":")[2].strip("/"))
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/page/feed", headers={"X-Workspace-Key": browser.key})
        response = connection.getresponse()
        assert response.readline() == b"hello\n"
        slack.say("minji", "#daily-papers", "hello")
        assert response.readline() == b"changed\n"
    finally:
        response.close()
        connection.close()


def test_an_act_is_a_json_object(browser: Browser) -> None:
    for body in ("", "{", "[]", '"say"'):
        assert browser.ask("POST", "/page/act", body, **JSON)[0] == 400


def test_the_page_may_run_only_its_own_scripts(browser: Browser) -> None:
    status, _, response = browser.ask("GET", "/")
    assert status == 200
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'; script-src 'self'" in policy
    assert "unsafe" not in policy
    assert browser.ask("GET", "/page/file/..%2Fworld.py")[0] == 404
    assert browser.ask("GET", "/page/file/missing.js")[0] == 404


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_no_script_makes_markup_of_data(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    dangerous = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function"
    assert not re.search(dangerous, text)


def test_no_script_imports_in_a_circle() -> None:
    imported = {
        script.name: set(re.findall(r'from "\./([a-z]+\.js)"', script.read_text(encoding="utf-8")))
        for script in SCRIPTS
    }
    assert {name for names in imported.values() for name in names} < imported.keys()
    assert [*TopologicalSorter(imported).static_order()][-1] == "main.js"


def test_the_page_has_words_for_all_it_says_and_no_more() -> None:
    used = set()
    for script in SCRIPTS:
        text = script.read_text(encoding="utf-8")
        used |= set(re.findall(r'\bt\("([a-z-]+)"\)', text))
        used |= set(re.findall(r'"(guide-[a-z]+)"', text))
    # These are chosen at run time.
    used |= {"connected", "disconnected", "home", "messages", "log-to-app", "log-from-app"}
    used |= {"show-less"}
    used -= {"no-slash"}
    for language in ("ko", "en"):
        assert words(language).of_the_page().keys() == used - {
            "title",
            "subtitle",
            "body",
            "dialog",
        } | {"messages"}
