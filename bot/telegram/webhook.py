"""The bot beside HTTP in one process: started and stopped with it, fed by it in webhook mode."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Annotated, Any

import structlog
from fastapi import APIRouter, Body, FastAPI, Header, HTTPException, Request, Response

from bot.http.dependencies import make_engine
from bot.telegram.application import WEBHOOK_PATH, TelegramFace
from bot.telegram.patience import LONGEST_WAIT_SECONDS
from bot.telegram.updates import NotTaken
from corpus.errors import StoreError, TelegramRefused

if TYPE_CHECKING:
    from bot.composition import Parts

log = structlog.get_logger(__name__)

router = APIRouter()


@router.post(WEBHOOK_PATH, include_in_schema=False)
async def receive(
    request: Request,
    payload: Annotated[dict[str, Any], Body()],
    secret: Annotated[str, Header(alias="X-Telegram-Bot-Api-Secret-Token")] = "",
) -> Response:
    """Take an update from Telegram, which alone knows the secret. It is answered afterwards."""
    face: TelegramFace | None = getattr(request.app.state, "telegram", None)
    if face is None or not face.by_webhook:
        raise HTTPException(404, "this bot does not receive updates here")
    if not face.knows_secret(secret):
        raise HTTPException(403, "this address is for Telegram")
    try:
        await face.process_webhook(payload)
    except ValueError as error:
        raise HTTPException(400, "this is not an update") from error
    except NotTaken as error:
        # Telegram delivers again whatever is not answered with success.
        raise HTTPException(503, str(error)) from error
    return Response(status_code=200)


@asynccontextmanager
async def telegram_beside(app: FastAPI, parts: Parts) -> AsyncIterator[None]:
    """Run the bot inside, where a token is set; part of the lifespan of the HTTP application.

    Where Telegram does not accept the token, HTTP goes on without the bot and the log says why.
    Where the store does not answer yet, the bot comes once it does.
    """
    if parts.settings.telegram_token is None:
        yield
        return
    starting = None
    if (reason := await _hindrance(app, parts)) is not None:
        log.warning("telegram.not_ready", reason=reason)
        starting = asyncio.create_task(_start_later(app, parts, reason))
    try:
        yield
    finally:
        if starting is not None:
            starting.cancel()
            await asyncio.wait([starting])
        face: TelegramFace | None = getattr(app.state, "telegram", None)
        if face is not None:
            await face.stop()


async def _hindrance(app: FastAPI, parts: Parts) -> str | None:
    """Start the bot; why the store does not let it, or None where it has started."""
    try:
        # Off the event loop: a store that does not answer takes its time to show that.
        await asyncio.to_thread(make_engine, parts)
        face = TelegramFace(parts)
    except StoreError as error:
        return str(error)
    app.state.telegram = face
    try:
        await face.start()
    except TelegramRefused as refusal:
        log.error("telegram.refused", reason=str(refusal))
    return None


async def _start_later(app: FastAPI, parts: Parts, reason: str) -> None:
    """Try again, with growing pauses, until the bot has started. Each reason is told once."""
    wait = 1.0
    while True:
        await asyncio.sleep(wait)
        now = await _hindrance(app, parts)
        if now is None:
            return
        if now != reason:
            log.warning("telegram.not_ready", reason=now)
        reason, wait = now, min(2 * wait, LONGEST_WAIT_SECONDS)
