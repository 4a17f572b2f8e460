"""Weeks in a model's words, each found again by what it was told from."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from storage.records import TeamTable, values_of
from storage.times import to_text


class ToldSentence(TypedDict):
    """A sentence, with the ids of the papers that it rests on."""

    text: str
    papers: list[str]


@dataclass(frozen=True)
class ToldWeek:
    """``basis`` is the hash of all that the model was told; ``paragraphs`` are made of sentences.
    ``verified_by`` names the model that verified them, and is empty where rules did."""

    basis: str
    paragraphs: tuple[list[ToldSentence], ...]
    maker: str
    verified_by: str = ""


class WeekTexts(TeamTable[ToldWeek]):
    """The table ``week_texts``."""

    _table = "week_texts"
    _kind = ToldWeek

    def get(self, basis: str) -> ToldWeek | None:
        """What was told from this very basis."""
        return self._first("AND basis = ?", basis)

    def save(self, told: ToldWeek, *, now: datetime) -> None:
        """Keep what was told, in place of what was told from the same before."""
        values = {"team": self._team, **values_of(told), "made_at": to_text(now)}
        self._connections.upsert("week_texts", ("team", "basis"), values)
