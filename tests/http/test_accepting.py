"""The event loop of the server where connections cannot be taken."""

from __future__ import annotations

import asyncio
import errno
import socket

from bot.http.accepting import AcceptingLoop

BACKLOG = 2048
SECONDS = 3.5


class WithoutHandles(socket.socket):
    """A listening socket of a process that has no file handle left."""

    tries = 0

    def accept(self) -> tuple[socket.socket, object]:
        """Fail as the system does."""
        self.tries += 1
        raise OSError(errno.EMFILE, "Too many open files")


def listening() -> WithoutHandles:
    """A socket that somebody has called."""
    found = WithoutHandles()
    found.setblocking(False)
    found.bind(("127.0.0.1", 0))
    return found


async def serve(taken: WithoutHandles, seconds: float, tries: int = 0) -> asyncio.Server:
    """Listen for so long, and until so many tries were made, while somebody waits to be taken."""
    server = await asyncio.get_running_loop().create_server(
        asyncio.Protocol, sock=taken, backlog=BACKLOG
    )
    with socket.create_connection(taken.getsockname()):
        await asyncio.sleep(seconds)
        while taken.tries < tries:  # noqa: ASYNC110 - it is no part of a program that could tell
            await asyncio.sleep(0.1)
    return server


def test_the_backlog_is_tried_once_a_second() -> None:
    loop = AcceptingLoop()
    loop.set_exception_handler(lambda *_: None)
    with listening() as taken:
        started = loop.time()
        server = loop.run_until_complete(serve(taken, SECONDS, BACKLOG + 1))
        assert BACKLOG < taken.tries <= BACKLOG * (loop.time() - started + 1)
        server.close()
    loop.close()


def test_a_socket_that_was_closed_is_not_tried_again() -> None:
    loop = AcceptingLoop()
    faults: list[str] = []
    loop.set_exception_handler(lambda _, context: faults.append(context["message"]))
    with listening() as taken:
        loop.run_until_complete(serve(taken, 0.5)).close()
    assert set(faults) == {"socket.accept() out of system resource"}
    loop.run_until_complete(asyncio.sleep(1))
    assert len(set(faults)) == 1
    loop.close()
