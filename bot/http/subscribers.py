"""Whom an address stands for where somebody is counted by it."""

from __future__ import annotations

import ipaddress

SUBSCRIBER_BITS = 64
"""Of an IPv6 address. A line is given a network of these at least, and its machines take a new
address in it as often as they like (RFC 6177, RFC 8981)."""


def subscriber_of(address: str) -> str:
    """An IPv4 address as it is, an IPv6 one as the network of its line; other names unchanged."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return address
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((int(found), SUBSCRIBER_BITS), strict=False))
