"""Guards of what is shown as true: what `onrecord prove` looks at."""

from __future__ import annotations

from tests.security.guard import Guard

PROOF = ("tests/retrieval/proof/test_proof.py",)
ANSWERS = ("tests/retrieval/proof/test_proof_of_answers.py",)

PROVING = (
    Guard(
        "a proof reads the stored article",
        "retrieval/proof/proving.py",
        "there = article.text[start:end]",
        "there = text",
        PROOF,
    ),
    Guard(
        "a proof reads the text that is shown",
        "retrieval/proof/proving.py",
        "for fault in faults(text)",
        "for fault in ()",
        PROOF,
    ),
    Guard(
        "a proof reads what is told of the article",
        "retrieval/proof/proving.py",
        "other = altered(quote, start, end, article, store) or ",
        "other = ",
        PROOF,
    ),
    Guard(
        "part of a sentence is told to be cut",
        "retrieval/proof/proving.py",
        "if is_cut(start, end, article, store):",
        "if False:",
        PROOF,
    ),
    Guard(
        "a proof reads who speaks in a quote",
        "retrieval/proof/told_speakers.py",
        "if speaker not in spoken:",
        "if False:",
        PROOF,
    ),
    Guard(
        "a proof reads whether words stand in quotation marks",
        "retrieval/proof/told_speakers.py",
        'if quote.get("direct") not in (None, direct):',
        "if False:",
        PROOF,
    ),
    Guard(
        "a side is called by those who speak in its quotes",
        "retrieval/proof/told_sides.py",
        "fault = misnames(label, ",
        "fault = (lambda *_: None)(label, ",
        ANSWERS,
    ),
    Guard(
        "a side refers to quotes of its answer",
        "retrieval/proof/told_sides.py",
        "if number not in quotes:",
        "if False:",
        ANSWERS,
    ),
    Guard(
        "a side rests on quotes that are proven",
        "retrieval/proof/told_sides.py",
        "if not quotes.stands(number):",
        "if False:",
        ANSWERS,
    ),
    Guard(
        "a side is called by the state of those who speak",
        "retrieval/proof/told_sides.py",
        "fault = fault or _of_another_state(label, told, store)",
        "fault = fault or None",
        ANSWERS,
    ),
    Guard(
        "the figures of a remark stand in their quotes",
        "retrieval/proof/told_sides.py",
        'words not in str(quotes[number].get("text"))',
        "False",
        ANSWERS,
    ),
)
