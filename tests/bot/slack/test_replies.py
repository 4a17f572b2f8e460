"""Messages to the URL that Slack sends with what a member did."""

from pathlib import Path

import pytest

from bot.errors import SlackError
from bot.slack.replies import reply_to
from tests.slack_stub import slack_stub


def test_fields_without_a_value_are_left_out() -> None:
    with slack_stub() as stub:
        reply_to(stub.hook, {"text": "hello", "blocks": None, "replace_original": False})
        assert stub.of("hook") == [{"text": "hello", "replace_original": False}]


@pytest.mark.parametrize("where", ["", "hook", "FILE"])
def test_what_is_no_web_address_gets_nothing(where: str, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.write_text("kept", encoding="utf-8")
    with pytest.raises(SlackError):
        reply_to(kept.as_uri() if where == "FILE" else where, {"text": "hello"})
    assert kept.read_text(encoding="utf-8") == "kept"
