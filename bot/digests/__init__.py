"""What a channel gets: choosing the papers, composing what is said, drawing it in a style.

Composing reads what is stored and gives a :class:`DigestContent`; drawing is pure and gives
messages. Nothing here fetches, summarises or posts.
"""

from bot.digests.card import paper_card
from bot.digests.choose import Choice
from bot.digests.compose import (
    choose_daily,
    compose_chosen,
    compose_daily,
    compose_list,
    compose_titles,
    sentences_of,
)
from bot.digests.content import DigestContent, DigestEntry, Notice
from bot.digests.layout import empty_day, late_day, nothing_new
from bot.digests.render import render_digest
from bot.digests.styles import UnknownStyleError, style_names
from bot.digests.weekly import choose_weekly, compose_week, compose_weekly, weekly_languages
from bot.digests.weeks import Week

__all__ = [
    "Choice",
    "DigestContent",
    "DigestEntry",
    "Notice",
    "UnknownStyleError",
    "Week",
    "choose_daily",
    "choose_weekly",
    "compose_chosen",
    "compose_daily",
    "compose_list",
    "compose_titles",
    "compose_week",
    "compose_weekly",
    "empty_day",
    "late_day",
    "nothing_new",
    "paper_card",
    "render_digest",
    "sentences_of",
    "style_names",
    "weekly_languages",
]
