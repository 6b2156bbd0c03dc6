"""Whom a run of capitalised words names, and which body a short name stands for."""

from __future__ import annotations

import pytest

from retrieval.attribution.capital_runs import CapitalRun, capital_runs
from tests.retrieval.articles import spoken


def names(text: str) -> list[tuple[str, bool]]:
    return [
        (text[run.tokens[0].start : run.tokens[-1].end], run.is_body)
        for run in capital_runs(text)
        if isinstance(run, CapitalRun)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Oslo Police Chief Anna Lund", [("Oslo Police", True), ("Chief Anna Lund", False)]),
        (
            "Green House Press Secretary Jon Vale",
            [("Green House", True), ("Secretary Jon Vale", False)],
        ),
        (
            "Bank of Norway Deputy Governor Ida Moe",
            [("Bank of Norway", True), ("Governor Ida Moe", False)],
        ),
        (
            "Department of Health Secretary Ida Moe",
            [("Department of Health", True), ("Secretary Ida Moe", False)],
        ),
        ("Office of the Attorney General", [("Office of the Attorney General", True)]),
        ("World Bank’s Ida Moe", [("World Bank", True), ("Ida Moe", False)]),
        ("Supreme Court Friday", [("Supreme Court", True)]),
        ("Supreme Court Tuesday and Wednesday", [("Supreme Court", True)]),
        ("Anna Lund and Bo Berg", [("Anna Lund", False), ("Bo Berg", False)]),
        ("Mr Lund and Bo Berg", [("Mr Lund", False), ("Bo Berg", False)]),
        ("Joe and Jill Lund", [("Joe and Jill Lund", False)]),
        ("Food and Drug Administration", [("Food and Drug Administration", True)]),
        ("Supreme Court and Green House", [("Supreme Court", True), ("Green House", True)]),
        ("Chief Anna Lund of the Oslo Police", [("Chief Anna Lund", False), ("Oslo Police", True)]),
        ("US Chamber of Trade Union", [("US Chamber of Trade Union", True)]),
    ],
)
def test_whom_capitalised_words_name(text: str, found: list[tuple[str, bool]]) -> None:
    plain = [(name.removesuffix("’s"), is_body) for name, is_body in names(text)]
    assert plain == found


@pytest.mark.parametrize(
    ("naming", "saying", "speaker"),
    [
        ("Oslo Police Officer Bo Berg and K9 came.", "Police said so.", "Oslo Police"),
        ("The Oslo Police Bomb Squad came.", "Police said so.", "Police"),
        ("They met at Oslo Police Department Headquarters.", "The department said so.", None),
        ("It went to the Green House Tuesday.", "The Green House said so.", "Green House"),
        ("The Green House and Capitol closed.", "The Green House said so.", "Green House"),
        ("They came to Green House for Hill talks.", "The Green House said so.", "Green House"),
        ("World Bank President Bo Berg left.", "The bank denied that it knew.", "World Bank"),
        ("Police Chief Anna Lund left.", "The police said officers had fired.", "Police"),
        ("The Oslo Harbour Police Department came.", "Police said so.", None),
        ("The Green House Writers Association met.", "The Green House said so.", "Green House"),
    ],
)
def test_a_short_name_is_never_that_of_an_officer_or_a_unit(
    naming: str, saying: str, speaker: str | None
) -> None:
    found = spoken(naming, saying)[1]
    assert found is not None
    if speaker is not None:
        assert found.speaker == speaker
    else:
        assert found.speaker in {"The department", "Oslo Harbour Police Department"}


def test_an_officer_of_a_body_is_a_person_of_the_article() -> None:
    told = "Green House Press Secretary Jon Vale met reporters."
    found = spoken(told, "“It is ready,” Vale said.", "“Wait,” he said.")
    assert [one.speaker if one else None for one in found] == [None, "Jon Vale", "Jon Vale"]
    assert found[1] is not None
    assert found[1].role == "Green House Press Secretary"
