"""The collections of an index: fields and indexes.

A document is an article, or a file that articles came from. Rows are never changed: a new version
gets a new number, and passages carry the number of theirs. What may be longer than a VARCHAR (an
article's text) is an ARRAY of pieces, so that an article is one row: there is no half of it.
"""

from __future__ import annotations

from typing import Any

from index.keywords import LENGTH_WEIGHT, SATURATION
from index.milvus.connection import Connection
from index.milvus.names import LOG, Names
from index.milvus.settings import MilvusSettings

FORMAT = 1
"""The version of this layout; the log names it."""

LONGEST = 65_535
"""Bytes in a VARCHAR."""

MOST_PIECES = 4_096
MOST_BANDS = 64
MOST_TERMS = 4_096

ARTICLE, FILE = 0, 1
"""Kinds of documents."""

# HNSW and IVF as Milvus's documentation recommends them for millions of vectors.
VECTOR_INDEX: dict[str, dict[str, int]] = {
    "HNSW": {"M": 24, "efConstruction": 200},
    "IVF_SQ8": {"nlist": 1024},
    "DISKANN": {},
    "FLAT": {},
}


def search_parameters(index_type: str, k: int) -> dict[str, Any]:
    """How thoroughly the vectors are searched: for recall well above .95 among `k`."""
    own: dict[str, dict[str, int]] = {
        "HNSW": {"ef": max(2 * k, 128)},
        "IVF_SQ8": {"nprobe": 128},
        "DISKANN": {"search_list": max(2 * k, 128)},
    }
    return {"metric_type": "IP", "params": own.get(index_type, {})}


def create_log(connection: Connection) -> None:
    """Make the collection that says which versions readers see."""
    from pymilvus import DataType, MilvusClient

    schema = MilvusClient.create_schema(auto_id=False, enable_dynamic_field=False)
    schema.add_field("key", DataType.VARCHAR, is_primary=True, max_length=128)
    schema.add_field("kind", DataType.VARCHAR, max_length=16)
    schema.add_field("number", DataType.INT64)
    _add_pieces(schema, "content")
    _add_place(schema)
    connection.create(LOG, schema, _indexes(connection, ()), num_shards=1)


def create_index(connection: Connection, names: Names, dimension: int) -> None:
    """Make the collections of an empty index."""
    settings = connection.settings
    indexes = _indexes(connection, ("name", "source", "published", "kind", "story"))
    connection.create(names.documents, _documents(), indexes, num_shards=settings.shards)
    properties: dict[str, Any] = {"num_shards": settings.shards}
    if settings.partitions != "none":
        properties["num_partitions"] = settings.partition_count
    keywords = connection.capabilities.keywords
    connection.create(
        names.passages,
        _passages(settings, dimension, keywords=keywords),
        _passage_indexes(connection, keywords=keywords),
        **properties,
    )


def _documents() -> Any:
    from pymilvus import DataType, MilvusClient

    schema = MilvusClient.create_schema(auto_id=False, enable_dynamic_field=False)
    schema.add_field("id", DataType.INT64, is_primary=True)
    schema.add_field("kind", DataType.INT8)
    for name in ("name", "fingerprint", "source", "language", "story", "signature"):
        schema.add_field(name, DataType.VARCHAR, max_length=LONGEST)
    for name in ("published", "passages", "terms"):
        schema.add_field(name, DataType.INT32)
    schema.add_field("bands", DataType.ARRAY, element_type=DataType.INT64, max_capacity=MOST_BANDS)
    _add_pieces(schema, "about")
    _add_pieces(schema, "content")
    _add_place(schema)
    return schema


def _passages(settings: MilvusSettings, dimension: int, *, keywords: bool) -> Any:
    from pymilvus import DataType, Function, FunctionType, MilvusClient

    schema = MilvusClient.create_schema(auto_id=False, enable_dynamic_field=False)
    by = settings.partitions
    schema.add_field("id", DataType.INT64, is_primary=True)
    schema.add_field("version", DataType.INT64)
    schema.add_field("article", DataType.VARCHAR, max_length=LONGEST, is_partition_key=by == "hash")
    schema.add_field("month", DataType.INT64, is_partition_key=by == "month")
    for name in ("source", "language", "key"):
        schema.add_field(name, DataType.VARCHAR, max_length=LONGEST)
    for name in ("published", "start", "end", "title_length", "length"):
        schema.add_field(name, DataType.INT32)
    schema.add_field("vector", DataType.FLOAT_VECTOR, dim=dimension)
    _add_pieces(schema, "spans")
    _add_pieces(schema, "sentences")
    if not keywords:
        schema.add_field(
            "terms",
            DataType.ARRAY,
            element_type=DataType.VARCHAR,
            max_length=256,
            max_capacity=MOST_TERMS,
        )
        return schema
    schema.add_field(
        "words",
        DataType.VARCHAR,
        max_length=LONGEST,
        enable_analyzer=True,
        enable_match=True,
        analyzer_params={"tokenizer": "standard"},
    )
    schema.add_field("keywords", DataType.SPARSE_FLOAT_VECTOR)
    schema.add_function(
        Function(
            name="bm25",
            function_type=FunctionType.BM25,
            input_field_names=["words"],
            output_field_names=["keywords"],
        )
    )
    return schema


def _passage_indexes(connection: Connection, *, keywords: bool) -> Any:
    settings = connection.settings
    indexes = _indexes(
        connection, ("version", "article", "source", "published", "key"), place=False
    )
    indexes.add_index(
        "vector",
        index_type=settings.index_type,
        metric_type="IP",
        params=VECTOR_INDEX[settings.index_type],
    )
    if keywords:
        indexes.add_index(
            "keywords",
            index_type="SPARSE_INVERTED_INDEX",
            metric_type="BM25",
            params={"bm25_k1": SATURATION, "bm25_b": LENGTH_WEIGHT},
        )
    return indexes


def _indexes(connection: Connection, fields: tuple[str, ...], *, place: bool = True) -> Any:
    """Indexes of scalar fields, of the kinds that the server's version has."""
    from pymilvus import MilvusClient

    indexes = MilvusClient.prepare_index_params()
    numbers = {"version", "published", "kind"}
    for name in fields:
        older = "STL_SORT" if name in numbers else "Trie"
        indexes.add_index(
            name, index_type="INVERTED" if connection.capabilities.keywords else older
        )
    if place:
        indexes.add_index("place", index_type="FLAT", metric_type="L2")
    return indexes


def _add_pieces(schema: Any, name: str) -> None:
    from pymilvus import DataType

    schema.add_field(
        name,
        DataType.ARRAY,
        element_type=DataType.VARCHAR,
        max_length=LONGEST,
        max_capacity=MOST_PIECES,
    )


def _add_place(schema: Any) -> None:
    """Milvus wants a vector in every collection."""
    from pymilvus import DataType

    schema.add_field("place", DataType.FLOAT_VECTOR, dim=2)
