"""How payloads reach the Bolt app: Socket Mode, or signed HTTP requests.

Both take a :class:`SlackApp`, which may yet be in the making; neither knows what it does.
"""

from bot.serving.bolt import SlackApp
from bot.serving.health import HealthServer
from bot.serving.http import HttpServer
from bot.serving.ports import Dispatcher
from bot.serving.recording import Recorder
from bot.serving.socket_mode import SocketModeServer

__all__ = [
    "Dispatcher",
    "HealthServer",
    "HttpServer",
    "Recorder",
    "SlackApp",
    "SocketModeServer",
]
