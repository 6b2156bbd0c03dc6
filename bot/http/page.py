"""The web page and the API's documentation, as static files under a strict policy."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from fastapi import APIRouter, FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.responses import FileResponse

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


def serve_pages(app: FastAPI) -> None:
    """Attach the page, its parts and the documentation's parts."""
    app.include_router(router)
    app.mount("/page", StaticFiles(directory=PAGE_FOLDER), name="page")
    swagger = Path(str(files("fastapi_offline"))) / "static"
    app.mount("/docs/assets", StaticFiles(directory=swagger), name="swagger")


@router.get("/")
async def page() -> FileResponse:
    """The page where a person asks."""
    return _html("index.html", PAGE_POLICY)


@router.get("/docs")
async def documentation() -> FileResponse:
    """The routes, to read and to try."""
    return _html("docs.html", DOCUMENTATION_POLICY)


def _html(name: str, policy: str) -> FileResponse:
    return FileResponse(
        PAGE_FOLDER / name,
        media_type="text/html; charset=utf-8",
        headers={"Content-Security-Policy": policy, "Cache-Control": "no-cache"},
    )
