"""The statements of ``m014_teams``: every row that a team owns says which team that is.

Tables are made anew, children dropped before their parents, so that no row is lost to a cascade.
"""

from collections.abc import Iterator

from sqlite_utils import Database

# In the order in which they are filled: a table comes after those it refers to.
TEAM_TABLES = (
    "subscriptions",
    "digests",
    "digest_papers",
    "deliveries",
    "runs",
    "channel_problems",
    "paper_news",
    "threads",
    "turns",
    "early_messages",
    "questions",
    "feedback",
    "events",
    "members",
    "saved_papers",
    "signals",
    "notes",
    "archive_digests",
    "archive_entries",
    "extras",
    "incidents",
)

_TABLES = """
CREATE TABLE subscriptions_new (
    team TEXT NOT NULL,
    channel TEXT NOT NULL,
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
    changed_at TEXT NOT NULL,
    PRIMARY KEY (team, channel)
) STRICT;
CREATE TABLE digests_new (
    id INTEGER PRIMARY KEY,
    team TEXT NOT NULL,
    channel TEXT NOT NULL,
    kind TEXT NOT NULL,
    period TEXT NOT NULL,
    language TEXT NOT NULL,
    style TEXT NOT NULL,
    entries INTEGER NOT NULL,
    listed INTEGER NOT NULL,
    planned_at TEXT NOT NULL,
    UNIQUE (team, channel, kind, period)
) STRICT;
CREATE TABLE digest_papers_new (
    team TEXT NOT NULL,
    digest_id INTEGER NOT NULL REFERENCES digests_new (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    paper_id TEXT NOT NULL REFERENCES papers (id) ON DELETE CASCADE ON UPDATE CASCADE,
    PRIMARY KEY (digest_id, number)
) STRICT;
CREATE TABLE deliveries_new (
    id INTEGER PRIMARY KEY,
    team TEXT NOT NULL,
    key TEXT NOT NULL,
    digest_id INTEGER REFERENCES digests_new (id) ON DELETE CASCADE,
    parent_id INTEGER REFERENCES deliveries_new (id) ON DELETE CASCADE,
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
    out_at TEXT,
    degraded INTEGER NOT NULL DEFAULT 0,
    edit TEXT,
    edit_try TEXT,
    edit_attempts INTEGER NOT NULL DEFAULT 0,
    UNIQUE (team, key)
) STRICT;
CREATE TABLE runs_new (
    team TEXT NOT NULL,
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
    PRIMARY KEY (team, channel, due)
) STRICT;
CREATE TABLE channel_problems_new (
    team TEXT NOT NULL,
    channel TEXT NOT NULL,
    code TEXT NOT NULL,
    detail TEXT NOT NULL,
    since TEXT NOT NULL,
    told_at TEXT,
    PRIMARY KEY (team, channel)
) STRICT;
CREATE TABLE paper_news_new (
    team TEXT NOT NULL,
    channel TEXT NOT NULL,
    thread_ts TEXT NOT NULL,
    paper_id TEXT NOT NULL REFERENCES papers (id) ON DELETE CASCADE ON UPDATE CASCADE,
    version INTEGER,
    code_url TEXT,
    withdrawn INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (team, channel, thread_ts)
) STRICT;
CREATE TABLE threads_new (
    team TEXT NOT NULL,
    channel TEXT NOT NULL,
    ts TEXT NOT NULL,
    kind TEXT NOT NULL,
    paper_id TEXT REFERENCES papers (id) ON DELETE CASCADE ON UPDATE CASCADE,
    digest_id INTEGER REFERENCES digests_new (id) ON DELETE CASCADE,
    opened_at TEXT NOT NULL,
    PRIMARY KEY (team, channel, ts)
) STRICT;
CREATE TABLE turns_new (
    id INTEGER PRIMARY KEY,
    team TEXT NOT NULL,
    channel TEXT NOT NULL,
    thread_ts TEXT NOT NULL,
    ts TEXT NOT NULL,
    speaker TEXT NOT NULL,
    text TEXT NOT NULL,
    paper_ids TEXT NOT NULL DEFAULT '[]',
    said_at TEXT NOT NULL,
    UNIQUE (team, channel, ts)
) STRICT;
CREATE TABLE early_messages_new (
    team TEXT NOT NULL,
    channel TEXT NOT NULL,
    ts TEXT NOT NULL,
    thread_ts TEXT NOT NULL,
    user TEXT NOT NULL,
    message TEXT NOT NULL,
    heard_at TEXT NOT NULL,
    PRIMARY KEY (team, channel, ts)
) STRICT;
CREATE TABLE questions_new (
    id INTEGER PRIMARY KEY,
    team TEXT NOT NULL,
    key TEXT NOT NULL,
    channel TEXT NOT NULL,
    thread_ts TEXT NOT NULL,
    ts TEXT NOT NULL,
    user TEXT NOT NULL,
    asker_team TEXT,
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
    answered_at TEXT,
    UNIQUE (team, key)
) STRICT;
CREATE TABLE feedback_new (
    team TEXT NOT NULL,
    question_id INTEGER NOT NULL REFERENCES questions_new (id) ON DELETE CASCADE,
    user TEXT NOT NULL,
    value TEXT NOT NULL,
    given_at TEXT NOT NULL,
    PRIMARY KEY (question_id, user)
) STRICT;
CREATE TABLE events_new (
    team TEXT NOT NULL,
    id TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    PRIMARY KEY (team, id)
) STRICT;
CREATE TABLE members_new (
    team TEXT NOT NULL,
    user TEXT NOT NULL,
    language TEXT,
    chosen_language TEXT,
    timezone TEXT,
    read_at TEXT,
    PRIMARY KEY (team, user)
) STRICT;
CREATE TABLE saved_papers_new (
    team TEXT NOT NULL,
    user TEXT NOT NULL,
    paper_id TEXT NOT NULL REFERENCES papers (id) ON DELETE CASCADE ON UPDATE CASCADE,
    saved_at TEXT NOT NULL,
    read_at TEXT,
    PRIMARY KEY (team, user, paper_id)
) STRICT;
CREATE TABLE signals_new (
    team TEXT NOT NULL,
    channel TEXT NOT NULL,
    user TEXT NOT NULL,
    paper_id TEXT NOT NULL REFERENCES papers (id) ON DELETE CASCADE ON UPDATE CASCADE,
    kind TEXT NOT NULL,
    given_at TEXT NOT NULL,
    PRIMARY KEY (team, channel, user, paper_id, kind)
) STRICT;
CREATE TABLE notes_new (
    id INTEGER PRIMARY KEY,
    team TEXT NOT NULL,
    place TEXT NOT NULL DEFAULT '',
    paper_id TEXT NOT NULL REFERENCES papers (id) ON DELETE CASCADE ON UPDATE CASCADE,
    author TEXT NOT NULL,
    text TEXT NOT NULL,
    origin TEXT NOT NULL,
    written_at TEXT NOT NULL
) STRICT;
CREATE TABLE archive_digests_new (
    team TEXT NOT NULL,
    style TEXT NOT NULL,
    period TEXT NOT NULL,
    edition INTEGER NOT NULL,
    language TEXT NOT NULL,
    maker TEXT NOT NULL,
    made_on TEXT NOT NULL,
    trends TEXT NOT NULL,
    source TEXT NOT NULL,
    imported_at TEXT NOT NULL,
    PRIMARY KEY (team, style, period, edition)
) STRICT;
CREATE TABLE archive_entries_new (
    team TEXT NOT NULL,
    style TEXT NOT NULL,
    period TEXT NOT NULL,
    edition INTEGER NOT NULL,
    position INTEGER NOT NULL,
    paper_id TEXT NOT NULL REFERENCES papers (id) ON DELETE CASCADE ON UPDATE CASCADE,
    content TEXT NOT NULL,
    PRIMARY KEY (team, style, period, edition, position),
    FOREIGN KEY (team, style, period, edition)
        REFERENCES archive_digests_new (team, style, period, edition) ON DELETE CASCADE
) STRICT;
CREATE TABLE extras_new (
    team TEXT NOT NULL,
    paper_id TEXT NOT NULL REFERENCES papers (id) ON DELETE CASCADE ON UPDATE CASCADE,
    origin TEXT NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    url TEXT NOT NULL,
    PRIMARY KEY (team, paper_id, origin, position)
) STRICT;
CREATE TABLE incidents_new (
    id INTEGER PRIMARY KEY,
    team TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL DEFAULT '',
    began_at TEXT NOT NULL,
    ended_at TEXT
) STRICT
"""

# Corrections leave the summaries, which belong to nobody. Words of notes and corrections leave the
# index that all teams share: such papers are indexed anew at the next start.
_AFTERWARDS = """
CREATE INDEX deliveries_open ON deliveries (team, state, channel, id);
CREATE INDEX deliveries_by_digest ON deliveries (digest_id);
CREATE INDEX deliveries_by_channel ON deliveries (team, channel, posted_at);
CREATE INDEX deliveries_by_parent ON deliveries (parent_id);
CREATE INDEX deliveries_edits ON deliveries (team, id) WHERE edit IS NOT NULL;
CREATE INDEX turns_by_thread ON turns (team, channel, thread_ts, id);
CREATE INDEX questions_open ON questions (team, state, id);
CREATE UNIQUE INDEX incidents_open ON incidents (team, kind, subject) WHERE ended_at IS NULL;
CREATE INDEX notes_by_paper ON notes (team, paper_id);
CREATE INDEX archive_entries_by_paper ON archive_entries (paper_id);
CREATE TABLE corrections (
    id INTEGER PRIMARY KEY,
    team TEXT NOT NULL,
    place TEXT NOT NULL,
    paper_id TEXT NOT NULL REFERENCES papers (id) ON DELETE CASCADE ON UPDATE CASCADE,
    language TEXT NOT NULL,
    author TEXT NOT NULL,
    basis TEXT NOT NULL,
    content TEXT NOT NULL,
    made_at TEXT NOT NULL,
    UNIQUE (team, place, paper_id, language, author)
) STRICT;
INSERT INTO corrections (team, place, paper_id, language, author, basis, content, made_at)
    SELECT '', '', paper_id, language, substr(maker, 8), basis, content, made_at
    FROM summaries WHERE maker LIKE 'member:%' ORDER BY id;
DELETE FROM summaries WHERE maker LIKE 'member:%';
CREATE TABLE said (
    doc INTEGER PRIMARY KEY,
    note_id INTEGER UNIQUE REFERENCES notes (id) ON DELETE CASCADE,
    correction_id INTEGER UNIQUE REFERENCES corrections (id) ON DELETE CASCADE
) STRICT;
CREATE VIRTUAL TABLE said_text USING fts5 (text, tokenize = 'porter unicode61');
DELETE FROM indexed_papers WHERE paper_id IN (SELECT paper_id FROM notes)
    OR paper_id IN (SELECT paper_id FROM corrections);
CREATE TABLE workspaces (
    team TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    installed_by TEXT,
    installed_at TEXT NOT NULL,
    removed_at TEXT
) STRICT
"""

_SAID_GONE = (
    "CREATE TRIGGER said_gone AFTER DELETE ON said "
    "BEGIN DELETE FROM said_text WHERE rowid = old.doc; END"
)


def team_statements(db: Database) -> Iterator[str]:
    """The statements, one by one; what is there goes to the single team."""
    yield from _TABLES.split(";")
    for table in TEAM_TABLES:
        columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
        # A question's team was its asker's.
        names = ["asker_team" if one == "team" else one for one in columns]
        yield (
            f"INSERT INTO {table}_new (team, {', '.join(names)}) "
            f"SELECT '', {', '.join(columns)} FROM {table}"
        )
    yield from (f"DROP TABLE {table}" for table in reversed(TEAM_TABLES))
    yield from (f"ALTER TABLE {table}_new RENAME TO {table}" for table in TEAM_TABLES)
    yield from _AFTERWARDS.split(";")
    yield _SAID_GONE
