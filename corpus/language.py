"""The language of a text, as an ISO 639-1 code."""

from __future__ import annotations

from functools import cache
from typing import Any

_SAMPLE = 400
_SHORTEST = 40
_LEAST_PROBABILITY = 0.8
_SURE = 0.99
_ENOUGH = 200
_ALIKE = (
    frozenset({"no", "nb", "nn", "da"}),
    frozenset({"hr", "sr", "bs"}),
    frozenset({"id", "ms"}),
    frozenset({"gl", "pt", "es"}),
    frozenset({"cs", "sk"}),
    frozenset({"ru", "be", "uk", "bg", "mk"}),
    frozenset({"zh", "ja"}),
)


def language_of(text: str, declared: str | None) -> str | None:
    """The language of an article: as declared, unless its text is surely in another.

    Templates and feeds often declare the language of their makers. Languages that are written
    alike (`_ALIKE`) are left as declared.
    """
    if declared is None:
        return detect_language(text)
    if len(text) < _ENOUGH:
        return declared
    found = detect_language(text, _SURE)
    alike = any(found in group and declared in group for group in _ALIKE)
    return declared if found is None or alike else found


def detect_language(text: str, least: float = _LEAST_PROBABILITY) -> str | None:
    """The language of the beginning of `text`, or None where it is too short or unclear."""
    sample = text[:_SAMPLE].strip()
    if len(sample) < _SHORTEST:
        return None
    language, probability = _identifier().classify(sample)
    return str(language) if probability >= least else None


def language_code(declared: str | None) -> str | None:
    """`en` from "en-GB", "en_US" or "EN"; None from what is no code."""
    if not declared:
        return None
    code = declared.strip().replace("_", "-").partition("-")[0].lower()
    return code if len(code) in (2, 3) and code.isascii() and code.isalpha() else None


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
