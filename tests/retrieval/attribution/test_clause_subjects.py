"""Speakers whom no list knows: told by the clause that they fill."""

from __future__ import annotations

import pytest

from tests.retrieval.articles import speaker_of, spoken


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("Marta Lund died on Sunday, her family said.", "her family"),
        ("A hiker is missing near the river, the park said Saturday.", "the park"),
        ("The herd is growing, biologists say.", "biologists"),
        ("What is clear, demographers say, is that towns are growing.", "demographers"),
        ("But royal experts say some of it could have been avoided.", "royal experts"),
        ("In contrast, the justices said that another agency may decide.", "the justices"),
        ("The city council of Varn accused the army of shelling it.", "The city council of Varn"),
        ("Additionally, the harbour said that it would stay open.", "the harbour"),
        ("Last year the Northern Union said that fares would fall.", "Northern Union"),
        ("“It was like a film,” the former classmate said.", "the former classmate"),
        ("Ruud and his parents said that they had told the camp.", "Ruud and his parents"),
    ],
)
def test_whoever_fills_the_clause_before_the_verb_speaks(sentence: str, speaker: str) -> None:
    assert speaker_of(sentence) == speaker


@pytest.mark.parametrize(
    ("sentence", "speaker", "role"),
    [
        ("Bardo co-owner Scott Lind said he had no date yet.", "Scott Lind", "Bardo co-owner"),
        ("“It is different,” said Penvik driver Ryan Lund.", "Ryan Lund", "Penvik driver"),
        ("“No,” said Iova law professor Ida Foss, an expert.", "Ida Foss", "Iova law professor"),
        ("It was, supervisor Will Karlsen wrote, “a mistake”.", "Will Karlsen", "supervisor"),
        ("It was a claim Lindum denied.", None, ""),
    ],
)
def test_a_calling_that_no_list_has_is_the_role(
    sentence: str, speaker: str | None, role: str
) -> None:
    (found,) = spoken(sentence)
    assert (found.speaker if found else None) == speaker
    assert (found.role if found else "").startswith(role)


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("“I saw it all,” said an eyewitness.", "eyewitness"),
        ("“I know nothing,” said the camper, who asked not to be named.", "the camper"),
        ("Few expected it, says Nina Galle, who teaches history.", "Nina Galle"),
        (
            "It will stay in the family of Ida Lund, as many had hoped, said Nina Galle.",
            "Nina Galle",
        ),
        ("The plan is that of Karl Berg, who said that it was late.", "Karl Berg"),
        ("While Karl Berg has clearly said he will go, others wait.", "Karl Berg"),
        (
            "An independent group, the Fiscal Institute, last month said taxes rose.",
            "Fiscal Institute",
        ),
    ],
)
def test_whoever_stands_after_the_verb_or_before_who_speaks(sentence: str, speaker: str) -> None:
    assert speaker_of(sentence) == speaker


@pytest.mark.parametrize(
    "sentence",
    [
        "He met the man said to be its owner.",
        "A statement posted to the site was short.",
        "The fees the company Lund owed were paid.",
        "Locals who lined up for “soup” at the bar say.",
        "Unless 20 of the union's 27 member states reject them, the rules hold.",
        "Stefin's claims were echoed.",
        "Colbeck's continuing claims that votes were moved led to a demand.",
        "Their mystifying claim that he won is but an object.",
        "In 2019, officers found 77 knives in the hall.",
        "During his career, Karl Berg reported on wars.",
    ],
)
def test_what_only_looks_like_a_subject_says_nothing(sentence: str) -> None:
    assert speaker_of(sentence) is None


def test_a_word_for_saying_is_no_verb_where_it_is_a_noun() -> None:
    found = speaker_of("Intelligence reports show a build-up, according to Oslo.")
    assert found == "Oslo"


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("The port leaks oil, Karl Berg added.", "Karl Berg"),
        ("The port leaks oil, the Northern Courier reported last month.", "Northern Courier"),
        ("Some 300 ships are waiting, the Harbour Agency estimates.", "Harbour Agency"),
        ("The port may leak oil, explains Karl Berg.", "Karl Berg"),
    ],
)
def test_verbs_that_need_a_quotation_need_none_at_the_end(sentence: str, speaker: str) -> None:
    assert speaker_of(sentence) == speaker


def test_the_times_is_no_other_paper() -> None:
    found = spoken(
        "The shortage grew, said Nursing Times.",
        "Bosses were “concerned”, reported The Times.",
        "Later the Times said that they were not.",
    )
    assert [one and one.speaker for one in found[:2]] == ["Nursing Times", "The Times"]


def test_a_first_name_and_a_chinese_family_name_find_the_whole_name() -> None:
    found = spoken("Minister Wei Lanhe opened the hall.", "“No one should bully others,” Wei said.")
    assert found[1] is not None
    assert found[1].speaker == "Wei Lanhe"


def test_a_pronoun_is_whom_the_clause_before_it_is_about() -> None:
    found = spoken(
        "The Harbour Ministry was silent.",
        "As Prime Minister Scott Lund unveiled the plan, he said that it was late.",
    )
    assert found[1] is not None
    assert found[1].speaker == "Scott Lund"


def test_a_long_quotation_takes_no_pronoun_away_from_its_name() -> None:
    found = spoken(
        "Spokeswoman Anna Berg said that the bridge was closed.",
        *["“We are working day and night, as everybody can see here.”"] * 5,
        "It would open in May, she added.",
    )
    assert found[-1] is not None
    assert found[-1].speaker == "Anna Berg"


def test_a_palace_is_not_she() -> None:
    found = spoken("Lindum Palace said that it had been bombed.", "She said she was glad.")
    assert found[1] is None


def test_figures_are_not_they() -> None:
    found = spoken(
        "Sales rose, according to preliminary figures released last month.",
        "That is thanks to its size, they added.",
    )
    assert found[1] is None


def test_a_title_alone_is_no_name() -> None:
    (found,) = spoken("The country, the ousted former Prime Minister said, was lost.")
    assert found is not None
    assert found.speaker == "the ousted former Prime Minister"


def test_a_name_that_begins_those_of_two_is_nobody_s_first_name() -> None:
    found = spoken(
        "The leader of the North, Kim Jong Vale, sent a letter to Kim Tae-ro, an adviser.",
        "A summit will follow, according to Kim.",
    )
    assert found[1] is not None
    assert found[1].speaker == "Kim"


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("Three died, according to Norwegian officials.", "Norwegian officials"),
        ("Talks go on, according to the French president.", "the French president"),
        ("He was fined, according to the Lund district attorney's office.", "the Lund district"),
        ("“It waned,” said the Council on Foreign Trade.", "Council on Foreign Trade"),
        ("“It waned,” Law said.", "Law"),
        ("CNN was unable to immediately verify the claims.", "CNN"),
    ],
)
def test_the_whole_phrase_speaks_and_not_its_first_name(sentence: str, speaker: str) -> None:
    assert (speaker_of(sentence) or "").startswith(speaker)
