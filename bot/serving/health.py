"""``/healthz``, ``/readyz`` and, on their loopback port, ``/metrics``."""

from collections.abc import Callable, Iterable, Mapping
from wsgiref.types import StartResponse, WSGIEnvironment

from bot.serving.wsgi import LOOPBACK, WsgiServer, answer

THREADS = 2

Parts = Callable[[], Mapping[str, bool]]


class HealthServer(WsgiServer):
    """Health and metrics on a loopback *port*, beside either way in.

    Raises:
        PaperboyError: the port is taken.
    """

    def __init__(
        self, *, port: int, parts: Parts, page: Callable[[], bytes], content_type: str
    ) -> None:
        def respond(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
            if environ.get("PATH_INFO", "") == "/metrics":
                return answer(start, "200 OK", page(), content_type)
            told = health_answer(environ, start, parts)
            return answer(start, "404 Not Found", b"nothing here") if told is None else told

        super().__init__(
            respond, host=LOOPBACK, port=port, threads=THREADS, setting="PAPERBOY_METRICS_PORT"
        )


def health_answer(
    environ: WSGIEnvironment, start: StartResponse, parts: Parts
) -> Iterable[bytes] | None:
    """The answer about health; None for any other path.

    ``/healthz`` says that the process serves at all; ``/readyz`` names each part, with 503 as
    long as one doesn't work.
    """
    path = environ.get("PATH_INFO", "")
    if path == "/healthz":
        return answer(start, "200 OK", b"alive\n")
    if path != "/readyz":
        return None
    found = parts()
    status = "200 OK" if all(found.values()) else "503 Service Unavailable"
    lines = [f"{name} {'ok' if works else 'down'}\n" for name, works in found.items()]
    return answer(start, status, "".join(lines).encode())
