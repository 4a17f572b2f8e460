"""What the table of model calls holds."""

from typing import Any

from storage import Storage


def rows(storage: Storage) -> list[dict[str, Any]]:
    return storage._connections.query("SELECT * FROM model_calls ORDER BY id")
