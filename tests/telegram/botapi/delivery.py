"""How updates reach the bot: long polling or webhook."""

from __future__ import annotations

import asyncio
import time

import httpx

from tests.telegram.botapi.parameters import Parameters
from tests.telegram.botapi.refusal import Refusal
from tests.telegram.botapi.world import Json, World

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
LONGEST_POLL_SECONDS = 50
RETRY_SECONDS = 0.3


class Delivery:
    """The queue of updates and the way out of it."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._sender: asyncio.Task[None] | None = None

    async def get_updates(self, given: Parameters) -> list[Json]:
        """Confirm what is below the offset, then wait for what is not."""
        world = self._world
        if world.webhook:
            raise Refusal(
                409,
                "can't use getUpdates method while webhook is active;"
                " use deleteWebhook to delete the webhook first",
            )
        ours = world.polling = object()
        world.changed()  # an earlier call that still waits is ended by this one
        if given.get("allowed_updates") is not None:
            world.allowed_updates = given["allowed_updates"] or None
        self._confirm(given.integer("offset"))
        limit = min(max(given.integer("limit", 100), 1), 100)
        until = time.monotonic() + min(given.integer("timeout"), LONGEST_POLL_SECONDS)
        while not world.updates and (left := until - time.monotonic()) > 0:
            event = world._changed
            try:
                await asyncio.wait_for(event.wait(), min(left, 1.0))
            except TimeoutError:
                continue
            if world.polling is not ours:
                raise Refusal(
                    409,
                    "terminated by other getUpdates request;"
                    " make sure that only one bot instance is running",
                )
            if world.webhook:
                raise Refusal(409, "terminated by setWebhook request")
        return world.updates[:limit]

    def _confirm(self, offset: int) -> None:
        updates = self._world.updates
        if offset < 0:
            del updates[: max(0, len(updates) + offset)]
        else:
            updates[:] = [update for update in updates if update["update_id"] >= offset]

    def set_webhook(self, url: str, secret: str, connections: int) -> None:
        self.remove_webhook()
        self._world.webhook = {"url": url, "secret": secret, "max_connections": connections}
        self._world.changed()
        self._sender = asyncio.get_running_loop().create_task(self._send(connections))

    def remove_webhook(self) -> None:
        self._world.webhook = None
        if self._sender:
            self._sender.cancel()
            self._sender = None

    async def _send(self, connections: int) -> None:
        """Hand over every update until it is taken with a 2xx."""
        world = self._world
        under_way: dict[int, asyncio.Task[None]] = {}
        async with httpx.AsyncClient(timeout=20) as client:
            while True:
                event = world._changed
                for update in world.updates:
                    number = update["update_id"]
                    if number not in under_way and len(under_way) < connections:
                        under_way[number] = asyncio.create_task(self._push(client, update))
                under_way = {n: task for n, task in under_way.items() if not task.done()}
                try:
                    await asyncio.wait_for(event.wait(), 0.05 if world.updates else 1.0)
                except TimeoutError:
                    continue

    async def _push(self, client: httpx.AsyncClient, update: Json) -> None:
        world = self._world
        hook = world.webhook
        if hook is None:  # it was taken away before this began
            return
        headers = {SECRET_HEADER: hook["secret"]} if hook.get("secret") else {}
        try:
            response = await client.post(hook["url"], json=update, headers=headers)
            taken = response.is_success
            if not taken:
                hook["last_error_message"] = (
                    f"Wrong response from the webhook: {response.status_code}"
                )
        except httpx.HTTPError as error:
            taken = False
            hook["last_error_message"] = type(error).__name__
        if taken:
            if update in world.updates:
                world.updates.remove(update)
        else:
            await asyncio.sleep(RETRY_SECONDS)
