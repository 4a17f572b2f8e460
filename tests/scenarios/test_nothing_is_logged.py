"""At the most talkative log level no token, no message text and no answer stands in the log."""

from pathlib import Path

from bot.workspace import Workspace
from bot.workspace.seed import DAILY, MINJI
from tests.process import by_words, free_port, running

SAID, ASKED, NOTED = "zanzibar", "quagmire", "kumquat"


def test_a_debug_log_holds_no_token_and_no_word_that_anybody_said(tmp_path: Path) -> None:
    with Workspace(mode="http") as workspace:
        settings = by_words(workspace, tmp_path, PORT=str(free_port()), PAPERBOY_LOG_LEVEL="debug")
        with running(workspace, tmp_path, settings=settings):
            said = workspace.say(MINJI.id, "D0MINJI001", f"What is {SAID} about?")
            workspace.wait_for_message("D0MINJI001", thread_ts=said.ts)
            workspace.slash(MINJI.id, DAILY.id, "/papers", f"search {ASKED}")
            workspace.wait_for_ephemeral(MINJI.id, DAILY.id, contains=ASKED)
            workspace.say(MINJI.id, DAILY.id, f"just talking of {NOTED}")
        log = (tmp_path / "run.log").read_text(encoding="utf-8")
    assert "level=debug" in log.lower()
    for word in (SAID, ASKED, NOTED, workspace.bot_token, workspace.signing_secret):
        assert word not in log
