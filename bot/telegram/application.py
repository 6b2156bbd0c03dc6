"""The bot put together, started and stopped."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Coroutine
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import structlog
from telegram import Update
from telegram.error import BadRequest, Conflict, InvalidToken, NetworkError, TelegramError
from telegram.ext import ApplicationBuilder

from bot.settings import Settings
from bot.telegram.access import Access, QuestionLimit
from bot.telegram.additions import Additions
from bot.telegram.administration import Administration
from bot.telegram.asking import Asking
from bot.telegram.buttons import Buttons
from bot.telegram.confirmations import Confirmations
from bot.telegram.connection import WatchedRequest, answering_request
from bot.telegram.database import open_database
from bot.telegram.database_thread import DatabaseThread
from bot.telegram.expired import Expired
from bot.telegram.faults import Faults
from bot.telegram.gate import Gate
from bot.telegram.guide import Guide
from bot.telegram.holdings import KnownHoldings
from bot.telegram.housekeeping import erase_handled, keep_house
from bot.telegram.inbox import Inbox
from bot.telegram.inline import Inline
from bot.telegram.menus import Menus
from bot.telegram.patience import LONGEST_WAIT_SECONDS, PatientLimiter
from bot.telegram.preferences import Preferences
from bot.telegram.private_logging import silence_libraries
from bot.telegram.proof import Proof
from bot.telegram.services import Bot, Services
from bot.telegram.settings_menu import SettingsMenu
from bot.telegram.shown_answers import ShownAnswers
from bot.telegram.updates import DurableQueue, NotTaken, OrderedProcessor
from corpus.errors import SettingsError, TelegramRefused

if TYPE_CHECKING:
    from bot.composition import Parts

log = structlog.get_logger(__name__)

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "inline_query")
POLL_SECONDS = 25
PAUSES = 5
"""So many searches may one inline question take: each pause in typing brings one."""
WEBHOOK_PATH = "/telegram/webhook"
MOST_WEBHOOK_CONNECTIONS = 100


class TelegramFace:
    """OnRecord in Telegram: started, then answering until stopped.

    Receives updates by webhook where the settings name an address for it and `webhook` allows,
    otherwise by long polling. `refused` is set once Telegram no longer accepts the token.
    """

    def __init__(self, parts: Parts, *, webhook: bool = True) -> None:
        self._settings: Settings = parts.settings
        if self._settings.telegram_token is None:
            raise SettingsError(
                "no Telegram token: get one from @BotFather and set ONRECORD_TELEGRAM_TOKEN"
            )
        silence_libraries()
        self.refused = asyncio.Event()
        self.by_webhook = webhook and self._settings.telegram_webhook_url is not None
        secret = self._settings.telegram_webhook_secret
        self._secret = secret.get_secret_value() if secret else secrets.token_urlsafe(32)
        self._database = open_database(self._settings.data)
        self._inbox = Inbox(self._database)
        self._thread = DatabaseThread()
        with ExitStack() as undone:
            undone.callback(self._database.close)
            self._services = self._gather(parts)
            undone.pop_all()
        self._queue = DurableQueue(self._inbox, self._thread)
        self._processor = OrderedProcessor(self._inbox, self._thread)
        self._limiter = PatientLimiter()
        self._menus = Menus(self._services.access)
        self._application = self._build()
        self._background: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Connect and begin to answer. Where Telegram cannot be reached, go on trying behind.

        Raises TelegramRefused where the token or the webhook is not accepted.
        """
        try:
            await self._connect()
        except NetworkError as error:
            log.warning("telegram.unreachable", kind=type(error).__name__)
            self._in_background(self._connect_later())
        services = self._services
        kept = (services.shown, services.inbox, services.confirmations)
        self._in_background(keep_house(kept, services.engine, self._thread))
        self._in_background(erase_handled(self._inbox, self._thread))

    async def stop(self) -> None:
        """Answer what has been taken, then let go. What cannot be answered waits on disk."""
        self._limiter.stop()
        for task in self._background:
            task.cancel()
        await asyncio.gather(*self._background, return_exceptions=True)
        await self._stop_polling()
        if self._application.running:
            await self._application.stop()
        await self._application.shutdown()
        await self._thread.run(self._database.close)
        self._thread.close()
        log.info("telegram.stopped")

    def knows_secret(self, secret: str) -> bool:
        """Whether a webhook call comes from Telegram; takes the same time right or wrong."""
        return secrets.compare_digest(secret.encode(), self._secret.encode())

    async def process_webhook(self, payload: dict[str, Any]) -> None:
        """Take one update. It is on disk when this returns, and answered soon after.

        Raises ValueError for what is no update, NotTaken where the disk does not take it.
        """
        try:
            update = Update.de_json(payload, self._application.bot)
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError("not an update") from error
        await self._queue.put(update)

    def _gather(self, parts: Parts) -> Services:
        settings = self._settings
        return Services(
            settings=settings,
            engine=parts.engine,
            holdings=KnownHoldings(parts.engine),
            librarian=parts.librarian,
            feedback=parts.feedback,
            access=Access(settings.telegram_allowed, settings.telegram_admins),
            limit=QuestionLimit(settings.telegram_questions_per_minute),
            inline_limit=QuestionLimit(PAUSES * settings.telegram_questions_per_minute),
            inbox=self._inbox,
            shown=ShownAnswers(self._database),
            preferences=Preferences(self._database),
            confirmations=Confirmations(self._database),
            thread=self._thread,
        )

    def _build(self) -> Bot:
        token = self._settings.telegram_token
        api = self._settings.telegram_api.rstrip("/")
        application: Bot = (
            ApplicationBuilder()
            .token(token.get_secret_value() if token else "")
            .base_url(f"{api}/bot")
            .base_file_url(f"{api}/file/bot")
            .request(answering_request())
            .get_updates_request(WatchedRequest(self.refused))
            .rate_limiter(self._limiter)
            .concurrent_updates(self._processor)
            .update_queue(self._queue)
            .build()
        )
        self._add_handlers(application)
        return application

    def _add_handlers(self, application: Bot) -> None:
        """The gate before all; the first handler that fits takes an update; menus come after."""
        services = self._services
        guide = Guide(services)
        application.add_handlers(Gate(services).handlers(), group=-1)
        application.add_handlers(
            [
                *guide.handlers(),
                *SettingsMenu(services).handlers(),
                *Administration(services).handlers(),
                *Additions(services).handlers(),
                *Proof(services).handlers(),
                *Asking(services).handlers(),
                *Buttons(services).handlers(),
                *Inline(services).handlers(),
                *Expired(services).handlers(),
                *guide.last_handlers(),
            ]
        )
        application.add_handlers(self._menus.handlers(), group=1)
        application.add_error_handler(Faults(services, self._processor).handle)

    async def _connect(self) -> None:
        application = self._application
        try:
            await application.initialize()
            if not application.running:
                await self._take_up_where_left()
                await application.start()
            await (self._start_webhook() if self.by_webhook else self._start_polling())
        except InvalidToken:
            # The library's own message holds the token, so it goes no further.
            raise TelegramRefused(
                "Telegram does not accept the token: copy it again from @BotFather"
                " into ONRECORD_TELEGRAM_TOKEN"
            ) from None
        self._in_background(self._register_menus())
        log.info("telegram.started", mode="webhook" if self.by_webhook else "polling")

    async def _connect_later(self) -> None:
        wait = 1.0
        while True:
            await asyncio.sleep(wait)
            try:
                await self._connect()
            except TelegramRefused as refusal:
                log.error("telegram.refused", reason=str(refusal))
                self.refused.set()
                return
            except NetworkError as error:
                log.warning("telegram.unreachable", kind=type(error).__name__)
                wait = min(2 * wait, LONGEST_WAIT_SECONDS)
            else:
                return

    async def _take_up_where_left(self) -> None:
        """Updates that an earlier run has taken and not answered come first."""
        for content in await self._thread.run(self._inbox.unfinished):
            await self._queue.resume(Update.de_json(content, self._application.bot))

    async def _start_polling(self) -> None:
        updater = self._application.updater
        if updater and not updater.running:
            await updater.start_polling(
                timeout=POLL_SECONDS,
                allowed_updates=ALLOWED_UPDATES,
                drop_pending_updates=self._settings.telegram_drop_pending,
                error_callback=_log_polling_error,
            )

    async def _stop_polling(self) -> None:
        updater = self._application.updater
        if updater and updater.running:
            try:
                await updater.stop()
            except TelegramError as error:
                # Polling had ended by itself: the token was revoked.
                log.info("telegram.polling_ended", kind=type(error).__name__)

    async def _start_webhook(self) -> None:
        try:
            await self._application.bot.set_webhook(
                webhook_address(self._settings.telegram_webhook_url or ""),
                allowed_updates=ALLOWED_UPDATES,
                drop_pending_updates=self._settings.telegram_drop_pending,
                secret_token=self._secret,
                max_connections=MOST_WEBHOOK_CONNECTIONS,
            )
        except BadRequest as error:
            raise TelegramRefused(
                f"Telegram does not accept ONRECORD_TELEGRAM_WEBHOOK_URL: {error.message};"
                " give a public https address"
            ) from None

    async def _register_menus(self) -> None:
        try:
            await self._menus.register(self._application.bot)
        except TelegramError as error:
            log.warning("telegram.menus_not_registered", kind=type(error).__name__)

    def _in_background(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)


def webhook_address(url: str) -> str:
    """The address that Telegram is given: as set, or our route where only a host is set."""
    return url if urlsplit(url).path.strip("/") else url.rstrip("/") + WEBHOOK_PATH


def _log_polling_error(error: TelegramError) -> None:
    """Polling goes on by itself; what is wrong belongs in the log."""
    if isinstance(error, NotTaken):
        return  # told where it was raised, with what the disk says
    if isinstance(error, Conflict):
        log.warning(
            "telegram.conflict",
            advice="another process receives this bot's updates: stop it, or use another token",
        )
    else:
        log.warning("telegram.unreachable", kind=type(error).__name__)
