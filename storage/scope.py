"""Whose rows a table group reads and writes: one team's, and what may be seen from one place.

A team is a Slack workspace, by its id. A place is where something is written or shown: a private
channel's id, a member's id for their messages with Paperboy, or :data:`WHOLE_TEAM`. What was
written in a place is seen from that place only; what is for the whole team is seen from every
place of the team. Whoever forgets to say where something is shown shows too little, not too much.
"""

# The one team of a bot that runs on a single token.
SINGLE_TEAM = ""
# No workspace has this id: what is read and written in its name belongs to no team.
NO_TEAM = "-"
# What everybody in a team may see.
WHOLE_TEAM = ""
_DIRECT = "D"
# The same as :func:`is_direct` in a statement.
IS_DIRECT = f"channel LIKE '{_DIRECT}%'"


def is_direct(channel: str) -> bool:
    """Whether a channel is one member's messages with Paperboy."""
    return channel.startswith(_DIRECT)
