"""Options that several commands have."""

from datetime import date
from typing import Any

import click

from bot.cli.context import CommandContext
from bot.clock import utc_now
from bot.errors import InputError
from bot.languages import BOTH, LANGUAGES
from bot.settings import STYLES
from bot.sources.ports import day_in_utc


class Day(click.ParamType[date]):
    """A date ``YYYY-MM-DD`` that has begun in UTC."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date.

        Raises:
            click.UsageError: not a date.
            InputError: a day still to come.
        """
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(value)
        except ValueError:
            words = (ctx or click.get_current_context()).ensure_object(CommandContext).words
            self.fail(words("usage-not-a-date", value=value), param, ctx)
        if day > day_in_utc(utc_now()):
            raise InputError(f"future date {value}", message_id="cli-future-date", date=value)
        return day


class DailyStyle(click.Choice[str]):
    """A style that can show a day. Help names those that are offered to channels as well; to know
    all of them takes the room of digests."""

    def __init__(self) -> None:
        super().__init__(STYLES)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The style's name.

        Raises:
            click.UsageError: no such style.
        """
        if value not in self.choices:
            from bot.digests.styles import daily_styles

            self.choices = daily_styles()
        return super().convert(value, param, ctx)


DAY = Day()
language_option = click.option("--language", type=click.Choice([*LANGUAGES, BOTH]))


def no_listing(day: date | None) -> InputError:
    """No listing of *day* is stored, or None at all."""
    if day is None:
        return InputError("no listing", message_id="cli-no-listings")
    return InputError(f"no listing of {day}", message_id="cli-no-listing", date=str(day))
