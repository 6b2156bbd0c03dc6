"""Commands that serve: `serve`, `telegram` and `mcp`."""

from __future__ import annotations

import contextlib
import errno
import socket
from typing import TYPE_CHECKING, Annotated

import structlog
import typer

from bot.cli.context import parts_for, parts_of, settings_of
from bot.store_place import place_of
from corpus.errors import IndexMissing, SettingsError, StoreError, StoreUnavailable

if TYPE_CHECKING:
    from bot.composition import Parts
    from bot.settings import Settings

logger = structlog.get_logger(__name__)


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command()(serve)
    app.command()(telegram)
    app.command()(mcp)


def serve(
    context: typer.Context,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0 takes a free one.")] = None,
    workers: Annotated[
        int | None, typer.Option(help="Processes that answer, over one index.")
    ] = None,
) -> None:
    """Serve HTTP and the web page, and Telegram too where a token is set."""
    from bot.http.access import check_exposure
    from bot.http.workers import check_workers

    settings = settings_of(context, host=host, port=port, workers=workers)
    check_exposure(settings)
    check_workers(settings)
    if settings.workers == 1:
        _serve_alone(settings)
    else:
        _serve_by_workers(settings)


def _serve_alone(settings: Settings) -> None:
    from bot.http.app import create_app
    from bot.http.serving import run_alone

    with parts_for(settings) as parts, _listen(settings.host, settings.port) as listening:
        _index_where_missing(parts)
        _load_models(parts)
        _tell_address(listening)
        run_alone(create_app(parts), listening)


def _serve_by_workers(settings: Settings) -> None:
    from bot.http.workers import run_workers

    with _listen(settings.host, settings.port) as probe:
        family, address = probe.family, probe.getsockname()
        with parts_for(settings) as parts:
            _index_where_missing(parts)
            # Every worker loads its own. Of one that cannot, the supervisor would start others.
            _load_models(parts)
        _tell_address(probe)
    run_workers(settings, address, family)


def _tell_address(listening: socket.socket) -> None:
    address, port = listening.getsockname()[:2]
    shown = f"[{address}]" if ":" in address else address
    typer.echo(f"OnRecord answers on http://{shown}:{port}", err=True)


def telegram(context: typer.Context) -> None:
    """Serve Telegram alone, by long polling."""
    with parts_of(context) as parts:
        if parts.settings.telegram_token is None:
            raise SettingsError(
                "no Telegram token: get one from @BotFather and set ONRECORD_TELEGRAM_TOKEN"
            )
        from bot.telegram.run import run

        _index_where_missing(parts)
        run(parts)


def mcp(context: typer.Context) -> None:
    """Serve the Model Context Protocol over stdin and stdout."""
    from bot.mcp import run

    with parts_of(context) as parts:
        run(parts)


def _listen(host: str, port: int) -> socket.socket:
    """A listening socket. Raises SettingsError where the address cannot be had."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listening = socket.socket(family, kind, protocol)
    except OSError as error:
        raise SettingsError(f"cannot listen on {host}: {error.strerror}; set HOST") from None
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(address)
    except OSError as error:
        listening.close()
        if error.errno == errno.EADDRINUSE:
            reason = "another program uses it: stop that, or give another --port"
        else:
            reason = f"{error.strerror}: set HOST and PORT to an address of this machine"
        raise SettingsError(f"cannot listen on {host} port {port}; {reason}") from None
    return listening


def _index_where_missing(parts: Parts) -> None:
    """A first start indexes the article folders, so that there is something to ask.

    Where a server is to hold the store and does not answer, nobody knows whether it is the first:
    whoever follows the folders brings the index in line once it does.
    """
    from bot.cli.indexing_progress import indexing_progress
    from bot.indexing import bring_in_line

    try:
        _ = parts.store
    except IndexMissing:
        with indexing_progress() as progress:
            bring_in_line(parts, parts.settings.articles, rebuild=False, progress=progress)
    except StoreUnavailable as error:
        place = place_of(parts.settings)
        if place.milvus is None or place.milvus.is_file:
            raise
        logger.warning("the store does not answer yet", reason=str(error))


def _load_models(parts: Parts) -> None:
    """Make the engine before the server runs, which would tell a traceback where it cannot.

    Raises ModelError, which ends the command. A store that cannot be read now does not: OnRecord
    comes up not ready, and tries again with every question.
    """
    from bot.http.dependencies import make_engine

    with contextlib.suppress(StoreError):
        make_engine(parts)
