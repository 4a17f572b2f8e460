"""What is asked and what is answered."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from storage import WHOLE_TEAM, Paper, Turn

EXTRACTIVE = "extractive"
RECORD = "record"
MANNERS = ("normal", "detailed", "simple", "brief")


@dataclass(frozen=True)
class Citation:
    """The place a claim rests on. ``section`` is for people, ``url`` leads to the place.

    ``quote`` holds the sentences it rests on, ``around`` the same among their neighbours.
    ``passage`` is the ordinal of the passage, if it is one.
    """

    number: int
    paper_id: str
    section: str
    quote: str
    url: str
    around: str = ""
    passage: int | None = None


@dataclass(frozen=True)
class Ask:
    """A question about papers. ``manner`` is one of :data:`MANNERS`; ``history``
    holds what was said before in the thread, oldest first, and ``before`` what the answer before
    rested on. ``lines`` is how many sentences the answer is to have, if that was said. ``place`` is
    where the answer will be read (:mod:`storage.scope`): notes from elsewhere that aren't the whole
    team's stay out. With ``is_named`` the answer begins with the title of the paper that it is
    about."""

    question: str
    paper_ids: tuple[str, ...]
    language: str
    history: tuple[Turn, ...] = ()
    before: tuple[Citation, ...] = ()
    manner: str = "normal"
    lines: int | None = None
    place: str = WHOLE_TEAM
    is_named: bool = False


@dataclass(frozen=True)
class Answer:
    """``text`` is Markdown with ``[1]`` marks. ``maker`` is ``extractive``, ``record`` (read off
    the stored record) or a model's name. ``notes`` are finished sentences in the answer's
    language about how it was made; ``links`` are addresses that the text may link to besides
    the citations'."""

    text: str
    found: bool
    maker: str
    citations: tuple[Citation, ...] = ()
    paper_ids: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    links: tuple[str, ...] = ()

    @property
    def cited_papers(self) -> tuple[str, ...]:
        """The papers that the text comes to, in its order; all of them where it cites none."""
        cited = dict.fromkeys(one.paper_id for one in self.citations)
        return tuple(cited) or self.paper_ids

    @property
    def papers_as_named(self) -> tuple[str, ...]:
        """The papers in the order in which the text comes to them, the others behind."""
        return tuple(dict.fromkeys((*(one.paper_id for one in self.citations), *self.paper_ids)))

    def to_json(self) -> dict[str, Any]:
        """A form that goes into the database."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Answer":
        """The answer behind a stored form."""
        return cls(
            text=stored["text"],
            found=stored["found"],
            maker=stored["maker"],
            citations=tuple(Citation(**one) for one in stored["citations"]),
            paper_ids=tuple(stored["paper_ids"]),
            notes=tuple(stored["notes"]),
            links=tuple(stored.get("links", ())),
        )


@dataclass(frozen=True)
class Subject:
    """What a conversation is about: the thread's own paper, a digest's numbered papers, the
    papers talked about last, and all that were talked about, the newest first. ``answered`` are the
    papers of the last answer in its order, ``marked`` those behind its marks by number."""

    paper_id: str | None = None
    entries: tuple[tuple[int, Paper], ...] = ()
    last_paper_ids: tuple[str, ...] = ()
    talked_about: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()
    marked: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Resolution:
    """Which papers a question is about.

    Without ``paper_ids`` the asker should choose among ``candidates`` (best first, each with its
    number in the list); where there are none either, the question is one to the whole archive.
    ``unknown_numbers`` were asked for but are not in the list. ``whole_list`` is set when the
    question is about the digest as such ("which of these has the most votes?").
    """

    paper_ids: tuple[str, ...] = ()
    candidates: tuple[tuple[int, Paper], ...] = ()
    unknown_numbers: tuple[int, ...] = ()
    whole_list: bool = False
