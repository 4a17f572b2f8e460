"""Options that several commands have."""

from datetime import date
from typing import Any

import click

from bot.clock import utc_now
from bot.errors import InputError
from bot.languages import BOTH, LANGUAGES
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
            self.fail(f"{value!r} is not a date such as 2025-03-19", param, ctx)
        if day > day_in_utc(utc_now()):
            raise InputError(f"future date {value}", message_id="cli-future-date", date=value)
        return day


DAY = Day()
language_option = click.option(
    "--language", type=click.Choice([*LANGUAGES, BOTH]), help="Default: PAPERBOY_LANGUAGE."
)
