"""What an app offers, read from its manifest: commands, shortcuts, events, scopes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.workspace.records import Json

ALL_SCOPES = (
    "app_mentions:read",
    "assistant:write",
    "channels:history",
    "channels:read",
    "chat:write",
    "commands",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:read",
    "im:write",
    "links:read",
    "links:write",
    "reactions:read",
    "reactions:write",
    "users:read",
)
_DOMAINS = ("arxiv.org", "huggingface.co")


@dataclass(frozen=True)
class Features:
    """What the workspace knows of the app. `events` None means all of them."""

    commands: tuple[Json, ...] = ({"command": "/papers"},)
    shortcuts: tuple[Json, ...] = ()
    prompts: tuple[Json, ...] = ()
    scopes: tuple[str, ...] = ALL_SCOPES
    events: frozenset[str] | None = None
    unfurl_domains: tuple[str, ...] = _DOMAINS


def features_of(manifest: Mapping[str, Any]) -> Features:
    """The features of an app manifest; what it does not name, the app does not have."""
    features = manifest.get("features", {})
    settings = manifest.get("settings", {})
    agent = features.get("agent_view") or features.get("assistant_view") or {}
    return Features(
        commands=tuple(features.get("slash_commands", ())),
        shortcuts=tuple(features.get("shortcuts", ())),
        prompts=tuple(agent.get("suggested_prompts", ())),
        scopes=tuple(manifest.get("oauth_config", {}).get("scopes", {}).get("bot", ())),
        events=frozenset(settings.get("event_subscriptions", {}).get("bot_events", ())),
        unfurl_domains=tuple(features.get("unfurl_domains", ())),
    )
