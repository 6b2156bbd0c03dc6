"""The parameters of a call: query, form, multipart or JSON, with JSON inside strings."""

from __future__ import annotations

import json
from typing import Any

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from tests.telegram.botapi.refusal import Refusal

STRUCTURED = {
    "entities", "caption_entities", "reply_markup", "reply_parameters", "link_preview_options",
    "results", "commands", "scope", "allowed_updates", "button",
}  # fmt: skip


class Parameters(dict[str, Any]):
    """Values by name; structured ones already parsed, uploads as (name, content)."""

    def text(self, name: str) -> str:
        value = self.get(name)
        return "" if value is None else str(value)

    def integer(self, name: str, default: int = 0) -> int:
        try:
            value = self.get(name)
            return default if value is None else int(str(value))
        except ValueError:
            raise Refusal(400, f"{name} is not an integer") from None

    def flag(self, name: str) -> bool:
        return str(self.get(name, "")).lower() in {"true", "1", "yes"}


async def read_parameters(request: Request) -> Parameters:
    """Everything that came with a request."""
    found: dict[str, Any] = dict(request.query_params)
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/json"):
        found |= _json_object(await request.body() or b"{}")
    elif kind:
        try:
            form = await request.form()
        except HTTPException:
            raise Refusal(400, "can't parse the request") from None
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                found[name] = (value.filename or "file", await value.read())
            else:
                found[name] = value
    for name in STRUCTURED & found.keys():
        if isinstance(found[name], str):
            try:
                found[name] = json.loads(found[name]) if found[name] else None
            except ValueError:
                raise Refusal(400, f"can't parse {name} JSON object") from None
    return Parameters(found)


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise Refusal(400, "can't parse JSON object")
    return found
