"""One id for each request, in its log lines and in what its member is told."""

import json
import logging
from collections.abc import Iterator

import pytest

from bot.errors import BudgetSpentError, InputError, SlackError
from bot.languages import LANGUAGES
from bot.slack.error_text import error_text
from bot.telemetry.logs import JsonLines, TextLines
from bot.telemetry.request_ids import RequestThreads, current_request, request


class Lines(logging.Handler):
    """Keeps every line as it would be written."""

    def __init__(self, formatter: logging.Formatter) -> None:
        super().__init__()
        self.setFormatter(formatter)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture(params=["text", "json"])
def lines(request: pytest.FixtureRequest) -> Iterator[Lines]:
    handler = Lines(JsonLines() if request.param == "json" else TextLines())
    logger = logging.getLogger("paperboy.test")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield handler
    logger.removeHandler(handler)


def test_a_request_is_the_same_in_the_threads_it_hands_work_to() -> None:
    with request() as known, RequestThreads(2) as pool:
        assert pool.submit(current_request).result() == known
    assert current_request() is None


def test_a_request_within_a_request_is_part_of_it_and_two_are_told_apart() -> None:
    with request() as outer, request() as inner:
        assert inner == outer
    with request() as other:
        assert other != outer


def test_every_line_of_a_request_carries_its_id_and_no_other_does(lines: Lines) -> None:
    logger = logging.getLogger("paperboy.test")
    with request() as known:
        logger.info("first of %s", "C1")
        logger.warning("second")
    logger.info("outside")
    assert [known in line for line in lines.lines] == [True, True, False]


def test_a_token_is_masked_in_messages_and_tracebacks(lines: Lines) -> None:
    try:
        raise RuntimeError("refused xoxb-1234-secret")
    except RuntimeError:
        logging.getLogger("paperboy.test").exception("with xapp-1-secret")
    (line,) = lines.lines
    assert "RuntimeError" in line
    assert "secret" not in line


def test_a_json_line_is_one_object_whatever_the_message_holds() -> None:
    record = logging.LogRecord("x", logging.ERROR, "", 1, 'a "quote"\nand a line', (), None)
    line = JsonLines().format(record)
    assert "\n" not in line
    assert json.loads(line)["message"] == 'a "quote"\nand a line'
    assert set(json.loads(line)) == {"time", "level", "logger", "message"}


def test_a_text_line_stays_one_line_whatever_the_message_holds() -> None:
    record = logging.LogRecord("x", logging.INFO, "", 1, 'a "quote"\nand a line', (), None)
    assert "\n" not in TextLines().format(record)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_error_that_its_member_cannot_mend_names_the_request(language: str) -> None:
    with request() as known:
        assert f"ref {known}" in error_text(SlackError("detail", code="fatal"), language)
        assert "ref" not in error_text(InputError("x", message_id="actions-empty-query"), language)
        assert "ref" not in error_text(BudgetSpentError("x"), language)
