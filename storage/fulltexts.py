"""Full texts: what was got of a paper's version, as passages."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.connections import marks
from storage.records import Tables, record_of, values_of
from storage.times import to_text

NOTHING = "none"


@dataclass(frozen=True)
class Passage:
    """A piece of a paper's full text.

    ``kind`` is ``text``, ``table`` or ``figure`` (a caption). ``section`` is the path of section
    titles joined by `` › ``. ``anchor`` is an HTML fragment id, ``page`` a PDF page from 1.
    """

    ordinal: int
    text: str
    section: str = ""
    kind: str = "text"
    anchor: str | None = None
    page: int | None = None
    id: int | None = None


@dataclass(frozen=True)
class Fulltext:
    """What was got of one version. ``origin`` is ``html``, ``pdf`` or ``none``; ``problem`` says
    what is missing, in a short technical phrase, or is None. ``front`` are the authors and where
    they work, as the text has them."""

    paper_id: str
    version: int
    origin: str
    problem: str | None = None
    figure_url: str | None = None
    figure_caption: str | None = None
    front: str = ""
    fetched_at: datetime | None = None


class Fulltexts(Tables):
    """The tables ``fulltexts`` and ``passages``. Passages are kept of the newest version only."""

    def save(self, fulltext: Fulltext, passages: Sequence[Passage], *, now: datetime) -> None:
        """Store what was got of one version.

        Its passages take the place of an earlier version's. Where nothing was got (``origin`` is
        ``none``), the earlier passages stay.
        """
        with self._connections.transaction():
            values = {**values_of(fulltext), "fetched_at": to_text(now)}
            self._connections.upsert("fulltexts", ("paper_id", "version"), values)
            if fulltext.origin == NOTHING:
                return
            self._connections.lock(f"passages of {fulltext.paper_id}")
            self._connections.execute(
                "DELETE FROM passages WHERE paper_id = ?", [fulltext.paper_id]
            )
            of_paper = {"paper_id": fulltext.paper_id}
            names = ("ordinal", "kind", "section", "anchor", "page", "text")
            self._connections.add_many(
                "passages", [{**of_paper, **values_of(one, *names)} for one in passages]
            )

    def get(self, paper_id: str) -> Fulltext | None:
        """The record of the newest version that text was got of, else of the last try.

        None when the full text was never fetched.
        """
        return self._first(paper_id, order="origin = 'none', version DESC")

    def last_try(self, paper_id: str) -> Fulltext | None:
        """The record of the newest fetch, whatever came of it; None when there was none."""
        return self._first(paper_id, order="fetched_at DESC, version DESC")

    def passages(self, paper_id: str) -> list[Passage]:
        """The paper's passages in reading order; empty when there is no full text."""
        return self._passages("paper_id = ?", paper_id)

    def cited(self, paper_id: str, ordinals: Collection[int]) -> list[Passage]:
        """Those of the paper's passages that have these ordinals, in reading order."""
        return self._passages(
            f"paper_id = ? AND ordinal IN ({marks(ordinals)})", paper_id, *ordinals
        )

    def tables(self, paper_id: str) -> list[Passage]:
        """The paper's tables in reading order."""
        return self._passages("paper_id = ? AND kind = 'table'", paper_id)

    def _passages(self, where: str, *values: str | int) -> list[Passage]:
        rows = self._connections.query(
            f"SELECT * FROM passages WHERE {where} ORDER BY ordinal", values
        )
        return [record_of(Passage, row) for row in rows]

    def _first(self, paper_id: str, *, order: str) -> Fulltext | None:
        row = self._connections.first(
            f"SELECT * FROM fulltexts WHERE paper_id = ? ORDER BY {order} LIMIT 1", [paper_id]
        )
        return None if row is None else record_of(Fulltext, row)
