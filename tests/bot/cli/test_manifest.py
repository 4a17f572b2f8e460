"""``paperboy manifest``: the file itself, or a link that creates the app from it."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.cli import run_command_line
from bot.manifest import read_manifest


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
