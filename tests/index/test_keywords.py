from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.keywords import terms


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("COVID-19", "covid‑19"),
        ("the 1,084 km", "the 1084 km"),
        ("U.S. troops", "US troop"),
        ("Ukraine's borders", "Ukraine’s border"),
        ("Zürich", "zurich"),
        ("Łódź", "Lodz"),
        ("границы", "границе"),
        ("ещё", "еще"),
        ("STRASSE", "straße"),
        ("Алекса\u0301ндр Лукаше\u0301нко", "Александр Лукашенко"),
        ("е\u0308лка", "ёлка"),
        ("Ukra\u00adine", "Ukraine"),
        ("Ukra\u200bine", "Ukraine"),
        ("\ufeffUkraine", "Ukraine"),
        ("Андри\u2060\u0306", "Андрий"),
        ("п’ять", "п\u02bcять"),
        ("Hawai\u02bbi", "Hawai'i"),
        ("İstanbul", "istanbul"),
        ("𝐔𝐤𝐫𝐚𝐢𝐧𝐞", "Ukraine"),
        ("ΚΥΠΡΟΣ", "Κύπρος"),
        ("السَّلام", "السلام"),
        ("الســـلام", "السلام"),
        ("שָׁלוֹם", "שלום"),
        ("\u0928\u093c", "\u0929"),  # Devanagari nnna in two parts and in one
        ("l'Ukraine", "Ukraine"),
        ("L’Ukraine", "Ukraine"),
        ("dell'Ucraina", "Ucraina"),
        ("nell'Ucraina, all'Ucraina, sull'Ucraina", "Ucraina, Ucraina, Ucraina"),
        ("un'intervista", "intervista"),
        ("l'œuvre", "œuvre"),
        ("d'État", "Etat"),
        ("qu'Haïti", "Haiti"),
        ("jusqu’hier", "hier"),
        ("dell'80%", "80%"),
    ],
)
def test_spellings_that_meet(one: str, other: str) -> None:
    assert terms(one) == terms(other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("हिन्दी", ["हिन्दी"]),
        ("বাংলাদেশ", ["বাংলাদেশ"]),
        ("தமிழ்", ["தமிழ்"]),
        ("ދިވެހި", ["ދިވެހި"]),
        ("བོད་ཡིག", ["བོད", "ཡིག"]),
        ("دولت\u200cها", ["دولتها"]),
        ("日本の", ["日", "本", "の"]),
        ("й ї", ["й", "ї"]),
        ("и\u0306 і\u0308", ["й", "ї"]),
    ],
)
def test_words_keep_the_marks_that_their_script_needs(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("don't", ["dont"]),
        ("O'Brien", ["obrien"]),
        ("D'Souza", ["dsouza"]),
        ("it's", ["it"]),
        ("y'all", ["yall"]),
        ("aujourd'hui", ["aujourdhui"]),
        ("c'mon", ["cmon"]),
        ("the 'all' and 'un' of it", ["the", "all", "and", "un", "of", "it"]),
    ],
)
def test_apostrophes_that_cut_nothing_off(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


@pytest.mark.parametrize(("one", "other"), [("йод", "иод"), ("їжа", "іжа"), ("دول", "دولة")])
def test_letters_that_stay_apart(one: str, other: str) -> None:
    assert terms(one) != terms(other)


def test_a_space_without_width_parts_words_where_no_other_does() -> None:
    assert terms("ไทย\u200bลาว") == ["ไทย", "ลาว"]


NOT_TYPED = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
STRESS = "\u0301"
VOWELS = "aeiouyаеиоуыэюяїєαεηιουω"
LETTERS = "abcxyzüñłабежийяїєαωאבגدرसकмн日"


@given(
    st.lists(st.text(LETTERS, min_size=1, max_size=12), min_size=1, max_size=6),
    st.randoms(use_true_random=False),
)
def test_what_nobody_types_changes_no_term(words: list[str], random: Random) -> None:
    written = [
        "".join(
            letter + "".join(random.choices(["", random.choice(NOT_TYPED)], k=2)) for letter in word
        )
        for word in words
    ]
    assert terms(" ".join(written)) == terms(" ".join(words))


@given(st.text(VOWELS + " bdг'-"), st.randoms(use_true_random=False))
def test_stress_changes_no_term(text: str, random: Random) -> None:
    stressed = "".join(
        letter + STRESS if letter in VOWELS and random.random() < 0.3 else letter for letter in text
    )
    assert terms(stressed) == terms(text)


def test_parts_of_a_compound_are_found() -> None:
    assert {"covid", "covid19"} <= set(terms("COVID-19"))
    assert set(terms("S400")) <= set(terms("S-400"))
    assert set(terms("state-owned")) == {"state", "own"}
    assert terms("3.4%") == ["3.4"]


def test_different_numbers_stay_different() -> None:
    assert terms("3.4") != terms("34")
    assert terms("1,084") != terms("1.084")


def test_terms_are_repeated_as_often_as_they_occur() -> None:
    assert terms("river, rivers and RIVER").count("river") == 3


@given(st.text())
def test_any_text_gives_terms_without_spaces(text: str) -> None:
    for term in terms(text):
        assert term
        assert not any(letter.isspace() or letter == '"' for letter in term)


@given(st.text())
def test_terms_do_not_depend_on_case(text: str) -> None:
    assert terms(text.casefold()) == terms(text.casefold().casefold())


def test_threads_agree() -> None:
    words = [f"running{number} nationalities" for number in range(300)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(terms, words)) == [terms(word) for word in words]


@given(st.text(st.sampled_from("ab1.,'- _us:\n") | st.characters(max_codepoint=127)))
def test_ascii_is_read_by_the_rules_of_all_texts(text: str) -> None:
    """A letter of another script, apart from the rest, makes the other pattern read the text."""
    assert terms(f"{text} ж")[:-1] == terms(text)


@given(
    st.text(st.sampled_from("ab1.,'- “”‘’–—…ж\u0301é水") | st.characters(exclude_categories=["Cs"]))
)
def test_marks_of_print_part_words_as_those_of_ascii_do(text: str) -> None:
    """With a letter of another script behind it, a text is read letter by letter as it is."""
    plain = text.translate(dict.fromkeys(map(ord, "“”‘–—"), " ") | {ord("…"): "..."})
    assert terms(text) == terms(plain)
