"""Every real payload gets an orderly answer: handled, or acknowledged and ignored."""

import json
import logging
import threading
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest

from tests.handlers.conftest import Edge
from tests.shared_data import shared_data, shared_folder

_FOLDER = shared_folder()
_NAMES = (
    sorted(
        str(path.relative_to(_FOLDER / "slack_payloads"))
        for path in (_FOLDER / "slack_payloads").rglob("*")
        if path.is_file()
    )
    if _FOLDER
    else ["http", "socket_mode"]
)


def payload_of(path: Path) -> dict[str, Any]:
    text = path.read_text(encoding="utf-8")
    if path.name.endswith(".urlencoded.txt"):
        return dict(parse_qsl(text.strip()))
    loaded: dict[str, Any] = json.loads(text)
    return loaded.get("payload", loaded) if "envelope_id" in loaded else loaded


def with_local_address(payload: dict[str, Any], edge: Edge) -> dict[str, Any]:
    """The payload with answers going to our own server instead of Slack's."""
    if "response_url" in payload:
        payload = {**payload, "response_url": edge.stub.hook}
    return payload


@pytest.mark.parametrize("name", _NAMES)
@pytest.mark.parametrize("way", ["http", "socket_mode"])
def test_a_real_payload_gets_an_orderly_answer(
    name: str, way: str, edge: Edge, caplog: pytest.LogCaptureFixture
) -> None:
    # What earlier tests left may still tell of its own end.
    earlier = {one.ident for one in threading.enumerate()} - {threading.get_ident()}
    path = shared_data(f"slack_payloads/{name}")
    payload = with_local_address(payload_of(path), edge)
    caplog.set_level(logging.WARNING)
    if way == "socket_mode":
        response = edge.socket(payload)
    elif path.name.endswith(".urlencoded.txt"):
        response = edge.http(path.read_text(encoding="utf-8").strip())
    else:
        response = edge.http(payload)
    edge.settle()
    assert response.status == 200
    errors = [one for one in caplog.records if one.levelno >= logging.ERROR]
    assert [one.getMessage() for one in errors if one.thread not in earlier] == []


def test_a_payload_of_a_kind_nobody_knows_is_acknowledged(edge: Edge) -> None:
    assert edge.socket({"type": "something_new"}).status == 200
    assert edge.http({"type": "something_new"}).status == 200


def test_a_view_without_a_type_is_acknowledged(edge: Edge) -> None:
    view = {"callback_id": "x", "id": "V1"}
    assert edge.socket({"type": "view_submission", "view": view}).status == 200
