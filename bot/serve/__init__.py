"""How payloads reach the Bolt app: Socket Mode, or signed HTTP requests.

Both take a finished Bolt app; neither knows what it does.
"""

from bot.serve.http import HttpServer
from bot.serve.lanes import Lanes, in_lanes
from bot.serve.socket_mode import SocketModeServer

__all__ = ["HttpServer", "Lanes", "SocketModeServer", "in_lanes"]
