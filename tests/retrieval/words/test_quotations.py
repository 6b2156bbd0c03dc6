from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.words.quotations import left_open, masked, quotations


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("He said “yes” and “no”.", ["“yes”", "“no”"]),
        ('He said "yes" and left.', ['"yes"']),
        ("Он сказал «да» и ушёл.", ["«да»"]),
        ("Er sagte „ja“ und ging.", ["„ja“"]),
        ("‘It’s Anna’s,’ he said.", ["‘It’s Anna’s,’"]),
        ("Anna’s and the boys’ house", []),
        ('“It is,” she said. “It was," he said.', ["“It is,”", '“It was,"']),
    ],
)
def test_quoted_stretches(text: str, quoted: list[str]) -> None:
    assert [span.of(text) for span in quotations(text)] == quoted


def test_an_open_quotation_ends_with_its_paragraph() -> None:
    text = "“We wait.\n\nThe town lies on the coast."
    (span,) = quotations(text)
    assert span.of(text) == "“We wait."
    assert left_open(text, span)
    assert not left_open("“We wait.”", quotations("“We wait.”")[0])


@given(st.text(alphabet=st.sampled_from('a ,."“”„«»‘’\n'), max_size=80))
def test_quotations_are_in_order_and_masking_keeps_places(text: str) -> None:
    spans = quotations(text)
    assert all(first.end <= second.start for first, second in pairwise(spans))
    blanked = masked(text, spans)
    assert len(blanked) == len(text)
    for span in spans:
        assert set(span.of(blanked)) == {"\0"}
        assert "\n" not in span.of(text)
