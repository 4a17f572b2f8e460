import pytest

from bot.slack.blocks.ids import (
    ActionId,
    CallbackId,
    action_of,
    make_value,
    numbered,
    parse_value,
)


def test_every_id_is_unique_and_fits_slack() -> None:
    ids = [str(one) for one in (*ActionId, *CallbackId)]
    assert len({str(one) for one in ActionId}) == len(ActionId)
    assert all(0 < len(one) <= 255 and ":" not in one for one in ids)


def test_an_id_tells_its_action_with_and_without_a_number() -> None:
    assert action_of("paper_save") is ActionId.PAPER_SAVE
    assert action_of(numbered(ActionId.PAPER_SAVE, 3)) is ActionId.PAPER_SAVE
    assert action_of("paper_saved") is None


def test_values_come_back_as_they_were_sent() -> None:
    fields: dict[str, str | int] = {"paper": "2503.14456", "page": 2, "q": "양자화"}
    assert parse_value(make_value(fields)) == fields


@pytest.mark.parametrize("text", ["", "2503.14456", "[1]", "null", "{", '{"a": [1]}'])
def test_a_foreign_value_is_read_as_nothing(text: str) -> None:
    assert parse_value(text) == {}


def test_a_value_that_slack_would_refuse_is_an_error() -> None:
    with pytest.raises(ValueError, match="at most 150"):
        make_value({"q": "x" * 150}, limit=150)
