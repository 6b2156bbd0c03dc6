"""The body of POST /articles: a file, a link or a text."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Any, TypeAlias

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.datastructures import UploadFile

from bot.http.problems import Problem
from bot.http.schemas.adding import LinkRequest, TextRequest
from corpus.errors import StoreUnavailable


@dataclass(frozen=True, slots=True)
class FileUpload:
    """A file as it came. `name` is only a suggestion."""

    name: str
    content: bytes


Upload: TypeAlias = FileUpload | LinkRequest | TextRequest


UPLOAD_BODY: dict[str, Any] = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["file"],
                "properties": {"file": {"type": "string", "format": "binary"}},
            }
        },
        "application/json": {
            "schema": {"oneOf": [LinkRequest.model_json_schema(), TextRequest.model_json_schema()]}
        },
    },
}


async def read_upload(request: Request) -> Upload:
    """The body in whichever form it came.

    Raises Problem for a media type that is not taken, RequestValidationError for a body that does
    not fit.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        return await _file(request)
    if kind == "application/json":
        return await asyncio.to_thread(_link_or_text, await request.body())
    raise Problem(415, "send multipart/form-data with a file, or application/json")


async def _file(request: Request) -> FileUpload:
    """What is longer than a megabyte is kept in a temporary file until it is read."""
    try:
        async with request.form(max_files=1, max_fields=10) as form:
            file = form.get("file")
            if not isinstance(file, UploadFile):
                raise Problem(422, "the form has no file: put it under the name 'file'")
            return FileUpload(file.filename or "upload.txt", await file.read())
    except OSError as error:
        raise StoreUnavailable(
            f"the file cannot be kept while it is read ({error.strerror or error}): make room in"
            " the temporary folder, or set TMPDIR to a folder that has some"
        ) from None


def _link_or_text(body: bytes) -> LinkRequest | TextRequest:
    try:
        given = json.loads(body)
    except (ValueError, RecursionError):
        raise Problem(422, "the body is not JSON") from None
    if not isinstance(given, dict):
        raise Problem(422, "the body must be an object with url, or with title and text")
    try:
        return (LinkRequest if "url" in given and "text" not in given else TextRequest)(**given)
    except ValidationError as error:
        raise RequestValidationError(error.errors()) from None
