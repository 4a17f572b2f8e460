"""Everything that a database holds, read around the modules of ``storage``."""

from storage import Storage


def everything(storage: Storage) -> list[str]:
    """Every row of every table as a text."""
    connections = storage._connections
    return [
        f"{table}: {row}"
        for table in connections.tables()
        for row in connections.rows(f"SELECT * FROM {table}")
    ]
