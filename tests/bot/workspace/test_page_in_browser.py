"""The page in a real browser; needs Chromium, so it is opt-in (`pytest -m slow`)."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.workspace import Credentials, Workspace
from tests.bot.workspace.bolt import BUTTON, connected
from tests.bot.workspace.browser import CHROMIUM, Tab, chromium
from tests.fakes import FakeClock

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium"),
]
ROOT = Path(__file__).resolve().parents[3]
WIDTHS = ((1280, 800), (800, 760), (390, 800))
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
    tab.open(slack.page_url_of("U0MINJI001", "C0DAILY001"))
    tab.wait(f"document.querySelectorAll('.message').length === {2 * len(HOSTILE)}")
    tab.run("document.querySelectorAll('.message *').forEach((one) => one.click?.())")
    assert tab.run("window.hit") is None
    assert tab.run("document.querySelectorAll('.messages script, .messages [onerror]').length") == 0
    schemes = "[...document.links].map((one) => one.protocol)"
    assert set(tab.run(schemes)) <= {"http:", "https:", "mailto:"}


def test_a_fence_that_is_never_closed_is_no_code(
    slack: Workspace, client: WebClient, tab: Tab
) -> None:
    client.chat_postMessage(channel="C0DAILY001", text="a ```code``` b ```open *bold*")
    tab.open(slack.page_url_of("U0MINJI001", "C0DAILY001"))
    tab.wait("document.querySelector('.message pre')")
    assert tab.run("document.querySelectorAll('.message pre').length") == 1
    assert tab.run("document.querySelector('.message strong').innerText") == "bold"
    assert "```open" in tab.run("document.querySelector('.message').innerText")


def test_new_messages_come_by_themselves(slack: Workspace, client: WebClient, tab: Tab) -> None:
    tab.open(slack.page_url_of("U0ALICE001", "C0RESEARCH"))
    client.chat_postMessage(channel="C0RESEARCH", text="Fresh")
    tab.wait("document.querySelector('.message')?.innerText.includes('Fresh')")
    assert tab.errors == []


def test_a_person_can_do_it_all_with_the_page(
    slack: Workspace, client: WebClient, tab: Tab, app: list[Any]
) -> None:
    tab.open(slack.page_url_of("U0JUNHO001", "C0DAILY001"))
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
    tab.open(slack.page_url_of("U0MINJI001", "D0MINJI001", "home"))
    tab.wait("document.querySelector('.home .button')")
    assert tab.run("document.documentElement.lang") == "ko"
    tab.run("document.querySelectorAll('.face')[2].click()")
    tab.wait("document.documentElement.lang === 'en'")
    tab.wait("document.querySelector('.home .button')")
    assert "Open" in tab.run("document.querySelector('.home').innerText")


def press(tab: Tab, key: str) -> None:
    """Press a key where the focus is."""
    tab.run(
        "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', "
        f"{{key: '{key}', bubbles: true, cancelable: true}}))"
    )


def test_who_arrives_begins_to_read_at_what_is_new(
    slack: Workspace, client: WebClient, tab: Tab
) -> None:
    long = "word " * 3000
    for text in ("first", long, "last"):
        client.chat_postMessage(channel="C0DAILY001", text=text)
    tab.open(slack.page_url_of("U0MINJI001", "C0DAILY001"))
    tab.wait("document.querySelector('.new-line')?.nextSibling.innerText.includes('first')")
    assert tab.run("document.querySelector('.messages').scrollTop") < 100
    tab.run("location.hash = '/U0MINJI001/C0RESEARCH'")
    tab.wait("document.querySelector('.empty')")
    client.chat_postMessage(channel="C0DAILY001", text="newer")
    tab.wait("document.querySelector('.room.unread')?.innerText.includes('daily-papers')")
    tab.run("document.querySelector('.room.unread').click()")
    tab.wait("document.querySelector('.new-line')?.nextSibling.innerText.includes('newer')")
    assert tab.errors == []


def test_names_channels_and_emoji_complete_themselves(
    slack: Workspace, client: WebClient, tab: Tab
) -> None:
    tab.open(slack.page_url_of("U0ALICE001", "C0DAILY001"))
    tab.run("document.querySelector('.composer-text').focus()")
    for typed in ("@pap", "in #resea", ":tad"):
        tab.type(typed)
        tab.wait("document.querySelector('.suggestion[aria-selected=true]')")
        press(tab, "Enter")
    press(tab, "Enter")
    tab.wait("document.querySelector('.message')")
    (said,) = slack.messages("#daily-papers")
    assert said.text == "<@U0PAPERBOY> in <#C0RESEARCH|research-en> :tada:"
    assert "🎉" in tab.run("document.querySelector('.message').innerText")
    tab.type("/pap")
    tab.wait("document.querySelector('.suggestion')?.innerText.includes('/papers')")
    press(tab, "Tab")
    assert tab.run("document.querySelector('.composer-text').value") == "/papers "


def test_first_steps_are_ticked_off(slack: Workspace, client: WebClient, tab: Tab) -> None:
    root = client.chat_postMessage(channel="C0DAILY001", text="card")["ts"]
    client.chat_postMessage(channel="C0DAILY001", text="reply", thread_ts=root)
    tab.open(slack.page_url_of("U0ALICE001", "C0RESEARCH"))
    tab.run("localStorage.clear()")
    tab.open(slack.page_url_of("U0ALICE001", "C0RESEARCH"))
    tab.wait("document.querySelectorAll('.guide .step').length === 8")
    tab.run("document.querySelectorAll('.guide .step')[1].click()")
    tab.wait("document.querySelector('.thread .composer-text')?.value.includes('results')")
    assert tab.run("document.querySelector('.guide .tally').innerText") == "1/8"
    tab.run("document.querySelectorAll('.guide .step')[6].click()")
    tab.wait("document.documentElement.lang === 'ko'")
    tab.run("document.querySelectorAll('.guide .step')[3].click()")
    tab.wait("document.querySelector('.main .composer-text').value.startsWith('/papers search')")
    assert tab.run("document.querySelectorAll('.guide .tried').length") == 3
    assert tab.errors == []


def test_a_small_window_keeps_the_sidebar_behind_a_button(slack: Workspace, tab: Tab) -> None:
    tab.look(width=390, height=800)
    tab.open(slack.page_url_of("U0ALICE001", "C0DAILY001"))
    tab.wait("document.querySelector('.empty')")
    assert tab.run("document.documentElement.scrollWidth") <= 390
    assert tab.run("document.querySelector('.main').clientWidth") == 390
    shown = "document.querySelector('.sidebar').getBoundingClientRect().left >= 0"
    assert not tab.run(shown)
    tab.run("document.querySelector('.side-opener').click()")
    tab.wait(shown)
    tab.run("document.querySelectorAll('.room')[1].click()")
    tab.wait(f"!({shown}) && document.querySelector('h1').innerText.includes('research-en')")
    tab.open(slack.page_url_of("U0ALICE001", "D0ALICE001"))
    tab.wait("document.querySelector('.tab')")
    label = "const range = document.createRange(); range.selectNodeContents(one)"
    lines = f"(one => {{ {label}; return range.getClientRects().length; }})"
    assert tab.run(f"[...document.querySelectorAll('.tab')].map({lines})") == [1, 1]
    tab.look(width=1240, height=760)


def test_the_keyboard_reaches_messages_menus_and_leaves_threads(
    slack: Workspace, client: WebClient, tab: Tab
) -> None:
    root = client.chat_postMessage(channel="C0DAILY001", text="one")["ts"]
    client.chat_postMessage(channel="C0DAILY001", text="two")
    tab.open(slack.page_url_of("U0ALICE001", "C0DAILY001", root))
    tab.wait("document.querySelector('.thread .message')")
    tab.run("document.querySelector('.main .message').focus()")
    press(tab, "ArrowDown")
    assert "two" in tab.run("document.activeElement.innerText")
    more = "[...document.activeElement.querySelectorAll('.toolbar button')].at(-1)"
    tab.run(f"((one) => (one.focus(), one.click()))({more})")
    tab.wait("document.activeElement.role === 'menuitem'")
    press(tab, "Escape")
    assert tab.run("document.activeElement.closest('.toolbar') !== null")
    press(tab, "Escape")
    tab.wait("document.querySelector('.thread').hidden")


def test_a_server_that_comes_back_is_found_again(clock: Any, tab: Tab) -> None:
    credentials = Credentials()
    with Workspace(clock=clock, credentials=credentials) as first:
        port = int(first.base_url.split(":")[2].strip("/"))
        tab.open(first.page_url_of("U0ALICE001", "C0DAILY001"))
        tab.wait("document.querySelector('.link-state')")
    tab.wait("document.querySelector('.link-state')?.innerText.includes('The server is gone')")
    tab.run("document.querySelector('.composer-text').focus()")
    tab.type("are you there?")
    press(tab, "Enter")
    tab.wait("document.querySelector('.notice')?.innerText.includes('The server is gone')")
    assert tab.run("document.querySelector('.composer-text').value") == "are you there?"
    with Workspace(port, clock=clock, credentials=credentials) as second:
        tab.wait("!document.querySelector('.link-state').innerText.includes('The server is gone')")
        second.say("junho", "#daily-papers", "I am back")
        tab.wait("document.querySelector('.message')?.innerText.includes('I am back')")
        press(tab, "Enter")
        tab.wait("document.querySelectorAll('.message').length === 2")


def test_an_address_of_an_earlier_start_opens_nothing(clock: Any, tab: Tab) -> None:
    with Workspace(clock=clock) as first:
        port = int(first.base_url.split(":")[2].strip("/"))
        tab.open(first.page_url_of("U0ALICE001", "C0DAILY001"))
        assert "key" not in tab.run("location.href")
    with Workspace(port, clock=clock) as second:
        second.say("junho", "#daily-papers", "not for you")
        tab.wait("document.querySelector('.locked')?.innerText.includes('terminal')")
        assert "not for you" not in tab.run("document.body.innerText")
        tab.open(second.page_url_of("U0ALICE001", "C0DAILY001"))
        tab.wait("document.querySelector('.message')?.innerText.includes('not for you')")
    assert tab.errors == []


def click(tab: Tab, selector: str) -> None:
    tab.wait(f"document.querySelector({selector!r})")
    tab.run(f"document.querySelector({selector!r}).click()")


def escape(tab: Tab) -> None:
    """The key itself: a browser closes dialogs by it on its own."""
    for kind in ("keyDown", "keyUp"):
        tab.key(kind, "Escape", 27)


def test_what_one_sends_is_in_sight_and_the_composer_keeps_the_focus(
    slack: Workspace, client: WebClient, tab: Tab
) -> None:
    for at in range(40):
        client.chat_postMessage(channel="C0DAILY001", text=f"message {at}")
    tab.open(slack.page_url_of("U0ALICE001", "C0DAILY001"))
    tab.wait("document.querySelectorAll('.message').length === 40")
    tab.wait("document.activeElement.matches('.main .composer-text')")
    tab.run("document.querySelector('.messages').scrollTop = 0")
    tab.wait("document.querySelector('.messages').scrollTop === 0")
    tab.type("I am the last")
    tab.run("document.querySelector('.send').click()")
    last = "[...document.querySelectorAll('.main .message')].at(-1)"
    tab.wait(f"{last}.innerText.includes('I am the last')")
    foot = "document.querySelector('.main .foot').getBoundingClientRect().top"
    tab.wait(f"{last}.getBoundingClientRect().bottom <= {foot} + 1")
    assert tab.run("document.activeElement.matches('.main .composer-text')")
    assert tab.errors == []


def test_the_focus_goes_to_the_composer_of_where_one_is(
    slack: Workspace, client: WebClient, tab: Tab
) -> None:
    root = client.chat_postMessage(channel="C0DAILY001", text="one")["ts"]
    client.chat_postMessage(channel="C0DAILY001", text="two", thread_ts=root)
    tab.open(slack.page_url_of("U0ALICE001", "C0RESEARCH"))
    tab.wait("document.activeElement.matches('.main .composer-text')")
    tab.run("document.querySelectorAll('.room')[0].click()")
    click(tab, ".replies")
    tab.wait("document.activeElement.matches('.thread .composer-text')")
    press(tab, "Escape")
    tab.wait("document.activeElement.matches('.main .composer-text')")


def test_subcommands_complete_themselves(clock: FakeClock, tab: Tab) -> None:
    manifest = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
    with Workspace(clock=clock, manifest=manifest) as slack:
        tab.open(slack.page_url_of("U0ALICE001", "C0DAILY001"))
        tab.wait("document.activeElement.matches('.main .composer-text')")
        tab.type("/papers se")
        tab.wait("document.querySelectorAll('.suggestion').length === 2")
        press(tab, "Tab")
        assert tab.run("document.querySelector('.composer-text').value") == "/papers search "
        assert tab.run("document.querySelector('.suggestions').hidden")
        click(tab, ".plus")
        tab.wait("document.querySelector('[role=menuitem]')")
        names = tab.run("document.querySelector('[role=menuitem] span').innerText")
        assert names == "논문 검색 · Search papers"
        press(tab, "Escape")
    assert tab.errors == []


@pytest.mark.parametrize(("width", "height"), WIDTHS)
def test_a_comparisons_columns_are_all_in_sight(
    slack: Workspace, client: WebClient, tab: Tab, width: int, height: int
) -> None:
    def row(*texts: str) -> list[dict[str, str]]:
        return [{"type": "raw_text", "text": one} for one in texts]

    told = "A router picks one of four small rankers for each query, which keeps the quality. " * 3
    rows = [row("Paper", "The first paper", "The second paper"), row("Method", told, told)]
    root = client.chat_postMessage(channel="C0DAILY001", text="compare")["ts"]
    table = {"type": "table", "rows": rows}
    client.chat_postMessage(channel="C0DAILY001", thread_ts=root, text="table", blocks=[table])
    tab.look(width=width, height=height)
    tab.open(slack.page_url_of("U0ALICE001", "C0DAILY001", root))
    tab.wait("document.querySelector('.thread td:last-child')")
    right = tab.run("document.querySelector('.thread td:last-child').getBoundingClientRect().right")
    frame = tab.run("document.querySelector('.table-frame').getBoundingClientRect().right")
    assert right <= frame + 1
    assert frame <= width
    tab.look(width=1240, height=760)


@pytest.mark.parametrize(("width", "height"), WIDTHS)
def test_a_long_title_of_a_thread_leaves_its_close_button(
    slack: Workspace, client: WebClient, tab: Tab, width: int, height: int
) -> None:
    root = slack.say("alice", "D0ALICE001", "hello").ts
    client.api_call(
        "assistant.threads.setTitle",
        json={"channel_id": "D0ALICE001", "thread_ts": root, "title": "A very long title " * 10},
    )
    tab.look(width=width, height=height)
    tab.open(slack.page_url_of("U0ALICE001", "D0ALICE001", root))
    tab.wait("document.querySelector('.thread h1').innerText.includes('very long')")
    close = "[...document.querySelectorAll('.thread .head button')].at(-1)"
    assert tab.run(f"{close}.getBoundingClientRect().right") <= width
    tab.run(f"{close}.click()")
    tab.wait("document.querySelector('.thread').hidden")
    tab.look(width=1240, height=760)


def test_escape_closes_every_modal_and_says_nothing(
    slack: Workspace, client: WebClient, tab: Tab, app: list[Any]
) -> None:
    client.chat_postMessage(channel="C0DAILY001", text="card", blocks=[BUTTON])
    tab.open(slack.page_url_of("U0ALICE001", "C0DAILY001"))
    click(tab, ".message .button")
    tab.wait("document.querySelector('.modal .field')")
    tab.run("document.querySelector('.modal .field').focus()")
    tab.type("more")
    click(tab, ".modal .button-primary")
    tab.wait("document.querySelector('.modal h2').innerText === 'More'")
    escape(tab)
    tab.wait("document.querySelector('.modal h2').innerText === 'Find'")
    escape(tab)
    escape(tab)
    tab.wait("!document.querySelector('dialog')")
    tab.wait("document.activeElement.matches('.main .composer-text')")
    assert tab.run("document.querySelectorAll('.notice').length") == 0
    assert tab.errors == []


def test_a_thread_of_direct_messages_opens_by_itself(
    slack: Workspace, client: WebClient, tab: Tab
) -> None:
    tab.open(slack.page_url_of("U0ALICE001", "D0ALICE001"))
    tab.wait("document.activeElement.matches('.main .composer-text')")
    tab.type("What is new?")
    press(tab, "Enter")
    tab.wait("document.querySelector('.main .message')")
    (said,) = slack.messages("D0ALICE001")
    client.chat_postMessage(channel="D0ALICE001", thread_ts=said.ts, text="Much.")
    tab.wait("document.querySelector('.thread')?.innerText.includes('Much.')")
    assert tab.errors == []


def test_the_clock_of_who_one_is_runs(slack: Workspace, clock: FakeClock, tab: Tab) -> None:
    tab.open(slack.page_url_of("U0MINJI001", "C0DAILY001"))
    tab.wait("document.querySelector('.zone')?.innerText.includes('9:00')")
    clock.forward(minutes=7)
    tab.wait("document.querySelector('.zone').innerText.includes('9:07')")
