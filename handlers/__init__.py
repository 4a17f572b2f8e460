"""Slack's edge: the only place that knows payloads and acknowledgements.

Handlers turn a payload into a call on a service of ``bot`` and its result into a reply. Each
acknowledges in its first statement; work that may take long is left to the services' own threads.
A module with a function ``register`` is found by being here.
"""

from bot.plugins import found_in
from bot.services import Services
from bot.serving.bolt import SlackApp
from handlers import unhandled
from handlers.identity import IdentityNeeded
from handlers.payloads import Normalise

__all__ = ["IdentityNeeded", "register"]


def register(app: SlackApp, services: Services) -> None:
    """Connect every listener; last those for what no other wants."""
    app.use(Normalise())
    for connect in found_in("handlers", "register"):
        connect(app, services)
    unhandled.acknowledge_rest(app)
