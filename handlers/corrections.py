"""The modal in which a member corrects a summary."""

from typing import Any

from slack_bolt import Ack, App

from bot.actions.corrections import TLDR, field_names
from bot.actions.forms import notice_view
from bot.languages import catalog
from bot.services import Services
from bot.slack.blocks.ids import CallbackId, parse_value
from handlers.payloads import field_of, place_of


def register(app: App, services: Services) -> None:
    """Connect the modal's submission."""

    @app.view(CallbackId.CORRECTION.value)
    def corrected(ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        """Keep the correction; the one sentence that cards and lists show must be there."""
        user = place_of(body).user
        about = parse_value(view.get("private_metadata") or "")
        fields = {name: field_of(view, name) for name in field_names()}
        if not fields[TLDR]:
            words = catalog(services.members.known_language(user))
            ack(response_action="errors", errors={TLDR: words.text("actions-empty-note")})
            return
        shown = catalog(services.members.known_language(user))
        said = notice_view(
            shown.language,
            shown.text("actions-correction-form"),
            shown.text("actions-correction-kept"),
        )
        ack(response_action="update", view=said)
        paper, language = str(about.get("paper", "")), str(about.get("language", ""))
        services.corrections.keep(
            paper, language, fields, user, place=str(about.get("place", user))
        )
