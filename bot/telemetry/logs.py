"""Logging to stderr: ids and outcomes, never message texts, bodies or tokens.

Each line is structured: ``time level=… logger=… request=… message="…"``, or one JSON object with
the same names. ``request`` is the id of :mod:`bot.telemetry.request_ids`.
"""

import json
import logging
import re
import sys
from datetime import UTC, datetime

from bot.telemetry.request_ids import current_request

_SECRETS = re.compile(r"\b(xox[a-z]-|xapp-|sk-)[\w-]+|(?<=ticket=)[\w-]+|hooks\.slack\.com/\S+")
QUIET = {
    "slack_bolt": logging.INFO,  # DEBUG would log whole bodies
    "slack_sdk": logging.INFO,
    "slack_sdk.web.base_client": logging.CRITICAL,  # what it logs it raises as well
    "openai": logging.INFO,
    "httpx2": logging.WARNING,
    "httpcore2": logging.WARNING,
    "apscheduler": logging.WARNING,
    "waitress": logging.WARNING,
    "aiohttp.access": logging.WARNING,
    "asyncio": logging.WARNING,
}


class TextLines(logging.Formatter):
    """``key=value`` on one line, a traceback below it."""

    def format(self, record: logging.LogRecord) -> str:
        """The record without secrets."""
        fields = _fields(record)
        time, message = fields.pop("time"), fields.pop("message")
        named = " ".join(f"{name}={value}" for name, value in fields.items())
        line = f"{time} {named} message={json.dumps(message, ensure_ascii=False)}"
        below = _failure(self, record)
        return mask(f"{line}\n{below}" if below else line)


class JsonLines(logging.Formatter):
    """One JSON object on one line; a traceback is its ``error``."""

    def format(self, record: logging.LogRecord) -> str:
        """The record without secrets."""
        fields = _fields(record)
        if failure := _failure(self, record):
            fields["error"] = failure
        masked = {name: mask(value) for name, value in fields.items()}
        return json.dumps(masked, ensure_ascii=False)


def mask(text: str) -> str:
    """*text* with tokens, tickets and response addresses replaced by ``***``."""
    return _SECRETS.sub("***", text)


def set_up_logging(level: str, form: str = "text") -> None:
    """Log to stderr at *level* as *form* says; libraries that would log contents stay quieter."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if form == "json" else TextLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name, least in QUIET.items():
        logging.getLogger(name).setLevel(max(least, root.level))


def _fields(record: logging.LogRecord) -> dict[str, str]:
    moment = datetime.fromtimestamp(record.created, UTC)
    fields = {
        "time": f"{moment:%Y-%m-%dT%H:%M:%S}.{round(record.msecs) % 1000:03d}Z",
        "level": record.levelname.lower(),
        "logger": record.name,
    }
    if (request := current_request()) is not None:
        fields["request"] = request
    return {**fields, "message": record.getMessage()}


def _failure(formatter: logging.Formatter, record: logging.LogRecord) -> str:
    """The traceback or stack that came with the record, if any."""
    parts = [
        formatter.formatException(record.exc_info) if record.exc_info else "",
        formatter.formatStack(record.stack_info) if record.stack_info else "",
    ]
    return "\n".join(part for part in parts if part)
