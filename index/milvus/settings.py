"""Where the Milvus server is, and how the collection is laid out on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

IndexType = Literal["HNSW", "IVF_SQ8", "DISKANN", "FLAT"]
Partitioning = Literal["none", "month", "hash"]


@dataclass(frozen=True, slots=True)
class MilvusSettings:
    """How to reach a server and what to ask of it.

    `uri` is `http://host:19530`, `https://host:443`, `unix:/path` or the path of a `.db` file
    (milvus-lite). All but the address and `timeout_seconds` matter only when an index is created.

    `shards` spread writing, `replicas` reading. `partitions` by `month` let a search with dates
    visit only those months, by `hash` a search among named articles only theirs;
    `partition_count` is into how many partitions the months or articles are hashed.
    """

    uri: str
    token: str = field(default="", repr=False)
    database: str = ""
    shards: int = 1
    replicas: int = 1
    partitions: Partitioning = "none"
    partition_count: int = 16
    index_type: IndexType = "HNSW"
    timeout_seconds: float = 10.0

    @property
    def is_file(self) -> bool:
        """Whether this is a file of milvus-lite, which one process opens at a time."""
        return self.uri.endswith(".db") and "://" not in self.uri
