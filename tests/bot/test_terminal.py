"""What a person reads in a terminal, in the words of the other faces."""

from __future__ import annotations

from io import StringIO

from rich.console import Console

from bot.cited_text import CONTRADICT, cited_text
from bot.cli.terminal import show_answer
from retrieval.answer import Answer, Side

SIDES = (Side("Kyiv", (1,)), Side("Minsk", (2, 3)))


def shown(answer: Answer, *remarks: str) -> list[str]:
    """The lines of an answer in a wide terminal without colours."""
    console = Console(file=StringIO(), width=200)
    show_answer(answer, console, remarks=remarks)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue().splitlines()


def answer(*, answered: bool, sides: tuple[Side, ...] = ()) -> Answer:
    question = "Who holds the bridge?"
    return Answer(question, question, answered, 0.8, (), (), sides, generation=1, took_ms=2.0)


def test_sides_are_said_to_contradict_each_other() -> None:
    disputed = answer(answered=True, sides=SIDES)
    first, *sides = shown(disputed)[:3]
    assert first == f"{CONTRADICT}:"
    assert sides == ["Kyiv: [1]", "Minsk: [2], [3]"]
    assert CONTRADICT in cited_text(disputed).text


def test_one_side_alone_contradicts_nobody() -> None:
    assert not any(CONTRADICT in line for line in shown(answer(answered=True)))


def test_remarks_stand_beside_the_verdict() -> None:
    assert "there is no such outlet" in shown(answer(answered=False), "there is no such outlet")
