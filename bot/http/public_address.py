"""Where a reader of an answer finds this server's page."""

from __future__ import annotations

import re

from starlette.requests import Request

from bot.settings import Settings

_FOLDER = re.compile(r"(?:/[A-Za-z0-9._~-]+)+/?")


def page_address(request: Request, settings: Settings) -> str:
    """The page's address, as far as a request tells it.

    A proxy that serves it below a folder takes that off; one that is trusted may name it in
    `X-Forwarded-Prefix`.
    """
    root = str(request.base_url)
    folder = request.headers.get("x-forwarded-prefix", "")
    if settings.trusted_proxies and _FOLDER.fullmatch(folder):
        return f"{root}{folder.strip('/')}/"
    return root
