"""``paperboy manifest``: the file itself, or a link that creates the app from it."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.cli import run_command_line
from bot.slack.manifest import read_manifest


def test_the_manifest_is_printed_as_slack_reads_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command_line(["manifest"], {}) == 0
    assert json.loads(capsys.readouterr().out) == read_manifest()


def test_the_link_opens_the_form_with_the_whole_manifest(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run_command_line(["manifest", "--link"], {}) == 0
    (line,) = capsys.readouterr().out.splitlines()
    address = urlsplit(line)
    told = parse_qs(address.query)
    assert (address.netloc, address.path) == ("api.slack.com", "/apps")
    assert told["new_app"] == ["1"]
    assert json.loads(told["manifest_json"][0]) == read_manifest()
    # Browsers and proxies take addresses of this length.
    assert len(line) < 8000


REDIRECT = "https://papers.example.com/slack/oauth_redirect"


@pytest.mark.parametrize(
    ("environment", "redirect"), [({}, None), ({"SLACK_REDIRECT_URI": REDIRECT}, [REDIRECT])]
)
def test_for_several_workspaces_their_leaving_and_the_redirect_are_added_and_nothing_else(
    capsys: pytest.CaptureFixture[str], environment: dict[str, str], redirect: list[str] | None
) -> None:
    assert run_command_line(["manifest", "--distributed"], environment) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["oauth_config"].pop("redirect_urls", None) == redirect
    events = printed["settings"]["event_subscriptions"]["bot_events"]
    for farewell in ("app_uninstalled", "tokens_revoked"):
        events.remove(farewell)
    assert printed == read_manifest()


def test_the_link_too_is_made_for_several_workspaces(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command_line(["manifest", "--distributed"], {}) == 0
    printed = json.loads(capsys.readouterr().out)
    assert run_command_line(["manifest", "--distributed", "--link"], {}) == 0
    told = parse_qs(urlsplit(capsys.readouterr().out.strip()).query)
    assert json.loads(told["manifest_json"][0]) == printed
