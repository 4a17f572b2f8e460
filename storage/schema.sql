-- Every table of a Paperboy database. What is changed after a release is a step of its own in
-- migrations.py. Times are ISO 8601 texts in UTC; lists and records are JSON.

-- Papers, their abstracts by language, and the listings that brought them.
CREATE TABLE papers (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    authors TEXT NOT NULL DEFAULT '[]',
    organization TEXT,
    published TEXT,
    version INTEGER,
    categories TEXT NOT NULL DEFAULT '[]',
    votes INTEGER NOT NULL DEFAULT 0,
    comments INTEGER NOT NULL DEFAULT 0,
    code_url TEXT,
    code_stars INTEGER,
    project_url TEXT,
    thumbnail_url TEXT,
    ai_summary TEXT,
    keywords TEXT NOT NULL DEFAULT '[]',
    withdrawn_at TEXT,
    first_seen TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;
CREATE TABLE abstracts (
    paper_id TEXT NOT NULL REFERENCES papers (id) ON DELETE CASCADE ON UPDATE CASCADE,
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    origin TEXT NOT NULL,
    PRIMARY KEY (paper_id, language)
) STRICT;
CREATE TABLE listings (
    source TEXT NOT NULL,
    date TEXT NOT NULL,
    settled INTEGER NOT NULL DEFAULT 0,
    unreadable INTEGER NOT NULL DEFAULT 0,
    quiet TEXT,
    first_read TEXT NOT NULL,
    last_read TEXT NOT NULL,
    PRIMARY KEY (source, date)
) STRICT;
CREATE INDEX listings_by_date ON listings (date);
CREATE TABLE listing_papers (
    source TEXT NOT NULL,
    date TEXT NOT NULL,
    paper_id TEXT NOT NULL REFERENCES papers (id) ON DELETE CASCADE ON UPDATE CASCADE,
    rank INTEGER NOT NULL,
    votes INTEGER NOT NULL,
    first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL,
    PRIMARY KEY (source, date, paper_id),
    FOREIGN KEY (source, date) REFERENCES listings (source, date) ON DELETE CASCADE
) STRICT;
CREATE INDEX listing_papers_by_date ON listing_papers (date);
CREATE INDEX listing_papers_by_paper ON listing_papers (paper_id);
CREATE TABLE source_reads (
    source TEXT PRIMARY KEY,
    tried_at TEXT NOT NULL,
    succeeded_at TEXT,
    problem TEXT,
    failing_since TEXT
) STRICT;

-- Full texts as passages, summaries, and a row for each model call.
CREATE TABLE fulltexts (
    paper_id TEXT NOT NULL REFERENCES papers (id) ON DELETE CASCADE ON UPDATE CASCADE,
    version INTEGER NOT NULL,
    origin TEXT NOT NULL,
    problem TEXT,
    figure_url TEXT,
    figure_caption TEXT,
    front TEXT NOT NULL,
    fetched_at TEXT NOT NULL,
    PRIMARY KEY (paper_id, version)
) STRICT;
CREATE TABLE passages (
    -- Never used again: what is made of a passage must not end up at another one.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    paper_id TEXT NOT NULL REFERENCES papers (id) ON DELETE CASCADE ON UPDATE CASCADE,
    ordinal INTEGER NOT NULL,
    kind TEXT NOT NULL,
    section TEXT NOT NULL,
    anchor TEXT,
    page INTEGER,
    text TEXT NOT NULL,
    UNIQUE (paper_id, ordinal)
) STRICT;
CREATE TABLE summaries (
    id INTEGER PRIMARY KEY,
    paper_id TEXT NOT NULL REFERENCES papers (id) ON DELETE CASCADE ON UPDATE CASCADE,
    language TEXT NOT NULL,
    maker TEXT NOT NULL,
    prompt_hash TEXT NOT NULL,
    basis TEXT NOT NULL,
    content TEXT NOT NULL,
    problem TEXT,
    made_at TEXT NOT NULL,
    UNIQUE (paper_id, language, maker, prompt_hash)
) STRICT;
CREATE TABLE model_calls (
    id INTEGER PRIMARY KEY,
    purpose TEXT NOT NULL,
    model_asked TEXT NOT NULL,
    model_served TEXT,
    prompt_hash TEXT NOT NULL,
    input_tokens INTEGER NOT NULL DEFAULT 0,
    cached_tokens INTEGER NOT NULL DEFAULT 0,
    output_tokens INTEGER NOT NULL DEFAULT 0,
    milliseconds INTEGER NOT NULL,
    cost_usd REAL,
    outcome TEXT NOT NULL,
    called_at TEXT NOT NULL
) STRICT;
CREATE INDEX model_calls_by_time ON model_calls (called_at);
CREATE TABLE model_holds (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    owner TEXT NOT NULL,
    most_usd REAL NOT NULL,
    begun_at TEXT NOT NULL,
    held_until TEXT NOT NULL
) STRICT;
CREATE INDEX model_holds_by_kind ON model_holds (kind, begun_at);

-- Titles in other languages; for each paper, the earlier ones that are nearest to it.
CREATE TABLE titles (
    paper_id TEXT NOT NULL REFERENCES papers (id) ON DELETE CASCADE ON UPDATE CASCADE,
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (paper_id, language)
) STRICT;
CREATE TABLE relations (
    paper_id TEXT NOT NULL REFERENCES papers (id) ON DELETE CASCADE ON UPDATE CASCADE,
    other_id TEXT NOT NULL REFERENCES papers (id) ON DELETE CASCADE ON UPDATE CASCADE,
    score REAL NOT NULL,
    strong INTEGER NOT NULL,
    new_words TEXT NOT NULL,
    PRIMARY KEY (paper_id, other_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX relations_by_other ON relations (other_id);

-- The search index: what is indexed of papers, and vectors with their model. The words stand in
-- words.sql of each database.
CREATE TABLE indexed_papers (
    doc INTEGER PRIMARY KEY,
    paper_id TEXT NOT NULL UNIQUE
        REFERENCES papers (id) ON DELETE CASCADE ON UPDATE CASCADE,
    content_hash TEXT NOT NULL,
    day TEXT
) STRICT;
CREATE INDEX indexed_papers_by_day ON indexed_papers (day);
CREATE TABLE paper_vectors (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    paper_id TEXT NOT NULL REFERENCES papers (id) ON DELETE CASCADE ON UPDATE CASCADE,
    model TEXT NOT NULL,
    dimension INTEGER NOT NULL,
    content_hash TEXT NOT NULL,
    vector BLOB NOT NULL,
    UNIQUE (paper_id, model)
) STRICT;
CREATE TABLE passage_vectors (
    passage_id INTEGER NOT NULL REFERENCES passages (id) ON DELETE CASCADE,
    model TEXT NOT NULL,
    dimension INTEGER NOT NULL,
    vector BLOB NOT NULL,
    PRIMARY KEY (passage_id, model)
) STRICT, WITHOUT ROWID;
-- When something last happened.
CREATE TABLE moments (
    name TEXT PRIMARY KEY,
    at TEXT NOT NULL
) STRICT;

-- From here on each row belongs to a team. Subscriptions, digests with their numbered papers, and
-- the outbox; then threads, turns said in them, questions, events, members; then what members
-- saved, wrote and imported.
CREATE TABLE subscriptions (
    team TEXT NOT NULL,
    channel TEXT NOT NULL,
    sources TEXT NOT NULL,
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
    weekly INTEGER,
    learned_since TEXT,
    changed_at TEXT NOT NULL,
    PRIMARY KEY (team, channel)
) STRICT;
CREATE TABLE digests (
    id INTEGER PRIMARY KEY,
    team TEXT NOT NULL,
    channel TEXT NOT NULL,
    kind TEXT NOT NULL,
    period TEXT NOT NULL,
    language TEXT NOT NULL,
    style TEXT NOT NULL,
    entries INTEGER NOT NULL,
    listed INTEGER NOT NULL,
    hidden INTEGER NOT NULL DEFAULT 0,
    left_out INTEGER NOT NULL DEFAULT 0,
    ranked_by TEXT NOT NULL DEFAULT '[]',
    planned_at TEXT NOT NULL,
    chosen_at TEXT NOT NULL,
    UNIQUE (team, id),
    UNIQUE (team, channel, kind, period)
) STRICT;
CREATE TABLE digest_papers (
    team TEXT NOT NULL,
    digest_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    paper_id TEXT NOT NULL REFERENCES papers (id) ON DELETE CASCADE ON UPDATE CASCADE,
    PRIMARY KEY (team, digest_id, number),
    FOREIGN KEY (team, digest_id) REFERENCES digests (team, id) ON DELETE CASCADE
) STRICT;
CREATE TABLE digest_listings (
    team TEXT NOT NULL,
    digest_id INTEGER NOT NULL,
    source TEXT NOT NULL,
    date TEXT NOT NULL,
    PRIMARY KEY (team, digest_id, source, date),
    FOREIGN KEY (team, digest_id) REFERENCES digests (team, id) ON DELETE CASCADE
) STRICT;
CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY,
    team TEXT NOT NULL,
    key TEXT NOT NULL,
    digest_id INTEGER,
    parent_id INTEGER,
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
    asked_by TEXT,
    awaited_until TEXT,
    UNIQUE (team, id),
    UNIQUE (team, key),
    FOREIGN KEY (team, digest_id) REFERENCES digests (team, id) ON DELETE CASCADE,
    FOREIGN KEY (team, parent_id) REFERENCES deliveries (team, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX deliveries_open ON deliveries (team, state, channel, id);
CREATE INDEX deliveries_by_digest ON deliveries (team, digest_id);
CREATE INDEX deliveries_by_channel ON deliveries (team, channel, posted_at);
CREATE INDEX deliveries_by_parent ON deliveries (team, parent_id);
CREATE INDEX deliveries_edits ON deliveries (team, id) WHERE edit IS NOT NULL;
CREATE TABLE runs (
    team TEXT NOT NULL,
    channel TEXT NOT NULL,
    due TEXT NOT NULL,
    state TEXT NOT NULL,
    outcome TEXT,
    next_try TEXT,
    lease_owner TEXT,
    lease_until TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    asked INTEGER NOT NULL DEFAULT 0,
    begun_at TEXT NOT NULL,
    ended_at TEXT,
    PRIMARY KEY (team, channel, due)
) STRICT;
CREATE TABLE channel_problems (
    team TEXT NOT NULL,
    channel TEXT NOT NULL,
    code TEXT NOT NULL,
    detail TEXT NOT NULL,
    since TEXT NOT NULL,
    told_at TEXT,
    PRIMARY KEY (team, channel)
) STRICT;
CREATE TABLE paper_news (
    team TEXT NOT NULL,
    channel TEXT NOT NULL,
    thread_ts TEXT NOT NULL,
    paper_id TEXT NOT NULL REFERENCES papers (id) ON DELETE CASCADE ON UPDATE CASCADE,
    version INTEGER,
    code_url TEXT,
    withdrawn INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (team, channel, thread_ts)
) STRICT;
CREATE TABLE threads (
    team TEXT NOT NULL,
    channel TEXT NOT NULL,
    ts TEXT NOT NULL,
    kind TEXT NOT NULL,
    paper_id TEXT REFERENCES papers (id) ON DELETE CASCADE ON UPDATE CASCADE,
    digest_id INTEGER,
    opened_at TEXT NOT NULL,
    PRIMARY KEY (team, channel, ts),
    FOREIGN KEY (team, digest_id) REFERENCES digests (team, id) ON DELETE CASCADE
) STRICT;
CREATE TABLE turns (
    id INTEGER PRIMARY KEY,
    team TEXT NOT NULL,
    channel TEXT NOT NULL,
    thread_ts TEXT NOT NULL,
    ts TEXT NOT NULL,
    speaker TEXT NOT NULL,
    text TEXT NOT NULL,
    paper_ids TEXT NOT NULL DEFAULT '[]',
    said_at TEXT NOT NULL,
    UNIQUE (team, id),
    UNIQUE (team, channel, ts)
) STRICT;
CREATE INDEX turns_by_thread ON turns (team, channel, thread_ts, id);
CREATE TABLE early_messages (
    team TEXT NOT NULL,
    channel TEXT NOT NULL,
    ts TEXT NOT NULL,
    thread_ts TEXT NOT NULL,
    member TEXT NOT NULL,
    message TEXT NOT NULL,
    heard_at TEXT NOT NULL,
    PRIMARY KEY (team, channel, ts)
) STRICT;
CREATE TABLE questions (
    id INTEGER PRIMARY KEY,
    team TEXT NOT NULL,
    key TEXT NOT NULL,
    channel TEXT NOT NULL,
    thread_ts TEXT NOT NULL,
    ts TEXT NOT NULL,
    member TEXT NOT NULL,
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
    UNIQUE (team, id),
    UNIQUE (team, key)
) STRICT;
CREATE INDEX questions_open ON questions (team, state, id);
CREATE INDEX questions_of_thread ON questions (team, channel, thread_ts, id);
CREATE TABLE feedback (
    team TEXT NOT NULL,
    question_id INTEGER NOT NULL,
    member TEXT NOT NULL,
    value TEXT NOT NULL,
    given_at TEXT NOT NULL,
    PRIMARY KEY (team, question_id, member),
    FOREIGN KEY (team, question_id) REFERENCES questions (team, id) ON DELETE CASCADE
) STRICT;
CREATE TABLE events (
    team TEXT NOT NULL,
    id TEXT NOT NULL,
    seen_at TEXT,
    PRIMARY KEY (team, id)
) STRICT;
CREATE TABLE members (
    team TEXT NOT NULL,
    member TEXT NOT NULL,
    language TEXT,
    chosen_language TEXT,
    timezone TEXT,
    read_at TEXT,
    PRIMARY KEY (team, member)
) STRICT;
CREATE TABLE saved_papers (
    team TEXT NOT NULL,
    member TEXT NOT NULL,
    paper_id TEXT NOT NULL REFERENCES papers (id) ON DELETE CASCADE ON UPDATE CASCADE,
    saved_at TEXT NOT NULL,
    read_at TEXT,
    PRIMARY KEY (team, member, paper_id)
) STRICT;
CREATE TABLE signals (
    team TEXT NOT NULL,
    channel TEXT NOT NULL,
    member TEXT NOT NULL,
    paper_id TEXT NOT NULL REFERENCES papers (id) ON DELETE CASCADE ON UPDATE CASCADE,
    kind TEXT NOT NULL,
    given_at TEXT NOT NULL,
    PRIMARY KEY (team, channel, member, paper_id, kind)
) STRICT;
CREATE TABLE notes (
    id INTEGER PRIMARY KEY,
    team TEXT NOT NULL,
    place TEXT NOT NULL DEFAULT '',
    paper_id TEXT NOT NULL REFERENCES papers (id) ON DELETE CASCADE ON UPDATE CASCADE,
    author TEXT NOT NULL,
    text TEXT NOT NULL,
    origin TEXT NOT NULL,
    written_at TEXT NOT NULL,
    UNIQUE (team, id)
) STRICT;
CREATE INDEX notes_by_paper ON notes (team, paper_id);
CREATE TABLE archive_digests (
    team TEXT NOT NULL,
    style TEXT NOT NULL,
    period TEXT NOT NULL,
    edition INTEGER NOT NULL,
    language TEXT NOT NULL,
    maker TEXT NOT NULL,
    made_on TEXT NOT NULL,
    texts TEXT NOT NULL,
    source TEXT NOT NULL,
    original BLOB NOT NULL,
    written_at TEXT,
    imported_at TEXT NOT NULL,
    PRIMARY KEY (team, style, period, edition)
) STRICT;
CREATE TABLE archive_entries (
    team TEXT NOT NULL,
    style TEXT NOT NULL,
    period TEXT NOT NULL,
    edition INTEGER NOT NULL,
    position INTEGER NOT NULL,
    paper_id TEXT NOT NULL REFERENCES papers (id) ON DELETE CASCADE ON UPDATE CASCADE,
    content TEXT NOT NULL,
    PRIMARY KEY (team, style, period, edition, position),
    FOREIGN KEY (team, style, period, edition)
        REFERENCES archive_digests (team, style, period, edition) ON DELETE CASCADE
) STRICT;
CREATE INDEX archive_entries_by_paper ON archive_entries (paper_id);
CREATE INDEX archive_digests_by_source ON archive_digests (team, source);
CREATE TABLE extras (
    team TEXT NOT NULL,
    paper_id TEXT NOT NULL REFERENCES papers (id) ON DELETE CASCADE ON UPDATE CASCADE,
    origin TEXT NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    url TEXT NOT NULL,
    PRIMARY KEY (team, paper_id, origin, position)
) STRICT;
CREATE TABLE incidents (
    id INTEGER PRIMARY KEY,
    team TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL DEFAULT '',
    began_at TEXT NOT NULL,
    ended_at TEXT,
    UNIQUE (team, id)
) STRICT;
CREATE UNIQUE INDEX incidents_open ON incidents (team, kind, subject) WHERE ended_at IS NULL;
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
    UNIQUE (team, id),
    UNIQUE (team, place, paper_id, language, author)
) STRICT;

-- The words of notes and corrections, apart from the index that all teams share.
CREATE TABLE member_texts (
    doc INTEGER PRIMARY KEY,
    team TEXT NOT NULL,
    note_id INTEGER,
    correction_id INTEGER,
    UNIQUE (team, doc),
    UNIQUE (team, note_id),
    UNIQUE (team, correction_id),
    FOREIGN KEY (team, note_id) REFERENCES notes (team, id) ON DELETE CASCADE,
    FOREIGN KEY (team, correction_id) REFERENCES corrections (team, id) ON DELETE CASCADE
) STRICT;
CREATE TABLE week_texts (
    team TEXT NOT NULL,
    basis TEXT NOT NULL,
    paragraphs TEXT NOT NULL,
    maker TEXT NOT NULL,
    verified_by TEXT NOT NULL,
    made_at TEXT NOT NULL,
    PRIMARY KEY (team, basis)
) STRICT;
-- Workspaces that installed Paperboy.
CREATE TABLE workspaces (
    team TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    installed_by TEXT,
    installed_at TEXT NOT NULL,
    removed_at TEXT
) STRICT;
CREATE TABLE tokens (
    team TEXT PRIMARY KEY,
    client_id TEXT NOT NULL,
    token TEXT NOT NULL
) STRICT;
