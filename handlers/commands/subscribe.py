"""``/papers subscribe``: the form, or the same in words."""

from bot.languages import catalog
from bot.services import Services
from handlers.commands.base import Command, Reply, Request
from handlers.replies import words_reply


def run(request: Request, services: Services) -> Reply:
    """Open the form; with words, subscribe as they say."""
    desk = services.desk.subscriptions
    desk.check_may_change(request.user)
    if not request.words:
        zone = services.members.known_timezone(request.user)
        return Reply(view=desk.view(request.channel, request.language, zone=zone))
    wish = desk.from_words(request.channel, request.words)
    desk.subscribe(wish, request.user)
    return words_reply(catalog(request.language).text("desk-subscribed-done"))


COMMAND = Command("subscribe", "commands-help-subscribe", run, order=60)
