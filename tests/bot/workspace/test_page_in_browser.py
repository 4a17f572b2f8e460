"""The page in a real browser; needs Chromium, so it is opt-in (`pytest -m slow`)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.workspace import Workspace
from tests.bot.workspace.bolt import connected
from tests.bot.workspace.browser import CHROMIUM, Tab, chromium

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium"),
]
HOSTILE = [
    "<img src=x onerror=window.hit=1>",
    "<script>window.hit=1</script>",
    "[x](javascript:window.hit=1) <javascript:window.hit=1|y> <https://a.org/|<b>z</b>>",
    "&lt;img src=x onerror=window.hit=1&gt;",
    "`<svg onload=window.hit=1>` *<b onmouseover=window.hit=1>*",
    "| <script>window.hit=1</script> | b |\n|---|---|\n| <img src=x onerror=window.hit=1> | d |",
    "\u202egnp.exe <!channel> :+1: \u0000 $\\alpha$",
]


@pytest.fixture(scope="module", autouse=True)
def asked_for(request: pytest.FixtureRequest) -> None:
    if "slow" not in request.config.option.markexpr:
        pytest.skip("opt-in: pytest -m slow")


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    profile: Path = tmp_path_factory.mktemp("chromium")
    with chromium(profile) as tab:
        yield tab


@pytest.fixture
def app(slack: Workspace) -> Iterator[list[Any]]:
    with connected(slack) as seen:
        yield seen


def hostile_blocks(text: str) -> list[dict[str, Any]]:
    mrkdwn, plain = {"type": "mrkdwn", "text": text}, {"type": "plain_text", "text": text[:70]}
    cell = {"type": "raw_text", "text": text}
    part = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    url = "javascript:window.hit=1"
    return [
        {"type": "section", "text": mrkdwn, "fields": [mrkdwn, plain]},
        {"type": "header", "text": plain},
        {
            "type": "context",
            "elements": [mrkdwn, {"type": "image", "image_url": url, "alt_text": text}],
        },
        {"type": "markdown", "text": text},
        {"type": "table", "rows": [[cell, cell]]},
        {"type": "rich_text", "elements": [part]},
        {"type": "card", "title": mrkdwn, "body": plain},
        {
            "type": "plan",
            "title": text,
            "tasks": [{"task_id": "1", "title": text, "details": text}],
        },
        {"type": "image", "image_url": url, "alt_text": text, "title": plain},
        {
            "type": "actions",
            "elements": [{"type": "button", "action_id": "x", "text": plain, "url": url}],
        },
    ]


def test_hostile_text_stays_text(slack: Workspace, client: WebClient, tab: Tab) -> None:
    for text in HOSTILE:
        client.chat_postMessage(channel="C0DAILY001", text=text, blocks=hostile_blocks(text))
        slack.say("minji", "#daily-papers", text)
    tab.open(f"{slack.page_url}#/U0MINJI001/C0DAILY001")
    tab.wait(f"document.querySelectorAll('.message').length === {2 * len(HOSTILE)}")
    tab.run("document.querySelectorAll('.message *').forEach((one) => one.click?.())")
    assert tab.run("window.hit") is None
    assert tab.run("document.querySelectorAll('.messages script, .messages [onerror]').length") == 0
    schemes = "[...document.links].map((one) => one.protocol)"
    assert set(tab.run(schemes)) <= {"http:", "https:", "mailto:"}


def test_new_messages_come_by_themselves(slack: Workspace, client: WebClient, tab: Tab) -> None:
    tab.open(f"{slack.page_url}#/U0ALICE001/C0RESEARCH")
    client.chat_postMessage(channel="C0RESEARCH", text="Fresh")
    tab.wait("document.querySelector('.message')?.innerText.includes('Fresh')")
    assert tab.errors == []


def test_a_person_can_do_it_all_with_the_page(
    slack: Workspace, client: WebClient, tab: Tab, app: list[Any]
) -> None:
    tab.open(f"{slack.page_url}#/U0JUNHO001/C0DAILY001")
    tab.run("document.querySelector('.composer-text').focus()")
    tab.type("/papers attention")
    tab.run("document.querySelector('.send').click()")
    tab.wait("document.querySelector('.ephemeral .button')")
    tab.run("document.querySelector('.ephemeral .button').click()")
    tab.wait("document.querySelector('dialog.modal')")
    tab.run("document.querySelector('.modal .field').focus()")
    tab.type("a")
    tab.run("document.querySelector('.modal .button-primary').click()")
    tab.wait("document.querySelector('.modal .error')")
    assert tab.run("document.querySelector('.modal .field').value") == "a"
    tab.type("ttention")
    tab.run("document.querySelector('.modal .button-primary').click()")
    tab.wait("!document.querySelector('dialog.modal')")
    assert app[-1]["state"]["values"]["words"]["text"]["value"] == "attention"
    assert tab.errors == []


def test_home_and_languages_change_with_the_member(
    slack: Workspace, tab: Tab, app: list[Any]
) -> None:
    tab.open(f"{slack.page_url}#/U0MINJI001/D0MINJI001/home")
    tab.wait("document.querySelector('.home .button')")
    assert tab.run("document.documentElement.lang") == "ko"
    tab.run("document.querySelectorAll('.face')[2].click()")
    tab.wait("document.documentElement.lang === 'en'")
    tab.wait("document.querySelector('.home .button')")
    assert "Open" in tab.run("document.querySelector('.home').innerText")
