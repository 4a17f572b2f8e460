"""Hosts that must be reached at public addresses, whatever their names are made to lead to.

The check looks at the address of the connection that was made, so a name that resolves to
something else a moment later gains nothing.
"""

import ipaddress
import socket
from collections.abc import Collection
from typing import Any

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError


class PrivateAddressError(HTTPError):
    """A public host's name leads into a private network or to this machine."""


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(ip, "ipv4_mapped", None)
    return (mapped or ip).is_global


def guard(pools: urllib3.PoolManager, hosts: Collection[str]) -> None:
    """From now on *pools* connect to *hosts* at public addresses only."""
    names = frozenset(hosts)

    def checked(connection: Any, made: socket.socket) -> socket.socket:
        if connection.host in names and not is_public(str(made.getpeername()[0])):
            made.close()
            raise PrivateAddressError(connection.host)
        return made

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return checked(self, super()._new_conn())

    class Safe(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return checked(self, super()._new_conn())

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SafePool(HTTPSConnectionPool):
        ConnectionCls = Safe

    pools.pool_classes_by_scheme = {"http": PlainPool, "https": SafePool}
