"""The schema's history: numbered, append-only, each step in its own transaction.

A released migration is never edited. Every table is made here and nowhere else.
"""

from sqlite_utils import Database, Migrations

from storage.archive_schema import ARCHIVE, RELATIONS
from storage.conversation_schema import CONVERSATIONS, EARLY_MESSAGES
from storage.delivery_schema import DELIVERY
from storage.library_schema import LIBRARY
from storage.operations_schema import OPERATIONS
from storage.team_schema import team_statements

migrations = Migrations("paperboy")


@migrations()
def m001_papers(db: Database) -> None:
    """Papers, their abstracts by language, and the listings that brought them."""
    _run(
        db,
        """
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
            date TEXT PRIMARY KEY,
            settled INTEGER NOT NULL DEFAULT 0,
            first_read TEXT NOT NULL,
            last_read TEXT NOT NULL
        ) STRICT;
        CREATE TABLE listing_papers (
            date TEXT NOT NULL REFERENCES listings (date) ON DELETE CASCADE,
            paper_id TEXT NOT NULL REFERENCES papers (id) ON DELETE CASCADE ON UPDATE CASCADE,
            rank INTEGER NOT NULL,
            votes INTEGER NOT NULL,
            first_seen TEXT NOT NULL,
            last_seen TEXT NOT NULL,
            PRIMARY KEY (date, paper_id)
        ) STRICT;
        CREATE INDEX listing_papers_by_paper ON listing_papers (paper_id);
        CREATE TABLE source_reads (
            source TEXT PRIMARY KEY,
            tried_at TEXT NOT NULL,
            succeeded_at TEXT,
            problem TEXT
        ) STRICT;
        """,
    )


@migrations()
def m002_summaries(db: Database) -> None:
    """Full texts as passages, summaries, and a row for each model call."""
    _run(
        db,
        """
        CREATE TABLE fulltexts (
            paper_id TEXT NOT NULL REFERENCES papers (id) ON DELETE CASCADE ON UPDATE CASCADE,
            version INTEGER NOT NULL,
            origin TEXT NOT NULL,
            problem TEXT,
            figure_url TEXT,
            figure_caption TEXT,
            fetched_at TEXT NOT NULL,
            PRIMARY KEY (paper_id, version)
        ) STRICT;
        CREATE TABLE passages (
            id INTEGER PRIMARY KEY,
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
        """,
    )


@migrations()
def m003_delivery(db: Database) -> None:
    """Subscriptions, digests with their numbered papers, and the outbox."""
    _run(db, DELIVERY)


@migrations()
def m004_conversations(db: Database) -> None:
    """Threads, turns said in them, questions with their answers, events seen, members."""
    _run(db, CONVERSATIONS)


@migrations()
def m005_search(db: Database) -> None:
    """The search index: words of papers and passages, and vectors with their model."""
    _run(
        db,
        """
        CREATE TABLE indexed_papers (
            doc INTEGER PRIMARY KEY,
            paper_id TEXT NOT NULL UNIQUE
                REFERENCES papers (id) ON DELETE CASCADE ON UPDATE CASCADE,
            content_hash TEXT NOT NULL
        ) STRICT;
        CREATE VIRTUAL TABLE paper_text USING fts5 (
            title, people, abstract, summary, tokenize = 'porter unicode61'
        );
        CREATE VIRTUAL TABLE paper_terms USING fts5vocab ('paper_text', 'row');
        CREATE VIRTUAL TABLE passage_text USING fts5 (text, tokenize = 'porter unicode61');
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
        """,
    )
    # Full-text tables know no foreign keys.
    db.execute(
        "CREATE TRIGGER indexed_paper_gone AFTER DELETE ON indexed_papers "
        "BEGIN DELETE FROM paper_text WHERE rowid = old.doc; END"
    )
    db.execute(
        "CREATE TRIGGER passage_gone AFTER DELETE ON passages "
        "BEGIN DELETE FROM passage_text WHERE rowid = old.id; END"
    )


@migrations()
def m006_archive(db: Database) -> None:
    """Notes, imported digests, and the titles, tables, figures and links they brought."""
    _run(db, ARCHIVE)


@migrations()
def m007_team(db: Database) -> None:
    """Saved papers, and signs of what a channel cares for."""
    _run(db, LIBRARY)


@migrations()
def m008_relations(db: Database) -> None:
    """For each paper, the earlier papers that are nearest to it."""
    _run(db, RELATIONS)


@migrations()
def m012_operations(db: Database) -> None:
    """What is wrong with the whole, when something last happened, since when a source fails."""
    _run(db, OPERATIONS)


@migrations()
def m013_early_messages(db: Database) -> None:
    """Messages heard in a thread before it is known whose thread that is."""
    _run(db, EARLY_MESSAGES)


@migrations()
def m014_teams(db: Database) -> None:
    """Every row that a team owns says which; what is there belongs to the single team."""
    for statement in team_statements(db):
        db.execute(statement)


@migrations()
def m015_days_and_weeks(db: Database) -> None:
    """When each indexed paper was seen, for filters on days; a channel's wish for the week."""
    day = (
        "coalesce((SELECT max(date) FROM listing_papers WHERE paper_id = indexed_papers.paper_id), "
        "(SELECT substr(published, 1, 10) FROM papers WHERE id = indexed_papers.paper_id))"
    )
    db.execute("ALTER TABLE indexed_papers ADD COLUMN day TEXT")
    db.execute(f"UPDATE indexed_papers SET day = {day}")
    db.execute("CREATE INDEX indexed_papers_by_day ON indexed_papers (day)")
    for name, change, paper in (
        ("indexed", "INSERT ON indexed_papers", "new.paper_id"),
        ("listed", "INSERT ON listing_papers", "new.paper_id"),
        ("relisted", "UPDATE OF paper_id ON listing_papers", "new.paper_id"),
        ("published", "UPDATE OF published ON papers", "new.id"),
    ):
        db.execute(
            f"CREATE TRIGGER {name}_paper_dated AFTER {change} BEGIN "
            f"UPDATE indexed_papers SET day = {day} WHERE paper_id = {paper}; END"
        )
    db.execute("ALTER TABLE subscriptions ADD COLUMN weekly INTEGER")


@migrations()
def m016_promises(db: Database) -> None:
    """Who asked for a message and until when they wait; how much of a listing is unreadable."""
    db.execute("ALTER TABLE deliveries ADD COLUMN asked_by TEXT")
    db.execute("ALTER TABLE deliveries ADD COLUMN awaited_until TEXT")
    db.execute("ALTER TABLE listings ADD COLUMN unreadable INTEGER NOT NULL DEFAULT 0")


def _run(db: Database, script: str) -> None:
    """Run the statements one by one: ``executescript`` would commit the transaction."""
    for statement in script.split(";"):
        if statement.strip():
            db.execute(statement)
