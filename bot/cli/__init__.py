"""The command line. Every command imports what it needs when it runs, so that all start fast."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from bot.cli import asking, collection, migrating, proving, serving
from bot.cli.context import configured
from bot.cli.streams import take_any_character
from corpus.errors import OnRecordError, QuestionError, SettingsError

WRONG_USE, IMPOSSIBLE = 2, 3

app = typer.Typer(
    name="onrecord",
    help="Ask a collection of news articles; get the sentences that answer, verbatim and cited.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
)
for commands in (collection, asking, serving, proving, migrating):
    commands.register(app)


@app.callback()
def settings_of_all_commands(
    context: typer.Context,
    articles: Annotated[
        str | None, typer.Option(help="Article folders, separated by commas.")
    ] = None,
    data: Annotated[str | None, typer.Option(help="Folder of the index.")] = None,
    embedding_model: Annotated[
        str | None, typer.Option(help="Name or folder of the embedding model.")
    ] = None,
    store: Annotated[str | None, typer.Option(help="`embedded`, or the URI of a server.")] = None,
) -> None:
    """Settings that every command knows; each may also be set as ONRECORD_... or in a file."""
    context.obj = configured(
        articles=articles, data=data, embedding_model=embedding_model, store=store
    )


def main() -> None:
    """Run a command; what goes wrong is one line on stderr that says what to do."""
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    take_any_character()
    try:
        app(standalone_mode=True)
    except (SettingsError, QuestionError) as error:
        _leave(error, WRONG_USE)
    except OnRecordError as error:
        _leave(error, IMPOSSIBLE)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(IMPOSSIBLE)


def _leave(error: OnRecordError, status: int) -> None:
    line = " ".join(str(error).split())
    sys.stderr.write(f"onrecord: {line}\n")
    sys.exit(status)
