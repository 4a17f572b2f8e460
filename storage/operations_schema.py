"""The tables of the watch over Paperboy, as migration 12 makes them."""

OPERATIONS = """
CREATE TABLE incidents (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL DEFAULT '',
    began_at TEXT NOT NULL,
    ended_at TEXT
) STRICT;
CREATE UNIQUE INDEX incidents_open ON incidents (kind, subject) WHERE ended_at IS NULL;
CREATE TABLE moments (
    name TEXT PRIMARY KEY,
    at TEXT NOT NULL
) STRICT;
ALTER TABLE source_reads ADD COLUMN failing_since TEXT;
UPDATE source_reads SET failing_since = coalesce(succeeded_at, tried_at) WHERE problem IS NOT NULL;
"""
