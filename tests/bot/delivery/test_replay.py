"""Three real days, from the same-day listings to the settled ones."""

from datetime import date, timedelta

from tests.benchmarks.month_replay import run
from tests.shared_data import shared_data


def test_each_channel_gets_each_paper_once_and_posts_end_as_the_settled_listing() -> None:
    days = [date(2025, 3, 19), date(2025, 3, 20), date(2025, 3, 21)]
    folder = shared_data("hf_daily/same_day").parent
    one, problems = run(folder, days, step=timedelta(hours=6))
    assert problems == []
    assert one.edits > 0
