"""The thread in which the bot reads and writes what it keeps."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


class DatabaseThread:
    """One thing after the other, in the order in which they were asked for.

    A disk that is slow or busy keeps waiting who needs it, and never the event loop, on which all
    chats and, beside HTTP, all requests go on.
    """

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="telegram")

    async def run(
        self,
        function: Callable[Parameters, Result],
        *args: Parameters.args,
        **kwargs: Parameters.kwargs,
    ) -> Result:
        """What the function returns, called in the thread."""
        call = functools.partial(function, *args, **kwargs)
        return await asyncio.get_running_loop().run_in_executor(self._thread, call)

    def close(self) -> None:
        """Take nothing more. What was asked for is still done."""
        self._thread.shutdown(wait=False)
