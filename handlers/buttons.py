"""Buttons and menus of cards, lists and search results, in messages and in modals."""

from bot.actions.forms import notice_view
from bot.actions.search import search_view
from bot.languages import LANGUAGES
from bot.slack.blocks import Message, link
from bot.slack.blocks.ids import ActionId
from bot.slack.visibility import seen_from
from handlers.clicks import Click, Clicks
from handlers.commands import Request, discover
from handlers.payloads import is_ephemeral
from handlers.replies import (
    MOST_MESSAGES,
    delete_original,
    replace_original,
    reply_privately,
    send,
    thread_message,
    with_share_button,
)
from handlers.slash import run_text


def open_paper(click: Click) -> None:
    """Post the paper's card for everybody and tell the clicker where it is. One who clicks in a
    modal or in the App Home gets the card in their messages."""
    place, words = click.place, click.words
    thread = click.services.threads.open(place.channel or place.user, click.id, user=place.user)
    if click.response_url:
        click.tell(thread_message(thread, click.language))
        return
    view = notice_view(
        click.language,
        words.text("digests-open-thread"),
        words.text("commands-thread-in-messages"),
        mrkdwn=link(thread.address, words.text("commands-go-to-thread")),
    )
    show = click.client.views_push if click.is_in_modal else click.client.views_open
    show(trigger_id=click.body["trigger_id"], view=view)


def choose_in_menu(click: Click) -> None:
    """Show the chooser what an entry of a card's menu asks for."""
    place, services, paper, what = (
        click.place,
        click.services,
        click.text("paper"),
        click.text("do"),
    )
    if what == "open":
        thread = services.threads.open(place.channel or place.user, paper, user=place.user)
        click.tell(thread_message(thread, click.language))
    elif what == "correct":
        click.open(
            services.corrections.view(
                paper, click.known_language, channel=place.channel, user=place.user
            )
        )
    elif paper:
        click.tell(services.cards.menu(what, place.channel, paper, place.user, click.language))


def show_in_language(click: Click) -> None:
    """Show the clicker the card in another language: beside a card that all can see, and in the
    place of one that is theirs alone."""
    language, place = click.text("in"), click.place
    if language not in LANGUAGES:
        return
    card = click.services.cards.in_language(
        click.text("paper"), language, place=seen_from(place.channel, place.user)
    )
    if is_ephemeral(click.body):
        replace_original(click.response_url, card)
    else:
        click.tell(card)


def share(click: Click) -> None:
    """Make the reply once more and post it for everybody."""
    place, page = click.place, click.number("page")
    request = _request(click, click.text("run"))
    if page:
        shown = [_page(click, request.text, page)]
    else:
        shown = list(run_text(request, discover(), click.services).messages)
    if shown:
        click.services.sharing.share_reply(
            place.channel,
            shown[:MOST_MESSAGES],
            user=place.user,
            language=request.language,
            key=f"{place.message_ts or ''}:{request.text}{f':{page}' if page else ''}",
        )
    delete_original(click.response_url)


def run_command(click: Click) -> None:
    """Run the command that was offered; a bare value is a search."""
    if click.is_in_modal:
        _show_results(click, click.value)
        return
    request = _request(click, click.text("run") or f"search {click.value}")
    reply = run_text(request, discover(), click.services)
    send(reply, request, click.client)


def turn_page(click: Click) -> None:
    """Replace a list by another page of it."""
    page = click.number("page")
    if click.is_in_modal:
        _show_results(click, click.text("query"), page=page)
        return
    if "saved" in click.fields:
        shown = click.services.saved.show(click.user, click.language, page=page)
    else:
        is_search = "query" in click.fields
        asked = f"search {click.text('query')}" if is_search else f"date {click.text('day')}"
        shown = _page(click, asked, page)
        if is_ephemeral(click.body):
            shown = with_share_button(shown, asked, click.language, page=page)
    replace_original(click.response_url, shown)


def choose_paper(click: Click) -> None:
    """Continue a question with the paper that was meant."""
    if not click.services.conversations.choose(click.number("question"), click.text("paper")):
        click.tell("commands-already-chosen")


def _page(click: Click, asked: str, page: int) -> Message:
    """A page of what a search or the list of a day shows."""
    place, services = click.place, click.services
    command, _, words = asked.partition(" ")
    if command == "search":
        seen = seen_from(place.channel, place.user)
        return services.search.find(words, click.language, place=seen, member=place.user, page=page)
    return services.listings.day(place.channel, words, click.language, page=page)


def _show_results(click: Click, query: str, *, page: int = 0) -> None:
    """Show in the search modal what a query finds."""
    user, language = click.user, click.known_language
    found = click.services.search.find(query, language, place=user, member=user, page=page)
    click.redraw(search_view(language, query=query, found=found))


def _request(click: Click, text: str) -> Request:
    return Request(
        text=text,
        channel=click.place.channel,
        user=click.user,
        language=click.language,
        trigger_id=click.body.get("trigger_id"),
        reply=lambda messages: reply_privately(click.response_url, messages),
    )


CLICKS: Clicks = {
    ActionId.PAPER_OPEN: open_paper,
    ActionId.PAPER_MENU: choose_in_menu,
    ActionId.PAPER_LANGUAGE: show_in_language,
    ActionId.SHARE: share,
    ActionId.SEARCH_SUGGESTION: run_command,
    ActionId.PAGE_NEXT: turn_page,
    ActionId.PAGE_PREVIOUS: turn_page,
    ActionId.CHOOSE_PAPER: choose_paper,
    ActionId.DISMISS: lambda click: delete_original(click.response_url),
}
