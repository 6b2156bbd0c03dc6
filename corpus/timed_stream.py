"""A network connection that ends when the time of a fetch is over, whatever is sent over it.

A limit for each read alone lets a server go on for ever: with a byte of its headers now and then,
or with one interim response after the other.
"""

from __future__ import annotations

import math
import ssl
import time
from typing import Any

import httpcore


class Deadline:
    """When a fetch must be done. Set anew for the next one over the same connections."""

    def __init__(self) -> None:
        self._end = math.inf

    def set(self, seconds: float) -> None:
        """So many seconds from now."""
        self._end = time.monotonic() + seconds

    def within(self, timeout: float | None) -> float | None:
        """The time-out of the next step. Raises httpcore.ReadTimeout where no time is left."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time of the fetch is over")
        if math.isinf(left):
            return timeout
        return left if timeout is None else min(left, timeout)


class TimedStream(httpcore.NetworkStream):
    """A stream, each step of which ends by the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """As the stream does."""
        return self._stream.read(max_bytes, self._deadline.within(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """As the stream does."""
        self._stream.write(buffer, self._deadline.within(timeout))

    def close(self) -> None:
        """As the stream does."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """The same connection, encrypted, with the same deadline."""
        within = self._deadline.within(timeout)
        encrypted = self._stream.start_tls(ssl_context, server_hostname, within)
        return TimedStream(encrypted, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """As the stream does."""
        return self._stream.get_extra_info(info)
