"""``paperboy check``: each thing that is wrong gets a line of its own with its remedy."""

import json
import resource
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.oauth.installation_store import Installation

from bot.checks import database_problem
from bot.cli import run_command_line
from bot.languages import LANGUAGES, catalog
from bot.model.records import BYTES_PER_TOKEN
from bot.serving.oauth import Installs
from bot.settings import Settings
from bot.summaries.context_window import token_budget
from bot.workspace import Workspace
from bot.workspace.seed import DAILY, MINJI, RANDOM
from storage import DatabaseUnusableError, Storage, Trouble, open_storage
from tests.bot.delivery.fakes import subscription
from tests.many_sockets import APP_TOKEN
from tests.many_workspaces import CLIENT_ID, CLIENT_SECRET, SECRET, many_workspaces
from tests.model_server import ModelReply, ModelServer
from tests.process import ROOT
from tests.replay import ArxivReplay, HuggingFaceReplay
from tests.shared_data import shared_data
from tests.vectors_gone_wrong import USELESS

UNREACHABLE = "http://127.0.0.1:9"
NAMES = (
    "settings",
    "database",
    "disk",
    "SLACK_BOT_TOKEN",
    "SLACK_APP_TOKEN",
    "PAPERBOY_CHANNEL",
    "PAPERBOY_ADMINS",
    "Hugging Face",
    "arXiv",
    "model",
)


OBJECT = json.dumps({"tldr": "A trial.", "highlights": [], "sections": [], "introduction": []})


def answer(request: dict[str, Any]) -> ModelReply:
    """A server that serves one model and one key's account."""
    if request.get("model") != "stub":
        return ModelReply(
            status=404, error=f"no model {request.get('model')}", code="model_not_found"
        )
    return ModelReply("ok" if "response_format" not in request else OBJECT)


@pytest.fixture(scope="module")
def right(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """An environment in which everything is as it should be."""
    with ExitStack() as stack:
        slack = stack.enter_context(Workspace())
        listings = stack.enter_context(HuggingFaceReplay(shared_data("hf_daily/same_day")))
        arxiv = stack.enter_context(ArxivReplay())
        model = stack.enter_context(ModelServer(answer))
        yield {
            "PAPERBOY_LANGUAGE": "en",
            "PAPERBOY_DATABASE": str(tmp_path_factory.mktemp("check") / "paperboy.db"),
            "SLACK_API_URL": slack.api_url,
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token,
            "PAPERBOY_CHANNEL": DAILY.id,
            "PAPERBOY_ADMINS": MINJI.id,
            "PAPERBOY_HF_URL": listings.base_url,
            "PAPERBOY_ARXIV_API_URL": arxiv.base_url,
            "OPENAI_BASE_URL": model.url,
            "PAPERBOY_MODEL": "stub",
        }


def checked(
    environment: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> tuple[int, dict[str, str]]:
    """The exit status, and the lines by the name of what they are about."""
    status = run_command_line(["check"], environment)
    told = capsys.readouterr()
    assert "Traceback" not in told.out + told.err
    lines = told.out.splitlines()
    found = {line.split("] ")[1].split(": ")[0]: line for line in lines}
    assert len(found) == len(lines), "one line for each thing"
    return status, found


def wrong(lines: dict[str, str]) -> set[str]:
    return {name for name, line in lines.items() if line.startswith("[Problem]")}


def test_a_right_environment_is_fine(
    right: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    status, lines = checked(right, capsys)
    assert wrong(lines) == set()
    assert status == 0
    assert tuple(lines) == NAMES


@pytest.mark.parametrize(
    ("changes", "name", "words"),
    [
        ({"SLACK_BOT_TOKEN": ""}, "SLACK_BOT_TOKEN", "OAuth & Permissions"),
        ({"SLACK_BOT_TOKEN": "xoxb-wrong"}, "SLACK_BOT_TOKEN", "(invalid_auth). Copy"),
        ({"SLACK_APP_TOKEN": "xapp-wrong"}, "SLACK_APP_TOKEN", "connections:write"),
        ({"SLACK_APP_TOKEN": ""}, "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"),
        ({"PAPERBOY_CHANNEL": "C0NOWHERE1"}, "PAPERBOY_CHANNEL", "starts with C"),
        ({"PAPERBOY_CHANNEL": RANDOM.id}, "PAPERBOY_CHANNEL", "/invite @Paperboy"),
        ({"PAPERBOY_ADMINS": "minji"}, "PAPERBOY_ADMINS", "Copy member ID"),
        ({"PAPERBOY_HF_URL": UNREACHABLE}, "Hugging Face", "Check the network"),
        ({"PAPERBOY_ARXIV_API_URL": UNREACHABLE}, "arXiv", "continues with stored papers"),
        ({"PAPERBOY_MODEL": "stup"}, "model", "Similar names: stub"),
        ({"PAPERBOY_DISK_FREE_MB": "900000000"}, "disk", "Free some space"),
        ({"PAPERBOY_EXPORT_DIR": "/proc/nowhere"}, "PAPERBOY_EXPORT_DIR", "permissions"),
        (
            {"PAPERBOY_EMBEDDING_MODEL": "e", "OPENAI_BASE_URL": ""},
            "PAPERBOY_EMBEDDING_MODEL",
            "OPENAI_BASE_URL",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_remedy_and_the_rest_is_still_fine(
    right: dict[str, str],
    capsys: pytest.CaptureFixture[str],
    changes: dict[str, str],
    name: str,
    words: str,
) -> None:
    status, lines = checked({**right, **changes}, capsys)
    assert status == 1
    assert wrong(lines) == {name}
    assert words in lines[name]
    assert set(lines) >= set(NAMES)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (ModelReply(status=401, error="bad key"), "OPENAI_API_KEY"),
        (ModelReply(status=429, error="pay", code="insufficient_quota"), "Add credit"),
        (ModelReply(status=403, error="no"), "OPENAI_API_KEY"),
    ],
)
def test_a_wrong_key_and_an_empty_account_are_told_apart(
    right: dict[str, str], capsys: pytest.CaptureFixture[str], said: ModelReply, words: str
) -> None:
    with ModelServer(lambda _: said) as server:
        status, lines = checked({**right, "OPENAI_BASE_URL": server.url}, capsys)
    assert status == 1
    assert words in lines["model"]


def told_of(server: ModelServer, right: dict[str, str], capsys: Any, **more: str) -> str:
    _, lines = checked({**right, "OPENAI_BASE_URL": server.url, **more}, capsys)
    return lines["model"]


def test_the_model_is_asked_as_real_work_asks(
    right: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    with ModelServer(answer) as server:
        embedding = {"PAPERBOY_EMBEDDING_MODEL": "stub"}
        status, lines = checked({**right, "OPENAI_BASE_URL": server.url, **embedding}, capsys)
    assert (status, lines["model"][:5].strip()) == (0, "[OK]")
    assert lines["PAPERBOY_EMBEDDING_MODEL"].startswith("[OK]")
    chats = [one for one in server.requests if "messages" in one]
    (vectors,) = (one for one in server.requests if "input" in one)
    assert all(one["stream"] and one["messages"][0]["role"] == "system" for one in chats)
    assert chats[-1]["response_format"]["type"] == "json_schema"
    shown = token_budget(None).shown * BYTES_PER_TOKEN
    assert len(str(chats[-1]["messages"]).encode()) > shown
    assert len(vectors["input"]) == 2


def verdicts(request: dict[str, Any]) -> ModelReply:
    """A server with a chat model and a verifier; the verifier gives verdicts."""
    if request.get("model") != "judge":
        return answer(request)
    found = [{"sentence": 1, "verdict": "supported", "wrong": ""}]
    return ModelReply(json.dumps({"verdicts": found}))


def test_a_verifier_that_is_set_is_asked_for_verdicts(
    right: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    setting = "PAPERBOY_VERIFIER_MODEL"
    with ModelServer(verdicts) as server:
        address = {**right, "OPENAI_BASE_URL": server.url}
        _, lines = checked({**address, setting: "judge"}, capsys)
        assert lines[setting].startswith("[OK]")
        assert "Sentences:" in str(server.requests[-1]["messages"])
        _, lines = checked({**address, setting: "no-such"}, capsys)
        assert "no model no-such" in lines[setting]
        yes_no = {"PAPERBOY_VERIFIER_FORMAT": "yes-no"}
        _, lines = checked({**address, setting: "judge", **yes_no}, capsys)
        assert "PAPERBOY_VERIFIER_FORMAT" in lines[setting]
        _, lines = checked({**address, setting: "off"}, capsys)
        assert setting not in lines
    alone = {"OPENAI_BASE_URL": "", "OPENAI_API_KEY": ""}
    _, lines = checked({**right, **alone, setting: "judge"}, capsys)
    assert "needs a chat model" in lines[setting]


def test_what_the_server_said_is_told(
    right: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    def reply(request: dict[str, Any]) -> ModelReply:
        name = next((one for one in request if one.startswith("max_")), "nothing")
        return ModelReply(status=400, error=f"no such argument here: {name}")

    with ModelServer(reply) as server:
        line = told_of(server, right, capsys)
    assert line.startswith("[Problem]")
    assert "no such argument here" in line
    assert len(server.requests) <= 10


def test_an_account_without_credit_is_told_as_that(
    right: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    said = ModelReply(
        status=402, error="not enough credit: 3500 tokens asked for, 1800 can be paid"
    )
    with ModelServer(lambda _: said) as server:
        line = told_of(server, right, capsys)
    assert "Add credit" in line
    assert "1800 can be paid" in line


def test_an_address_without_its_version_is_told_as_that(
    right: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    with ModelServer(answer) as server:
        server.only_under = "/v1/"
        short = server.url.removesuffix("/v1")
        line = told_of(server, right, capsys, OPENAI_BASE_URL=short)
        assert f"/v1 is missing. Set OPENAI_BASE_URL to {short}/v1." in line
        line = told_of(server, right, capsys, OPENAI_BASE_URL=f"{short}/api")
        assert "speaks the OpenAI protocol" in line


def test_a_server_that_reads_a_part_of_the_prompt_is_told(
    right: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    with ModelServer(lambda _: ModelReply(OBJECT, usage=(2048, 0, 50))) as server:
        line = told_of(server, right, capsys)
    assert line.startswith("[Problem]")
    assert "2048" in line
    assert "larger context" in line


def test_a_model_that_writes_no_object_answers_all_the_same(
    right: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    with ModelServer(lambda _: ModelReply("It was tried on English only [1].")) as server:
        line = told_of(server, right, capsys)
    assert line.startswith("[OK]")
    assert "JSON" in line


@pytest.mark.parametrize("kind", USELESS)
def test_vectors_that_are_no_use_are_told(
    right: dict[str, str], capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    def reply(request: dict[str, Any]) -> ModelReply:
        return USELESS[kind](request) if "input" in request else answer(request)

    with ModelServer(reply) as server:
        more = {"OPENAI_BASE_URL": server.url, "PAPERBOY_EMBEDDING_MODEL": "stub"}
        status, lines = checked({**right, **more}, capsys)
    assert status == 1
    assert wrong(lines) == {"PAPERBOY_EMBEDDING_MODEL"}


def test_a_model_that_is_not_tried_for_want_of_money_is_not_wrong(
    right: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    poor = {"PAPERBOY_DAILY_BUDGET_USD": "0.01", "PAPERBOY_PRICES": "stub=9000/9000/9000"}
    status, lines = checked({**right, **poor}, capsys)
    assert status == 0
    assert "PAPERBOY_DAILY_BUDGET_USD" in lines["model"]


def test_search_by_words_alone_is_a_choice_and_no_problem(
    right: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    status, lines = checked({**right, "PAPERBOY_EMBEDDING_MODEL": "none"}, capsys)
    assert status == 0
    assert "words only" in lines["PAPERBOY_EMBEDDING_MODEL"]


def test_missing_scopes_are_named(
    right: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    few = {"oauth_config": {"scopes": {"bot": ["chat:write", "channels:read"]}}}
    with Workspace(manifest=few) as slack:
        tokens = {
            "SLACK_API_URL": slack.api_url,
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token,
        }
        status, lines = checked({**right, **tokens}, capsys)
    assert status == 1
    assert "app_mentions:read" in lines["SLACK_BOT_TOKEN"]
    assert "install the app again" in lines["SLACK_BOT_TOKEN"]


def test_without_any_network_each_thing_that_needs_it_has_its_line(
    right: dict[str, str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    nowhere = {
        "SLACK_API_URL": f"{UNREACHABLE}/api/",
        "PAPERBOY_HF_URL": UNREACHABLE,
        "PAPERBOY_ARXIV_API_URL": UNREACHABLE,
        "OPENAI_BASE_URL": f"{UNREACHABLE}/v1",
    }
    status, lines = checked({**right, **nowhere}, capsys)
    assert status == 1
    assert wrong(lines) == set(NAMES) - {"settings", "database", "disk", "PAPERBOY_ADMINS"}
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "PAPERBOY_CHANNEL"):
        assert "Check the network and SLACK_API_URL" in lines[name]
    assert "Check OPENAI_BASE_URL" in lines["model"]


def damaged(path: Path) -> str:
    path.write_text("this is a letter, not a database\n" * 99)
    return "not a Paperboy database"


def in_no_folder(path: Path) -> str:
    path.parent.rmdir()
    return "Check the path"


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_trouble_with_a_database_has_words_of_its_own(language: str) -> None:
    words = catalog(language)
    told = {database_problem(DatabaseUnusableError("x", one), "x", words) for one in Trouble}
    assert len(told) == len(Trouble)


def newer(path: Path) -> str:
    open_storage(path).close()
    with sqlite3.connect(path) as raw:
        raw.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
            "VALUES ('paperboy', 'm999_future', '2030')"
        )
    raw.close()
    return "update Paperboy"


@pytest.mark.parametrize("spoil", [damaged, in_no_folder, newer])
def test_an_unusable_database_stops_no_other_check(
    right: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str], spoil: Any
) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    words = spoil(folder / "paperboy.db")
    environment = {**right, "PAPERBOY_DATABASE": str(folder / "paperboy.db")}
    status, lines = checked(environment, capsys)
    assert status == 1
    assert words in lines["database"]
    assert set(lines) >= set(NAMES)
    assert lines["model"].startswith("[OK]")


def test_a_disk_that_takes_nothing_more_is_told(right: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "paperboy.db"
    open_storage(path).close()
    limit = 16_000  # bytes that any file may have

    def full() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    checked_full = subprocess.run(
        # -B: byte code cut off by the limit would break every later run.
        [sys.executable, "-B", "-m", "bot", "check"],
        env={"PYTHONPATH": str(ROOT), **right, "PAPERBOY_DATABASE": str(path)},
        preexec_fn=full,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert checked_full.returncode == 1
    assert "Traceback" not in checked_full.stderr
    (line,) = [one for one in checked_full.stdout.splitlines() if "database: " in one]
    assert line.startswith("[Problem]")
    assert "full" in line
    assert "[OK] SLACK_BOT_TOKEN" in checked_full.stdout


def test_each_subscribed_channel_has_its_line(
    right: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "paperboy.db"
    storage = open_storage(path)
    storage.subscriptions.save(subscription(RANDOM.id), now=datetime(2025, 3, 1, tzinfo=UTC))
    storage.close()
    status, lines = checked({**right, "PAPERBOY_DATABASE": str(path)}, capsys)
    assert status == 1
    assert "/invite" in lines[RANDOM.id]


ONE, TWO = "T0PAPER01", "T0OTHER02"
INSTALL = "https://papers.example.com/slack/install"
# What a single workspace sets and several don't.
OAUTH = {
    "SLACK_BOT_TOKEN": "",
    "SLACK_APP_TOKEN": "",
    "PAPERBOY_CHANNEL": "",
    "SLACK_CLIENT_ID": CLIENT_ID,
    "SLACK_CLIENT_SECRET": CLIENT_SECRET,
    "SLACK_SIGNING_SECRET": SECRET,
    "SLACK_REDIRECT_URI": "https://papers.example.com/slack/oauth_redirect",
}


def install(storage: Storage, team: str, token: str) -> None:
    """Keep a token as an installation keeps it."""
    now = datetime(2025, 3, 1, tzinfo=UTC)
    settings = Settings(slack_client_id=CLIENT_ID, slack_client_secret=CLIENT_SECRET)
    installs = Installs(settings, storage, lambda: now, scopes=[], on_installed=lambda _: None)
    store = installs.flow.settings.installation_store
    assert store is not None
    store.save(
        Installation(
            user_id=MINJI.id,
            team_id=team,
            app_id="A0PAPER01",
            team_name=f"Team {team}",
            bot_token=token,
            bot_id="B1",
            bot_user_id="U0PAPERBOY",
        )
    )


@pytest.fixture(scope="module")
def distributed(right: dict[str, str]) -> Iterator[dict[str, str]]:
    """An environment in which workspaces may install."""
    with many_workspaces(ONE, TWO, over_socket=True) as many:
        yield {**right, **OAUTH, "SLACK_API_URL": many.api_url}


@pytest.fixture
def installed(distributed: dict[str, str], tmp_path: Path) -> tuple[dict[str, str], Storage]:
    """The same, with two that have installed."""
    path = tmp_path / "paperboy.db"
    storage = open_storage(path)
    for team in (ONE, TWO):
        install(storage, team, f"xoxb-{team.lower()}")
    storage.close()
    return {**distributed, "PAPERBOY_DATABASE": str(path)}, open_storage(path)


def test_with_oauth_each_workspace_has_its_line_and_no_single_token_is_missed(
    installed: tuple[dict[str, str], Storage], capsys: pytest.CaptureFixture[str]
) -> None:
    environment, storage = installed
    storage.close()
    status, lines = checked(environment, capsys)
    assert wrong(lines) == set()
    assert status == 0
    assert "SLACK_BOT_TOKEN" not in lines
    assert INSTALL in lines["SLACK_CLIENT_ID"]
    assert "/slack/events" in lines["SLACK_SIGNING_SECRET"]
    for team in (ONE, TWO):
        assert lines[team].startswith("[OK]")
    assert CLIENT_SECRET not in "".join(lines.values())
    _, lines = checked({**environment, "SLACK_APP_TOKEN": APP_TOKEN}, capsys)
    assert "Socket Mode works" in lines["SLACK_APP_TOKEN"]


def test_with_oauth_and_nobody_there_yet_the_address_is_told(
    distributed: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    status, lines = checked(distributed, capsys)
    assert status == 0
    assert lines["workspaces"].startswith("[Not used]")
    assert INSTALL in lines["workspaces"]


@pytest.mark.parametrize(
    ("changes", "name", "words"),
    [
        ({"SLACK_CLIENT_SECRET": ""}, "SLACK_CLIENT_ID", "have to be set together"),
        ({"SLACK_CLIENT_ID": ""}, "SLACK_CLIENT_ID", "have to be set together"),
        ({"SLACK_CLIENT_ID": "9.9"}, "SLACK_CLIENT_ID", "(invalid_client_id). Copy"),
        ({"SLACK_CLIENT_SECRET": "x"}, "SLACK_CLIENT_ID", "(bad_client_secret). Copy"),
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_CLIENT_ID", "Leave it empty"),
        ({"SLACK_SIGNING_SECRET": ""}, "SLACK_CLIENT_ID", "SLACK_SIGNING_SECRET is missing"),
        (
            {"SLACK_REDIRECT_URI": "https://papers.example.com/back"},
            "SLACK_CLIENT_ID",
            "/slack/oauth_redirect",
        ),
        ({"SLACK_APP_TOKEN": "xapp-wrong"}, "SLACK_APP_TOKEN", "connections:write"),
    ],
)
def test_a_wrong_setting_of_oauth_is_told_with_its_remedy(
    distributed: dict[str, str],
    capsys: pytest.CaptureFixture[str],
    changes: dict[str, str],
    name: str,
    words: str,
) -> None:
    status, lines = checked({**distributed, **changes}, capsys)
    assert status == 1
    assert wrong(lines) == {name}
    assert words in lines[name]


def test_a_workspace_without_a_good_token_has_to_install_again_and_others_are_fine(
    installed: tuple[dict[str, str], Storage], capsys: pytest.CaptureFixture[str]
) -> None:
    environment, storage = installed
    install(storage, TWO, "xoxb-revoked")
    storage.workspaces.add(
        "T0GONE", "Gone", installed_by=None, now=datetime(2025, 3, 1, tzinfo=UTC)
    )
    storage.close()
    capsys.readouterr()  # the log of an earlier command tells of the installation
    status, lines = checked(environment, capsys)
    assert status == 1
    assert wrong(lines) == {TWO, "T0GONE"}
    assert "(invalid_auth)" in lines[TWO]
    for team in (TWO, "T0GONE"):
        assert f"install the app again: {INSTALL}" in lines[team]
    assert "xoxb" not in "".join(lines.values())


def test_each_workspaces_channels_are_asked_for_with_its_own_token(
    installed: tuple[dict[str, str], Storage], capsys: pytest.CaptureFixture[str]
) -> None:
    environment, storage = installed
    now = datetime(2025, 3, 1, tzinfo=UTC)
    storage.of_team(ONE).subscriptions.save(subscription(DAILY.id), now=now)
    storage.of_team(TWO).subscriptions.save(subscription(RANDOM.id), now=now)
    storage.close()
    status, lines = checked(environment, capsys)
    assert status == 1
    assert wrong(lines) == {f"{TWO} {RANDOM.id}"}
    assert lines[f"{ONE} {DAILY.id}"].startswith("[OK]")


def test_with_oauth_scopes_that_a_workspace_lacks_are_named(
    installed: tuple[dict[str, str], Storage], capsys: pytest.CaptureFixture[str]
) -> None:
    environment, storage = installed
    storage.close()
    status, lines = checked({**environment, "PAPERBOY_UNFURL": "true"}, capsys)
    assert status == 1
    assert wrong(lines) == {ONE, TWO}
    assert "links:read" in lines[ONE]
    assert f"install the app again: {INSTALL}" in lines[ONE]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"SLACK_CLIENT_SECRET": ""}, "have to be set together"),
        ({"SLACK_CLIENT_ID": "", "SLACK_BOT_TOKEN": "xoxb-1"}, "have to be set together"),
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "Leave it empty"),
        ({"SLACK_SIGNING_SECRET": ""}, "SLACK_SIGNING_SECRET is missing"),
    ],
)
def test_the_bot_refuses_to_run_with_what_check_finds_wrong_in_oauth(
    capsys: pytest.CaptureFixture[str], changes: dict[str, str], words: str
) -> None:
    environment = {"PAPERBOY_LANGUAGE": "en", **OAUTH, **changes}
    assert run_command_line(["run"], environment) == 1
    assert words in capsys.readouterr().err
