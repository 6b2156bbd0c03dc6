"""Faults of a request in the words of its sender."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.http.schemas.words import NOT_EMPTY


def in_words(fault: Mapping[str, Any]) -> str:
    """A fault that Pydantic found, as its sender would put it."""
    kind, pattern = fault["type"], fault.get("ctx", {}).get("pattern")
    if kind == "string_pattern_mismatch" and pattern == NOT_EMPTY:
        return "it is empty: write something"
    if kind in ("model_attributes_type", "model_type", "dict_type"):
        return "send an object as JSON, with Content-Type: application/json"
    return str(fault["msg"])
