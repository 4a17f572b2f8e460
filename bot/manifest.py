"""The Slack app's manifest: beside the checkout, or where the package installed it."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_PLACES = (
    Path(__file__).resolve().parents[1] / "manifest.json",
    Path(sys.prefix) / "share" / "paperboy" / "manifest.json",
)


def read_manifest() -> Mapping[str, Any] | None:
    """The manifest, or None where it isn't at hand."""
    found = next((path for path in _PLACES if path.is_file()), None)
    if found is None:
        return None
    manifest: Mapping[str, Any] = json.loads(found.read_text(encoding="utf-8"))
    return manifest
