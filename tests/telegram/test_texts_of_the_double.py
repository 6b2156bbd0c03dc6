"""The double takes and refuses texts as Telegram does."""

from __future__ import annotations

from typing import Any

import pytest

from tests.telegram.botapi.refusal import Refusal
from tests.telegram.botapi.text import read_text, require_text


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("😀", [{"type": "bold", "offset": 1, "length": 1}]),
        ("😀", [{"type": "bold", "offset": 0, "length": 1}]),
        ("abc", [{"type": "bold", "offset": 0, "length": 4}]),
        ("abc", [{"type": "bold", "offset": 3, "length": 1}]),
        ("abc", [{"type": "bold", "offset": 0, "length": 0}]),
        ("abc", [{"type": "shout", "offset": 0, "length": 1}]),
        ("abc", [{"type": "text_link", "offset": 0, "length": 1, "url": "http://localhost"}]),
        ("x" * 4097, []),
        ("😀" * 2049, []),
    ],
)
def test_the_double_refuses_what_telegram_refuses(text: str, entities: list[Any]) -> None:
    with pytest.raises(Refusal):
        read_text(text, entities, None)


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b\u00a0"])
def test_the_double_refuses_a_text_that_shows_nothing(text: str) -> None:
    with pytest.raises(Refusal):
        require_text(text)


@pytest.mark.parametrize("html", ["<b>x", "<script>x</script>", "a < b", "<b>x</i>", "</b>"])
def test_the_double_refuses_bad_html(html: str) -> None:
    with pytest.raises(Refusal):
        read_text(html, None, "HTML")


def test_the_double_reads_good_html() -> None:
    text, entities = read_text('<b>😀x</b> <a href="https://a.b/">y</a> &amp;', None, "HTML")
    assert text == "😀x y &"
    assert [(e["type"], e["offset"], e["length"]) for e in entities] == [
        ("bold", 0, 3),
        ("text_link", 4, 1),
    ]
