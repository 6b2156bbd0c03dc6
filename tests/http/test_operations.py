"""Problems, request ids, metrics and logs."""

from __future__ import annotations

import json

import httpx
import pytest
import structlog
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
    assert len([line for line in lines if line["event"] == "request"]) == 4
    assert secret not in json.dumps(lines)
    assert secret not in client.get("/metrics").text


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
        "/readyz", "/metrics", "/v1/models", "/v1/chat/completions",
    }  # fmt: skip
    assert described["components"]["schemas"]["AskRequest"]["examples"]
    assert described["components"]["schemas"]["AnswerModel"]["examples"]
    for path in described["paths"].values():
        for operation in path.values():
            assert operation["summary"]
            assert operation["description"]
