"""Schemathesis reads the description of the routes and tries what it allows and forbids."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import positive_data_acceptance

EXAMPLES = 12

BEYOND_WORDS = ("POST /articles", "POST /v1/chat/completions")
"""What a description cannot say: a link must lead to a page, a chat must hold a question."""


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_the_server_keeps_to_its_description(changing: httpx.Client, mode: GenerationMode) -> None:
    """What it allows is taken, what it forbids refused; nothing fails, all is as described."""
    described = schemathesis.openapi.from_url(f"{changing.base_url}/openapi.json")
    tried = 0
    for found in described.get_all_operations():
        assert isinstance(found, Ok)
        try_out(found.ok(), mode)
        tried += 1
    assert tried == 13
    assert changing.get("/readyz").status_code == 200


def try_out(operation: APIOperation[Any, Any, Any, Any], mode: GenerationMode) -> None:
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
        case.call_and_validate(excluded_checks=unchecked)

    try:
        keeps_to_its_description()
    except Unsatisfiable:
        # A route that takes nothing cannot be given anything wrong.
        assert mode is GenerationMode.NEGATIVE
        assert operation.method == "get"
