"""How many people one machine serves, from the measured figures and stated assumptions."""

from collections.abc import Sequence

from tests.benchmarks.capacity.rows import Row

# What a person does on a working day where Paperboy is well liked.
ACTIONS_A_DAY = 5  # commands and clicks
EVENTS_A_DAY = 60  # messages and reactions in channels that Paperboy is in
QUESTIONS_A_DAY = 1
BUSIEST_HOUR = 0.25  # of a day
BUSIEST_MINUTE = 5.0  # times the mean of that hour
COMFORTABLE_MS = 1000.0  # of Slack's 3,000


def sentences(rows: Sequence[Row]) -> list[str]:
    """What the README may say, as far as it was measured."""
    return [*_requests(rows), *_questions(rows)]


def _requests(rows: Sequence[Row]) -> list[str]:
    fine = [
        rate
        for rate in (1, 10, 100, 300)
        if (row := _find(rows, f"http, {rate}/s, p99")) and row.measured < COMFORTABLE_MS
    ]
    if not fine:
        return []
    each = ACTIONS_A_DAY + EVENTS_A_DAY
    per_person = each * BUSIEST_HOUR * BUSIEST_MINUTE / 3600
    found = [
        f"acknowledged within {COMFORTABLE_MS:.0f} ms (p99) up to {max(fine)} requests/s: "
        f"{max(fine) / per_person:,.0f} people, each with {each} requests a day, a quarter of "
        f"them in the busiest hour, its busiest minute {BUSIEST_MINUTE:g} times the mean"
    ]
    cost = _find(rows, "http, 100/s, processor time a request")
    if cost:
        sustained = 1000 / cost.measured
        found.append(
            f"one core does the work behind {sustained:,.0f} requests/s; a longer burst waits: "
            f"{sustained / (each * BUSIEST_HOUR / 3600):,.0f} people in the busiest hour"
        )
    return found


def _questions(rows: Sequence[Row]) -> list[str]:
    row = next((one for one in rows if one.what.endswith("last answer")), None)
    if row is None:
        return []
    many = int(row.what.split()[0])
    an_hour = many / row.measured * 3600
    people = an_hour / (QUESTIONS_A_DAY * BUSIEST_HOUR)
    return [
        f"{an_hour:,.0f} answers an hour with that model: {people:,.0f} people with "
        f"{QUESTIONS_A_DAY} question a day"
    ]


def _find(rows: Sequence[Row], what: str) -> Row | None:
    return next((one for one in rows if one.what == what), None)
