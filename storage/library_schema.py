"""Saved papers and signs of interest, as migration 7 makes their tables."""

LIBRARY = """
CREATE TABLE saved_papers (
    user TEXT NOT NULL,
    paper_id TEXT NOT NULL REFERENCES papers (id) ON DELETE CASCADE ON UPDATE CASCADE,
    saved_at TEXT NOT NULL,
    read_at TEXT,
    PRIMARY KEY (user, paper_id)
) STRICT;
CREATE TABLE signals (
    channel TEXT NOT NULL,
    user TEXT NOT NULL,
    paper_id TEXT NOT NULL REFERENCES papers (id) ON DELETE CASCADE ON UPDATE CASCADE,
    kind TEXT NOT NULL,
    given_at TEXT NOT NULL,
    PRIMARY KEY (channel, user, paper_id, kind)
) STRICT;
"""
