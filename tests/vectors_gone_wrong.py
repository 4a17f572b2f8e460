"""Answers of embedding servers that are no use, odd, or change from one to the next."""

import base64
import json
import struct
from collections.abc import Callable
from typing import Any

from tests.model_server import ModelReply

Reply = Callable[[dict[str, Any]], ModelReply]


def _made(text: str, size: int = 5) -> list[float]:
    return [float(text.count(letter)) + 1 for letter in "aeioubcdfg"[:size]]


def _answer(vectors: list[Any], **more: Any) -> ModelReply:
    data = [{"embedding": vector} for vector in vectors]
    return ModelReply(raw=json.dumps({"data": data, "model": "e", **more}).encode())


def _in_base64(text: str) -> str:
    return base64.b64encode(struct.pack("<5f", *_made(text))).decode()


def _another_size_each_time(request: dict[str, Any]) -> ModelReply:
    texts = request["input"]
    return _answer([_made(text, 4 + (len(texts) % 3)) for text in texts])


USABLE: dict[str, Reply] = {
    "without index": lambda one: _answer([_made(text) for text in one["input"]]),
    "in base64": lambda one: _answer([_in_base64(text) for text in one["input"]]),
    "with odd usage": lambda one: _answer([_made(text) for text in one["input"]], usage="much"),
}
USELESS: dict[str, Reply] = {
    "too few": lambda one: _answer([_made(text) for text in one["input"]][1:]),
    "too many": lambda one: _answer([_made(text) for text in [*one["input"], "x"]]),
    "empty": lambda one: _answer([[] for _ in one["input"]]),
    "no numbers": lambda one: _answer([[float("nan"), 1.0] for _ in one["input"]]),
    "infinite": lambda one: _answer([[float("inf"), 1.0] for _ in one["input"]]),
    "huge": lambda one: _answer([[10**400, 1.0] for _ in one["input"]]),
    "nothing": lambda one: _answer([None for _ in one["input"]]),
    "words": lambda one: _answer([["a", "b"] for _ in one["input"]]),
    "no base64": lambda one: _answer(["?!" for _ in one["input"]]),
    "half a float": lambda one: _answer(["AAA=" for _ in one["input"]]),
    "a list": lambda _: ModelReply(raw=b"[1, 2]"),
    "a web page": lambda _: ModelReply(raw=b"<html>", headers={"Content-Type": "text/html"}),
    "an error": lambda _: ModelReply(raw=b'{"error": {"message": "no such model"}}'),
    "a refusal": lambda _: ModelReply(status=400, error="input is too long"),
}
CHANGING: dict[str, Reply] = {
    "of another size each time": _another_size_each_time,
    "of several sizes": lambda one: _answer(
        [_made(text, 5 - at % 2) for at, text in enumerate(one["input"])]
    ),
}
