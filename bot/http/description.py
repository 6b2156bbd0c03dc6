"""The OpenAPI description, true to how this server is set up."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from bot.http.access import may_change_keyless
from bot.http.problems import PROBLEM_TYPE
from bot.settings import Settings

CHANGING = (("/articles", "post"), ("/articles/{article_id}", "delete"), ("/index", "post"))
_OPERATIONS = ("get", "post", "put", "patch", "delete")


def describe(app: FastAPI, settings: Settings) -> None:
    """Say of every route whether this server insists on a key, and that its errors are problems."""
    described = app.openapi()
    for path, operations in described["paths"].items():
        for method in _OPERATIONS:
            operation: dict[str, Any] = operations.get(method, {})
            changes = (path, method) in CHANGING
            keyless = may_change_keyless(settings) if changes else not settings.api_keys
            if "security" in operation and keyless:
                operation["security"].append({})
            for response in operation.get("responses", {}).values():
                content = response.get("content", {})
                if PROBLEM_TYPE in content:
                    # FastAPI adds the media type of the route's own answers.
                    content.pop("application/json", None)
