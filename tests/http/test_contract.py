"""Schemathesis reads the description of the routes and tries what it allows and forbids."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import positive_data_acceptance

from index.embedding.embedder import Embedder
from tests.http.serving import make_parts, serving
from tests.patience import PATIENCE

EXAMPLES = 12

BEYOND_WORDS = ("POST /articles", "POST /v1/chat/completions")
"""What a description cannot say: a link must lead to a page, a chat must hold a question."""

WITH_DAYS = ("POST /ask", "GET /search", "GET /articles")
"""Nor that a first day must not be after the last one."""


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_the_server_keeps_to_its_description(changing: httpx.Client, mode: GenerationMode) -> None:
    """What it allows is taken, what it forbids refused; nothing fails, all is as described."""
    try_out_all(str(changing.base_url), mode, {})
    assert changing.get("/readyz").status_code == 200


def test_a_server_with_keys_keeps_to_its_description(tmp_path: Path, model: Embedder) -> None:
    """With a key everything is as without; where a key is needed, none and a wrong one are not
    enough (Schemathesis tries both).
    """
    parts = make_parts(tmp_path, model, api_keys=("reader-key",), admin_keys=("admin-key",))
    with serving(parts) as base:
        try_out_all(base, GenerationMode.POSITIVE, {"Authorization": "Bearer admin-key"})
        assert httpx.get(f"{base}/readyz", timeout=PATIENCE).status_code == 200


def test_the_edges_of_what_is_described_are_tried(changing: httpx.Client, tmp_path: Path) -> None:
    """Every keyword at its limits and past them, each member left out, and wrong media types."""
    configured = [
        f'[[operations]]\ninclude-name = "{name}"\n'
        "checks.positive_data_acceptance.enabled = false\n"
        for name in (*BEYOND_WORDS, *WITH_DAYS)
    ]
    file = tmp_path / "schemathesis.toml"
    file.write_text("\n".join(configured), encoding="utf-8")
    described = f"{changing.base_url}/openapi.json"
    command = [
        *(sys.executable, "-c", "from schemathesis.cli import schemathesis; schemathesis()"),
        *("--config-file", str(file), "run", described, "--phases=examples,coverage"),
        *("--generation-deterministic", "--no-color", "--warnings=off"),
        f"--request-timeout={PATIENCE}",
    ]
    tried = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stdout + tried.stderr
    assert changing.get("/readyz").status_code == 200


def try_out_all(base: str, mode: GenerationMode, headers: dict[str, str]) -> None:
    """Try every route that the server describes."""
    described = schemathesis.openapi.from_url(f"{base}/openapi.json", timeout=PATIENCE)
    tried = 0
    for found in described.get_all_operations():
        assert isinstance(found, Ok)
        try_out(found.ok(), mode, headers)
        tried += 1
    assert tried == 14


def try_out(
    operation: APIOperation[Any, Any, Any, Any], mode: GenerationMode, headers: dict[str, str]
) -> None:
    """Send one route what Schemathesis makes up for it, and check every response."""
    unchecked: list[Any] = [positive_data_acceptance] if operation.label in BEYOND_WORDS else []

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,  # a gate says the same twice; raise EXAMPLES to search further
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def keeps_to_its_description(case: Case[Any]) -> None:
        # For WITH_DAYS.
        assume(mode is GenerationMode.NEGATIVE or days_in_order(case))
        case.call_and_validate(headers=headers, excluded_checks=unchecked, timeout=PATIENCE)

    try:
        keeps_to_its_description()
    except Unsatisfiable:
        # A route that takes nothing cannot be given anything wrong.
        assert mode is GenerationMode.NEGATIVE
        assert operation.method == "get"


def days_in_order(case: Case[Any]) -> bool:
    """Whether what is sent names no first day after the last one."""
    for sent in (case.query, case.body):
        days = [sent.get("since"), sent.get("until")] if isinstance(sent, dict) else []
        if all(isinstance(day, str) for day in days) and days != sorted(map(str, days)):
            return False
    return True
