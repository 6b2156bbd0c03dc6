"""An HTTP transport that connects only to permitted addresses.

The host is resolved here and the connection made to the address that was checked, so that a name
cannot be given one address for the check and another for the connection. TLS still verifies the
name. Proxies of the environment are not used: they would connect in our stead, unchecked.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterable, Iterator
from ipaddress import ip_address

import httpcore
import httpx

from corpus.addresses import Address, Resolve
from corpus.errors import ImportRefused
from corpus.timed_stream import Deadline, TimedStream

Permit = Callable[[Address], bool]
SocketOption = (
    tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]
)

_TIMEOUTS = (httpcore.TimeoutException,)
_FAILURES = (
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.UnsupportedProtocol,
)


class GuardedBackend(httpcore.NetworkBackend):
    """Connects to a permitted address of a host, or refuses. All of it ends by the deadline."""

    def __init__(self, resolve: Resolve, permit: Permit, deadline: Deadline | None = None) -> None:
        self._resolve = resolve
        self._permit = permit
        self._deadline = deadline or Deadline()
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection. Raises ImportRefused if any address of the host is not permitted."""
        addresses = self._addresses(host, port)
        if not all(self._permit(address) for address in addresses):
            raise ImportRefused(
                f"{host} is not on the public internet; only public addresses are fetched"
            )
        failure: httpcore.NetworkError | httpcore.TimeoutException | None = None
        for address in addresses[:3]:
            try:
                within = self._deadline.within(timeout)
                connected = self._sockets.connect_tcp(
                    str(address), port, within, local_address, socket_options
                )
                return TimedStream(connected, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or httpcore.ConnectError(f"no address of {host} answers")

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> httpcore.NetworkStream:
        """Never: a socket of this machine is not on the public internet."""
        raise ImportRefused("sockets of this machine are not fetched; give a web address")

    def _addresses(self, host: str, port: int) -> list[Address]:
        try:
            return [ip_address(host.strip("[]"))]
        except ValueError:
            pass
        try:
            addresses = self._resolve(host, port)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(str(error)) from error
        except (OSError, UnicodeError):
            addresses = []
        if not addresses:
            raise httpcore.ConnectError(f"the host {host} is not known")
        return addresses


class GuardedTransport(httpx.BaseTransport):
    """httpx over httpcore with a `GuardedBackend`."""

    def __init__(self, resolve: Resolve, permit: Permit, deadline: Deadline) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=ssl.create_default_context(),
            max_connections=4,
            network_backend=GuardedBackend(resolve, permit, deadline),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request; its exceptions are httpx's."""
        sent = httpcore.Request(
            method=request.method,
            url=httpcore.URL(
                scheme=request.url.raw_scheme,
                host=request.url.raw_host,
                port=request.url.port,
                target=request.url.raw_path,
            ),
            headers=request.headers.raw,
            content=request.stream if isinstance(request.stream, httpx.SyncByteStream) else None,
            extensions=request.extensions,
        )
        with _as_httpx(request):
            received = self._pool.handle_request(sent)
        return httpx.Response(
            received.status,
            headers=received.headers,
            stream=_Body(received.iter_stream(), received, request),
            extensions=received.extensions,
            request=request,
        )

    def close(self) -> None:
        """Close every connection."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(
        self, parts: Iterator[bytes], response: httpcore.Response, request: httpx.Request
    ) -> None:
        self._parts = parts
        self._response = response
        self._request = request

    def __iter__(self) -> Iterator[bytes]:
        with _as_httpx(self._request):
            yield from self._parts

    def close(self) -> None:
        self._response.close()


class _as_httpx:  # noqa: N801  a context manager, named for how it reads
    def __init__(self, request: httpx.Request) -> None:
        self._request = request

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, _TIMEOUTS):
            raise httpx.ReadTimeout(str(error), request=self._request) from error
        if isinstance(error, _FAILURES):
            raise httpx.TransportError(str(error), request=self._request) from error
