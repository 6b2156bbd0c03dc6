"""The connection to the server, with pymilvus's errors turned into ours."""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog

from corpus.errors import IndexDamaged, SettingsError, StoreError, StoreUnavailable
from index.milvus.settings import MilvusSettings

log = structlog.get_logger(__name__)

Row = dict[str, Any]

SLOW_SECONDS = 180.0
"""Time for what takes long by nature: making, loading and dropping collections."""

MOST_ROWS = 16_384
"""The most rows that one query may give (quotaAndLimits.limits.maxQueryResultWindow)."""

FIRST_WITH_BM25 = (2, 5)

_COLLECTION_MISSING = 100
_NOT_LOADED = 101
_REFUSED = ("UNAUTHENTICATED", "PERMISSION_DENIED", "auth check failure", "permission deny")
_VERSION = re.compile(r"(\d+)\.(\d+)")


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a server can do, known from its version alone."""

    version: str
    keywords: bool

    @classmethod
    def of(cls, version: str) -> Capabilities:
        """Of the version that a server names, such as `2.6.4`, `v2.3.5-lite`, `milvus_lite-3.2.2`.

        An older server accepts the schema of a BM25 index and fails later, so it is not asked.
        """
        found = _VERSION.search(version)
        numbers = (int(found[1]), int(found[2])) if found else (0, 0)
        return cls(version, version.startswith("milvus_lite") or numbers >= FIRST_WITH_BM25)


class Connection:
    """One client of one server, made when it is first needed and again after a failure to.

    pymilvus itself reconnects and repeats calls while a server is gone, for at most
    `timeout_seconds`; after that StoreUnavailable is raised, and the next call tries anew.
    """

    def __init__(self, settings: MilvusSettings) -> None:
        self.settings = settings
        self._client: Any = None
        self._capabilities: Capabilities | None = None
        self._lock = threading.Lock()
        self._loading = threading.Lock()
        self.failing = False
        """Whether the last call failed."""

    @property
    def capabilities(self) -> Capabilities:
        """What the server can do."""
        if self._capabilities is None:
            with self.translated():
                version = self._connected().get_server_version(timeout=self._seconds)
            self._capabilities = Capabilities.of(str(version))
        return self._capabilities

    def close(self) -> None:
        """Let go of the server."""
        with self._lock:
            if self._client is not None:
                self._client.close()
                self._client = None

    def query(
        self, collection: str, where: str, fields: Sequence[str], since: int | None = None
    ) -> list[Row]:
        """All rows that pass a filter.

        Raises StoreError where these are `MOST_ROWS` or more: a server gives no more, and says
        nothing of the rest. `since` is the time stamp of a write that must be seen; without one,
        what is read may be some moments old. Nothing here waits for the newest state
        (consistency Strong).
        """
        rows = self._query(collection, where, fields, since, limit=MOST_ROWS)
        if len(rows) >= MOST_ROWS:
            raise StoreError(
                f"{collection} has more rows than Milvus gives at once ({MOST_ROWS:,}): split the"
                " file that was indexed last into smaller ones"
            )
        return rows

    def query_some(
        self, collection: str, where: str, fields: Sequence[str], since: int | None, most: int
    ) -> list[Row]:
        """Rows that pass a filter, at most so many, whichever they are."""
        return self._query(collection, where, fields, since, limit=min(most, MOST_ROWS))

    def count(self, collection: str, where: str, since: int | None = None) -> int:
        """How many rows pass a filter."""
        return int(self._query(collection, where, ["count(*)"], since)[0]["count(*)"])

    def search(
        self,
        collection: str,
        field: str,
        question: Any,
        k: int,
        where: str,
        parameters: Row,
        since: int | None = None,
        fields: Sequence[str] = (),
    ) -> list[Row]:
        """The `k` best rows, best first: `id`, `distance` and the fields asked for."""

        def search() -> Any:
            return self._connected().search(
                collection,
                data=[question],
                anns_field=field,
                limit=min(k, MOST_ROWS),
                filter=where,
                search_params=parameters,
                output_fields=list(fields),
                timeout=self._seconds,
                **_consistency(since),
            )

        found = self._loaded(collection, search)
        return [
            {**dict(hit["entity"]), "id": int(hit["id"]), "distance": float(hit["distance"])}
            for hit in found[0]
        ]

    def insert(self, collection: str, rows: Sequence[Row]) -> int | None:
        """Add rows; the time stamp from which they can be seen, where the server gives one."""
        with self.translated():
            client = self._connected()
            client.insert(collection, list(rows), timeout=max(self._seconds, 30.0))
            return self._last_write(client, collection)

    def delete(self, collection: str, where: str) -> None:
        """Delete the rows that pass a filter."""
        with self.translated():
            self._connected().delete(collection, filter=where, timeout=max(self._seconds, 30.0))

    def collections(self) -> list[str]:
        """The names of all collections."""
        with self.translated():
            return [str(name) for name in self._connected().list_collections(timeout=self._seconds)]

    def create(self, collection: str, schema: Any, indexes: Any, **properties: Any) -> None:
        """Make a collection with its indexes and load it."""
        with self.translated():
            client = self._connected()
            replicas = self.settings.replicas
            client.create_collection(
                collection,
                schema=schema,
                consistency_level="Bounded",
                timeout=SLOW_SECONDS,
                **properties,
            )
            # An empty collection has nothing to wait for.
            client.create_index(collection, indexes, timeout=SLOW_SECONDS, sync=False)
            client.load_collection(collection, replica_number=replicas, timeout=SLOW_SECONDS)

    def drop(self, collection: str) -> None:
        """Delete a collection and all that is in it."""
        with self.translated():
            self._connected().drop_collection(collection, timeout=SLOW_SECONDS)

    @contextmanager
    def translated(self) -> Iterator[None]:
        """Raise StoreError's kinds instead of pymilvus's and gRPC's."""
        import grpc
        from pymilvus.exceptions import MilvusException

        try:
            yield
            self.failing = False
        except MilvusException as error:
            self.failing = True
            raise self._ours(str(error.code), error.message, refused=_refused(error)) from None
        except grpc.RpcError as error:
            self.failing = True
            code = error.code().name if isinstance(error, grpc.Call) else type(error).__name__
            raise self._ours(code, code, refused=_refused(error)) from None

    def _query(
        self,
        collection: str,
        where: str,
        fields: Sequence[str],
        since: int | None,
        **window: int,
    ) -> list[Row]:
        def query() -> Any:
            return self._connected().query(
                collection,
                filter=where,
                output_fields=list(fields),
                timeout=self._seconds,
                **window,
                **_consistency(since),
            )

        return [dict(row) for row in self._loaded(collection, query)]

    def _loaded(self, collection: str, read: Callable[[], Any]) -> Any:
        """What `read` gives, after loading the collection where the server let go of it."""
        from pymilvus.exceptions import MilvusException

        with self.translated():
            try:
                return read()
            except MilvusException as error:
                if error.code != _NOT_LOADED:
                    raise
            with self._loading:
                log.debug("loading", collection=collection)
                self._connected().load_collection(
                    collection, replica_number=self.settings.replicas, timeout=SLOW_SECONDS
                )
            return read()

    @property
    def _seconds(self) -> float:
        return self.settings.timeout_seconds

    def _ours(self, code: str, message: str, *, refused: bool) -> Exception:
        uri = self.settings.uri
        told = " ".join(str(message).split())[:200]
        if refused:
            return StoreUnavailable(f"Milvus at {uri} refuses the token; set MILVUS_TOKEN")
        if code == str(_COLLECTION_MISSING):
            return IndexDamaged(f"the index at {uri} lacks a part ({told}): index --rebuild")
        if self.settings.is_file and "Open local milvus failed" in told:
            return StoreUnavailable(
                f"{uri} cannot be opened: close the other program that uses it (a .db file takes "
                "one at a time), or run a Milvus server"
            )
        return StoreUnavailable(f"Milvus at {uri} does not do its work ({told}); see that it runs")

    def _connected(self) -> Any:
        with self._lock:
            if self._client is None:
                self._client = self._connect()
            return self._client

    def _connect(self) -> Any:
        try:
            from pymilvus import MilvusClient
        except ImportError:
            raise SettingsError(
                "STORE names a Milvus server, but pymilvus is not there: "
                "pip install 'onrecord[milvus]'"
            ) from None
        # They log every failed call with a traceback; what fails is told by our own errors.
        for library in ("pymilvus", "milvus_lite"):
            logging.getLogger(library).setLevel(logging.CRITICAL)
        settings = self.settings
        if settings.is_file:
            try:
                Path(settings.uri).absolute().parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise StoreUnavailable(
                    f"no folder for {settings.uri} can be made ({error.strerror}); name another"
                ) from None
        return MilvusClient(
            settings.uri,
            token=settings.token,
            db_name=settings.database,
            timeout=settings.timeout_seconds,
            dedicated=True,
        )

    def _last_write(self, client: Any, collection: str) -> int | None:
        """What pymilvus remembers for its own consistency level Session."""
        from pymilvus.client.ts_utils import get_collection_ts

        address, database = client._config.address, client._config.db_name or "default"
        stamp = get_collection_ts(collection, address, database)
        return int(stamp) if stamp else None


def _consistency(since: int | None) -> Row:
    if since is None:
        return {"consistency_level": "Bounded"}
    return {"consistency_level": "Customized", "guarantee_timestamp": since}


def _refused(error: BaseException) -> bool:
    """Whether it is for the token that a call failed: pymilvus hides that behind its own errors."""
    causes: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in causes:  # it names errors as their own cause
        causes.append(cause)
        cause = cause.__cause__
    return any(sign in str(one) for one in causes for sign in _REFUSED)
