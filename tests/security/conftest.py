"""Fixtures of the security tests."""

from tests.http.fixtures import address, changing, client, model

__all__ = ["address", "changing", "client", "model"]
