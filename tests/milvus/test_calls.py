"""What is asked of a Milvus server: consistency, versions, tokens, replies that were lost."""

from __future__ import annotations

import base64
import logging
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pymilvus import MilvusClient
from pymilvus.grpc_gen import common_pb2, schema_pb2

from corpus.errors import StoreUnavailable
from index.check import check
from index.milvus import loading
from index.milvus.connection import Connection
from index.milvus.log import newest
from index.milvus.settings import MilvusSettings
from index.opening import StorePlace, open_store, open_writer
from index.store import Change, Filter
from tests.index.collections_of_articles import DIMENSION, MODEL, small
from tests.milvus.lite_server import LiteServer
from tests.milvus.middleman import Call, Middleman, between
from tests.milvus.standalone import Standalone
from tests.store.shelf import milvus_shelf

OPEN = Filter()
TOKEN = "reader:very-secret-1234"
AUTHORIZATION = base64.b64encode(TOKEN.encode()).decode()
LARGEST_MESSAGE = 64 * 1024 * 1024
"""What a Milvus server takes at once (proxy.grpc.serverMaxRecvSize)."""


@pytest.fixture
def asked(server: LiteServer) -> Iterator[tuple[Middleman, StorePlace]]:
    """An empty store behind a middleman."""
    milvus_shelf(server.uri)
    with between(server.uri) as (middleman, uri):
        yield middleman, place_at(uri)


def place_at(uri: str, token: str = "", seconds: float = 60.0) -> StorePlace:
    return StorePlace(Path("unused"), MilvusSettings(uri, token=token, timeout_seconds=seconds))


def reads(calls: list[Call]) -> list[Call]:
    return [call for call in calls if call.name in ("Search", "Query", "HybridSearch")]


def test_nothing_waits_for_the_newest_state(asked: tuple[Middleman, StorePlace]) -> None:
    middleman, place = asked
    with open_writer(place, MODEL, DIMENSION) as writer:
        writer.apply(Change(put=[small("a"), small("b")]))
        writer.apply(Change(put=[small("a", 2)], remove=["b"]))
    with closing(open_store(place)) as store:
        hits = store.search_vectors(small("a").vectors[0].passage, 9, OPEN)
        assert store.search_keywords("border river storm", 9, OPEN)
        assert store.passages([hit.passage_id for hit in hits])
        assert store.neighbours("a")
        assert store.articles(OPEN)[1] == 1
        store.term_shares(["river"])
    levels = common_pb2.ConsistencyLevel
    loose = {levels.Value("Bounded"), levels.Value("Customized")}
    for call in reads(middleman.calls):
        request = call.read(f"{call.name}Request")
        assert not request.use_default_consistency
        assert request.consistency_level in loose
    assert {call.name for call in reads(middleman.calls)} == {"Search", "Query"}


def test_the_version_is_asked_for_before_a_schema_is_made(
    server: LiteServer, standalone: Standalone
) -> None:
    """2.3 takes a schema with BM25 without a word, and fails later."""
    standalone.keep()
    milvus_shelf(standalone.uri, keywords=False)
    for uri, keywords in ((server.uri, True), (standalone.uri, False)):
        with between(uri) as (middleman, address):
            with open_writer(place_at(address), MODEL, DIMENSION, rebuild=True) as writer:
                writer.apply(Change(put=[small("a")]))
            names = middleman.names()
            creations = [call for call in middleman.calls if call.name == "CreateCollection"]
            assert names.index("GetVersion") < names.index("CreateCollection")
            schemas = [call.read("CreateCollectionRequest").schema for call in creations]
            assert [bool(functions_of(one)) for one in schemas] == [False, keywords]


def functions_of(schema: bytes) -> Sequence[object]:
    read: Sequence[object] = schema_pb2.CollectionSchema.FromString(schema).functions
    return read


@pytest.mark.parametrize("name", ["Insert", "Delete", "Query", "Search"])
def test_lost_replies_are_asked_for_again(asked: tuple[Middleman, StorePlace], name: str) -> None:
    middleman, place = asked
    with open_writer(place, MODEL, DIMENSION) as writer:
        writer.apply(Change(put=[small("a"), small("b")]))
        middleman.losing[name] = 3
        writer.apply(Change(put=[small("a", 2)], remove=["b"]))
    with closing(open_store(place)) as store:
        assert store.article("a") == small("a", 2).article
        assert len(store.search_vectors(small("a").vectors[0].passage, 9, OPEN)) == 2
        assert store.status().articles == 1
    assert middleman.losing[name] == 0, "none was lost, so nothing was tried"
    report = check(place)
    assert report.sound, report.faults


def test_batches_are_of_a_size_that_a_server_takes(asked: tuple[Middleman, StorePlace]) -> None:
    middleman, place = asked
    with open_writer(place, MODEL, DIMENSION) as writer:
        put = [small(f"n{number}", number, sentences=40) for number in range(60)]
        writer.apply(Change(put=put))
    inserts = [call for call in middleman.calls if call.name == "Insert"]
    rows = [call.read("InsertRequest").num_rows for call in inserts]
    assert max(rows) == loading.ROWS_IN_A_BATCH
    assert sum(rows) >= sum(len(one.passages) for one in put)
    assert max(len(call.message) for call in middleman.calls) < LARGEST_MESSAGE


def test_a_token_goes_with_every_call_and_a_wrong_one_is_told_in_one_line(
    server: LiteServer, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    milvus_shelf(server.uri)
    with between(server.uri, token=AUTHORIZATION) as (middleman, uri), caplog.at_level("DEBUG"):
        with open_writer(place_at(uri, TOKEN), MODEL, DIMENSION) as writer:
            writer.apply(Change(put=[small("a")]))
        assert {call.metadata["authorization"] for call in middleman.calls} == {AUTHORIZATION}
        wrong = TOKEN + "-of-before"
        with pytest.raises(StoreUnavailable, match="set MILVUS_TOKEN") as refused:
            open_store(place_at(uri, wrong))
        logging.getLogger("pymilvus").debug("logging is on")
    told = [str(refused.value), repr(refused.value), caplog.text, *capfd.readouterr()]
    secrets = ("very-secret", AUTHORIZATION, base64.b64encode(wrong.encode()).decode())
    assert not any(secret in one for one in told for secret in secrets)
    assert "\n" not in str(refused.value)


def test_https_is_spoken_to_who_can_show_a_certificate(server: LiteServer, tmp_path: Path) -> None:
    milvus_shelf(server.uri)
    key, certificate = self_signed()
    trusted = tmp_path / "trusted.pem"
    trusted.write_bytes(certificate)
    with between(server.uri, secured_by=[(key, certificate)], token=AUTHORIZATION) as (_, uri):
        known = looking_at(uri, GRPC_DEFAULT_SSL_ROOTS_FILE_PATH=str(trusted))
        unknown = looking_at(uri, 5.0)
    # gRPC may write lines of its own before and after.
    assert "0 articles" in known
    assert any("StoreUnavailable" in line for line in unknown)
    assert not any("articles" in line.split() for line in unknown)


def looking_at(uri: str, seconds: float = 60.0, **more: str) -> list[str]:
    """What another process sees of a store, or why it does not: gRPC reads certificates once."""
    program = (
        "from tests.milvus.test_calls import OPEN, TOKEN, place_at\n"
        "from index.opening import open_store\n"
        f"place = place_at({uri!r}, TOKEN, seconds={seconds})\n"
        "print(open_store(place).articles(OPEN)[1], 'articles', flush=True)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, **more},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert "very-secret" not in done.stdout + done.stderr
    return (done.stdout + done.stderr).strip().splitlines()


def self_signed() -> tuple[bytes, bytes]:
    """A key and a certificate for 127.0.0.1, good for a day."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return private, certificate.public_bytes(serialization.Encoding.PEM)


def test_what_is_written_to_another_database_is_waited_for_there(standalone: Standalone) -> None:
    standalone.keep()
    with closing(MilvusClient(standalone.uri)) as client:
        if "papers" not in client.list_databases():
            client.create_database("papers")
        others = set(client.list_collections())
    place = StorePlace(
        Path("unused"), MilvusSettings(standalone.uri, database="papers", timeout_seconds=60.0)
    )
    with open_writer(place, MODEL, DIMENSION, rebuild=True) as writer:
        writer.apply(Change(put=[small("a")]))
    with closing(open_store(place)) as store:
        assert [one.id for one in store.articles(Filter())[0]] == ["a"]
    assert place.milvus is not None
    with closing(Connection(place.milvus)) as connection:
        entry = newest(connection)
        assert entry is not None
        assert None not in entry.stamps
    with closing(MilvusClient(standalone.uri)) as client:
        assert set(client.list_collections()) == others
