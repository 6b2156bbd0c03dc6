"""The web page and the API's documentation, as static files under a strict policy."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.staticfiles import StaticFiles
from starlette.responses import Response

PAGE_FOLDER = Path(__file__).parent.parent / "page"

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self';"
    " frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
# Swagger UI sets style attributes; its scripts come from an installed package, from this server.
DOCUMENTATION_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
    " img-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'"
)

router = APIRouter(include_in_schema=False)


class CurrentFiles(StaticFiles):
    """Static files that a browser may keep, but asks about each time (304 where nothing changed).

    Else it decided for itself how long they hold, and mixed the parts of two versions.
    """

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        """A file, or that it is still the one that is known."""
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = "no-cache"
        return response


PAGES = CurrentFiles(directory=PAGE_FOLDER, check_dir=False)


def serve_pages(app: FastAPI) -> None:
    """Attach the page, its parts and the documentation's parts."""
    app.include_router(router)
    app.mount("/page", PAGES, name="page")
    swagger = Path(str(files("fastapi_offline"))) / "static"
    app.mount("/docs/assets", CurrentFiles(directory=swagger), name="swagger")


@router.get("/")
async def page(request: Request) -> Response:
    """The page where a person asks."""
    return await _html(request, "index.html", PAGE_POLICY)


@router.get("/docs")
async def documentation(request: Request) -> Response:
    """The routes, to read and to try."""
    return await _html(request, "docs.html", DOCUMENTATION_POLICY)


async def _html(request: Request, name: str, policy: str) -> Response:
    response = await PAGES.get_response(name, request.scope)
    # A browser takes the policy of a 304 for that of the page, so each response carries it.
    response.headers["Content-Security-Policy"] = policy
    return response
