"""Several workspaces in one process: installed by OAuth, each with a house of its own.

Bolt's installation store keeps the tokens in the same database file; ``storage.workspaces`` knows
who is installed. What a payload belongs to is decided here, once, before any listener sees it.
"""

from bot.installs.fleet import Fleet, House
from bot.installs.front import Front
from bot.installs.oauth import (
    INSTALL_PATH,
    REDIRECT_PATH,
    Installs,
    forget_token,
    installed_token,
)

__all__ = [
    "INSTALL_PATH",
    "REDIRECT_PATH",
    "Fleet",
    "Front",
    "House",
    "Installs",
    "forget_token",
    "installed_token",
]
