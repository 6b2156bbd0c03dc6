"""Fixtures of the HTTP tests."""

from tests.http.fixtures import address, changing, client, model, silent_address

__all__ = ["address", "changing", "client", "model", "silent_address"]
