"""The id that a member is told stands in every log line of the request."""

import logging
import re

import pytest

from bot.telemetry.request_ids import current_request
from tests.handlers.conftest import Edge


def test_the_reference_of_a_failure_is_the_id_of_its_log_lines(
    edge: Edge, caplog: pytest.LogCaptureFixture
) -> None:
    seen: list[str | None] = []

    def fail(*_: object) -> None:
        seen.append(current_request())
        logging.getLogger("bot.actions").warning("on the way")
        raise RuntimeError("boom")

    logged: list[tuple[str, str | None]] = []

    class Ids(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            logged.append((record.name, current_request()))

    handler = Ids()
    logging.getLogger().addHandler(handler)
    try:
        edge.listings.answer(today=fail)
        assert edge.socket(edge.command("today")).status == 200
        edge.settle()
    finally:
        logging.getLogger().removeHandler(handler)
    (reply,) = edge.replies
    told = re.search(r"ref (\w+)", reply["text"])
    assert told
    assert seen == [told[1]]
    ours = {request for name, request in logged if name in ("bot.actions", "handlers.errors")}
    assert ours == {told[1]}


def test_a_failure_behind_a_form_that_closed_is_told_in_messages(edge: Edge) -> None:
    edge.forgetting.answer(forget=RuntimeError("no room on the disk"))
    view = {"type": "modal", "id": "V1", "callback_id": "forget", "state": {"values": {}}}
    acknowledged = edge.socket(
        {"type": "view_submission", "team": {"id": "T111"}, "user": {"id": "U1"}, "view": view}
    )
    edge.settle()
    assert acknowledged.status == 200
    (told,) = edge.stub.of("chat.postMessage")
    assert told["channel"] == "U1"
    assert re.search(r"ref \w+", told["text"])
    assert "disk" not in told["text"]


def test_acknowledgements_and_commands_are_counted(edge: Edge) -> None:
    edge.socket(edge.command("today"))
    edge.socket(edge.command("serach x"))
    edge.settle()
    page = edge.metrics.page().decode()
    assert 'paperboy_ack_seconds_count{kind="command"} 2.0' in page
    assert 'paperboy_commands_total{command="today",outcome="ok"} 1.0' in page
    assert 'paperboy_commands_total{command="unknown",outcome="refused"} 1.0' in page
