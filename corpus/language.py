"""The language of a text, as an ISO 639-1 code."""

from __future__ import annotations

from functools import cache
from typing import Any

_SAMPLE = 400
_SHORTEST = 40
_LEAST_PROBABILITY = 0.8


def detect_language(text: str) -> str | None:
    """The language of the beginning of `text`, or None where it is too short or unclear."""
    sample = text[:_SAMPLE].strip()
    if len(sample) < _SHORTEST:
        return None
    language, probability = _identifier().classify(sample)
    return str(language) if probability >= _LEAST_PROBABILITY else None


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
