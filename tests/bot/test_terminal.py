"""What a person reads in a terminal, in the words of the other faces."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO

from rich.console import Console

from bot.cited_text import CONTRADICT, cited_text
from bot.cli.terminal import show_answer
from corpus.article import Article
from retrieval.answer import Answer, Quote, Side

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


def test_in_a_pipe_neither_quotes_nor_addresses_are_broken() -> None:
    words = "The bridge is held by the harbour master and nobody else. " * 8
    address = "https://example.org/" + "long-path-of-an-article/" * 10
    article = Article("a", "Title", words, "hash", source="Courier", url=address)
    quote = Quote(1, words, 0, len(words), article, 0.9)
    console = Console(file=StringIO(), width=40)
    show_answer(replace(answer(answered=True), quotes=(quote,)), console)
    assert isinstance(console.file, StringIO)
    lines = console.file.getvalue().splitlines()
    assert lines[0] == f"[1] “{words}”"
    assert f"    {address}" in lines
    assert not [line for line in lines if line.rstrip() != line]


def test_on_a_screen_lines_are_broken_but_addresses_are_not() -> None:
    words = "The bridge is held by the harbour master and nobody else. " * 8
    address = "https://example.org/" + "long-path-of-an-article/" * 10
    article = Article("a", "Title", words, "hash", source="Courier", url=address)
    quote = Quote(1, words, 0, len(words), article, 0.9)
    console = Console(file=StringIO(), width=40, force_terminal=True, color_system=None)
    show_answer(replace(answer(answered=True), quotes=(quote,)), console)
    assert isinstance(console.file, StringIO)
    lines = console.file.getvalue().splitlines()
    assert all(len(line) <= 40 for line in lines if address not in line)
    assert f"    {address}" in lines


def test_one_side_alone_contradicts_nobody() -> None:
    assert not any(CONTRADICT in line for line in shown(answer(answered=True)))


def test_remarks_stand_beside_the_verdict() -> None:
    assert "there is no such outlet" in shown(answer(answered=False), "there is no such outlet")
