"""Commands that ask: `ask` and `chat`."""

from __future__ import annotations

import asyncio
import uuid
from typing import Annotated

import typer

from bot.cli.context import day, parts_of
from bot.cli.streams import write_json
from bot.days import in_order
from bot.engine import Inquiry
from bot.narrowing import missing_outlets
from corpus.errors import QuestionError
from retrieval.progress import Unwatched

NOT_ANSWERED = 1


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command()(ask)
    app.command()(chat)


def ask(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="What you want to know.")],
    as_json: Annotated[bool, typer.Option("--json", help="The Answer as JSON.")] = False,
    since: Annotated[str | None, typer.Option(help="Only articles from this day on.")] = None,
    until: Annotated[str | None, typer.Option(help="Only articles up to this day.")] = None,
    source: Annotated[list[str] | None, typer.Option(help="Only this outlet; repeatable.")] = None,
    quotes: Annotated[int | None, typer.Option(min=1, max=20, help="At most so many.")] = None,
) -> None:
    """Answer one question in the articles' own words. Exit status 1: the articles don't say."""
    inquiry = Inquiry(
        text=question,
        since=day(since, "--since"),
        until=day(until, "--until"),
        sources=frozenset(source or ()),
        max_quotes=quotes,
        # Only JSON names the conversation: of another turn nobody could ever speak again.
        history=None if as_json else (),
    )
    in_order(inquiry.since, inquiry.until)
    with parts_of(context) as parts:
        reply = parts.engine.ask_now(inquiry, Unwatched())
        remarks = asyncio.run(missing_outlets(parts.engine, inquiry, reply.answer))
    if as_json:
        from bot.answer_json import answer_json

        content = answer_json(reply.answer, reply.conversation_id)
        content["notes"].extend(remarks)
        write_json(content, indent=2)
    else:
        from bot.cli.terminal import show_answer

        show_answer(reply.answer, remarks=remarks)
    if not reply.answer.answered:
        raise typer.Exit(NOT_ANSWERED)


def chat(context: typer.Context) -> None:
    """A conversation: follow-up questions are understood. `/new` starts afresh, `/quit` ends."""
    from rich.console import Console

    from bot.cli.terminal import show_answer

    console = Console()
    conversation = uuid.uuid4().hex
    with parts_of(context) as parts:
        status = parts.engine.status_now()
        console.print(
            f"{status.articles} articles. Ask; /new starts afresh, /quit ends.", style="dim"
        )
        while True:
            try:
                text = console.input("[bold]? [/bold]").strip()
            except (EOFError, KeyboardInterrupt):
                break
            if text in {"/quit", "/exit"}:
                break
            if text == "/new":
                conversation = uuid.uuid4().hex
                continue
            try:
                reply = parts.engine.ask_now(Inquiry(text, conversation), Unwatched())
            except QuestionError as error:
                console.print(str(error), style="yellow", markup=False)
                continue
            show_answer(reply.answer)
