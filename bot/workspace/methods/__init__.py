"""The Web API: one module for each family of methods, each a table of pure functions."""

from collections.abc import Callable, Mapping

from bot.workspace.args import Args
from bot.workspace.methods import (
    agents,
    chat,
    conversations,
    files,
    reactions,
    streams,
    users,
    views,
)
from bot.workspace.records import Json
from bot.workspace.state import State

Method = Callable[[State, Args], Json]

METHODS: Mapping[str, Method] = {
    **agents.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **files.METHODS,
    **reactions.METHODS,
    **streams.METHODS,
    **users.METHODS,
    **views.METHODS,
}

__all__ = ["METHODS", "Method"]
