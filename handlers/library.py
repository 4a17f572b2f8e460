"""Saving papers and noting things about them: buttons and the note's modal."""

from typing import Any

from slack_bolt import Ack, App

from bot.actions.forms import notice_view
from bot.actions.notes import check_note
from bot.errors import InputError
from bot.languages import catalog
from bot.services import Services
from bot.slack.blocks.ids import ActionId, CallbackId, parse_value
from handlers.clicks import Click, Clicks
from handlers.payloads import field_of, place_of
from handlers.replies import replace_original


def register(app: App, services: Services) -> None:
    """Connect the modal."""

    @app.view(CallbackId.NOTE.value)
    def keep_note(ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        """Keep the note, or say next to the field what is wrong with it."""
        user = place_of(body).user
        about = parse_value(view.get("private_metadata") or "")
        words = catalog(services.members.known_language(user))
        try:
            text = check_note(field_of(view, ActionId.NOTE_TEXT))
        except InputError as problem:
            text = words.text(problem.message_id, **problem.arguments)
            ack(response_action="errors", errors={ActionId.NOTE_TEXT.value: text})
            return
        said = notice_view(
            words.language, words.text("actions-note-form"), words.text("actions-note-kept")
        )
        ack(response_action="update", view=said)
        paper, seen_from = str(about.get("paper", "")), str(about.get("place", user))
        services.notes.add(paper, text, user, place=seen_from)


def save(click: Click) -> None:
    """Put the paper on the clicker's list."""
    saved = click.services.saved.save(click.place.channel, click.id, click.user, click.language)
    if click.response_url:
        click.tell(saved)


def choose_in_list(click: Click) -> None:
    """Tick a paper of the clicker's list off, untick it, or take it from the list; then show the
    list as it is now, in the reply or in the Home."""
    saved, paper, what = click.services.saved, click.text("paper"), click.text("do")
    if what == "unsave":
        saved.unsave(paper, click.user)
    else:
        saved.mark_read(paper, click.user, read=what == "read")
    if click.response_url:
        replace_original(click.response_url, saved.show(click.user, click.language))
    else:
        click.publish_home()


def open_note(click: Click) -> None:
    """Open the modal for a note."""
    click.open(
        click.services.notes.view(
            click.id, click.known_language, channel=click.place.channel, user=click.user
        )
    )


CLICKS: Clicks = {
    ActionId.PAPER_SAVE: save,
    ActionId.SAVED_MENU: choose_in_list,
    ActionId.PAPER_NOTE: open_note,
}
