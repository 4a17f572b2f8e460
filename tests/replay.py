"""Loopback servers that play the sources, from folders of real answers, and can be made to fail.

with HuggingFaceReplay(shared_data("hf_daily/same_day")) as server:
    server.faults += [Fault(status=503)]        # the next request gets this
    ... HuggingFace(http, server.base_url) ...
    assert server.requests[0].query["date"] == "2025-03-19"
"""

import json
import re
import threading
from argparse import ArgumentParser
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Self
from urllib.parse import parse_qsl, urlencode, urlsplit

from lxml import etree

from bot.sources.ids import arxiv_id

ATOM = "http://www.w3.org/2005/Atom"
SEARCH = "http://a9.com/-/spec/opensearch/1.1/"


@dataclass(frozen=True)
class Reply:
    """One answer of a loopback server.

    ``announced`` is the Content-Length when it isn't the body's; ``stalls`` keeps the connection
    open after the body without ending the answer; ``resets`` closes it before any answer.
    """

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    announced: int | None = None
    stalls: bool = False
    resets: bool = False


Fault = Reply


@dataclass(frozen=True)
class Request:
    """One request that a loopback server got."""

    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    at: float


class LoopbackServer:
    """An HTTP server on loopback, on a free port by default: faults first, then :meth:`answer`.

    ``faults`` are used up one a request; ``always`` is given to every request while it is set.
    """

    def __init__(self, *, port: int = 0) -> None:
        self.faults: deque[Reply] = deque()
        self.always: Reply | None = None
        self.requests: list[Request] = []
        self.most_at_once = 0
        self._at_once = 0
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._server = _Server(self, port)
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        )
        self._thread.start()

    @property
    def base_url(self) -> str:
        """``http://127.0.0.1:port``, without a slash."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self._server.server_address[1])

    def answer(self, request: Request) -> Reply:
        """What a request gets that no fault is meant for."""
        return Reply(status=404, body=b"Not Found")

    def close(self) -> None:
        """Stop, let stalled answers end, and free the port."""
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _reply(self, request: Request) -> Reply:
        with self._lock:
            self.requests.append(request)
            if self.faults:
                return self.faults.popleft()
        return self.always or self.answer(request)

    def _count(self, step: int) -> None:
        with self._lock:
            self._at_once += step
            self.most_at_once = max(self.most_at_once, self._at_once)


class HuggingFaceReplay(LoopbackServer):
    """``/api/daily_papers`` from a folder of ``YYYY-MM-DD.json`` files; a day without a file is
    empty. ``folder`` may be switched at any time; ``today`` is the newest day that may be asked
    for."""

    def __init__(self, folder: Path, *, today: date | None = None, port: int = 0) -> None:
        self.folder = folder
        self.today = today
        super().__init__(port=port)

    def answer(self, request: Request) -> Reply:
        """One page, as the real server pages and refuses."""
        if request.path == "/api/papers/search":
            return _json(self._like(request.query.get("q", "")))
        if request.path != "/api/daily_papers":
            return super().answer(request)
        try:
            limit, page = int(request.query.get("limit", 50)), int(request.query.get("p", 0))
            day = date.fromisoformat(request.query.get("date", self._today().isoformat()))
        except ValueError:
            return _json({"error": "Invalid query"}, status=400)
        if not 1 <= limit <= 100:
            return _json({"error": "Too big: expected number to be <=100"}, status=400)
        if day > self._today():
            return _json({"error": "Invalid date"}, status=400)
        return self._page(day, limit, page)

    def _like(self, asked: str) -> list[Any]:
        """The entries with most of the words in their title."""
        words = set(re.findall(r"\w+", asked.lower()))
        entries = (
            one
            for path in sorted(self.folder.glob("*.json"))
            for one in json.loads(path.read_bytes())
        )
        return [
            one
            for one in entries
            if 2 * len(words & set(re.findall(r"\w+", one["paper"]["title"].lower()))) > len(words)
        ]

    def _page(self, day: date, limit: int, page: int) -> Reply:
        path = self.folder / f"{day}.json"
        entries = json.loads(path.read_bytes()) if path.exists() else []
        start = page * limit
        headers = {}
        if start + limit < len(entries):
            query = urlencode({"date": day, "limit": limit, "p": page + 1})
            headers["Link"] = f'<{self.base_url}/api/daily_papers?{query}>; rel="next"'
        return _json(entries[start : start + limit], headers=headers)

    def _today(self) -> date:
        return self.today or datetime.now(UTC).date()


class ArxivReplay(LoopbackServer):
    """``/api/query?id_list=…`` from the entries of all Atom files in a folder.

    ``entries`` holds them by id; :meth:`add` puts in one more.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.entries: dict[str, etree._Element] = {}
        for path in sorted(folder.glob("*.xml")) if folder else []:
            for entry in etree.parse(path).getroot().iter(f"{{{ATOM}}}entry"):
                self._put(entry)
        super().__init__()

    def add(
        self, paper_id: str, *, title: str, abstract: str, version: int = 1, comment: str = ""
    ) -> None:
        """Let the server know one more paper, or a newer state of one."""
        entry = etree.Element(f"{{{ATOM}}}entry")
        texts = {
            "id": f"http://arxiv.org/abs/{paper_id}v{version}",
            "title": title,
            "summary": abstract,
            "published": "2025-03-18T17:49:06Z",
            "updated": f"2025-03-{18 + version:02d}T17:49:06Z",
        }
        for name, text in texts.items():
            etree.SubElement(entry, f"{{{ATOM}}}{name}").text = text
        if comment:
            etree.SubElement(entry, "{http://arxiv.org/schemas/atom}comment").text = comment
        self._put(entry)

    def answer(self, request: Request) -> Reply:
        """A feed of the known ones; one malformed id spoils all, as it does at arXiv."""
        if request.path != "/api/query":
            return super().answer(request)
        if asked := request.query.get("search_query"):
            return Reply(body=_feed(self._with_words(asked.replace("ti:", "").split(" AND "))))
        ids = [one for one in request.query.get("id_list", "").split(",") if one]
        malformed = [one for one in ids if not any(sign.isdigit() for sign in one)]
        if malformed:
            return Reply(status=400, body=_feed([_error_entry(malformed[0])]))
        known = [self.entries[key] for one in ids if (key := arxiv_id(one) or "") in self.entries]
        return Reply(body=_feed(known), headers={"Content-Type": "application/atom+xml"})

    def _with_words(self, words: list[str]) -> list[etree._Element]:
        return [
            entry
            for entry in self.entries.values()
            if {one.lower() for one in words}
            <= set(re.findall(r"\w+", (entry.findtext(f"{{{ATOM}}}title") or "").lower()))
        ]

    def _put(self, entry: etree._Element) -> None:
        paper_id = arxiv_id(entry.findtext(f"{{{ATOM}}}id") or "")
        if paper_id is not None:
            self.entries[paper_id] = entry


def _json(value: Any, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Reply:
    shown = {"Content-Type": "application/json; charset=utf-8", **(headers or {})}
    return Reply(status=status, body=json.dumps(value).encode(), headers=shown)


def _feed(entries: list[etree._Element]) -> bytes:
    feed = etree.Element(f"{{{ATOM}}}feed")
    etree.SubElement(feed, f"{{{SEARCH}}}totalResults").text = str(len(entries))
    # Parsed again, since an element can hang in one tree only.
    feed.extend([etree.fromstring(etree.tostring(entry)) for entry in entries])
    return etree.tostring(feed, xml_declaration=True, encoding="UTF-8")


def _error_entry(text: str) -> etree._Element:
    entry = etree.Element(f"{{{ATOM}}}entry")
    shown = {
        "id": f"https://arxiv.org/api/errors#incorrect_id_format_for_{text}",
        "title": "Error",
        "summary": f"incorrect id format for {text}",
    }
    for name, value in shown.items():
        etree.SubElement(entry, f"{{{ATOM}}}{name}").text = value
    return entry


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, owner: LoopbackServer, port: int) -> None:
        self.owner = owner
        super().__init__(("127.0.0.1", port), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that hang up in the middle are what some tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version: ClassVar[str] = "HTTP/1.1"  # type: ignore[misc]
    server: _Server

    def do_GET(self) -> None:
        owner = self.server.owner
        owner._count(+1)
        try:
            self._send(owner._reply(self._request()))
        finally:
            owner._count(-1)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""

    def _request(self) -> Request:
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        return Request(
            parts.path, dict(parse_qsl(parts.query)), headers, datetime.now(UTC).timestamp()
        )

    def _send(self, reply: Reply) -> None:
        if reply.resets:
            self.close_connection = True
            return
        self.send_response(reply.status)
        length = len(reply.body) if reply.announced is None else reply.announced
        for name, value in {**reply.headers, "Content-Length": str(length)}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(reply.body)
        self.wfile.flush()
        if reply.stalls:
            self.server.owner._closing.wait()
        if length != len(reply.body):
            self.close_connection = True


def main() -> None:
    """Serve a folder of listings by hand, for ``PAPERBOY_HF_URL``."""
    parser = ArgumentParser(prog="python -m tests.replay", description=main.__doc__)
    parser.add_argument("folder", type=Path, help="holds YYYY-MM-DD.json files")
    parser.add_argument("--port", type=int, default=0)
    arguments = parser.parse_args()
    with HuggingFaceReplay(arguments.folder, port=arguments.port) as server:
        print(f"PAPERBOY_HF_URL={server.base_url}", flush=True)
        with suppress(KeyboardInterrupt):
            threading.Event().wait()


if __name__ == "__main__":
    main()
