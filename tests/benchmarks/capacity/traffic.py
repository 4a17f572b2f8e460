"""What a busy workspace sends an app: commands, clicks and events, as Slack words them.

Nothing here waits for a model: questions have a measurement of their own.
"""

import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

from bot.workspace import Credentials
from bot.workspace.deliveries import Kind

# Both processes of a measurement know them.
CREDENTIALS = Credentials("xoxb-capacity", "xapp-capacity", "signing-secret", "page-key")
TEAM, CHANNEL, PAPER = "T0PAPER01", "C0DAILY001", "2503.14476"
USERS = tuple(f"U0{number:07d}" for number in range(200))
COMMANDS = ("today", "search reinforcement learning", f"show {PAPER}", "status", "help", "saved")


@dataclass(frozen=True)
class Sent:
    """One payload, and what it is called in a table."""

    name: str
    kind: Kind
    payload: dict[str, Any]


class Traffic:
    """An endless mixture: 40 % commands, 25 % clicks, 35 % events, always the same for a seed.

    ``hook`` is the response_url that commands and clicks carry.
    """

    def __init__(self, hook: str, *, seed: int = 0) -> None:
        self._hook = hook
        self._chance = random.Random(seed)
        self._number = count(1)

    def next(self) -> Sent:
        """One more payload."""
        makers: list[Callable[[str, int], Sent]] = [self._command, self._click, self._event]
        (make,) = self._chance.choices(makers, weights=(40, 25, 35))
        return make(self._chance.choice(USERS), next(self._number))

    def _command(self, user: str, number: int) -> Sent:
        text = self._chance.choice(COMMANDS)
        payload = {
            "token": "t",
            "team_id": TEAM,
            "team_domain": "papers",
            "channel_id": CHANNEL,
            "channel_name": "daily-papers",
            "user_id": user,
            "user_name": user.lower(),
            "command": "/papers",
            "text": text,
            "api_app_id": "A0PAPER01",
            "response_url": self._hook,
            "trigger_id": f"{number}.1",
        }
        return Sent(f"/papers {text.partition(' ')[0]}", "slash_commands", payload)

    def _click(self, user: str, number: int) -> Sent:
        action_id, value = self._chance.choice(
            (
                ("link_out", ""),
                ("page_next", '{"day":"2025-03-19","page":2}'),
                ("paper_save", f'{{"paper":"{PAPER}"}}'),
            )
        )
        payload = {
            "type": "block_actions",
            "user": {"id": user, "username": user.lower(), "team_id": TEAM},
            "api_app_id": "A0PAPER01",
            "team": {"id": TEAM, "domain": "papers"},
            "channel": {"id": CHANNEL, "name": "daily-papers"},
            "container": {
                "type": "message",
                "message_ts": f"1742400000.{number:06d}",
                "channel_id": CHANNEL,
                "is_ephemeral": True,
            },
            "trigger_id": f"{number}.2",
            "response_url": self._hook,
            "actions": [
                {
                    "type": "button",
                    "action_id": action_id,
                    "block_id": "b",
                    "value": value,
                    "action_ts": f"1742400000.{number:06d}",
                }
            ],
        }
        return Sent(f"click {action_id}", "interactive", payload)

    def _event(self, user: str, number: int) -> Sent:
        ts = f"1742400000.{number:06d}"
        message = {"type": "message", "user": user, "ts": ts, "channel": CHANNEL, "event_ts": ts}
        event = self._chance.choice(
            (
                {**message, "channel_type": "channel", "text": "good morning, the build is green"},
                {
                    **message,
                    "channel_type": "channel",
                    "text": "I agree with that",
                    "thread_ts": "1742399999.000100",
                },
                {
                    "type": "reaction_added",
                    "user": user,
                    "reaction": "eyes",
                    "item": {"type": "message", "channel": CHANNEL, "ts": "1742399999.000100"},
                    "event_ts": ts,
                },
                {"type": "app_home_opened", "user": user, "channel": "D1", "tab": "home"},
            )
        )
        payload = {
            "token": "t",
            "team_id": TEAM,
            "api_app_id": "A0PAPER01",
            "type": "event_callback",
            "event_id": f"Ev{uuid.UUID(int=self._chance.getrandbits(128)).hex[:10]}",
            "event_time": 1742400000,
            "authorizations": [{"team_id": TEAM, "user_id": "U0PAPERBOY", "is_bot": True}],
            "event": event,
        }
        return Sent(str(event["type"]), "events_api", payload)
