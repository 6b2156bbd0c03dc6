"""Quotations that a line of its own signs under them: "— Anna Berg, shop owner"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.article import Span
from retrieval.attribution.mentions import Mention, mention_of
from retrieval.words.sentence_tokens import is_name_word, tokens_of

_SIGNATURE = re.compile(
    r"[^\S\n]{0,9}+\n\s{0,9}+(?:[—–―]|--?)[^\S\n]{0,9}+(?P<line>[^\W\d_][^\n]{1,120}+)(?!.)"
)
LONGEST_NAME = 4


def signed_quotations(
    text: str, blanked: str, quoted: Sequence[Span]
) -> Iterator[tuple[Span, Mention | None]]:
    """The quotations that a line signs, each with who signs it; None where that is no person."""
    for quotation in quoted:
        line = _SIGNATURE.match(blanked, quotation.end)
        if line is None or not _begins_paragraph(text, quotation):
            continue
        signer = _signer(text, blanked, Span(*line.span("line")))
        # "-- Anna Berg" alone is mostly who reports, and says nothing of the quotation.
        if signer is not None or "-" not in blanked[quotation.end : line.start("line")]:
            yield quotation, signer


def _begins_paragraph(text: str, quotation: Span) -> bool:
    return not text[text.rfind("\n", 0, quotation.start) + 1 : quotation.start].strip()


def _signer(text: str, blanked: str, line: Span) -> Mention | None:
    """The person whose name the line has, and after a comma what the person is.

    A name alone may also be that of who reports.
    """
    tokens = tokens_of(blanked, line)
    end = 0
    while end < len(tokens) and is_name_word(tokens[end]):
        end += 1
    if not 1 < end <= LONGEST_NAME or end + 1 >= len(tokens) or tokens[end].text != ",":
        return None
    if not tokens[end + 1].text[0].islower():
        return None
    mention = mention_of(text, tokens[:end])
    if mention is None or mention.kind != "person":
        return None
    role = text[tokens[end + 1].start : tokens[-1].end]
    return replace(mention, role=f"{mention.role} {role}".strip())
