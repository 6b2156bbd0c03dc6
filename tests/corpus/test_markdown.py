"""Markdown as people write it: broken into lines wherever their editor pleased."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.importer import Importer
from corpus.readers.markdown import soft_breaks_joined
from corpus.sentences import split_sentences


def test_a_sentence_that_goes_on_in_the_next_line_is_one() -> None:
    text = soft_breaks_joined(
        "The new line between the two towns is exactly 1,084\nkilometres long, the ministry said.\n"
        "It opens in June.\n\nA second paragraph."
    )
    assert [span.of(text) for span in split_sentences(text)] == [
        "The new line between the two towns is exactly 1,084 kilometres long, the ministry said.",
        "It opens in June.",
        "A second paragraph.",
    ]


def test_lists_headings_and_tables_keep_their_lines() -> None:
    text = "# Votes\nWho voted\n- Anna for\n- Boris against\n\n| a | b |\n| 1 | 2 |"
    assert soft_breaks_joined(text) == text


@given(st.text(alphabet=st.sampled_from("ab A1.-#|\n\t “”"), max_size=200))
def test_only_line_breaks_change_and_only_to_spaces(text: str) -> None:
    joined = soft_breaks_joined(text)
    assert len(joined) == len(text)
    assert all(a == b or (a, b) == ("\n", " ") for a, b in zip(text, joined, strict=True))


BODY = "The council voted on Monday to close the bridge.\n\nThe work begins in March."


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("# Bridge closes\n\n{}", "Bridge closes"),
        ("Bridge closes\n=============\n\n{}", "Bridge closes"),
        ("Bridge closes\n---\n{}", "Bridge closes"),
        ("---\ntitle: Bridge closes\n---\n\n# Bridge Closes\n\n{}", "Bridge closes"),
        ("+++\ntitle = 'Bridge closes'\n+++\n{}", "Bridge closes"),
    ],
)
def test_a_heading_is_the_title_and_no_text(written: str, title: str) -> None:
    (article,) = Importer().read_content("a.md", written.format(BODY).encode()).articles
    assert (article.title, article.text) == (title, BODY)


def test_a_heading_unlike_the_title_stays() -> None:
    written = f"---\ntitle: Bridge closes\n---\n# Background\n\n{BODY}"
    (article,) = Importer().read_content("a.md", written.encode()).articles
    assert article.text.startswith("# Background")


def test_front_matter_in_toml() -> None:
    written = (
        f"+++\ntitle = 'Bridge'\ndate = 2024-07-02T10:00:00Z\nauthor = ['Ann Ek']\n+++\n{BODY}"
    )
    (article,) = Importer().read_content("a.md", written.encode()).articles
    assert (article.title, article.author, article.published) == (
        "Bridge", "Ann Ek", date(2024, 7, 2)
    )  # fmt: skip
    (skipped,) = Importer().read_content("a.md", f"+++\ntitle = \n+++\n{BODY}".encode()).skipped
    assert "TOML" in skipped.reason


def test_front_matter_that_would_grow_without_end_is_refused() -> None:
    many = ", ".join
    grown = (
        f"a: &a [{many(['x'] * 5_000)}]\nb: &b [{many(['*a'] * 6_000)}]\n"
        f"title: [{many(['*b'] * 3_000)}]\n"
    )
    for written in (grown, "a: &a {x: 1}\nb:\n  <<: *a\n"):
        for content in (f"---\n{written}---\n{BODY}", f"---\n{written}"):
            (skipped,) = Importer().read_content("a.md", content.encode()).skipped
            assert "write that value out" in skipped.reason


def test_a_value_that_begins_with_an_asterisk_is_told_with_its_line() -> None:
    written = f"---\nauthor: Ann Ek\ntitle: *Live bridge talks\n---\n{BODY}"
    (skipped,) = Importer().read_content("a.md", written.encode()).skipped
    assert "line 3" in skipped.reason
    assert "quotation marks" in skipped.reason


def test_front_matter_as_web_clippers_write_it() -> None:
    written = (
        '---\ntitle: "Bridge closes"\nsource: "https://www.example.org/news/abc"\nauthor:\n'
        '  - "[[Ann Ek]]"\n  - "[[people/Bo Li|Bo Li]]"\npublished: 2024-07-02\n'
        f'created: 2026-02-01\ndescription: "A bridge."\ntags:\n  - "clippings"\n---\n{BODY}\n'
    )
    (article,) = Importer().read_content("a.md", written.encode()).articles
    assert (article.title, article.author) == ("Bridge closes", "Ann Ek, Bo Li")
    assert (article.source, article.url) == ("example.org", "https://www.example.org/news/abc")
    assert (article.published, article.text.strip()) == (date(2024, 7, 2), BODY)


@pytest.mark.parametrize("author", ['"[[people/Ann Ek]]"', "[[Ann Ek]]", '["[[Ann Ek]]"]'])
def test_linked_names_are_names(author: str) -> None:
    written = f"---\ntitle: Bridge closes\nauthor: {author}\n---\n{BODY}"
    (article,) = Importer().read_content("a.md", written.encode()).articles
    assert article.author == "Ann Ek"
