"""What Paperboy keeps: one database, reached through one module for each group of tables.

All SQL lives here, written once for SQLite and PostgreSQL; what they say differently stands in a
folder each. Records are frozen dataclasses; times are aware UTC datetimes in Python and ISO 8601
text in the database. This room imports nothing of ours.
"""

from storage.archive import (
    ArchiveDigest,
    ArchivedPaper,
    ArchiveEdition,
    ArchiveEntry,
    ArchivePart,
    Extra,
)
from storage.connections import pause_after
from storage.database import Storage, carry_over, is_server, open_storage, shown
from storage.deliveries import PROMISED
from storage.delivery_record import Delivery, DeliveryState, Plainness
from storage.digests import Digest
from storage.errors import (
    AlreadyExistsError,
    DatabaseBusyError,
    DatabaseClosedError,
    DatabaseUnusableError,
    NewerSchemaError,
    StorageError,
    Trouble,
)
from storage.figures import ModelUse
from storage.forgetting import Forgotten
from storage.fulltexts import Fulltext, Passage
from storage.incidents import Incident
from storage.leases import Leases
from storage.library import SavedPaper, Sign
from storage.listings import Listing, ListingDay, ListingEntry, SourceRead
from storage.members import Member
from storage.model_calls import ModelCall
from storage.model_limits import Reserved
from storage.news import PaperNews
from storage.notes import Note
from storage.paper_filter import PaperFilter
from storage.papers import Paper
from storage.problems import ChannelProblem
from storage.questions import Question, QuestionState
from storage.relations import Relation
from storage.runs import Run, RunState
from storage.scope import SINGLE_TEAM, WHOLE_TEAM, is_direct
from storage.search import StoredVector
from storage.subscriptions import Subscription
from storage.summaries import Highlight, Section, Summary, member_maker, member_of
from storage.threads import Thread, Turn
from storage.times import LONGEST_WAIT
from storage.transfer import NotEmptyError, Step
from storage.week_texts import ToldSentence, ToldWeek
from storage.words import MOST_SCORED, IndexedText
from storage.workspaces import Workspace

__all__ = [
    "LONGEST_WAIT",
    "MOST_SCORED",
    "PROMISED",
    "SINGLE_TEAM",
    "WHOLE_TEAM",
    "AlreadyExistsError",
    "ArchiveDigest",
    "ArchiveEdition",
    "ArchiveEntry",
    "ArchivePart",
    "ArchivedPaper",
    "ChannelProblem",
    "DatabaseBusyError",
    "DatabaseClosedError",
    "DatabaseUnusableError",
    "Delivery",
    "DeliveryState",
    "Digest",
    "Extra",
    "Forgotten",
    "Fulltext",
    "Highlight",
    "Incident",
    "IndexedText",
    "Leases",
    "Listing",
    "ListingDay",
    "ListingEntry",
    "Member",
    "ModelCall",
    "ModelUse",
    "NewerSchemaError",
    "NotEmptyError",
    "Note",
    "Paper",
    "PaperFilter",
    "PaperNews",
    "Passage",
    "Plainness",
    "Question",
    "QuestionState",
    "Relation",
    "Reserved",
    "Run",
    "RunState",
    "SavedPaper",
    "Section",
    "Sign",
    "SourceRead",
    "Step",
    "Storage",
    "StorageError",
    "StoredVector",
    "Subscription",
    "Summary",
    "Thread",
    "ToldSentence",
    "ToldWeek",
    "Trouble",
    "Turn",
    "Workspace",
    "carry_over",
    "is_direct",
    "is_server",
    "member_maker",
    "member_of",
    "open_storage",
    "pause_after",
    "shown",
]
