"""Slack's edge: the only place that knows payloads and acknowledgements.

Handlers turn a payload into a call on a service of ``bot`` and its result into a reply. Each
acknowledges in its first statement; work that may take long is left to the services' own threads.
"""

from bot.services import Services
from bot.serving import SlackApp
from handlers import (
    actions,
    answers,
    corrections,
    errors,
    events,
    forgetting,
    home,
    leftovers,
    library,
    links,
    messages,
    sharing,
    shortcuts,
    slash,
    subscriptions,
)
from handlers.identity import IdentityNeeded
from handlers.payloads import Normalise

__all__ = ["IdentityNeeded", "register"]


def register(app: SlackApp, services: Services) -> None:
    """Connect every listener; ``leftovers`` takes what no other wants and so comes last."""
    parts = (
        errors,
        slash,
        actions,
        answers,
        library,
        corrections,
        sharing,
        links,
        subscriptions,
        forgetting,
        shortcuts,
        messages,
        home,
        events,
        leftovers,
    )
    app.use(Normalise())
    for part in parts:
        part.register(app, services)
