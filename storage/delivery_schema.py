"""The statements of ``m003_delivery``."""

DELIVERY = """
CREATE TABLE subscriptions (
    channel TEXT PRIMARY KEY,
    time TEXT NOT NULL,
    timezone TEXT NOT NULL,
    weekdays TEXT NOT NULL,
    language TEXT NOT NULL,
    style TEXT NOT NULL,
    layout TEXT NOT NULL,
    topics TEXT NOT NULL DEFAULT '[]',
    negative_topics TEXT NOT NULL DEFAULT '[]',
    count INTEGER NOT NULL,
    empty_day TEXT NOT NULL,
    late_papers TEXT NOT NULL,
    thread_policy TEXT NOT NULL,
    active INTEGER NOT NULL DEFAULT 1,
    subscribed_by TEXT,
    changed_at TEXT NOT NULL
) STRICT;
CREATE TABLE digests (
    id INTEGER PRIMARY KEY,
    channel TEXT NOT NULL,
    kind TEXT NOT NULL,
    period TEXT NOT NULL,
    language TEXT NOT NULL,
    style TEXT NOT NULL,
    entries INTEGER NOT NULL,
    listed INTEGER NOT NULL,
    planned_at TEXT NOT NULL,
    UNIQUE (channel, kind, period)
) STRICT;
CREATE TABLE digest_papers (
    digest_id INTEGER NOT NULL REFERENCES digests (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    paper_id TEXT NOT NULL REFERENCES papers (id) ON DELETE CASCADE ON UPDATE CASCADE,
    PRIMARY KEY (digest_id, number)
) STRICT;
CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    digest_id INTEGER REFERENCES digests (id) ON DELETE CASCADE,
    parent_id INTEGER REFERENCES deliveries (id) ON DELETE CASCADE,
    channel TEXT NOT NULL,
    kind TEXT NOT NULL,
    position INTEGER NOT NULL,
    thread_ts TEXT,
    paper_id TEXT,
    payload TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_try TEXT,
    reason TEXT,
    lease_owner TEXT,
    lease_until TEXT,
    ts TEXT,
    planned_at TEXT NOT NULL,
    renewed_at TEXT,
    posted_at TEXT,
    degraded INTEGER NOT NULL DEFAULT 0,
    edit TEXT,
    edit_try TEXT,
    edit_attempts INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX deliveries_open ON deliveries (state, channel, id);
CREATE INDEX deliveries_by_digest ON deliveries (digest_id);
CREATE INDEX deliveries_by_channel ON deliveries (channel, posted_at);
CREATE INDEX deliveries_by_parent ON deliveries (parent_id);
CREATE INDEX deliveries_edits ON deliveries (id) WHERE edit IS NOT NULL;
CREATE TABLE runs (
    channel TEXT NOT NULL,
    due TEXT NOT NULL,
    state TEXT NOT NULL,
    outcome TEXT,
    next_try TEXT,
    lease_owner TEXT,
    lease_until TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    begun_at TEXT NOT NULL,
    ended_at TEXT,
    PRIMARY KEY (channel, due)
) STRICT;
CREATE TABLE channel_problems (
    channel TEXT PRIMARY KEY,
    code TEXT NOT NULL,
    detail TEXT NOT NULL,
    since TEXT NOT NULL,
    told_at TEXT
) STRICT;
CREATE TABLE paper_news (
    channel TEXT NOT NULL,
    thread_ts TEXT NOT NULL,
    paper_id TEXT NOT NULL REFERENCES papers (id) ON DELETE CASCADE ON UPDATE CASCADE,
    version INTEGER,
    code_url TEXT,
    withdrawn INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (channel, thread_ts)
) STRICT;
"""
