"""Lines that an outlet repeats go, the background of a story that it repeats does not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.cleaning.background import tells_of_the_world
from corpus.cleaning.repeated_lines import KEPT_IN, RepeatedLines
from corpus.errors import CorpusError
from corpus.imported import ImportSettings
from corpus.importer import Importer
from tests.corpus.test_cleaning import imported


def outlet_article(number: int, boilerplate: bool = True) -> str:
    body = (
        f"Story number {number} is about cranes of type {number * 7}.\nIt sank in {number} metres."
    )
    box = "Essling Media House\nRegistered under number 4711"
    return f"{body}\n{box}" if boilerplate else body


def test_lines_that_an_outlet_repeats_are_dropped_in_a_batch(tmp_path: Path) -> None:
    for number in range(6):
        (tmp_path / f"{number}.txt").write_text(outlet_article(number))
    importer = Importer()
    files = list(importer.read_all(importer.find([tmp_path])))
    for number, file in enumerate(files):
        assert file.articles[0].text == outlet_article(number, boilerplate=False)
        assert {line.text for line in file.dropped} == {
            "Essling Media House", "Registered under number 4711",
        }  # fmt: skip


def test_and_where_the_head_of_each_text_names_the_outlet(tmp_path: Path) -> None:
    for number in range(50):
        head = f"Title: Cranes of type {number * 7}\nSource: The Gazette\n\n"
        (tmp_path / f"{number:02}.txt").write_text(head + outlet_article(number))
    importer = Importer()
    for number, file in enumerate(importer.read_all(importer.find([tmp_path]))):
        assert file.articles[0].source == "The Gazette"
        assert file.articles[0].text == outlet_article(number, boilerplate=False)


def test_and_in_files_that_come_one_by_one_later(tmp_path: Path) -> None:
    first = Importer()
    for number in range(4):
        imported(outlet_article(number), first)
    later = Importer(repeated=RepeatedLines.from_json(first.repeated.to_json()))
    file = imported(outlet_article(9), later)
    assert file.articles[0].text == outlet_article(9, boilerplate=False)


def test_a_survey_cleans_the_first_as_well_as_the_last_and_is_kept(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(5):
        (folder / f"{number}.txt").write_text(outlet_article(number))
    settings = ImportSettings(repeated_lines=tmp_path / "data" / "lines.json")
    first = Importer(settings)
    first.survey(first.find([folder]))
    texts = [first.read(path).articles[0].text for path in first.find([folder])]
    assert texts == [outlet_article(number, boilerplate=False) for number in range(5)]
    later = imported(outlet_article(9), Importer(settings))
    assert later.articles[0].text == outlet_article(9, boilerplate=False)
    (tmp_path / "data" / "lines.json").write_text("{torn")
    assert imported(outlet_article(9), Importer(settings)).articles[0].text == outlet_article(9)


def test_one_article_among_many_does_not_write_all_that_was_learned(tmp_path: Path) -> None:
    lines = tmp_path / "lines.json"
    importer = Importer(ImportSettings(repeated_lines=lines))
    for number in range(100):
        (tmp_path / f"{number}.txt").write_text(outlet_article(number))
    importer.survey(importer.find([tmp_path]))
    kept = lines.read_text()
    assert json.loads(kept)["outlets"]
    added = tmp_path / "added.txt"
    added.write_text("A bridge fell into the Elm.\nNobody was hurt, the mayor said on Friday.")
    importer.survey([added])
    assert lines.read_text() == kept
    importer.close()
    assert len(lines.read_text()) > len(kept)


def test_the_same_article_many_times_is_no_habit() -> None:
    importer = Importer()
    for _ in range(6):
        file = imported(outlet_article(1), importer)
    assert file.articles[0].text == outlet_article(1)
    for number in range(6):
        copy = imported(outlet_article(1) + f"\nA new last line, number {number}.", importer)
    assert outlet_article(1) in copy.articles[0].text


BACKGROUND = (
    "The war began two years ago, when troops crossed the river from the north and the east."
)
BOX = "Sign in to read all articles of the Gazette."
MATTERS = (
    "bridge",
    "frog",
    "rate",
    "final",
    "road",
    "museum",
    "tax",
    "harbour",
    "dike",
    "tram",
    "strike",
    "quake",
    "comet",
    "well",
    "tower",
    "choir",
    "orchard",
    "ferry",
    "mill",
    "dam",
)


IMPRINT = "The Gazette has a staff of 40."


def coverage(count: int) -> bytes:
    """Reports of an outlet, every second with the same background, box and imprint."""
    records = []
    for number, matter in enumerate(MATTERS[:count]):
        told = [f"The {matter} was spoken of for {number} hours in the town of Essling on Monday."]
        shared = [BACKGROUND, BOX, IMPRINT] if number % 2 == 0 else []
        rest = f"More of the {matter} will be known in week {number}, when a report is due."
        rest += (
            f" The {matter} has cost {number} crowns so far, which its owner wants to be repaid."
        )
        text = "\n\n".join([*told, *shared, rest])
        records.append({"title": f"On the {matter}", "text": text, "source": "Gazette"})
    return json.dumps(records).encode()


def test_the_background_of_a_story_is_no_boilerplate_of_its_outlet() -> None:
    file = Importer().read_content("a.json", coverage(6))
    assert sum(BACKGROUND in article.text for article in file.articles) == 3
    assert not any(BOX in article.text for article in file.articles)


def test_what_so_many_say_word_for_word_stays_in_a_few() -> None:
    importer = Importer()
    file = importer.read_content("b.json", coverage(20))
    keeping = [article.id for article in file.articles if BACKGROUND in article.text]
    assert len(keeping) == KEPT_IN
    assert not any(BOX in article.text or IMPRINT in article.text for article in file.articles)
    # The same keep it when they are read again, also in a later run.
    later = Importer(repeated=RepeatedLines.from_json(importer.repeated.to_json()))
    again = later.read_content("b.json", coverage(20))
    assert [article.id for article in again.articles if BACKGROUND in article.text] == keeping


def test_counts_of_an_earlier_version_are_read() -> None:
    importer = Importer()
    importer.read_content("b.json", coverage(20))
    stored = json.loads(importer.repeated.to_json())
    for outlet in stored["outlets"].values():
        del outlet["tellers"]
    later = Importer(repeated=RepeatedLines.from_json(json.dumps(stored)))
    file = later.read_content("b.json", coverage(20))
    assert sum(BACKGROUND in article.text for article in file.articles) == KEPT_IN


def test_damaged_counts_are_refused() -> None:
    for stored in ("", "[]", "{}", '{"version":2,"outlets":{"a":[]}}'):
        with pytest.raises(CorpusError, match="rebuild"):
            RepeatedLines.from_json(stored)


@pytest.mark.parametrize(
    "line",
    [
        BACKGROUND,
        "Norland allowed foreign troops to enter Essling on February 24, 2022, and has fed them.",
        "Войска перешли реку в феврале 2022 года с севера и с востока, в двух местах.",
        "The gazetteer of the town has named each of its 40 streets since 1931.",
    ],
)
def test_what_an_outlet_repeats_may_tell_of_the_world(line: str) -> None:
    assert tells_of_the_world(line, "The Gazette")


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("This story has been updated with additional details of the fire on Monday.", "Gazette"),
        (
            "The Essling Gazette is owned by a house that was founded there in 1931.",
            "Essling Gazette",
        ),
        ("Ann Ek covers trending news in the whole country for ESSLING TODAY.", "esslingtoday.com"),
        ("Follow Ann Ek of the politics desk on her channel under the name @annek5.", "Gazette"),
        ("Need a break from all of the news? Play one of the puzzles of today!", "Gazette"),
        ("Sign in to read all of the articles of the last ten years in full.", "Gazette"),
        ("The Associated Press contributed to the report on the fire in the town.", "Gazette"),
        (
            "Данный материал создан и распространен лицом, которое внесено в реестр в 2022 году.",
            None,
        ),
        ("Quiz time.", "Gazette"),
    ],
)
def test_or_of_the_outlet_itself(line: str, outlet: str | None) -> None:
    assert not tells_of_the_world(line, outlet)
