"""What has changed in a listing between two readings. Only compares; nothing is fetched here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from storage import Paper


@dataclass(frozen=True)
class DayState:
    """A listing at one moment: its papers, and their votes in it, by id in the listing's order."""

    day: date
    votes: Mapping[str, int]
    papers: Mapping[str, Paper]


@dataclass(frozen=True)
class Changes:
    """What the second of two states of a listing has that the first had not.

    ``new_papers`` are ids in the listing's order. The others are about papers that were there
    before: ``votes_changed`` gives the votes before and now, ``code_links`` the link that came,
    ``new_versions`` the version now, ``withdrawn`` the ids. ``problem`` names for the log what
    could not be asked.
    """

    day: date
    new_papers: tuple[str, ...]
    votes_changed: Mapping[str, tuple[int, int]]
    code_links: Mapping[str, str]
    new_versions: Mapping[str, int]
    withdrawn: tuple[str, ...]
    problem: str | None = None

    def __bool__(self) -> bool:
        """Whether anything has changed."""
        return any(
            (
                self.new_papers,
                self.votes_changed,
                self.code_links,
                self.new_versions,
                self.withdrawn,
            )
        )


def changes_between(before: DayState, after: DayState, *, problem: str | None = None) -> Changes:
    """Compare two states of one listing."""
    pairs = [
        (before.papers[one], paper) for one, paper in after.papers.items() if one in before.papers
    ]
    return Changes(
        day=after.day,
        new_papers=tuple(one for one in after.votes if one not in before.votes),
        votes_changed={
            one: (before.votes[one], votes)
            for one, votes in after.votes.items()
            if before.votes.get(one, votes) != votes
        },
        code_links={
            new.id: new.code_url for old, new in pairs if new.code_url and not old.code_url
        },
        # A version that is known for the first time is no news.
        new_versions={
            new.id: new.version
            for old, new in pairs
            if old.version and new.version and new.version > old.version
        },
        withdrawn=tuple(new.id for old, new in pairs if new.withdrawn_at and not old.withdrawn_at),
        problem=problem or None,
    )
