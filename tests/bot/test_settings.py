"""Settings from the environment."""

from datetime import time

import pytest

from bot.errors import SettingsError
from bot.languages import catalog
from bot.settings import Settings
from bot.text.values import parse_weekdays


def problems(**environment: str) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        Settings.from_env(environment)
    words = catalog("en")
    return [
        f"{one.name} {one.value or ''} {words.text(one.message_id, **one.arguments)}"
        for one in caught.value.problems
    ]


def test_an_empty_environment_gives_the_defaults() -> None:
    settings = Settings.from_env({})
    assert settings.digest_time == time(9, 0)
    assert settings.language == "ko"
    assert not settings.has_model


def test_an_empty_value_counts_as_absent() -> None:
    assert Settings.from_env({"PAPERBOY_STYLE": " "}).style == "brief"


def test_an_unknown_setting_is_refused_with_the_nearest_name() -> None:
    (told,) = problems(PAPERBOY_LANGAUGE="ko")
    assert told.endswith("Did you mean PAPERBOY_LANGUAGE?")


def test_a_name_that_is_like_no_setting_gets_no_guess() -> None:
    (told,) = problems(PAPERBOY_FOO="1")
    assert "PAPERBOY_FOO" in told
    assert "Did you mean" not in told


def test_all_problems_are_told_at_once() -> None:
    found = problems(
        PAPERBOY_TIMEZONE="Seoul",
        PAPERBOY_DIGEST_TIME="25:00",
        PAPERBOY_WEEKDAYS="mon-fry",
        SLACK_API_URL="https://slack.com/api",
        PORT="0",
        PAPERBOY_DAILY_BUDGET_USD="-1",
    )
    assert [text.split()[0].rstrip(":") for text in found] == [
        "SLACK_API_URL",
        "PAPERBOY_DIGEST_TIME",
        "PAPERBOY_TIMEZONE",
        "PAPERBOY_WEEKDAYS",
        "PAPERBOY_DAILY_BUDGET_USD",
        "PORT",
    ]


def test_a_secret_is_shown_neither_in_a_problem_nor_in_the_record() -> None:
    assert "hunter2" not in " ".join(problems(SLACK_BOT_TOKEN="hunter2"))
    assert "xoxb-1-secret" not in repr(Settings.from_env({"SLACK_BOT_TOKEN": "xoxb-1-secret"}))


def test_a_database_is_a_file_or_a_postgresql_address_whose_password_nobody_sees() -> None:
    for address in ("mysql://me:secret@host/name", "PostgreSQL://me:secret@host/name"):
        (told,) = problems(PAPERBOY_DATABASE=address)
        assert "postgresql://" in told
        assert "secret" not in told
    settings = Settings.from_env({"PAPERBOY_DATABASE": "postgresql://me:secret@host/name"})
    assert "secret" not in repr(settings)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mon-fri", (0, 1, 2, 3, 4)),
        ("mon,wed,sun", (0, 2, 6)),
        ("sat-mon", (0, 5, 6)),
        ("Tue", (1,)),
    ],
)
def test_weekdays_are_names_and_ranges(text: str, days: tuple[int, ...]) -> None:
    assert parse_weekdays(text) == days


def test_prices_extend_the_table() -> None:
    settings = Settings.from_env({"PAPERBOY_PRICES": "my-model=1/0.1/4"})
    assert settings.prices == {"my-model": (1.0, 0.1, 4.0)}
    assert problems(PAPERBOY_PRICES="my-model=1")


def test_http_mode_listens_on_loopback_unless_an_address_is_named() -> None:
    assert Settings.from_env({}).host == "127.0.0.1"
    assert Settings.from_env({"PAPERBOY_HOST": "0.0.0.0"}).host == "0.0.0.0"
    assert "Use an IP address" in problems(PAPERBOY_HOST="everywhere")[0]
