"""The server of a workspace ends cleanly, whoever comes at that moment."""

import gc
import socket
import sys
import threading
from contextlib import suppress

import pytest
from aiohttp import web

from bot.workspace.server import HOST, Server

ENDS, KNOCKS = 20, 200


@pytest.mark.filterwarnings("error::ResourceWarning")
def test_whoever_knocks_while_it_ends_leaves_nothing_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    left: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", left.append)
    for _ in range(ENDS):
        server, callers = Server(web.Application), list[socket.socket]()
        server.start(0)

        def knock(port: int, callers: list[socket.socket]) -> None:
            with suppress(OSError):
                for _ in range(KNOCKS):
                    callers.append(socket.create_connection((HOST, port), timeout=1))

        knocking = threading.Thread(target=knock, args=(server.port, callers))
        knocking.start()
        server.stop()
        knocking.join()
        for one in callers:
            one.close()
        gc.collect()
    assert not left
