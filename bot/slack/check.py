"""What ``paperboy check`` asks Slack: are tokens good, do scopes suffice, is it a member?"""

from collections.abc import Iterable

from slack_sdk import WebClient

from bot.errors import SlackError
from bot.slack.faults import mapped
from bot.slack.identity import BotIdentity, ask_identity

TIMEOUT_SECONDS = 10
PAGE, MOST_PAGES = 200, 10
# A code that nobody was given; of a client that Slack knows it refuses this alone.
NO_CODE = "check"


class SlackProbe:
    """Harmless calls that tell whether the set-up is right.

    Every method raises :class:`bot.errors.SlackError` with Slack's word, or ``unreachable`` or
    ``no_answer``.
    """

    def __init__(self, api_url: str, bot_token: str | None) -> None:
        self._client = WebClient(
            bot_token, base_url=api_url, timeout=TIMEOUT_SECONDS, retry_handlers=[]
        )

    @property
    def has_token(self) -> bool:
        """Whether there is a bot token to ask with."""
        return bool(self._client.token)

    def identity(self) -> BotIdentity:
        """The bot behind the token."""
        return ask_identity(self._client)

    def app_token(self, token: str) -> None:
        """Open and forget a Socket Mode address."""
        with mapped("apps.connections.open", changes=False):
            self._client.apps_connections_open(app_token=token)

    def client(self, client_id: str, client_secret: str) -> None:
        """Ask whether an OAuth client is known, by a code that was never given."""
        try:
            with mapped("oauth.v2.access", changes=False):
                self._client.oauth_v2_access(
                    client_id=client_id, client_secret=client_secret, code=NO_CODE
                )
        except SlackError as error:
            if error.code != "invalid_code":
                raise

    def channels(self) -> dict[str, str]:
        """The names of the channels that the bot is in, by their ids."""
        found: dict[str, str] = {}
        cursor = ""
        for _ in range(MOST_PAGES):
            with mapped("users.conversations", changes=False):
                answer = self._client.users_conversations(
                    types="public_channel,private_channel",
                    exclude_archived=True,
                    limit=PAGE,
                    cursor=cursor or None,
                )
                channels: list[dict[str, str]] = answer.get("channels") or []
                found |= {one["id"]: one["name"] for one in channels}
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                break
        return found

    def is_member(self, channel: str) -> bool:
        """Whether the bot can post in *channel*."""
        with mapped("conversations.info", changes=False):
            answer = self._client.conversations_info(channel=channel)
        found = answer.get("channel") or {}
        return bool(found.get("is_member"))


def missing_scopes(needed: Iterable[str], identity: BotIdentity) -> list[str]:
    """Scopes of the manifest that the token lacks; empty when Slack told no scopes at all."""
    return sorted(set(needed) - identity.scopes) if identity.scopes else []
