"""Follow-ups as people write them: single ones, those written after the rules, and chains."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval.answer import Turn
from retrieval.conversation.follow_ups import standalone

CASES = Path(__file__).parent.parent / "cases"
SPOKEN_OF = ("Freya Malinde",)


def cases(name: str) -> Iterator[tuple[str, str, str]]:
    for line in (CASES / name).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            before, question, expected = (part.strip() for part in line.split("|"))
            yield before, question, expected


@pytest.mark.parametrize(("before", "question", "expected"), list(cases("follow_ups.txt")))
def test_a_follow_up_says_what_it_leans_on(before: str, question: str, expected: str) -> None:
    completed = standalone(question, [Turn(before, before, True, SPOKEN_OF)])
    if expected == "=":
        assert completed == question
    else:
        wanted = [word.strip().casefold() for word in expected.split(",")]
        assert all(word in completed.casefold() for word in wanted), completed


def test_most_follow_ups_that_the_rules_were_not_written_for_are_understood() -> None:
    right = 0
    every = list(cases("follow_ups_held_out.txt"))
    for before, question, expected in every:
        completed = standalone(question, [Turn(before, before, True)])
        wanted = [word.strip().casefold() for word in expected.split(",")]
        right += (
            completed == question
            if expected == "="
            else all(word in completed.casefold() for word in wanted)
        )
    assert right >= 0.85 * len(every)


def chains() -> list[list[tuple[str, str]]]:
    text = (CASES / "follow_up_chains.txt").read_text(encoding="utf-8")
    lines = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    return [
        [(question.strip(), expected.strip()) for question, expected in map(parted, block)]
        for block in (chain.splitlines() for chain in lines.split("\n\n"))
    ]


def parted(line: str) -> tuple[str, str]:
    question, _, expected = line.partition("|")
    return question, expected


@pytest.mark.parametrize("chain", chains(), ids=lambda chain: chain[0][0])
def test_no_follow_up_of_a_chain_carries_what_an_earlier_one_added(
    chain: list[tuple[str, str]],
) -> None:
    history: list[Turn] = []
    for question, expected in chain:
        completed = standalone(question, history)
        history.append(Turn(question, completed, True))
        if expected == "=":
            assert completed == question
            continue
        for word in (part.strip().casefold() for part in expected.split(", ")):
            if word.startswith("!"):
                assert word[1:] not in completed.casefold(), completed
            else:
                assert word in completed.casefold(), completed


def test_no_chain_of_follow_ups_grows_without_end() -> None:
    """Whatever follows whatever, each question is about as long as the longest pair of them."""
    openings = [chain[0][0] for chain in chains()]
    asked = sorted({question for chain in chains() for question, _ in chain})
    longest = max(map(len, openings)) + 3 * max(map(len, asked))
    for seed in range(300):
        pick = random.Random(seed)
        several = asked if seed % 2 else pick.sample(asked, 3)
        history: list[Turn] = []
        for question in [pick.choice(openings), *pick.choices(several, k=10)]:
            completed = standalone(question, history)
            assert len(completed) <= longest, (history, completed)
            history.append(Turn(question, completed, pick.random() < 0.7))
