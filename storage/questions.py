"""Questions: recorded before work on them starts, so that none is lost or answered twice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from storage.connections import Connections
from storage.leases import FREE, Leases, taken
from storage.records import TeamTable, as_json
from storage.times import is_over, to_text, waiting

_OPEN = f"(state = 'recorded' OR state = 'working' AND {is_over('lease_until')})"


class QuestionState(StrEnum):
    """recorded → working → answered, or failed; ``asking`` waits for the asker's choice."""

    RECORDED = "recorded"
    WORKING = "working"
    ASKING = "asking"
    ANSWERED = "answered"
    FAILED = "failed"


@dataclass(frozen=True)
class Question:
    """One question. ``key`` is the Slack event or message it came with; ``asker_team`` is the
    asker's own workspace; ``paper_ids`` are filled in once it is known what the question is about;
    ``manner`` is ``normal``, ``detailed`` or ``simple``; ``answer`` is the stored answer as JSON,
    which may be there before it is posted."""

    id: int
    key: str
    channel: str
    thread_ts: str
    ts: str
    user: str
    text: str
    language: str
    state: QuestionState
    asked_at: datetime
    attempts: int = 0
    asker_team: str | None = None
    direct: bool = False
    manner: str = "normal"
    paper_ids: tuple[str, ...] = ()
    answer: Mapping[str, Any] | None = None
    answer_ts: str | None = None
    answered_at: datetime | None = None


class Questions(TeamTable[Question]):
    """The tables ``questions`` and ``feedback`` of a team."""

    _table, _kind = "questions", Question

    def __init__(self, connections: Connections, team: str) -> None:
        super().__init__(connections, team)
        self.leases = Leases(connections, team, table="questions", state=QuestionState.WORKING)

    def record(
        self,
        *,
        key: str,
        channel: str,
        thread_ts: str,
        ts: str,
        user: str,
        text: str,
        language: str,
        now: datetime,
        asker_team: str | None = None,
        direct: bool = False,
        manner: str = "normal",
        paper_ids: Sequence[str] = (),
    ) -> int | None:
        """Record a question. Returns its id, or None when this key was recorded before."""
        values = {
            "team": self._team,
            "key": key,
            "channel": channel,
            "thread_ts": thread_ts,
            "ts": ts,
            "member": user,
            "asker_team": asker_team,
            "direct": int(direct),
            "text": text,
            "language": language,
            "manner": manner,
            "state": "recorded",
            "paper_ids": as_json(paper_ids),
            "asked_at": to_text(now),
        }
        return self._connections.add_numbered("questions", values)

    def get(self, question_id: int) -> Question | None:
        """The question with this id, or None."""
        return self._first("AND id = ?", question_id)

    def find(self, key: str) -> Question | None:
        """The question with this key, or None."""
        return self._first("AND key = ?", key)

    def last_answered(self, channel: str, thread_ts: str) -> Question | None:
        """The question of a thread that was answered last, or None."""
        return self._first(
            "AND channel = ? AND thread_ts = ? AND state = 'answered' ORDER BY id DESC LIMIT 1",
            channel,
            thread_ts,
        )

    def claim(
        self, question_id: int, *, owner: str, now: datetime, lease: timedelta
    ) -> Question | None:
        """Take a question to work on; None when it is done or another worker holds it."""
        with self._connections.transaction(durable=True):
            claimed = self._connections.execute(
                f"UPDATE questions SET state = 'working', {taken('questions')} "
                f"WHERE id = :id AND team = :team AND {_OPEN}",
                {
                    "owner": owner,
                    "until": to_text(now + lease),
                    "id": question_id,
                    "team": self._team,
                    **waiting(now),
                },
            )
            return self.get(question_id) if claimed else None

    def postpone(self, question_id: int, *, until: datetime) -> None:
        """Let go of a question until it may be tried again."""
        self._set(question_id, lease_owner=None, lease_until=to_text(until))

    def reword(self, question_id: int, text: str, language: str) -> bool:
        """Replace the text of a question, which is then to be answered anew; whoever works on it
        has to look whether it still reads the same. False when it was withdrawn or given up."""
        return bool(
            self._connections.execute(
                "UPDATE questions SET text = ?, language = ?, paper_ids = '[]', answer = NULL, "
                "answered_at = NULL, stopped = 0, "
                "attempts = CASE WHEN attempts > 1 THEN 1 ELSE attempts END, "
                "state = CASE state WHEN 'working' THEN 'working' ELSE 'recorded' END "
                "WHERE id = ? AND team = ? AND state != 'failed'",
                [text, language, question_id, self._team],
            )
        )

    def withdraw(self, question_id: int, *, now: datetime) -> None:
        """Close an unanswered question because its asker took it back."""
        self._connections.execute(
            f"UPDATE questions SET state = 'failed', answered_at = ?, {FREE} "
            "WHERE id = ? AND team = ? AND state != 'answered'",
            [to_text(now), question_id, self._team],
        )

    def stop(self, question_id: int) -> None:
        """Ask whoever works on the question to leave off."""
        self._set(question_id, stopped=1)

    def stop_thread(self, channel: str, thread_ts: str) -> None:
        """Ask whoever works on questions of a thread to leave off."""
        self._change(
            {"stopped": 1},
            "AND channel = ? AND thread_ts = ? AND state IN ('recorded', 'working')",
            channel,
            thread_ts,
        )

    def is_stopped(self, question_id: int) -> bool:
        """Whether the asker wants no answer any more, or had their data deleted."""
        row = self._connections.row(
            "SELECT stopped = 1 OR state = 'failed' FROM questions WHERE id = ? AND team = ?",
            [question_id, self._team],
        )
        return row is None or bool(row[0])

    def save_answer(self, question_id: int, answer: Mapping[str, Any]) -> None:
        """Keep an answer before it is posted, so that it needs no second making."""
        self._set(question_id, answer=as_json(answer))

    def save_feedback(self, question_id: int, user: str, value: str, *, now: datetime) -> None:
        """Remember what a member thinks of an answer; a later click replaces it."""
        self._connections.execute(
            "INSERT INTO feedback (team, question_id, member, value, given_at) "
            "SELECT team, id, ?, ?, ? FROM questions WHERE id = ? AND team = ? "
            "ON CONFLICT (team, question_id, member) DO UPDATE "
            "SET value = excluded.value, given_at = excluded.given_at",
            [user, value, to_text(now), question_id, self._team],
        )

    def set_papers(self, question_id: int, paper_ids: Sequence[str]) -> None:
        """Record which papers the question is about."""
        self._set(question_id, paper_ids=as_json(paper_ids))

    def set_answer_ts(self, question_id: int, ts: str) -> None:
        """Record the message in which the answer is being written."""
        self._set(question_id, answer_ts=ts)

    def ask_back(self, question_id: int) -> None:
        """Park the question until the asker has chosen a paper, unless they have done so since the
        menu was posted."""
        parked = {"state": "asking", "lease_owner": None, "lease_until": None}
        self._change(parked, "AND id = ? AND state = 'working'", question_id)

    def resume(self, question_id: int, paper_ids: Sequence[str]) -> bool:
        """Continue a parked question with the chosen papers; False when it has them already.

        The menu can be read before the parking is stored.
        """
        told = {"state": "recorded", "paper_ids": as_json(paper_ids)}
        waits = (
            "AND id = ? AND (state = 'asking' "
            "OR state = 'working' AND paper_ids = '[]' AND answer IS NULL)"
        )
        free = {"lease_owner": None, "lease_until": None}
        return bool(self._change({**told, **free}, waits, question_id))

    def answered(self, question_id: int, answer: Mapping[str, Any], *, now: datetime) -> None:
        """Store the answer and close the question."""
        self._set(
            question_id,
            state="answered",
            answer=as_json(answer),
            answered_at=to_text(now),
            lease_owner=None,
            lease_until=None,
        )

    def failed(self, question_id: int, *, now: datetime) -> None:
        """Close a question that cannot be answered (the channel is gone, say)."""
        self._set(question_id, state="failed", answered_at=to_text(now), lease_until=None)

    def unfinished(self, *, now: datetime) -> list[int]:
        """Ids of questions nobody works on although they are not answered, oldest first."""
        rows = self._connections.query(
            f"SELECT id FROM questions WHERE team = :team AND {_OPEN} ORDER BY id",
            {"team": self._team, **waiting(now)},
        )
        return [row["id"] for row in rows]

    def count(self) -> int:
        """How many questions the team has asked."""
        row = self._connections.row("SELECT count(*) FROM questions WHERE team = ?", [self._team])
        return int(row[0])

    def _set(self, question_id: int, **values: Any) -> None:
        self._change(values, "AND id = ?", question_id)
