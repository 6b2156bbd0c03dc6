"""The methods by which the bot receives updates: long polling or webhook."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from tests.telegram.botapi.delivery import Delivery
from tests.telegram.botapi.parameters import Parameters
from tests.telegram.botapi.refusal import Refusal
from tests.telegram.botapi.world import Json, World

WEBHOOK_PORTS = {443, 80, 88, 8443}
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


class Receiving:
    """getUpdates, setWebhook, deleteWebhook, getWebhookInfo."""

    def __init__(self, world: World, delivery: Delivery) -> None:
        self._world = world
        self._delivery = delivery

    async def getupdates(self, given: Parameters) -> list[Json]:
        return await self._delivery.get_updates(given)

    async def setwebhook(self, given: Parameters) -> bool:
        url = given.text("url")
        if not url:
            return await self.deletewebhook(given)
        parts = urlsplit(url)
        if not self._world.local:
            if parts.scheme != "https":
                raise Refusal(400, "bad webhook: An HTTPS URL must be provided for webhook")
            if (parts.port or 443) not in WEBHOOK_PORTS:
                raise Refusal(
                    400, "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"
                )
        elif parts.scheme not in {"http", "https"} or not parts.hostname:
            raise Refusal(400, "bad webhook: Wrong HTTP URL")
        secret = given.text("secret_token")
        if secret and not SECRET.fullmatch(secret):
            raise Refusal(400, "secret token contains unallowed characters")
        if not 1 <= given.integer("max_connections", 40) <= 100:
            raise Refusal(400, "max_connections is wrong")
        self._take_allowed(given)
        self._delivery.set_webhook(url, secret, given.integer("max_connections", 40))
        if given.flag("drop_pending_updates"):
            self._world.updates.clear()
        return True

    async def deletewebhook(self, given: Parameters) -> bool:
        self._delivery.remove_webhook()
        if given.flag("drop_pending_updates"):
            self._world.updates.clear()
        return True

    async def getwebhookinfo(self, given: Parameters) -> Json:
        hook = self._world.webhook or {}
        info: Json = {
            "url": hook.get("url", ""),
            "has_custom_certificate": False,
            "pending_update_count": len(self._world.updates),
        }
        return info | {k: hook[k] for k in ("last_error_message", "max_connections") if k in hook}

    def _take_allowed(self, given: Parameters) -> None:
        if given.get("allowed_updates") is not None:
            self._world.allowed_updates = given["allowed_updates"] or None
