"""Ports for servers under test, which may go away and come back at the same address."""

from __future__ import annotations

import socket


def reserved_port() -> socket.socket:
    """A port on loopback that nobody else is given while this socket is open.

    It does not listen, so who connects is refused; who listens on it does so with SO_REUSEADDR.
    """
    reserved = socket.socket()
    reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    reserved.bind(("127.0.0.1", 0))
    return reserved


def number_of(reserved: socket.socket) -> int:
    """The port's number."""
    return int(reserved.getsockname()[1])
