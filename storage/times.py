"""Times in the database: ISO 8601 text in UTC, so that text order is time order."""

from datetime import UTC, datetime, timedelta

# Nothing is put off for longer, nor claimed for longer. What lies further ahead was written while
# the clock was ahead, and is over.
LONGEST_WAIT = timedelta(hours=1)


def to_text(moment: datetime) -> str:
    """The stored form of an aware datetime.

    Raises:
        ValueError: the datetime has no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("a stored time needs a time zone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def from_text(text: str) -> datetime:
    """The aware UTC datetime behind a stored text."""
    return datetime.fromisoformat(text).astimezone(UTC)


def optional_time(text: str | None) -> datetime | None:
    """Like :func:`from_text`, passing None through."""
    return None if text is None else from_text(text)


def horizon(now: datetime) -> str:
    """The stored form of the last moment until which anything can have been put off at *now*."""
    return to_text(now + LONGEST_WAIT)


def is_over(column: str) -> str:
    """SQL for: the moment in *column*, until which something waits, has come (or there is none).

    Wants the parameters ``:now`` and ``:horizon``, see :func:`waiting`.
    """
    return f"(coalesce({column}, '') <= :now OR {column} > :horizon)"


def waiting(now: datetime) -> dict[str, str]:
    """The parameters of :func:`is_over`."""
    return {"now": to_text(now), "horizon": horizon(now)}
