"""Fixtures of the tests of writing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.http.fixtures import address, client, model
from tests.writing.model_server import model_server, released

__all__ = ["address", "client", "model"]


@pytest.fixture(scope="session")
def language_model() -> Iterator[str]:
    """The address of a language model."""
    released.clear()
    with model_server() as base:
        yield base
