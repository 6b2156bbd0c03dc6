"""Cleaning scraped text: only whole lines go, each with a reason, and their facts are kept."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.cleaning.lines import without_lines
from corpus.cleaning.wrapped_lines import unwrapped
from corpus.decoding import clean_characters
from corpus.imported import ImportedFile
from corpus.importer import Importer
from corpus.titles import LONGEST, OMITTED, is_of_text

SCRAPED = """\
Physical Address
12 South Quay Ave.
Port Essling, VT 05009
Crane falls into the harbour
The port stays closed for days.
Crane falls into the harbour
The fallen crane at the eastern quay on June 30. (Photo by Bo Li/Reuters)
Ann Ek
7/2/2024
Updated:
7/3/2024
0:00

The harbour was closed on July 1 after a crane fell into the water, the port authority said.

Read also: Ten cranes that fell
A diver looks at the crane (Bo Li/AP)
A diver looks at the crane (Bo Li/AP)

“We expect to open on July 4,” harbour master Ines Falk said.
Share on Facebook
Sign up for our newsletter and never miss a crane.
The Essling Gazette could not independently verify how deep it sank.
"""


def imported(text: str, importer: Importer | None = None) -> ImportedFile:
    return (importer or Importer()).read_content("a.txt", text.encode("utf-8", "surrogatepass"))


def test_a_scraped_article_comes_out_clean() -> None:
    file = imported(SCRAPED)
    (article,) = file.articles
    assert article.title == "Crane falls into the harbour"
    assert article.author == "Ann Ek"
    assert (article.published, article.updated) == (date(2024, 7, 2), date(2024, 7, 3))
    assert article.source == "The Essling Gazette"
    assert article.text.split("\n") == [
        "The port stays closed for days.",
        "",
        "The harbour was closed on July 1 after a crane fell into the water, the port authority"
        " said.",
        "",
        "“We expect to open on July 4,” harbour master Ines Falk said.",
        "The Essling Gazette could not independently verify how deep it sank.",
    ]
    assert all(dropped.reason and dropped.article_id == article.id for dropped in file.dropped)


BODY = (
    "The council of the town voted on Monday to close the old bridge, officials said.\n\n"
    "The bridge was built in 1931 and carries 4,000 cars a day, said the mayor, John Smith."
)
TOWN = "Town closes old bridge"


@pytest.mark.parametrize(
    ("head", "author", "source", "published"),
    [
        (f"{TOWN}\nBy JANE DOE\nPublished 10:15 AM EDT, Mon July 1, 2024\n\n", "JANE DOE", None, 1),
        (
            f"{TOWN}\n\nJane Doe and Bob Roe\nJul 1, 2024, 10:15 AM\n\n",
            "Jane Doe, Bob Roe",
            None,
            1,
        ),
        (f"{TOWN} | The Daily Wave\nJuly 1, 2024 10:15 am\n", None, "The Daily Wave", 1),
        (f"01.07.2024, 14:30 Uhr\n{TOWN}\n", None, None, 1),
        (f"{TOWN}\n\nJane Doe\n\nJuly 1, 2024\n\n", "Jane Doe", None, 1),
        (f"HOME\nNEWS\n{TOWN}\n{TOWN}\nBy Jane Doe | July 1, 2024\n\n", "Jane Doe", None, 1),
        (f"Title: {TOWN}\nAuthor: Jane Doe\nDate: 2024-07-01\n\n", "Jane Doe", None, 1),
        (f"https://wave.example/a\n{TOWN}\n", None, "wave.example", None),
        (f"{TOWN}\nPublished 2024-07-01\n\n", None, None, 1),
        (f"{TOWN}\nBy Jane Doe, 1 July 2024\n\n", "Jane Doe", None, 1),
        (f"{TOWN}\n**By Jane Doe** | 1 July 2024\n\n", "Jane Doe", None, 1),
        (
            f"{TOWN}\nPublished on 1 July 2024, updated on 2 July 2024\n",
            None,
            None,
            1,
        ),
        (f"{TOWN}\nPublished 10:20 BST, 1 July 2024 | Updated 3 July 2024\n", None, None, 1),
        (f"{TOWN}\nWorld News\nJuly 1, 2024\n\n", None, None, 1),
        (
            f"{TOWN}\nBy Jane Doe, Political Correspondent, The Daily Wave\nJuly 1, 2024\n\n",
            "Jane Doe",
            None,
            1,
        ),
        (f"{TOWN}\nPublished: 1 July 2024\nShare\n3 min read\n", None, None, 1),
        (f"{TOWN}\n", None, None, None),
    ],
)
def test_the_block_above_an_article(
    head: str, author: str | None, source: str | None, published: int | None
) -> None:
    (article,) = imported(head + BODY).articles
    assert article.text == BODY
    assert (article.title, article.author, article.source) == (TOWN, author, source)
    assert article.published == (date(2024, 7, published) if published else None)


@pytest.mark.parametrize("title", ["Who killed the tram?", "“Close the bridge of Essling now!”"])
@pytest.mark.parametrize(
    "head",
    ["\n\nBy Ann Ek\n2 July 2024\n\n", "\nBy Ann Ek\n2 July 2024\n\n",
     "\n\nThe bridge has carried more than it was built for, engineers say.\n\n2 July 2024\n\n",
     "\n\n"],
)  # fmt: skip
def test_a_headline_may_ask_or_cry(title: str, head: str) -> None:
    (article,) = imported(f"{title}{head}{BODY}").articles
    assert article.title == title
    assert title not in article.text
    assert article.text.endswith(BODY)
    assert article.published == (date(2024, 7, 2) if "2024" in head else None)


@pytest.mark.parametrize(
    "text",
    [
        "What now?\nNobody in the town of Essling knows, said its mayor, John Smith.",
        f"What is to be done with the old bridge of Essling, asked {'the mayor and ' * 3}all?\n\n"
        "Nobody knew.",
        f"{BODY}\n\nWho pays for it?\n\nNobody in the town knows yet.",
    ],
)
def test_a_question_that_begins_a_text_is_no_headline(text: str) -> None:
    (article,) = imported(text).articles
    assert is_of_text(article.title)
    assert article.text == text


@pytest.mark.parametrize(
    "days", [("February 24, 2022", "March 3, 2022"), ("February 24, 2022", "March 3")]
)
def test_the_days_of_a_timeline_stay_and_are_no_date_of_it(days: tuple[str, str]) -> None:
    first, second = BODY.split("\n\n")
    text = f"{days[0]}\n\n{first}\n\n{days[1]}\n\n{second}"
    (article,) = imported(f"A timeline of the bridge\n\n{text}").articles
    assert (article.title, article.published) == ("A timeline of the bridge", None)
    assert article.text == text


def test_a_day_of_the_past_among_the_paragraphs_is_no_date_of_the_article() -> None:
    text = f"{BODY}\n\nIt was repaired once before.\n\nMay 5, 1987\n\nNobody was hurt then."
    (article,) = imported(f"{TOWN}\n\n{text}").articles
    assert (article.published, article.text) == (None, text)


def test_a_standfirst_and_a_caption_may_stand_above_the_date() -> None:
    head = (
        f"{TOWN}\n\nThe bridge has carried more than it was built for, engineers say.\n{TOWN}\n"
        "The bridge in May of this year, with some of its cars on it.\nJane Doe\n7/1/2024\n"
        "Updated:\n7/3/2024\n\n"
    )
    (article,) = imported(f"{head}{BODY} It closes on July 2.").articles
    assert (article.author, article.published) == ("Jane Doe", date(2024, 7, 1))
    assert article.updated == date(2024, 7, 3)


def test_every_line_is_kept_or_reported_as_dropped() -> None:
    file = imported(SCRAPED)
    kept = file.articles[0].text.split("\n")
    gone = [dropped.text for dropped in file.dropped]
    lines = [line for line in SCRAPED.split("\n") if line.strip()]
    assert sorted([line for line in kept if line.strip()] + gone) == sorted(lines)


def test_a_text_without_a_title_is_named_by_its_beginning_and_stays_whole() -> None:
    text = "The harbour was closed. A crane fell into the water.\nNobody was hurt."
    (article,) = imported(text).articles
    assert article.title == "The harbour was closed. […]"
    assert is_of_text(article.title)
    assert article.text == text
    assert (article.author, article.source, article.published) == (None, None, None)


def test_a_long_beginning_is_cut_between_words() -> None:
    (article,) = imported(
        "The harbour of the town " * 30 + "was closed.\n\nNobody was hurt."
    ).articles
    assert len(article.title) <= LONGEST + len(OMITTED)
    assert article.text.startswith(article.title.removesuffix(OMITTED) + " ")


def test_whom_somebody_told_is_not_the_outlet() -> None:
    (article,) = imported(
        "“It sank,” Falk told the Daily Wave.\nHe told Harbour News it was deep."
    ).articles
    assert article.source is None


@pytest.mark.parametrize(
    "sentence",
    [
        "Norland has not confirmed the attack on the refinery.",
        "The White House could not immediately confirm the report.",
        "Essling Rovers could not verify the ticket.",
    ],
)
def test_who_does_not_confirm_is_not_the_outlet(sentence: str) -> None:
    text = f"The crane fell on Monday, residents wrote.\n\n{sentence}"
    (article,) = imported(text).articles
    assert article.source is None


def test_hard_wrapped_text_is_joined_without_moving_an_offset() -> None:
    text = (
        "The harbour of Port Essling was closed on Monday after a crane fell\n"
        "into the water, the port authority said. Nobody was hurt, but two of\n"
        "the ships could not leave the eastern quay before the following day.\n"
        "\n"
        "Insurers put the damage at 2.4 million crowns. An inquiry has to give\n"
        "its report by the end of the month, and the minister will then decide\n"
        "what is to be done with the three other cranes of the same old type.\n"
    )
    joined = unwrapped(text)
    assert len(joined) == len(text)
    assert "fell into the water" in joined
    assert joined.count("\n") == 3
    assert (
        unwrapped("One.\nTwo.\nThree.\nFour.\nFive.\nSix.")
        == "One.\nTwo.\nThree.\nFour.\nFive.\nSix."
    )


WILD = st.text(
    alphabet=st.one_of(
        st.characters(codec=None, exclude_categories=()),
        st.sampled_from(
            list(" \n\r\t.:/0123456789AaЯя©“”()\u0301\u202e\u2028\x00\x85\ud83d\ufeff")
        ),
    ),
    max_size=300,
)


@settings(deadline=None)
@given(WILD)
def test_characters_are_cleaned_once_and_for_all(text: str) -> None:
    cleaned = clean_characters(text)
    assert clean_characters(cleaned) == cleaned
    cleaned.encode("utf-8")
    assert not {"\r", "\x00", "\u202e", "\u2028"} & set(cleaned)
    assert not cleaned.startswith("\ufeff")


@settings(deadline=None)
@given(WILD)
def test_any_text_gives_lines_of_itself_or_a_reason(text: str) -> None:
    file = imported(text)
    assert bool(file.articles) != bool(file.skipped)
    if any("\ud800" <= one <= "\udfff" for one in text):
        return  # bytes that are no UTF-8: what they are read as is told by other tests
    given_lines = set(clean_characters(text).split("\n"))
    for article in file.articles:
        assert set(article.text.split("\n")) - {""} <= given_lines
        assert article.title
        assert article.title == " ".join(article.title.split())


@settings(deadline=None)
@given(st.lists(st.sampled_from(["", "a", "b", " "]), max_size=12), st.sets(st.integers(0, 11)))
def test_dropping_lines_keeps_the_others(lines: list[str], numbers: set[int]) -> None:
    dropped = {number: "why" for number in numbers if number < len(lines)}
    kept = without_lines(lines, dropped)
    visible = [line for number, line in enumerate(lines) if number not in dropped and line.strip()]
    assert [line for line in kept if line.strip()] == visible
