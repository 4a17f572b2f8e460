"""The Slack app's manifest: beside the checkout, or where the package installed it."""

import copy
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

# The events by which Slack tells that a workspace has removed the app.
REMOVAL_EVENTS = ("app_uninstalled", "tokens_revoked")
CREATE = "https://api.slack.com/apps"
_PLACES = (
    Path(__file__).resolve().parents[2] / "manifest.json",
    Path(sys.prefix) / "share" / "paperboy" / "manifest.json",
)


def read_manifest() -> Mapping[str, Any] | None:
    """The manifest, or None where neither place has it."""
    found = next((path for path in _PLACES if path.is_file()), None)
    if found is None:
        return None
    manifest: Mapping[str, Any] = json.loads(found.read_text(encoding="utf-8"))
    return manifest


def creation_link(manifest: Mapping[str, Any]) -> str:
    """The address that opens Slack's form for a new app, filled in."""
    short = json.dumps(manifest, ensure_ascii=False, separators=(",", ":"))
    return f"{CREATE}?{urlencode({'new_app': 1, 'manifest_json': short})}"


def distributed(manifest: Mapping[str, Any], redirect_url: str | None) -> dict[str, Any]:
    """The manifest of an app that any workspace may install: it hears when one removes it, and has
    the *redirect_url* of OAuth if there is one."""
    held: dict[str, Any] = copy.deepcopy(dict(manifest))
    events = held["settings"]["event_subscriptions"]
    events["bot_events"] = sorted({*events["bot_events"], *REMOVAL_EVENTS})
    if redirect_url:
        held["oauth_config"]["redirect_urls"] = [redirect_url]
    return held
