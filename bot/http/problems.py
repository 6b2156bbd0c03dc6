"""Errors as RFC 9457 problem documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.routing import Match, Mount

from bot.http.schemas.faults import in_words
from corpus.errors import (
    CorpusError,
    IndexMissing,
    OnRecordError,
    Overloaded,
    QuestionError,
    SettingsError,
    StoreBusy,
    StoreError,
)

PROBLEM_TYPE = "application/problem+json"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
CHAT_CLIENTS = "/v1/"
"""Below this clients of OpenAI's API call, who show people the `message` of an `error` only."""

_STATUS_OF: tuple[tuple[type[OnRecordError], int], ...] = (
    (QuestionError, 422),
    (CorpusError, 422),
    (SettingsError, 400),
    (StoreBusy, 503),
    (Overloaded, 503),
    (IndexMissing, 503),
    (StoreError, 503),
)

logger = structlog.get_logger(__name__)


class Problem(Exception):
    """A request that cannot be carried out, and what its sender can do about it."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        headers: Mapping[str, str] | None = None,
        errors: Sequence[Mapping[str, str]] = (),
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = dict(headers or {})
        self.errors = list(errors)


def problem_document(
    status: int, detail: str, errors: Sequence[Mapping[str, str]] = ()
) -> dict[str, Any]:
    """The members of RFC 9457; `errors` names the faulty members of a request."""
    document: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if errors:
        document["errors"] = list(errors)
    return document


def problem_response(
    status: int,
    detail: str,
    headers: Mapping[str, str] | None = None,
    errors: Sequence[Mapping[str, str]] = (),
    *,
    path: str,
) -> JSONResponse:
    """A problem document as a response to a request for `path`."""
    document = problem_document(status, detail, errors)
    if path.startswith(CHAT_CLIENTS):
        faults = [f"{fault['at']}: {fault['fault']}" for fault in errors]
        message = "; ".join([detail, *faults])
        kind = "invalid_request_error" if status < 500 else "server_error"
        document["error"] = {"message": message, "type": kind, "param": None, "code": None}
    return JSONResponse(
        document,
        status_code=status,
        headers=dict(headers or {}),
        media_type=PROBLEM_TYPE,
    )


def status_of(error: OnRecordError) -> int:
    """The HTTP status that an error of ours stands for."""
    return next((status for kind, status in _STATUS_OF if isinstance(error, kind)), 500)


def answer_with_problems(app: FastAPI) -> None:
    """Make every error of the application a problem document."""
    app.add_exception_handler(Problem, _on_problem)
    app.add_exception_handler(OnRecordError, _on_own_error)
    app.add_exception_handler(RequestValidationError, _on_invalid_request)
    app.add_exception_handler(HTTPException, _on_http_exception)


async def _on_problem(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Problem)  # noqa: S101 - registered for this class
    return problem_response(
        error.status, error.detail, error.headers, error.errors, path=request.url.path
    )


async def _on_own_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, OnRecordError)  # noqa: S101 - registered for this class
    status = status_of(error)
    if status >= 500:
        logger.warning("request failed", error=type(error).__name__, reason=str(error))
    headers = {"Retry-After": "5"} if status == 503 else None
    return problem_response(status, str(error), headers, path=request.url.path)


async def _on_invalid_request(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this class
    # The input is not repeated: it may be large, a secret, or not even valid Unicode.
    errors = [
        {"at": "/".join(str(part) for part in fault["loc"]), "fault": in_words(fault)}
        for fault in error.errors()
    ]
    safe = [{key: _printable(value) for key, value in fault.items()} for fault in errors]
    return problem_response(
        422, "the request does not fit; see errors", errors=safe, path=request.url.path
    )


async def _on_http_exception(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class
    detail = {
        404: "there is nothing at this address; see /docs",
        405: "this address does not take that method; see /docs",
    }.get(error.status_code, str(error.detail))
    if error.status_code == 404 and error.detail != HTTPStatus.NOT_FOUND.phrase:
        detail = str(error.detail)
    headers = dict(error.headers or {})
    if error.status_code == 405:
        headers["Allow"] = ", ".join(methods_at(request))
    return problem_response(error.status_code, detail, headers, path=request.url.path)


def methods_at(request: Request) -> list[str]:
    """The methods that some route takes at the address of a request (RFC 9110, 15.5.6)."""
    scope = request.scope
    # A mount has taken its own part off the path.
    whole = {**scope, "root_path": scope.get("app_root_path", scope.get("root_path", ""))}
    taken = {
        method
        for route in request.app.routes
        # Files are below a mount, which itself takes everything.
        for method in (("GET",) if isinstance(route, Mount) else METHODS)
        if route.matches({**whole, "method": method})[0] is Match.FULL
    }
    return sorted(taken | ({"HEAD"} if "GET" in taken else set()))


def _printable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode("utf-8")[:300]
