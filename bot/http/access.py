"""Who may ask, and who may change the collection."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends
from fastapi.security import APIKeyHeader, HTTPBearer
from pydantic import SecretStr
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection

from bot.http.problems import Problem
from bot.http.subscribers import subscriber_of
from bot.settings import Settings
from corpus.errors import SettingsError

_FORWARDED = (
    "forwarded",
    "via",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-real-ip",
)
_OF_PROXIES = "1.0"
"""The version of HTTP that nginx speaks with what is behind it; browsers and curl speak 1.1."""

bearer = HTTPBearer(auto_error=False, description="An API key (asking) or admin key (changing).")
key_header = APIKeyHeader(name="X-API-Key", auto_error=False, description="The same, by header.")


def is_loopback(host: str) -> bool:
    """Whether a host name or address can only be reached from this machine."""
    name = host.strip("[]").lower()
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def check_exposure(settings: Settings) -> None:
    """Refuse to serve other machines without a key for changing the collection.

    Raises SettingsError.
    """
    if not is_loopback(settings.host) and not settings.admin_keys:
        raise SettingsError(
            f"refusing to listen on {settings.host} where anybody could change the articles:"
            " set ONRECORD_ADMIN_KEYS, or listen on 127.0.0.1"
        )


def may_change_keyless(settings: Settings) -> bool:
    """Whether there is anybody who may change the collection without a key.

    Where there are keys for asking, or proxies, others than this machine's user are expected.
    """
    return is_loopback(settings.host) and not (
        settings.admin_keys or settings.api_keys or settings.trusted_proxies
    )


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sends a request. `identity` names them for rate limits and holds no key."""

    identity: str
    may_ask: bool
    may_change: bool
    key_given: bool
    by_own_name: bool = True
    """Whether the server was asked by a name that is its own; see `Gate`."""
    from_own_page: bool = True
    """Whether no page of another site asks but those that the settings name, by its Origin."""


class Gate:
    """Decides what a request may do. Keys are held as digests and compared in constant time.

    A server that only this machine's user reaches is asked by a name of this machine. A page of
    another site may have its own name rebound to loopback, and would read the articles; its Host
    gives it away. Behind a proxy the Host is the proxy's: `trusted_proxies` says that there is one.
    """

    def __init__(self, settings: Settings) -> None:
        self._asking = _digests(settings.api_keys)
        self._changing = _digests(settings.admin_keys)
        self._keyless = may_change_keyless(settings)
        self._named = not is_loopback(settings.host) or bool(settings.trusted_proxies)
        self._other_pages = frozenset(settings.cors_origins)

    def caller(self, connection: HTTPConnection) -> Caller:
        """Who sends this request, by its key or else its address."""
        key = presented_key(connection.headers)
        digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest() if key else b""
        asks, changes = _known(digest, self._asking), _known(digest, self._changing)
        address = connection.client.host if connection.client else "unknown"
        own_name = self._named or is_loopback(_host_name(connection.headers.get("host", "")))
        subscriber = f"address:{subscriber_of(address)}"
        return Caller(
            identity=f"key:{digest.hex()[:16]}" if asks or changes else subscriber,
            may_ask=asks or changes or (own_name and not self._asking),
            may_change=changes if self._changing else self._may_change_keyless(connection),
            key_given=key is not None,
            by_own_name=own_name or bool(self._asking),
            from_own_page=self._from_own_page(connection.headers) or bool(self._asking),
        )

    def _from_own_page(self, headers: Headers) -> bool:
        """Whether a request comes from no page, from one here, or from one that may ask."""
        origin = headers.get("origin")
        if self._named or origin is None or is_loopback(_host_name(_place_of(origin))):
            return True
        return not self._other_pages.isdisjoint((origin, "*"))

    def _may_change_keyless(self, connection: HTTPConnection) -> bool:
        """Without admin keys only this machine's own user may change anything.

        A page of another site open in the same browser must not (its Origin, or a Host that was
        rebound to loopback, gives it away), nor may somebody behind a proxy on this machine. One
        that tells nothing of itself cannot be told from the user, if not by its version of HTTP.
        """
        headers = connection.headers
        if not self._keyless or any(name in headers for name in _FORWARDED):
            return False
        if connection.scope.get("http_version") == _OF_PROXIES:
            return False
        if connection.client is not None and not is_loopback(connection.client.host):
            return False
        host = headers.get("host", "")
        origin = headers.get("origin")
        return is_loopback(_host_name(host)) and (
            origin is None or _place_of(origin).lower() == host.lower()
        )


def presented_key(headers: Headers) -> str | None:
    """The key of a request: `Authorization: Bearer …` or `X-API-Key: …`."""
    scheme, _, value = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and value.strip():
        return value.strip()
    return headers.get("x-api-key") or None


async def caller_of(
    connection: HTTPConnection,
    _bearer: Annotated[object, Depends(bearer)],
    _key_header: Annotated[object, Depends(key_header)],
) -> Caller:
    """The caller as the middleware found it; the schemes are named for OpenAPI only."""
    caller: Caller = connection.scope["state"]["caller"]
    return caller


async def require_asker(caller: Annotated[Caller, Depends(caller_of)]) -> Caller:
    """Raises Problem where a key for asking is needed and missing."""
    refusal = asking_refused(caller)
    if refusal is not None:
        raise refusal
    return caller


def asking_refused(caller: Caller) -> Problem | None:
    """Why a caller may not ask; None where they may."""
    if caller.may_ask:
        return None
    if not caller.by_own_name:
        return Problem(
            421,
            "this server answers on this machine only: ask it as localhost or 127.0.0.1; behind a"
            " proxy set ONRECORD_TRUSTED_PROXIES",
        )
    return Problem(
        401,
        "this server answers only with a key: send Authorization: Bearer KEY",
        headers={"WWW-Authenticate": "Bearer"},
    )


async def require_admin(caller: Annotated[Caller, Depends(caller_of)]) -> Caller:
    """Raises Problem where a change is not this caller's to make."""
    if caller.may_change:
        return caller
    if caller.key_given:
        raise Problem(
            403,
            "this key may not change the articles: send an admin key, one of ONRECORD_ADMIN_KEYS",
        )
    raise Problem(
        401,
        "changing the articles needs an admin key (ONRECORD_ADMIN_KEYS, set where the server runs):"
        " send Authorization: Bearer KEY",
        headers={"WWW-Authenticate": "Bearer"},
    )


def _digests(keys: Iterable[SecretStr]) -> tuple[bytes, ...]:
    return tuple(hashlib.sha256(key.get_secret_value().encode()).digest() for key in keys)


def _known(digest: bytes, known: tuple[bytes, ...]) -> bool:
    """Every key is compared, so that the time says nothing about which one came near."""
    return sum(hmac.compare_digest(digest, one) for one in known) > 0


def _place_of(origin: str) -> str:
    """Host and port of an Origin header; empty for the `null` of a page that has none."""
    return origin.partition("://")[2]


def _host_name(host: str) -> str:
    """The name or address in a Host header without its port; empty where it cannot be read."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
