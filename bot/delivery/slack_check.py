"""What ``paperboy check`` asks Slack: are tokens good, do scopes suffice, is it a member?"""

from collections.abc import Iterable
from dataclasses import dataclass

from slack_sdk import WebClient

from bot.delivery.slack_faults import mapped

TIMEOUT_SECONDS = 10


@dataclass(frozen=True)
class BotIdentity:
    """Who the bot token belongs to, and what it may do."""

    team: str
    name: str
    scopes: frozenset[str]


class SlackProbe:
    """Harmless calls that tell whether the set-up is right.

    Every method raises :class:`bot.errors.SlackError` with Slack's word, or ``unreachable`` or
    ``no_answer``.
    """

    def __init__(self, api_url: str, bot_token: str | None) -> None:
        self._client = WebClient(
            bot_token, base_url=api_url, timeout=TIMEOUT_SECONDS, retry_handlers=[]
        )

    def identity(self) -> BotIdentity:
        """The bot behind the token."""
        with mapped("auth.test", changes=False):
            answer = self._client.auth_test()
        scopes = _header(answer.headers, "x-oauth-scopes").split(",")
        return BotIdentity(
            team=str(answer.get("team")),
            name=str(answer.get("user")),
            scopes=frozenset(scope.strip() for scope in scopes if scope.strip()),
        )

    def app_token(self, token: str) -> None:
        """Open and forget a Socket Mode address."""
        with mapped("apps.connections.open", changes=False):
            self._client.apps_connections_open(app_token=token)

    def is_member(self, channel: str) -> bool:
        """Whether the bot can post in *channel*."""
        with mapped("conversations.info", changes=False):
            answer = self._client.conversations_info(channel=channel)
        found = answer.get("channel") or {}
        return bool(found.get("is_member"))


def missing_scopes(needed: Iterable[str], identity: BotIdentity) -> list[str]:
    """Scopes of the manifest that the token lacks; empty when Slack told no scopes at all."""
    return sorted(set(needed) - identity.scopes) if identity.scopes else []


def _header(headers: object, name: str) -> str:
    items = headers.items() if hasattr(headers, "items") else []
    return next((str(value) for key, value in items if str(key).lower() == name), "")
