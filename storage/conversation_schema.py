"""The statements of ``m004_conversations`` and ``m013_early_messages``."""

CONVERSATIONS = """
CREATE TABLE threads (
    channel TEXT NOT NULL,
    ts TEXT NOT NULL,
    kind TEXT NOT NULL,
    paper_id TEXT REFERENCES papers (id) ON DELETE CASCADE ON UPDATE CASCADE,
    digest_id INTEGER REFERENCES digests (id) ON DELETE CASCADE,
    opened_at TEXT NOT NULL,
    PRIMARY KEY (channel, ts)
) STRICT;
CREATE TABLE turns (
    id INTEGER PRIMARY KEY,
    channel TEXT NOT NULL,
    thread_ts TEXT NOT NULL,
    ts TEXT NOT NULL,
    speaker TEXT NOT NULL,
    text TEXT NOT NULL,
    paper_ids TEXT NOT NULL DEFAULT '[]',
    said_at TEXT NOT NULL,
    UNIQUE (channel, ts)
) STRICT;
CREATE INDEX turns_by_thread ON turns (channel, thread_ts, id);
CREATE TABLE questions (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    channel TEXT NOT NULL,
    thread_ts TEXT NOT NULL,
    ts TEXT NOT NULL,
    user TEXT NOT NULL,
    team TEXT,
    direct INTEGER NOT NULL DEFAULT 0,
    text TEXT NOT NULL,
    language TEXT NOT NULL,
    manner TEXT NOT NULL DEFAULT 'normal',
    state TEXT NOT NULL,
    lease_owner TEXT,
    lease_until TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    stopped INTEGER NOT NULL DEFAULT 0,
    paper_ids TEXT NOT NULL DEFAULT '[]',
    answer TEXT,
    answer_ts TEXT,
    asked_at TEXT NOT NULL,
    answered_at TEXT
) STRICT;
CREATE INDEX questions_open ON questions (state, id);
CREATE TABLE feedback (
    question_id INTEGER NOT NULL REFERENCES questions (id) ON DELETE CASCADE,
    user TEXT NOT NULL,
    value TEXT NOT NULL,
    given_at TEXT NOT NULL,
    PRIMARY KEY (question_id, user)
) STRICT;
CREATE TABLE events (
    id TEXT PRIMARY KEY,
    seen_at TEXT NOT NULL
) STRICT;
CREATE TABLE members (
    user TEXT PRIMARY KEY,
    language TEXT,
    chosen_language TEXT,
    timezone TEXT,
    read_at TEXT
) STRICT;
"""
EARLY_MESSAGES = """
CREATE TABLE early_messages (
    channel TEXT NOT NULL,
    ts TEXT NOT NULL,
    thread_ts TEXT NOT NULL,
    user TEXT NOT NULL,
    message TEXT NOT NULL,
    heard_at TEXT NOT NULL,
    PRIMARY KEY (channel, ts)
) STRICT;
"""
