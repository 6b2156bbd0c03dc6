"""Variables that Kubernetes sets in every pod for each service of its namespace.

Those of a service whose name begins with `onrecord` look like settings of ours. What they are
called: https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables
"""

from __future__ import annotations

from collections.abc import Mapping

HOST, PORT = "_SERVICE_HOST", "_PORT"
PROTOCOLS = ("tcp://", "udp://", "sctp://")


def without_service_links(
    environment: Mapping[str, str | None], known: frozenset[str]
) -> dict[str, str | None]:
    """The variables that Kubernetes has not set. Of those `known`, a port alone may be its work."""
    upper = {name: name.upper() for name in environment}
    services = {one.removesuffix(HOST) for one in upper.values() if one.endswith(HOST)}
    ports = {name for name, value in environment.items() if _is_port(upper[name], value)}
    services |= {upper[name].removesuffix(PORT) for name in ports}
    begun = tuple(
        f"{service}{ending}"
        for service in services
        for ending in (HOST, "_SERVICE_PORT", f"{PORT}_")
    )
    return {
        name: value
        for name, value in environment.items()
        if name not in ports and (upper[name] in known or not upper[name].startswith(begun))
    }


def _is_port(name: str, value: str | None) -> bool:
    """Whether a port is given as the address of a service, as no setting is."""
    return name.endswith(PORT) and value is not None and value.lower().startswith(PROTOCOLS)
