"""The event loop of the server: it waits for file handles without running hot."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextvars import Context
from typing import TypeVarTuple

Arguments = TypeVarTuple("Arguments")


class AcceptingLoop(asyncio.SelectorEventLoop):
    """asyncio's loop, which retries once where a connection cannot be taken for want of handles.

    asyncio plans a retry a second later for each place of the backlog, and each of these plans as
    many again: within ten seconds the loop does nothing else. Here there is one for a socket, and
    none for a socket that was closed meanwhile.
    """

    def __init__(self) -> None:
        super().__init__()
        self._retries: dict[int, asyncio.TimerHandle] = {}

    def call_later(
        self,
        delay: float,
        callback: Callable[[*Arguments], object],
        *args: *Arguments,
        context: Context | None = None,
    ) -> asyncio.TimerHandle:
        """Call back after so many seconds, a retry that is planned already only once."""
        if getattr(callback, "__name__", "") != "_start_serving":
            return super().call_later(delay, callback, *args, context=context)
        listening = _fileno(args)
        known = self._retries.get(listening)
        if known is None or known.when() <= self.time():
            known = super().call_later(delay, _unless_closed, callback, args, context=context)
            self._retries[listening] = known
        return known


def _unless_closed(callback: Callable[..., object], args: tuple[object, ...]) -> None:
    if _fileno(args) >= 0:
        callback(*args)


def _fileno(args: tuple[object, ...]) -> int:
    """Of the listening socket, the second argument of a retry; negative where it is closed."""
    fileno = getattr(args[1], "fileno", None)
    return -1 if fileno is None else int(fileno())
