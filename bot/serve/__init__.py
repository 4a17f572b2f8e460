"""How payloads reach the Bolt app: Socket Mode, or signed HTTP requests.

Both take a finished :class:`SlackApp`; neither knows what it does.
"""

from bot.serve.bolt import SlackApp
from bot.serve.health import HealthServer
from bot.serve.http import HttpServer
from bot.serve.ports import Dispatcher
from bot.serve.recording import Recorder
from bot.serve.socket_mode import SocketModeServer

__all__ = ["Dispatcher", "HealthServer", "HttpServer", "Recorder", "SlackApp", "SocketModeServer"]
