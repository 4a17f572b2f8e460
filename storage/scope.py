"""Whose rows a table group reads and writes: one team's, as seen from one place."""

from dataclasses import dataclass

# The one team of a bot that runs on a single token.
SINGLE_TEAM = ""
# What everybody in a team may see.
WHOLE_TEAM = ""
# No workspace has this id: what is read and written in its name belongs to no team.
_NO_TEAM = "-"


@dataclass(frozen=True)
class Scope:
    """``team`` is a Slack workspace's id. ``place`` is where something is written or shown: a
    private channel's id, a member's id for their messages with Paperboy, or empty for what the
    whole team may see. What was written in a place is seen from that place only; what is for the
    whole team is seen from every place of the team."""

    team: str = SINGLE_TEAM
    place: str = WHOLE_TEAM


NOBODY = Scope(_NO_TEAM)
