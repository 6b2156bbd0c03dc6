"""The bot beside HTTP in one process: started and stopped with it, fed by it in webhook mode."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Annotated, Any

import structlog
from fastapi import APIRouter, Body, FastAPI, Header, HTTPException, Request, Response

from bot.telegram.application import WEBHOOK_PATH, TelegramFace
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
    """
    face = None
    if parts.settings.telegram_token is not None:
        try:
            face = TelegramFace(parts)
        except StoreError as error:
            log.warning("telegram.not_ready", reason=str(error))
    if face is None:
        yield
        return
    app.state.telegram = face
    try:
        try:
            await face.start()
        except TelegramRefused as refusal:
            log.error("telegram.refused", reason=str(refusal))
        yield
    finally:
        await face.stop()
