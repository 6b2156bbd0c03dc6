"""The HTTP application: routers and middleware put together."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from importlib.metadata import version
from pathlib import Path

import structlog
from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from bot.composition import Parts
from bot.http import articles, asking, chat_completions, indexing, operations, searching
from bot.http.access import Gate
from bot.http.dependencies import make_engine
from bot.http.description import describe
from bot.http.file_handles import LoopFaults
from bot.http.housekeeping import housekeeping
from bot.http.mcp_route import add_mcp
from bot.http.middleware import Admission, BodyLimit, HeadAsGet, Observed, SecureHeaders
from bot.http.page import serve_pages
from bot.http.problems import answer_with_problems
from bot.http.rate_limit import OwnRateLimit, RateLimit, SharedRateLimit
from bot.http.unforeseen import Unforeseen
from bot.leadership import leadership
from bot.settings import Settings
from bot.writing.writer import writer_of
from corpus.errors import StoreError

logger = structlog.get_logger(__name__)

LARGEST_USUAL_BODY = 1_000_000
"""Bytes. A question has at most a few thousand characters; a chat brings its history along."""
LARGEST_JSON_ARTICLE = 5_000_000
"""Bytes. Nothing else happens while JSON is read: what is longer has to come as a file."""


def create_app(parts: Parts, *, shared: Path | None = None, closes_parts: bool = False) -> FastAPI:
    """Everything that is served over HTTP, from parts that are already put together.

    `shared` is a folder where the workers behind one address count together. With `closes_parts`
    the application closes the parts once its last request is answered.
    """
    app = FastAPI(
        title="OnRecord",
        version=version("onrecord"),
        summary="Questions over news articles, answered verbatim and cited.",
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan,
    )
    app.state.parts = parts
    app.state.writer = writer_of(parts.settings)
    app.state.shared = shared
    app.state.closes_parts = closes_parts
    for router in (
        asking.router,
        searching.router,
        articles.router,
        indexing.router,
        chat_completions.router,
        operations.router,
    ):
        app.include_router(router)
    if parts.settings.telegram_token is not None:
        from bot.telegram.webhook import router as telegram_router

        app.include_router(telegram_router)
    app.state.tools = add_mcp(app, parts)
    serve_pages(app)
    answer_with_problems(app)
    describe(app, parts.settings)
    _add_middleware(app, parts.settings, _rate_limit(parts.settings, shared))
    return app


def _rate_limit(settings: Settings, shared: Path | None) -> RateLimit:
    """The limit of this process, or the one that it shares with the other workers."""
    if shared is not None:
        try:
            return SharedRateLimit(shared / "callers.sqlite", settings.rate_limit_per_minute)
        except sqlite3.Error as error:
            logger.warning("rate limit not shared with the other workers", reason=str(error))
    return OwnRateLimit(settings.rate_limit_per_minute)


def _add_middleware(app: FastAPI, settings: Settings, rate_limit: RateLimit) -> None:
    """The last one added is the first to see a request."""
    app.add_middleware(
        BodyLimit,
        usual=LARGEST_USUAL_BODY,
        article=LARGEST_JSON_ARTICLE,
        upload=settings.max_upload_megabytes * 1_000_000,
    )
    app.add_middleware(Admission, gate=Gate(settings), rate_limit=rate_limit)
    app.add_middleware(Unforeseen)
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=["GET", "POST", "DELETE"],
            # Clients of OpenAI's API and of MCP send many of their own, and ever new ones. None is
            # a right: no cookie is read, and a key is what a page has to know.
            allow_headers=["*"],
            expose_headers=["X-Request-Id", "Retry-After", "Location", "WWW-Authenticate"],
        )
    if settings.trusted_proxies:
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=list(settings.trusted_proxies))
    app.add_middleware(SecureHeaders)
    app.add_middleware(HeadAsGet)
    app.add_middleware(Observed)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """What runs beside the routes, from before the first request until after the last."""
    parts: Parts = app.state.parts
    asyncio.get_running_loop().set_exception_handler(LoopFaults())
    try:
        await asyncio.to_thread(make_engine, parts)
    except StoreError as error:
        logger.warning("not ready to answer yet", reason=str(error))
    decided = asyncio.Event()
    leading = asyncio.create_task(_lead(app, parts, decided))
    try:
        await decided.wait()
        if leading.done():
            await leading
        async with app.state.tools.running():
            yield
    finally:
        leading.cancel()
        await asyncio.wait([leading])
        if app.state.closes_parts:
            await asyncio.to_thread(parts.close)


async def _lead(app: FastAPI, parts: Parts, decided: asyncio.Event) -> None:
    """What only one process over a data folder does, from when it is this one's turn."""
    try:
        async with AsyncExitStack() as running:
            await running.enter_async_context(leadership(parts.settings.data, decided))
            parts.librarian.follow()
            await running.enter_async_context(housekeeping(parts))
            if parts.settings.telegram_token is not None:
                from bot.telegram.webhook import telegram_beside

                await running.enter_async_context(telegram_beside(app, parts))
            decided.set()
            await asyncio.Event().wait()
    finally:
        decided.set()
