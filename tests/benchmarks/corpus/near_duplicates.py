"""Folding stories among 100,000 synthetic articles without comparing all pairs.

    python -m tests.benchmarks.corpus.near_duplicates [ARTICLES]

Each tenth article is a copy of an earlier one with some of its words changed, every second of them
cut to 10 to 60 % of its words (40 at least) as well. Another tenth are notes that fill one of
twenty forms with other names and numbers: other events, however alike. Prints the time to sign and
look up, how many pairs were compared, precision, recall of whole and of cut copies, and how many
notes were taken for copies of another event's.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter, defaultdict
from typing import NamedTuple

from corpus.near_duplicates import bands, same_story, signature, similarity


class Made(NamedTuple):
    """A text and the number of its original; its own where it is one."""

    text: str
    original: int
    is_cut: bool
    is_note: bool = False


EDITS = (0.0, 0.02, 0.05, 0.08)
FORMS = 20
NOTE_WORDS = 80
NOTE_NAMES = 8
"""Names that are in every note of a form, such as those of the agency and the office it quotes."""
NOTE_FACTS = 14
"""Names and numbers that are of each note alone."""


def vocabulary(rng: random.Random) -> list[str]:
    """Words; each tenth is a name, each thirtieth a number."""
    letters = "aeioubcdfglmnprst"
    words = ["".join(rng.choices(letters, k=rng.randint(2, 9))) for _ in range(20_000)]
    return [
        str(rng.randrange(2_000)) if place % 30 == 0 else _as_name(word, place % 10 == 0)
        for place, word in enumerate(words)
    ]


def _as_name(word: str, is_name: bool) -> str:
    return word.capitalize() if is_name else word


def forms(words: list[str], weights: list[float], rng: random.Random) -> list[list[str | None]]:
    """Forms of notes: words and names, and places for the facts."""
    made = []
    for _ in range(FORMS):
        form: list[str | None] = [
            word.lower() for word in rng.choices(words, weights, k=NOTE_WORDS)
        ]
        for _ in range(NOTE_NAMES):
            form.insert(rng.randrange(1, len(form)), rng.choice(words).capitalize())
        for _ in range(NOTE_FACTS):
            form.insert(rng.randrange(1, len(form)), None)
        made.append(form)
    return made


def filled(form: list[str | None], words: list[str], rng: random.Random) -> str:
    facts = (rng.choice((rng.choice(words).capitalize(), str(rng.randrange(100)))) for _ in form)
    return " ".join(word or fact for word, fact in zip(form, facts, strict=True))


def articles(count: int, rng: random.Random) -> list[Made]:
    """Texts of some 300 words with common words often."""
    words = vocabulary(rng)
    weights = [1 / (rank + 10) for rank in range(len(words))]
    notes = forms(words, weights, rng)
    made: list[Made] = []
    for number in range(count):
        if number % 10 == 4:
            note = filled(rng.choice(notes), words, rng)
            made.append(Made(note, number, is_cut=False, is_note=True))
            continue
        if number % 10 != 9:
            text = rng.choices(words, weights, k=rng.randint(150, 450))
            made.append(Made(" ".join(text), number, is_cut=False))
            continue
        original = rng.choice(
            [one for one in rng.choices(made, k=8) if not one.is_note] or made[:1]
        )
        share = rng.choice(EDITS)
        copied = [
            rng.choice(words) if rng.random() < share else word for word in original.text.split()
        ]
        is_cut = number % 20 == 19
        if is_cut:
            dateline = rng.choices(words, weights, k=rng.randint(0, 5))
            copied = [*dateline, *copied[: max(40, round(rng.uniform(0.1, 0.6) * len(copied)))]]
        made.append(Made(" ".join(copied), original.original, is_cut=is_cut))
    return made


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    made = articles(count, random.Random(7))
    buckets: dict[int, list[int]] = defaultdict(list)
    signatures: list[bytes] = []
    compared = right = wrong = wrong_notes = 0
    wanted: Counter[bool] = Counter()
    found: Counter[bool] = Counter()
    started = time.perf_counter()
    signing = 0.0
    for number, one in enumerate(made):
        began = time.perf_counter()
        signed = signature(one.text)
        signing += time.perf_counter() - began
        keys = bands(signed)
        candidates = {other for key in keys for other in buckets[key]}
        compared += len(candidates)
        copies = [other for other in candidates if same_story(signed, signatures[other])]
        if copies:
            best = max(copies, key=lambda other: similarity(signed, signatures[other]))
            is_right = made[best].original == one.original
            right, wrong = right + is_right, wrong + (not is_right)
            wrong_notes += one.is_note
            found[one.is_cut] += is_right and one.original != number
        wanted[one.is_cut] += one.original != number
        signatures.append(signed)
        for key in keys:
            buckets[key].append(number)
    seconds = time.perf_counter() - started
    sys.stdout.write(
        f"{count:,} articles in {seconds:.1f} s: {1000 * signing / count:.2f} ms each to sign, "
        f"{1000 * (seconds - signing) / count:.2f} ms to look up; {compared:,} pairs compared of "
        f"{count * (count - 1) // 2:,}; precision {right / max(1, right + wrong):.4f}, recall "
        f"{found[False] / max(1, wanted[False]):.4f} of whole copies, "
        f"{found[True] / max(1, wanted[True]):.4f} of cut ones; {wrong_notes} of "
        f"{sum(one.is_note for one in made)} notes taken for another event's\n"
    )


if __name__ == "__main__":
    main()
