"""``/papers settings``: the channel's present subscription as a form."""

from bot.services import Services
from handlers.commands.base import Command, Reply, Request


def run(request: Request, services: Services) -> Reply:
    """Open the form."""
    services.subscriptions.check_may_change(request.user, request.channel)
    zone = services.members.known_timezone(request.user)
    view = services.subscriptions.view(
        request.channel, request.language, user=request.user, zone=zone
    )
    return Reply(view=view)


COMMAND = Command("settings", run, order=62)
