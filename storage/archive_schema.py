"""The statements of ``m006_archive`` and ``m008_relations``."""

ARCHIVE = """
CREATE TABLE notes (
    id INTEGER PRIMARY KEY,
    paper_id TEXT NOT NULL REFERENCES papers (id) ON DELETE CASCADE ON UPDATE CASCADE,
    author TEXT NOT NULL,
    text TEXT NOT NULL,
    origin TEXT NOT NULL,
    written_at TEXT NOT NULL
) STRICT;
CREATE INDEX notes_by_paper ON notes (paper_id);
CREATE TABLE titles (
    paper_id TEXT NOT NULL REFERENCES papers (id) ON DELETE CASCADE ON UPDATE CASCADE,
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (paper_id, language)
) STRICT;
CREATE TABLE extras (
    paper_id TEXT NOT NULL REFERENCES papers (id) ON DELETE CASCADE ON UPDATE CASCADE,
    origin TEXT NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    url TEXT NOT NULL,
    PRIMARY KEY (paper_id, origin, position)
) STRICT;
CREATE TABLE archive_digests (
    style TEXT NOT NULL,
    period TEXT NOT NULL,
    edition INTEGER NOT NULL,
    language TEXT NOT NULL,
    maker TEXT NOT NULL,
    made_on TEXT NOT NULL,
    trends TEXT NOT NULL,
    source TEXT NOT NULL,
    imported_at TEXT NOT NULL,
    PRIMARY KEY (style, period, edition)
) STRICT;
CREATE TABLE archive_entries (
    style TEXT NOT NULL,
    period TEXT NOT NULL,
    edition INTEGER NOT NULL,
    position INTEGER NOT NULL,
    paper_id TEXT NOT NULL REFERENCES papers (id) ON DELETE CASCADE ON UPDATE CASCADE,
    content TEXT NOT NULL,
    PRIMARY KEY (style, period, edition, position),
    FOREIGN KEY (style, period, edition)
        REFERENCES archive_digests (style, period, edition) ON DELETE CASCADE
) STRICT;
CREATE INDEX archive_entries_by_paper ON archive_entries (paper_id);
"""

RELATIONS = """
CREATE TABLE relations (
    paper_id TEXT NOT NULL REFERENCES papers (id) ON DELETE CASCADE ON UPDATE CASCADE,
    other_id TEXT NOT NULL REFERENCES papers (id) ON DELETE CASCADE ON UPDATE CASCADE,
    score REAL NOT NULL,
    strong INTEGER NOT NULL,
    new_words TEXT NOT NULL,
    PRIMARY KEY (paper_id, other_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX relations_by_other ON relations (other_id);
"""
