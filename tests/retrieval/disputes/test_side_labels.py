"""What a side is called, by whose words it shows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.disputes.side_labels import label_of_shown, misnames

NAMES = st.sampled_from(
    ["Lukashenko", "Alexander Lukashenko", "Minsk", "Viktor Khrenin", "Kyiv", "Orla Hydro"]
)
LABELS = NAMES | st.just("Belarus (Alexander Lukashenko, Viktor Khrenin)")


@pytest.mark.parametrize(
    ("label", "spoken", "shown"),
    [
        ("Lukashenko", ["Lukashenko"], "Lukashenko"),
        ("Alexander Lukashenko", ["Lukashenko"], "Lukashenko"),
        ("Orla Hydro", ["Jens Orla"], "Jens Orla"),
        ("Belarus (Lukashenko, Khrenin)", ["Lukashenko"], "Lukashenko"),
        ("Belarus (Lukashenko, Khrenin)", ["Lukashenko", "Minsk"], "Belarus (Lukashenko)"),
        ("Belarus (Lukashenko)", ["Minsk"], "Minsk"),
        ("Jens Orla", ["Jens Orla", "Ida Brun"], "Jens Orla, Ida Brun"),
    ],
)
def test_only_those_whose_words_are_shown_are_named(
    label: str, spoken: list[str], shown: str
) -> None:
    assert label_of_shown(label, spoken) == shown


@given(LABELS, st.lists(NAMES.filter(lambda name: name != "Kyiv"), min_size=1))
def test_a_label_of_what_is_shown_names_nobody_else(label: str, spoken: list[str]) -> None:
    shown = label_of_shown(label, spoken)
    assert misnames(shown, spoken) is None or "Orla Hydro" in spoken
    for stranger in ("Somebody Else", f"{shown} Xyz", f"{shown}, Kyiv"):
        assert misnames(stranger, spoken) is not None


@pytest.mark.parametrize(
    ("label", "spoken"),
    [
        ("Ukraine (Lukashenko)", ["Lukashenko", "Minsk"]),
        ("Belarus (Lukashenko)", ["Lukashenko", "Viktor Khrenin"]),
        ("Belarus (Lukashenko, Viktor Khrenin)", ["Lukashenko", "Minsk"]),
        ("Minsk", ["Kyiv"]),
        ("Ukraine (Lukashenko)", ["Lukashenko"]),
        ("Lukashenko", ["Alexander Lukashenko"]),
    ],
)
def test_another_name_is_told(label: str, spoken: list[str]) -> None:
    assert misnames(label, spoken) is not None
