"""HTTP mode: signed requests on ``/slack/events``, the pages of an installation, and health."""

import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from wsgiref.types import StartResponse, WSGIEnvironment

from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.adapter.wsgi.http_request import WsgiHttpRequest
from slack_bolt.adapter.wsgi.http_response import WsgiHttpResponse
from slack_sdk.signature import SignatureVerifier

from bot.serving.health import Parts, health_answer
from bot.serving.ports import Dispatcher
from bot.serving.wsgi import WsgiServer, answer

EVENTS_PATH = "/slack/events"
# Each request holds a thread until it is acknowledged, which takes milliseconds, or as long as it
# may wait for the database.
THREADS = 64
# The last step of an installation waits for Slack; acknowledgements must find a thread meanwhile.
INSTALLING_AT_ONCE = 8

_UNSIGNED = BoltResponse(status=401, body='{"error": "invalid request"}')
_UNREADABLE = BoltResponse(status=400, body="")
_BUSY = BoltResponse(status=503, body="", headers={"Retry-After": "5"})


class HttpServer(WsgiServer):
    """Serves the Bolt app on *host*:*port* from threads of its own.

    Args:
        signing_secret: what Slack signs its requests with.
        parts: what Paperboy needs to do its work, and whether it works.

    Raises:
        PaperboyError: the address cannot be listened on.
    """

    def __init__(
        self, app: Dispatcher, *, signing_secret: str, host: str, port: int, parts: Parts
    ) -> None:
        door = _Door(app, SignatureVerifier(signing_secret))

        def respond(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
            known = health_answer(environ, start, parts)
            if known is not None:
                return known
            served = door.response(WsgiHttpRequest(environ))
            if served is None:
                return answer(start, "404 Not Found", b"nothing here")
            told = WsgiHttpResponse(served.status, served.headers, served.body)
            start(told.status, told.get_headers())
            return told.get_body()

        super().__init__(respond, host=host, port=port, threads=THREADS, setting="PORT")


class _Door:
    """Lets in what Slack has signed, before anything looks into it, and browsers that install."""

    def __init__(self, app: Dispatcher, verifier: SignatureVerifier) -> None:
        self._app = app
        self._verifier = verifier
        self._installing = threading.BoundedSemaphore(INSTALLING_AT_ONCE)

    def response(self, request: WsgiHttpRequest) -> BoltResponse | None:
        """The answer to a request; None for what is served elsewhere or not at all."""
        if request.method == "POST" and request.path == EVENTS_PATH:
            return self._event(request)
        page = self._found_page(request.path) if request.method == "GET" else None
        return self._page(request, page) if page else None

    def _event(self, request: WsgiHttpRequest) -> BoltResponse:
        body = request.environ["wsgi.input"].read()
        if not self._is_signed(request, body):
            return _UNSIGNED
        try:
            # Of all that a sender may say in headers, how the body is written is what counts.
            written = {"content-type": request.environ.get("CONTENT_TYPE", "")}
            known = BoltRequest(body=body.decode(), headers=written)
        except (ValueError, TypeError, AttributeError):  # signed, but nothing Slack would send
            return _UNREADABLE
        return self._app.dispatch(known)

    def _found_page(self, path: str) -> Callable[[BoltRequest], BoltResponse] | None:
        flow = self._app.oauth_flow
        if flow is None:
            return None
        pages = {
            flow.install_path: flow.handle_installation,
            flow.redirect_uri_path: flow.handle_callback,
        }
        return pages.get(path)

    def _page(
        self, request: WsgiHttpRequest, page: Callable[[BoltRequest], BoltResponse]
    ) -> BoltResponse:
        if not self._installing.acquire(blocking=False):
            return _BUSY
        try:
            return page(
                BoltRequest(body="", query=request.query_string, headers=request.get_headers())
            )
        finally:
            self._installing.release()

    def _is_signed(self, request: WsgiHttpRequest, body: bytes) -> bool:
        headers = request.environ
        timestamp = headers.get("HTTP_X_SLACK_REQUEST_TIMESTAMP")
        signature = headers.get("HTTP_X_SLACK_SIGNATURE")
        # The verifier stumbles over stamps that are no numbers, bodies that are no text, and
        # signatures beyond ASCII.
        with suppress(ValueError, TypeError):
            return self._verifier.is_valid(body, timestamp, signature)
        return False
