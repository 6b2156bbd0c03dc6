"""Commands that measure and prove: `evaluate`, `prove`, `feedback` and `forget`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.context import parts_of
from bot.cli.streams import read_text, write_json
from corpus.errors import UnreadableFile

FAILED = 1
LARGEST_NUMBER = 2**63 - 1
"""What a database can hold; no user of Telegram has a larger one."""


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    for command in (evaluate, prove, feedback, forget):
        app.command()(command)


def evaluate(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="Holds articles.jsonl and questions.jsonl.")],
    closed: Annotated[
        bool, typer.Option("--closed", help="Ask each question of its own articles only.")
    ] = False,
    stages: Annotated[
        bool, typer.Option("--stages", help="Also report each step of the pipeline.")
    ] = False,
    limit: Annotated[int | None, typer.Option(min=1, help="So many questions.")] = None,
    as_json: Annotated[
        Path | None, typer.Option("--json", help="Write the figures to this file.")
    ] = None,
    plot: Annotated[
        Path | None, typer.Option(help="Write risk against coverage to this SVG file.")
    ] = None,
) -> None:
    """Run a folder's questions over its articles and report quality and latency."""
    from rich.console import Console

    from bot.cli.indexing_progress import indexing_progress
    from retrieval.evaluation.folder import Wanted, evaluate_folder
    from retrieval.evaluation.plot import risk_coverage_svg
    from retrieval.evaluation.report import report_json
    from retrieval.evaluation.steps import CloserLook
    from retrieval.evaluation.table import report_tables

    for path in (as_json, plot):
        if path is not None and not path.absolute().parent.is_dir():
            raise typer.BadParameter(f"there is no folder {path.absolute().parent}: make it first")
    with parts_of(context) as parts, indexing_progress() as progress:
        report = evaluate_folder(
            folder,
            parts.settings.data / "evaluation",
            parts.embedder,
            CloserLook(parts.reader, parts.reranker, parts.settings.rerank_budget_ms),
            Wanted(closed=closed, limit=limit, stages=stages),
            threshold=parts.settings.threshold,
            indexing=progress,
        )
    console = Console()
    for table in report_tables(report):
        console.print(table)
    if as_json is not None:
        as_json.write_text(json.dumps(report_json(report), indent=2), encoding="utf-8")
    if plot is not None:
        plot.write_text(risk_coverage_svg(report), encoding="utf-8")
    if report.broken_quotes:
        raise typer.Exit(FAILED)


def prove(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(help="An answer of any face as JSON, or a stream; - reads standard input."),
    ],
) -> None:
    """Verify every quote and side of an answer against the stored articles.

    Exit status 1: one differs, or what claims to answer quotes nothing.
    """
    from rich.console import Console

    from retrieval.proof.proving import failures
    from retrieval.proof.proving import prove as prove_answer

    answer = _read_answer(file)
    with parts_of(context) as parts:
        findings = prove_answer(answer, parts.store)
    console = Console()
    for finding in findings:
        line = f"{finding.place}: {finding.verdict.value}"
        if finding.detail:
            line += f" - {finding.detail}"
        console.print(_printable(line), markup=False, highlight=False, soft_wrap=True)
    if not findings:
        console.print("the answer quotes nothing: there is nothing to prove", highlight=False)
        refuses = isinstance(answer, dict) and answer.get("answered") is False
        raise typer.Exit(0 if refuses else FAILED)
    failed = len(list(failures(findings)))
    proven = len(findings) - failed
    console.print(f"{proven} of {len(findings)} quotes proven", highlight=False)
    if failed:
        raise typer.Exit(FAILED)


def feedback(context: typer.Context) -> None:
    """Export what people rated as evaluation questions, one JSON object a line."""
    with parts_of(context) as parts:
        for question in parts.feedback.evaluation_questions():
            write_json(question)


def forget(
    context: typer.Context,
    user: Annotated[
        str, typer.Argument(help="A Telegram user's number, or an answer's conversation_id.")
    ],
) -> None:
    """Delete everything kept about a person who asked. Exit status 1: nothing was."""
    from bot.sound_files import put_aside_in
    from bot.telegram.database import forget_user

    with parts_of(context) as parts:
        kept = parts.conversations.forget(user)
        if user.isascii() and user.isdecimal():
            kept += parts.feedback.forget(f"telegram:{user}")
            kept += parts.conversations.forget_all(f"telegram:{user}:")
            if int(user) <= LARGEST_NUMBER:
                kept += forget_user(parts.settings.data, int(user))
        for damaged in put_aside_in(parts.settings.data):
            typer.echo(f"{damaged} is damaged, so nobody is forgotten there: delete it")
    typer.echo(f"deleted {kept} records")
    if not kept:
        raise typer.Exit(FAILED)


def _printable(line: str) -> str:
    """A line that moves no cursor and sets no title: an answer may come from anybody."""
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in line)


def _read_answer(file: Path) -> object:
    from retrieval.proof.claimed_quotes import answer_of_text

    try:
        text = read_text() if str(file) == "-" else file.read_text(encoding="utf-8")
        answer = answer_of_text(text)
    except (OSError, ValueError, RecursionError) as error:
        reason = _printable(str(error).splitlines()[0])
        raise UnreadableFile(
            f"{file} cannot be read as JSON ({reason});"
            " give an answer as onrecord ask --json has it"
        ) from None
    if not isinstance(answer, dict | list):
        raise UnreadableFile(f"{file} is no answer: give an object with quotes")
    return answer
