"""The connections of one call: opened where they may lead, counted, and ended with it."""

import socket
import ssl
import threading
from collections.abc import Iterable
from concurrent.futures import Future
from typing import Any

import httpcore2
import httpx2

from bot.net.addresses import is_public
from bot.net.limits import Call


class NoSuchHostError(httpx2.ConnectError):
    """A name leads nowhere."""


class PrivateAddressError(httpx2.ConnectError):
    """A public host's name leads into a private network or to this machine."""


class UnsafeConnectionError(httpx2.ConnectError):
    """The other side could not prove who it is, or speaks no TLS that we accept."""


class Network(httpcore2.NetworkBackend):
    """Opens the connections of one *call*.

    Names are looked up here and what is connected to is the address that was checked, so a name
    that leads elsewhere a moment later gains nothing.

    Args:
        call: what the connections belong to.
        private: whether the host may be in a private network or on this machine.
    """

    def __init__(self, call: Call, *, private: bool) -> None:
        self._call = call
        self._private = private

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,  # noqa: ARG002 (neither is ever set)
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002
    ) -> httpcore2.NetworkStream:
        """A connection to *host*, within *timeout* seconds for looking up and connecting.

        The system's look-up can't be interrupted. It has a thread of its own, which is left
        behind when the time is up.
        """
        opened: Future[httpcore2.NetworkStream] = Future()
        self._call.on_end(opened.cancel)
        threading.Thread(
            target=self._open, args=(opened, host, port, timeout), name="connect", daemon=True
        ).start()
        with self._call.guarded():
            stream = _result(opened, timeout)
            try:
                self._call.hold(stream.get_extra_info("socket"))
            except OSError as error:  # no more files may be opened
                raise httpcore2.ConnectError(str(error)) from error
        return _CountedStream(self._call, stream)

    def _open(
        self,
        opened: "Future[httpcore2.NetworkStream]",
        host: str,
        port: int,
        timeout: float | None,
    ) -> None:
        try:
            stream = self._connected(host, port, timeout)
        except Exception as error:
            if opened.set_running_or_notify_cancel():
                opened.set_exception(error)
            return
        # The call owns it from here on: whoever waits may have been told to go meanwhile.
        self._call.on_finish(stream.close)
        if opened.set_running_or_notify_cancel():
            opened.set_result(stream)

    def _connected(self, host: str, port: int, timeout: float | None) -> httpcore2.NetworkStream:
        addresses = self._addresses(host, port)
        # One that swallows everything must leave time for the others.
        share = None if timeout is None else timeout / len(addresses)
        for address in addresses[:-1]:
            try:
                return httpcore2.SyncBackend().connect_tcp(address, port, share)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                continue
        return httpcore2.SyncBackend().connect_tcp(addresses[-1], port, share)

    def _addresses(self, host: str, port: int) -> list[str]:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise NoSuchHostError(f"no such host: {host}") from error
        addresses = list(dict.fromkeys(str(one[4][0]) for one in found))
        allowed = [one for one in addresses if self._private or is_public(one)]
        if not allowed:
            raise PrivateAddressError(f"{host} leads to a private address")
        return allowed


class ProxyNetwork(Network):
    """Opens connections to a proxy."""

    def connect_tcp(
        self, host: str, port: int, *rest: Any, **named: Any
    ) -> httpcore2.NetworkStream:
        """A connection to the proxy; raises ProxyError where there is none."""
        try:
            return super().connect_tcp(host, port, *rest, **named)
        except (httpcore2.ConnectError, httpcore2.ConnectTimeout, httpx2.ConnectError) as error:
            raise httpx2.ProxyError(f"no connection to the proxy: {error}") from error


def _result(
    opened: "Future[httpcore2.NetworkStream]", timeout: float | None
) -> httpcore2.NetworkStream:
    try:
        return opened.result(timeout)
    except TimeoutError as error:
        if opened.cancel():
            raise httpcore2.ConnectTimeout("no connection in time") from error
        return opened.result()


class _CountedStream(httpcore2.NetworkStream):
    """A connection whose every byte counts for its call."""

    def __init__(self, call: Call, stream: httpcore2.NetworkStream) -> None:
        self._call = call
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        with self._call.guarded():
            data = self._stream.read(max_bytes, timeout)
        self._call.count_received(len(data))
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        with self._call.guarded():
            self._stream.write(buffer, timeout)

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        with self._call.guarded():
            try:
                stream = self._stream.start_tls(ssl_context, server_hostname, timeout)
            except httpcore2.ConnectError as error:
                if isinstance(error.__cause__, ssl.SSLError):
                    raise UnsafeConnectionError(str(error)) from error
                raise
            self._call.on_finish(stream.close)
        return _CountedStream(self._call, stream)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
