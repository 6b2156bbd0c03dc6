"""Dates in every form, the order of day and month from the document, never in the future."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.dates import day_order, parse_date

DAY = date(2024, 7, 2)


@pytest.mark.parametrize(
    ("written", "language"),
    [
        ("2024-07-02", None),
        ("2024-07-02T23:59:00Z", None),
        ("2024/07/02", None),
        ("20240702", None),
        ("20240702T101500Z", None),
        ("July 2, 2024", None),
        ("Jul. 2, 2024 at 10:15 a.m. EDT", None),
        ("Tuesday, July 2nd, 2024", None),
        ("2 July 2024", None),
        ("Tue, 02 Jul 2024 10:00:00 GMT", None),
        ("2.7.2024", None),
        ("02.07.24", None),
        ("1719914400", None),
        ("2. Juli 2024", "de"),
        ("2 juillet 2024", "fr"),
        ("2 de julio de 2024", "es"),
        ("2 июля 2024 г.", "ru"),
        ("2 липня 2024", "uk"),
        ("2024年7月2日", "zh"),
        ("2 июля 2024 года", "ru"),
        ("2 липня 2024 року", "uk"),
        ("2 июля 2024", "uk"),
        ("2 липня 2024", "ru"),
        ("2 juillet 2024", "en"),
    ],
)
def test_forms(written: str, language: str | None) -> None:
    assert parse_date(written, language=language) == DAY


@pytest.mark.parametrize(
    ("written", "language"),
    [("1er juillet 2024", "fr"), ("1.º de julio de 2024", "es"), ("1º de julho de 2024", "pt")],
)
def test_the_first_of_a_month_is_an_ordinal(written: str, language: str) -> None:
    assert parse_date(written, language=language) == date(2024, 7, 1)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "soon",
        "July",
        "2024",
        "32 July 2024",
        "2024-02-30",
        "3024-01-01",
        "7/2/2024",
        "-",
        "2 days ago",
        "yesterday at 10:00",
        "vor 2 Tagen",
    ],
)
def test_what_cannot_be_told_is_unknown(written: str) -> None:
    assert parse_date(written) is None


def test_numeric_dates_go_by_the_order_of_the_document() -> None:
    assert parse_date("7/2/2024", order="MDY") == DAY
    assert parse_date("2/7/2024", order="DMY") == DAY
    assert parse_date("31/5/2024") == date(2024, 5, 31)


def test_order_is_found_from_an_unambiguous_date() -> None:
    assert day_order("It opened on 31/12/2023.", ["7/2/2024"]) == "DMY"
    assert day_order("It opened on 12/31/2023.", ["7/2/2024"]) == "MDY"


def test_order_is_found_from_the_days_that_the_text_speaks_of() -> None:
    assert day_order("On June 29 and on July 1 it rained.", ["7/2/2024"]) == "MDY"
    assert day_order("On 5 February it snowed; on 6 February too.", ["7/2/2024"]) == "DMY"
    assert day_order("Nothing is dated here.", ["7/2/2024"]) is None


@settings(deadline=None)
@given(st.dates(date(1990, 1, 1), date(2026, 1, 1)))
def test_iso_and_english_dates_survive(day: date) -> None:
    assert parse_date(day.isoformat()) == day
    assert parse_date(day.strftime("%B %d, %Y")) == day
    assert parse_date(day.strftime("%d %b %Y")) == day


@settings(deadline=None)
@given(st.text(max_size=40) | st.integers().map(str))
def test_nothing_breaks_it_and_nothing_is_in_the_future(written: str) -> None:
    found = parse_date(written, today=DAY)
    assert found is None or found <= DAY + timedelta(days=1)
