"""Two bots of one workspace on one database, each with its Socket Mode connection."""

from collections import Counter
from pathlib import Path

from bot.workspace import Workspace
from bot.workspace.seed import DAILY, MINJI
from tests.benchmarks.ack_under_load import prepare
from tests.process import by_words, running

QUESTIONS = 8


def test_each_payload_goes_to_one_of_them_and_each_question_is_answered_once(
    tmp_path: Path,
) -> None:
    with Workspace() as workspace:
        settings = by_words(
            workspace,
            tmp_path,
            SLACK_APP_TOKEN=workspace.app_token,
            PAPERBOY_LANGUAGE="en",
            PAPERBOY_WEEKDAYS="sun",
        )
        roots = prepare(workspace, settings["PAPERBOY_DATABASE"], QUESTIONS)

        def answers() -> Counter[str]:
            return Counter(
                root
                for root in roots
                for said in workspace.messages(DAILY.id, root)
                if said.bot_id and not said.streaming
            )

        with (
            running(workspace, tmp_path, settings=settings),
            running(workspace, tmp_path, settings=settings),
        ):
            workspace.wait_for(lambda: workspace.connections == 2, 60)
            for root in roots:
                workspace.say(MINJI.id, DAILY.id, "What are the limitations?", root)
            workspace.wait_for(lambda: len(answers()) == QUESTIONS, 60)
        assert set(answers().values()) == {1}
