"""The HTTP route that Telegram calls in webhook mode."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Header, HTTPException, Response

from bot.telegram.application import WEBHOOK_PATH, TelegramFace


def webhook_router(face: TelegramFace) -> APIRouter:
    """A router for the application that serves HTTP. Only Telegram knows the secret."""
    router = APIRouter()

    @router.post(WEBHOOK_PATH, include_in_schema=False)
    async def receive(
        payload: Annotated[dict[str, Any], Body()],
        secret: Annotated[str, Header(alias="X-Telegram-Bot-Api-Secret-Token")] = "",
    ) -> Response:
        if not face.knows_secret(secret):
            raise HTTPException(403, "this address is for Telegram")
        try:
            await face.process_webhook(payload)
        except ValueError as error:
            raise HTTPException(400, "this is not an update") from error
        return Response(status_code=200)

    return router
