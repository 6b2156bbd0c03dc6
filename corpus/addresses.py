"""Which network addresses a link may lead to: public ones only."""

from __future__ import annotations

import queue
import socket
import threading
from collections.abc import Callable, Sequence
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
)

from corpus.special_networks import SPECIAL_IPV4, SPECIAL_IPV6, TRANSLATED_IPV4, UNICAST_IPV6

Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], list[Address]]

LOOK_UP_SECONDS = 5.0


def resolve(host: str, port: int, seconds: float = LOOK_UP_SECONDS) -> list[Address]:
    """All addresses of a host, in the order of the system.

    Raises OSError where there are none, TimeoutError (an OSError) where nobody tells in time.
    """
    return within(seconds, lambda: _looked_up(host, port))


def within(seconds: float, look_up: Callable[[], list[Address]]) -> list[Address]:
    """What `look_up` gives or raises. Raises TimeoutError where that takes longer.

    The system's own look-up takes no time limit, so it runs in a thread that is left behind.
    """
    outcome: queue.SimpleQueue[list[Address] | OSError | UnicodeError] = queue.SimpleQueue()

    def run() -> None:
        try:
            outcome.put(look_up())
        except (OSError, UnicodeError) as error:
            outcome.put(error)

    threading.Thread(target=run, name="look-up", daemon=True).start()
    try:
        found = outcome.get(timeout=seconds)
    except queue.Empty:
        raise TimeoutError(f"the name was not found within {seconds:g} seconds") from None
    if isinstance(found, Exception):
        raise found
    return found


def _looked_up(host: str, port: int) -> list[Address]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]


def is_public(address: Address) -> bool:
    """Whether an address is on the public internet, seen through IPv4 in IPv6."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in SPECIAL_IPV4)
    if any(address in network for network in TRANSLATED_IPV4):
        return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
    return address in UNICAST_IPV6 and not any(address in network for network in SPECIAL_IPV6)


def public_or_in(
    networks: Sequence[IPv4Network | IPv6Network],
) -> Callable[[Address], bool]:
    """A test for addresses on the public internet or in one of these networks of the house."""

    def permits(address: Address) -> bool:
        return is_public(address) or any(address in network for network in networks)

    return permits
