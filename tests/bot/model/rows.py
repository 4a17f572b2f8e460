"""What the table of model calls holds."""

from typing import Any

from sqlite_utils import Database

from storage import Storage


def rows(storage: Storage) -> list[dict[str, Any]]:
    db = Database(storage.path)
    try:
        return list(db.query("SELECT * FROM model_calls ORDER BY id"))
    finally:
        db.close()
