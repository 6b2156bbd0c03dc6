"""Problems, request ids, metrics and logs."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from typing import Any

import httpx
import pytest
import structlog
from jsonschema_rs import Draft202012Validator
from starlette.datastructures import Headers

from bot.http.access import presented_key


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/articles/nobody", 404),
        ("GET", "/page/nothing.js", 404),
        ("GET", "/page/../app.py", 404),
        ("GET", "/page/%2e%2e/settings.py", 404),
        ("PUT", "/ask", 405),
        ("GET", "/ask", 405),
        ("PATCH", "/articles", 405),
        ("POST", "/page/app.js", 405),
    ],
)
def test_errors_are_problem_documents(
    client: httpx.Client, method: str, path: str, status: int
) -> None:
    response = client.request(method, path)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == status
    assert problem["type"] == "about:blank"
    assert problem["title"]
    assert problem["detail"]
    if status == 405:
        assert response.headers["allow"]


@pytest.mark.parametrize(
    "path",
    ["/", "/docs", "/page/app.js", "/healthz", "/readyz", "/metrics", "/index", "/search?q=border"],
)
def test_head_tells_what_get_would_send(client: httpx.Client, path: str) -> None:
    """Who watches a server often asks so."""
    asked, got = client.head(path), client.get(path)
    assert asked.status_code == got.status_code == 200
    assert asked.headers["content-type"] == got.headers["content-type"]
    assert asked.headers["content-security-policy"] == got.headers["content-security-policy"]
    assert asked.content == b""


@pytest.mark.parametrize("path", ["/", "/docs", "/page/app.js", "/docs/assets/swagger-ui.css"])
def test_a_browser_asks_whether_what_it_keeps_is_still_so(client: httpx.Client, path: str) -> None:
    """Else it mixed the parts of two versions of the page for hours."""
    first = client.get(path)
    assert first.headers["cache-control"] == "no-cache"
    again = client.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    for name in ("cache-control", "content-security-policy"):
        assert again.headers[name] == first.headers[name]


def test_a_request_keeps_its_id_or_gets_one(client: httpx.Client) -> None:
    given = client.get("/healthz", headers={"X-Request-Id": "abc-123"})
    assert given.headers["x-request-id"] == "abc-123"
    made = client.get("/healthz", headers={"X-Request-Id": "not an id\tat all"})
    assert len(made.headers["x-request-id"]) == 32


def test_metrics_count_requests_stages_answers_and_the_index(client: httpx.Client) -> None:
    client.post("/ask", json={"question": "How long is the border?"})
    shown = client.get("/metrics").text
    for line in (
        'onrecord_http_requests_total{method="POST",route="/ask",status="200"}',
        'onrecord_http_request_seconds_bucket{le="+Inf",route="/ask"}',
        'onrecord_stage_seconds_count{stage="search"}',
        'onrecord_answers_total{outcome="answered"}',
        "onrecord_question_batch_size_count",
        "onrecord_index_articles 4.0",
        "onrecord_index_generation",
    ):
        assert line in shown


def test_neither_log_nor_metrics_hold_questions_ids_or_keys(client: httpx.Client) -> None:
    secret = "zanzibarquestion"
    with structlog.testing.capture_logs() as lines:
        client.post("/ask", json={"question": secret}, headers={"X-API-Key": secret})
        client.get("/search", params={"q": secret})
        client.get(f"/articles/{secret}")
        client.get(f"/{secret}")
        # A request is logged once its last byte is sent: the client may know it before. So there
        # may be lines of requests of the test before, too.
        wanted = {"/ask", "/search", "/articles/{article_id:path}", "other"}
        while not wanted <= {line["route"] for line in requests_among(lines)}:
            time.sleep(0.01)
    assert secret not in json.dumps(lines)
    assert secret not in client.get("/metrics").text


def requests_among(lines: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The lines of a log that tell of a request."""
    return [line for line in lines if line["event"] == "request"]


@pytest.mark.parametrize(
    ("headers", "key"),
    [
        ({"authorization": "Bearer abc"}, "abc"),
        ({"authorization": "bearer  abc "}, "abc"),
        ({"authorization": "Basic abc"}, None),
        ({"authorization": "Bearer"}, None),
        ({"x-api-key": "abc"}, "abc"),
        ({"x-api-key": ""}, None),
        ({}, None),
    ],
)
def test_a_key_is_found_where_it_may_stand(headers: dict[str, str], key: str | None) -> None:
    assert presented_key(Headers(headers)) == key


def test_the_routes_are_described_with_examples(client: httpx.Client) -> None:
    described = client.get("/openapi.json").json()
    assert set(described["paths"]) == {
        "/ask", "/search", "/articles", "/articles/{article_id}", "/index", "/healthz",
        "/readyz", "/metrics", "/v1/models", "/v1/models/{model}", "/v1/chat/completions",
    }  # fmt: skip
    for path in described["paths"].values():
        for operation in path.values():
            assert operation["summary"]
            assert operation["description"]


def test_every_body_is_described_with_an_example_that_fits(client: httpx.Client) -> None:
    """What a route takes and what it gives, errors too."""
    described = client.get("/openapi.json").json()
    schemas = described["components"]["schemas"]
    bodies = 0
    for path in described["paths"].values():
        for operation in path.values():
            sent = [operation["requestBody"]] if "requestBody" in operation else []
            for described_body in [*sent, *operation["responses"].values()]:
                content = described_body.get("content", {})
                assert not {"application/json", "application/problem+json"} <= set(content)
                for kind, body in content.items():
                    if kind.startswith(("application/json", "application/problem+json")):
                        assert examples_of(body, schemas), (operation["summary"], body)
                        bodies += 1
    assert bodies > 30


def examples_of(body: dict[str, Any], schemas: dict[str, Any]) -> list[Any]:
    """The examples of a body, each of which its schema allows."""
    if "example" in body:
        return [body["example"]]
    schema = body["schema"]
    found = []
    for one in schema.get("oneOf", schema.get("anyOf", [schema])):
        if one.get("type") == "null":
            continue
        whole = schemas[one["$ref"].rpartition("/")[2]] if "$ref" in one else one
        for example in whole.get("examples", []):
            Draft202012Validator({**whole, "components": {"schemas": schemas}}).validate(example)
            found.append(example)
    return found
