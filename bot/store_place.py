"""Where the settings say that the store is."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

if TYPE_CHECKING:
    from bot.settings import Settings
    from index.opening import StorePlace


def place_of(settings: Settings, store: str | None = None) -> StorePlace:
    """The place that `STORE` names, or `store` where it is given; the rest is from the settings."""
    from index.milvus.settings import MilvusSettings
    from index.opening import EMBEDDED, StorePlace

    named = settings.store if store is None else store
    if named == EMBEDDED:
        return StorePlace(settings.data)
    token = settings.milvus_token
    return StorePlace(
        settings.data,
        MilvusSettings(
            uri=named,
            token=token.get_secret_value() if token else "",
            database=settings.milvus_database,
            shards=settings.milvus_shards,
            replicas=settings.milvus_replicas,
            partitions=settings.milvus_partitions,
            partition_count=settings.milvus_partition_count,
            index_type=settings.milvus_index,
            timeout_seconds=settings.milvus_timeout_seconds,
        ),
    )


def check_store_name(value: str) -> str:
    """What `STORE` may be. Raises ValueError, which does not repeat it: it may hold a password."""
    if value == "embedded" or value.startswith("unix:"):
        return value
    if "://" not in value and value.endswith(".db"):
        return value
    if not value.startswith(("http://", "https://")):
        raise ValueError(
            "give embedded, the address of a Milvus server (http://host:19530 or https://...), "
            "or a path that ends in .db for milvus-lite"
        )
    if "@" in value:
        raise ValueError("an address with a password in it would be logged; set MILVUS_TOKEN")
    address = urlsplit(value)
    if address.path.strip("/") or address.query:
        raise ValueError(
            "an address of Milvus ends after its port; set MILVUS_DATABASE for another"
        )
    if not address.hostname or not _has_port(address):
        raise ValueError(
            "the address of Milvus lacks its host or has no such port: http://host:19530"
        )
    return value


def _has_port(address: SplitResult) -> bool:
    """Whether the port is a number that there is, or none is named."""
    try:
        return address.port is None or address.port > 0
    except ValueError:
        return False
