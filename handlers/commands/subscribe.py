"""``/papers subscribe``: the form, or the same in words."""

from bot.actions.subscription_words import says_now
from bot.languages import catalog
from bot.services import Services
from handlers.commands.base import Command, Reply, Request
from handlers.replies import words_reply


def run(request: Request, services: Services) -> Reply:
    """Open the form; with words, subscribe as they say."""
    subscriptions = services.subscriptions
    subscriptions.check_may_change(request.user, request.channel)
    zone = services.members.known_timezone(request.user)
    if not request.words:
        return Reply(
            view=subscriptions.view(request.channel, request.language, user=request.user, zone=zone)
        )
    wish = subscriptions.from_words(request.channel, request.words, request.language, zone)
    subscriptions.subscribe(wish, request.user, now=says_now(request.words))
    done = "actions-subscribed-done-own" if wish.owner else "actions-subscribed-done"
    return words_reply(catalog(request.language).text(done))


COMMAND = Command("subscribe", run, order=60)
