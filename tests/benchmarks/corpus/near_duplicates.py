"""Folding stories among 100,000 synthetic articles without comparing all pairs.

    python -m tests.benchmarks.corpus.near_duplicates [ARTICLES]

Each tenth article is a copy of an earlier one with some of its words changed or its end cut.
Prints the time to sign and look up, how many pairs were compared, and precision and recall.
"""

from __future__ import annotations

import random
import sys
import time
from collections import defaultdict

from corpus.near_duplicates import SAME_STORY, bands, signature, similarity

EDITS = (0.0, 0.02, 0.05, 0.08)


def vocabulary(rng: random.Random) -> list[str]:
    letters = "aeioubcdfglmnprst"
    return ["".join(rng.choices(letters, k=rng.randint(2, 9))) for _ in range(20_000)]


def articles(count: int, rng: random.Random) -> list[tuple[str, int]]:
    """Texts of some 300 words with common words often, and the number of the original of each."""
    words = vocabulary(rng)
    weights = [1 / (rank + 10) for rank in range(len(words))]
    made: list[tuple[str, int]] = []
    for number in range(count):
        if number % 10 == 9:
            original = rng.randrange(len(made))
            share = rng.choice(EDITS)
            text = [
                rng.choice(words) if rng.random() < share else word
                for word in made[original][0].split()
            ]
            made.append((" ".join(text), made[original][1]))
        else:
            text = rng.choices(words, weights, k=rng.randint(150, 450))
            made.append((" ".join(text), number))
    return made


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    made = articles(count, random.Random(7))
    buckets: dict[int, list[int]] = defaultdict(list)
    signatures: list[bytes] = []
    folded: dict[int, int] = {}
    compared = right = wrong = wanted = 0
    started = time.perf_counter()
    signing = 0.0
    for number, (text, original) in enumerate(made):
        began = time.perf_counter()
        signed = signature(text)
        signing += time.perf_counter() - began
        keys = bands(signed)
        candidates = {other for key in keys for other in buckets[key]}
        compared += len(candidates)
        best = max(candidates, key=lambda one: similarity(signed, signatures[one]), default=None)
        if best is not None and similarity(signed, signatures[best]) >= SAME_STORY:
            folded[number] = best
            right += made[best][1] == original
            wrong += made[best][1] != original
        wanted += original != number
        signatures.append(signed)
        for key in keys:
            buckets[key].append(number)
    seconds = time.perf_counter() - started
    sys.stdout.write(
        f"{count:,} articles in {seconds:.1f} s: {1000 * signing / count:.2f} ms each to sign, "
        f"{1000 * (seconds - signing) / count:.2f} ms to look up; {compared:,} pairs compared of "
        f"{count * (count - 1) // 2:,}; precision {right / max(1, right + wrong):.4f}, "
        f"recall {right / max(1, wanted):.4f}\n"
    )


if __name__ == "__main__":
    main()
