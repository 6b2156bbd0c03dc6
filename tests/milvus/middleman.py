"""Stands between pymilvus and a Milvus server, and sees, loses or refuses what passes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import PurePosixPath
from typing import Any

import grpc
from pymilvus.grpc_gen import milvus_pb2

SECONDS_FOR_A_CALL = 60


@dataclass(frozen=True, slots=True)
class Call:
    """One call as it came: the name of its method, its message and what came beside it."""

    name: str
    message: bytes
    metadata: dict[str, str]

    def read(self, kind: str) -> Any:
        """The message as what it is, such as `SearchRequest`."""
        return getattr(milvus_pb2, kind).FromString(self.message)


@dataclass
class Middleman(grpc.GenericRpcHandler):  # type: ignore[misc] # grpc tells no types
    """Hands calls on to a server.

    `losing` says how many replies to which calls are lost on their way back: the server has done
    the work, and who asked sees a connection that broke. `before` is done once before a call to a
    method is handed on, as if it were slow on its way. Who does not bring `token` is refused,
    where there is one.
    """

    server: grpc.Channel
    losing: Counter[str] = field(default_factory=Counter)
    before: dict[str, Callable[[], object]] = field(default_factory=dict)
    token: str | None = None
    calls: list[Call] = field(default_factory=list)

    def service(self, details: grpc.HandlerCallDetails) -> grpc.RpcMethodHandler:
        """How a call is dealt with, whatever it is: messages stay bytes."""
        return grpc.unary_unary_rpc_method_handler(partial(self._hand_on, details))

    def names(self) -> list[str]:
        """The methods that were called, in order."""
        return [call.name for call in self.calls]

    def _hand_on(
        self, details: grpc.HandlerCallDetails, message: bytes, context: grpc.ServicerContext
    ) -> bytes:
        name = PurePosixPath(details.method).name
        metadata = {one.key: one.value for one in details.invocation_metadata}
        self.calls.append(Call(name, message, metadata))
        if self.token is not None and metadata.get("authorization") != self.token:
            context.abort(grpc.StatusCode.UNAUTHENTICATED, "auth check failure")
        if (first := self.before.pop(name, None)) is not None:
            first()
        try:
            reply: bytes = self.server.unary_unary(details.method)(
                message, timeout=SECONDS_FOR_A_CALL
            )
        except grpc.RpcError as error:
            context.abort(error.code(), error.details())
        if self.losing[name]:
            self.losing[name] -= 1
            context.abort(grpc.StatusCode.UNAVAILABLE, "the reply was lost")
        return reply


@contextmanager
def between(
    uri: str, *, secured_by: Sequence[tuple[bytes, bytes]] = (), **how: Any
) -> Iterator[tuple[Middleman, str]]:
    """A middleman before the server at `uri`, and the address to ask it at.

    With keys and certificates (both PEM) in `secured_by` it speaks TLS.
    """
    with (
        grpc.insecure_channel(uri.removeprefix("http://"), _ANY_SIZE) as channel,
        ThreadPoolExecutor(8) as pool,
    ):
        middleman = Middleman(channel, **how)
        server = grpc.server(pool, [middleman], options=_ANY_SIZE)
        if secured_by:
            credentials = grpc.ssl_server_credentials(secured_by)
            port = server.add_secure_port("127.0.0.1:0", credentials)
        else:
            port = server.add_insecure_port("127.0.0.1:0")
        server.start()
        try:
            yield middleman, f"{'https' if secured_by else 'http'}://127.0.0.1:{port}"
        finally:
            server.stop(grace=None).wait()


_ANY_SIZE = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]
