"""Near-duplicates: agency copy with small edits, a page saved twice, a new version, a cut copy.

MinHash (Broder, "On the resemblance and containment of documents", 1997) over shingles of three
words; candidates by locality-sensitive hashing (Leskovec, Rajaraman and Ullman, "Mining of Massive
Datasets", chapter 3): two texts of resemblance s share a band with probability
1 - (1 - s^ROWS)^BANDS, which is .95 at s = .55, .99 at .6 and .003 at .1. No two texts are compared
unless they share a band.

A copy that was cut after some paragraphs resembles the whole too little. News is cut from below, so
such a copy has the beginning of the whole: further bands are over the first `LEAD_WORDS` words
alone, and a sketch of the text's beginning (its shingles in order whose hash is a multiple of
`SAMPLED`, Broder's modulus sketch) tells whether the shorter text goes on as the longer one does.
"""

from __future__ import annotations

import zlib

import numpy as np
from numpy.typing import NDArray

from corpus.fact_sketches import fact_sketch, tell_the_same
from corpus.word_hashes import word_hashes

BANDS = 32
ROWS = 4
LEAD_BANDS = 8
LEAD_ROWS = 2
LEAD_WORDS = 60
SAMPLED = 4
LARGEST_SKETCH = 64
"""Samples: the first 250 words or so of a text."""
SIGNATURE_BYTES = 4 * (BANDS * ROWS + LEAD_BANDS * LEAD_ROWS + 1)
"""Bytes of the hashes and the number of shingles; up to `LARGEST_SKETCH` samples of 4 follow, and
after these the sketch of the facts (`corpus.fact_sketches`)."""
SAME_STORY = 0.55
"""Resemblance from which two articles are one story: about one word in ten edited."""
CUT_COPY = 0.7
"""Share of a shorter text's shingles that the longer one has too."""
LEAST_SAMPLES = 6
"""Texts with fewer (of about 25 words) show too little to be told a copy."""

_SHINGLE = 3
_MOST_SHINGLES = 2_000
_SHIFTED = 1.5
"""A copy's beginning may stand so much further down in the whole, as after a longer dateline."""

_HASHES = BANDS * ROWS
_LEAD_HASHES = LEAD_BANDS * LEAD_ROWS
_SKETCH = SIGNATURE_BYTES // 4
_FACTS_SHIFT = 24
_RANDOM = np.random.default_rng(20240702)
_FACTORS = _RANDOM.integers(1, 2**32, size=(_HASHES, 1), dtype=np.uint32) | np.uint32(1)
_OFFSETS = _RANDOM.integers(0, 2**32, size=(_HASHES, 1), dtype=np.uint32)
_MIXERS = _RANDOM.integers(1, 2**63, size=_SHINGLE, dtype=np.uint64) | np.uint64(1)

Hashes = NDArray[np.uint32]


def signature(text: str) -> bytes:
    """What tells copies of a text: `SIGNATURE_BYTES` and its sketch; empty without words."""
    shingles = _shingles(text)
    if not shingles.size:
        return b""
    lead = shingles[: LEAD_WORDS - _SHINGLE + 1]
    sketch = shingles[shingles % SAMPLED == 0][:LARGEST_SKETCH]
    facts = fact_sketch(text)
    parts = (
        _smallest(_of_long(shingles), _HASHES),
        _smallest(lead, _LEAD_HASHES),
        # No text has 2^24 shingles: the highest byte counts the facts, none in older signatures.
        np.array([len(shingles) | len(facts) << _FACTS_SHIFT], np.uint32),
        sketch,
        facts,
    )
    return b"".join(part.astype("<u4").tobytes() for part in parts)


def bands(signed: bytes) -> list[int]:
    """Keys of at most 38 bits, one for each band; texts that share one are candidates."""
    # The number of the band is part of the key: the same rows in two bands do not meet.
    return [
        number << 32 | zlib.crc32(signed[start : start + size])
        for number, (start, size) in enumerate(_BAND_PLACES)
        if start + size <= len(signed)
    ]


def same_story(one: bytes, other: bytes) -> bool:
    """Whether two signed texts are copies of one another, whole or cut, and tell the same."""
    are_alike = similarity(one, other) >= SAME_STORY or is_cut_copy(one, other)
    return are_alike and tell_the_same(_facts_of(one), _facts_of(other))


def similarity(one: bytes, other: bytes) -> float:
    """Estimated resemblance (Jaccard, 0 to 1) of two texts; 0 where either has no words."""
    if not one or not other:
        return 0.0
    first = np.frombuffer(one, "<u4", _HASHES)
    return float(np.mean(first == np.frombuffer(other, "<u4", _HASHES)))


def is_cut_copy(one: bytes, other: bytes) -> bool:
    """Whether one of two signed texts is the beginning of the other, small edits aside.

    The sketch shows it of the beginning. Where the shorter text goes on beyond its sketch, the
    share of its shingles that the longer has is estimated from their resemblance and their
    lengths: many articles of an outlet begin with the same notice or the same captions.
    """
    if not one or not other:
        return False
    shorter, longer = sorted((one, other), key=_shingles_of)
    sought, all_of_longer = map(_samples_of, (shorter, longer))
    if min(len(sought), len(all_of_longer)) < LEAST_SAMPLES:
        return False
    beginning = all_of_longer[: int(_SHIFTED * len(sought)) + LEAST_SAMPLES]
    if float(np.mean(np.isin(sought, beginning))) < CUT_COPY:
        return False
    return len(sought) < LARGEST_SKETCH or _contained(shorter, longer) >= CUT_COPY


def _contained(shorter: bytes, longer: bytes) -> float:
    """Estimated share of the shingles of one text that are in the other too."""
    resemblance = similarity(shorter, longer)
    both = resemblance / (1 + resemblance) * (_shingles_of(shorter) + _shingles_of(longer))
    return both / _shingles_of(shorter)


def _shingles_of(signed: bytes) -> int:
    """How many shingles the text had, those that come twice counted twice."""
    return _counts_of(signed) & (1 << _FACTS_SHIFT) - 1


def _counts_of(signed: bytes) -> int:
    return int.from_bytes(signed[SIGNATURE_BYTES - 4 : SIGNATURE_BYTES], "little")


def _samples_of(signed: bytes) -> Hashes:
    after = np.frombuffer(signed, "<u4")[_SKETCH:]
    return after[: len(after) - (_counts_of(signed) >> _FACTS_SHIFT)]


def _facts_of(signed: bytes) -> Hashes:
    facts = _counts_of(signed) >> _FACTS_SHIFT
    return np.frombuffer(signed, "<u4")[len(signed) // 4 - facts :]


def _band_places() -> list[tuple[int, int]]:
    """Where in a signature each band begins, and its length, in bytes."""
    whole = [(4 * ROWS * number, 4 * ROWS) for number in range(BANDS)]
    lead = 4 * _HASHES
    return whole + [(lead + 4 * LEAD_ROWS * number, 4 * LEAD_ROWS) for number in range(LEAD_BANDS)]


_BAND_PLACES = _band_places()


def _smallest(shingles: Hashes, hashes: int) -> Hashes:
    """The smallest of the shingles in each of so many permutations."""
    # An odd factor and an offset permute the 32-bit numbers.
    permuted = shingles[np.newaxis, :] * _FACTORS[:hashes]
    permuted += _OFFSETS[:hashes]
    smallest: Hashes = permuted.min(axis=1)
    return smallest


def _of_long(shingles: Hashes) -> Hashes:
    """The distinct shingles of a long text with the lowest hashes; all of a shorter one."""
    return shingles if len(shingles) <= _MOST_SHINGLES else np.unique(shingles)[:_MOST_SHINGLES]


def _shingles(text: str) -> Hashes:
    """Hashes of the runs of three words, in the order of the text."""
    words = word_hashes(text)
    if not words.size:
        return np.empty(0, np.uint32)
    if len(words) < _SHINGLE:
        words = np.concatenate((words, words))[: len(words) + _SHINGLE - 1]
    length = max(1, len(words) - _SHINGLE + 1)
    mixed = np.zeros(length, np.uint64)
    for place in range(min(_SHINGLE, len(words))):
        mixed = (mixed ^ words[place : place + length]) * _MIXERS[place]
        mixed ^= mixed >> np.uint64(29)
    return (mixed >> np.uint64(32)).astype(np.uint32)
