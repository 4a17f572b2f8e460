"""Who the bot is in a workspace: Slack is asked at the start until it answers, and only once."""

import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient

from bot.background import BackgroundThread
from bot.errors import SlackError
from bot.slack.faults import mapped

TIMEOUT_SECONDS = 20
FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS = 1.0, 60.0
# What ``mapped`` calls an answer that did not come or that asks to wait; the rest are refusals.
_PASSING = ("unreachable", "no_answer", "ratelimited")

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class BotIdentity:
    """Who the bot token belongs to, and what it may do. Names for people, ids for Slack."""

    team: str
    name: str
    scopes: frozenset[str]
    team_id: str = ""
    user_id: str = ""
    bot_id: str = ""

    def wrote(self, message: Mapping[str, Any]) -> bool:
        """Whether a message, as Slack tells it, is the bot's own."""
        bot = message.get("bot_id")
        return bool(bot == self.bot_id if bot else message.get("user") == self.user_id)


def ask_identity(client: WebClient) -> BotIdentity:
    """Ask Slack once.

    Raises:
        SlackError: Slack refuses the token or gives no answer.
    """
    with mapped("auth.test", changes=False):
        answer = client.auth_test()
        scopes = _header(answer.headers, "x-oauth-scopes").split(",")
        return BotIdentity(
            team=str(answer.get("team")),
            name=str(answer.get("user")),
            scopes=frozenset(scope.strip() for scope in scopes if scope.strip()),
            team_id=str(answer["team_id"]),
            user_id=str(answer["user_id"]),
            bot_id=str(answer.get("bot_id") or ""),
        )


class Identity:
    """Learns once who the bot is. Safe in any thread."""

    def __init__(self, client: WebClient) -> None:
        self._client = client
        self._known: BotIdentity | None = None
        self._refusal: SlackError | None = None
        self._asking = threading.Lock()
        # Set as soon as Slack has told or refused.
        self._decided = threading.Event()
        self._stopped = threading.Event()
        self._starting = threading.Lock()
        self._is_started = False

    @classmethod
    def connect(cls, token: str | None, base_url: str) -> "Identity":
        """For the bot behind *token* at the Web API at *base_url*, which ends in ``/``."""
        return cls(
            WebClient(token=token, base_url=base_url, timeout=TIMEOUT_SECONDS, retry_handlers=[])
        )

    @property
    def known(self) -> BotIdentity | None:
        """Who the bot is, or None as long as Slack hasn't told."""
        return self._known

    def get(self) -> BotIdentity:
        """Who the bot is, asked now unless it is known.

        Raises:
            SlackError: Slack refuses the token or gives no answer.
        """
        with self._asking:
            if self._known is None:
                self._known = ask_identity(self._client)
                self._decided.set()
            return self._known

    def start(self) -> None:
        """Ask in the background until Slack answers, unless that goes on already."""
        with self._starting:
            if not self._is_started:
                self._is_started = True
                BackgroundThread("identity", self._learn).start()

    def stop(self) -> None:
        """Stop asking."""
        self._stopped.set()

    def wait(self, seconds: float) -> BotIdentity | None:
        """Who the bot is, if Slack tells within *seconds*.

        Raises:
            SlackError: Slack refuses the token.
        """
        self._decided.wait(seconds)
        if self._known is None and self._refusal is not None:
            raise self._refusal
        return self._known

    def _learn(self) -> None:
        wait = FIRST_WAIT_SECONDS
        while not self._stopped.is_set():
            try:
                self.get()
            except SlackError as error:
                log.warning("Slack did not tell who we are: %s", error)
                if error.code not in _PASSING:
                    self._refusal = error
                    self._decided.set()
            else:
                return
            self._stopped.wait(wait)
            wait = min(2 * wait, LONGEST_WAIT_SECONDS)


def _header(headers: object, name: str) -> str:
    items = headers.items() if hasattr(headers, "items") else []
    return next((str(value) for key, value in items if str(key).lower() == name), "")
