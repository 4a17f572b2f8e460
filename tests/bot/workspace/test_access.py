"""Who may call what."""

from slack_sdk import WebClient

from bot.workspace import Workspace
from tests.bot.workspace.test_messages import error_of


def test_the_bot_learns_who_it_is_and_what_it_may(slack: Workspace, client: WebClient) -> None:
    answer = client.auth_test()
    assert answer["user_id"] == slack.bot_user_id
    assert "chat:write" in answer.headers["x-oauth-scopes"]


def test_an_unknown_method_is_refused_in_slacks_way(client: WebClient) -> None:
    assert error_of(client.api_call, api_method="papers.fetch") == "unknown_method"


def test_tokens_are_told_apart(slack: Workspace, client: WebClient) -> None:
    def with_token(token: str) -> WebClient:
        return WebClient(token=token, base_url=slack.api_url)

    assert error_of(with_token("").auth_test) == "not_authed"
    assert error_of(with_token("xoxb-wrong").auth_test) == "invalid_auth"
    assert error_of(with_token(slack.app_token).auth_test) == "not_allowed_token_type"
    wrong = error_of(client.apps_connections_open, app_token=slack.bot_token)
    assert wrong == "not_allowed_token_type"
    assert client.apps_connections_open(app_token=slack.app_token)["url"].startswith("ws://")


def test_a_missing_scope_is_named() -> None:
    with Workspace(scopes=["chat:write"]) as slack:
        client = WebClient(token=slack.bot_token, base_url=slack.api_url)
        assert client.chat_postMessage(channel="C0DAILY001", text="a")["ok"]
        assert error_of(client.users_info, user="U0MINJI001") == "missing_scope"
        assert error_of(client.conversations_history, channel="C0DAILY001") == "missing_scope"


def test_members_have_zones_and_languages(client: WebClient) -> None:
    minji = client.users_info(user="U0MINJI001", include_locale=True)["user"]
    alice = client.users_info(user="U0ALICE001", include_locale=True)["user"]
    assert (minji["locale"], minji["tz"], minji["tz_offset"]) == ("ko-KR", "Asia/Seoul", 32400)
    assert (alice["locale"], alice["tz"]) == ("en-US", "America/New_York")
    assert "locale" not in client.users_info(user="U0ALICE001")["user"]


def test_channels_are_listed_without_private_ones_of_others(client: WebClient) -> None:
    kinds = "public_channel,private_channel"
    held = client.users_conversations(user="U0MINJI001", types=kinds, exclude_archived=True)
    listed = {one["name"] for one in held["channels"]}
    assert listed == {"daily-papers", "research-en", "random"}
    assert error_of(client.conversations_info, channel="#daily-papers") == "channel_not_found"
