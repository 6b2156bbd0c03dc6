"""What is remembered for speed has an end, whatever is asked or indexed."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

from tests.project_modules import project_modules

WORD_LISTS = {
    "time_readings._table",
    "sentence_tokens.words",
    "turn_names.conversation_words",
    "western_speech._lists",
    "distinctions._table",
    "word_lists.word_lists",
}
"""Their argument is the name of a packaged list, and of these there are few."""


def caches_without_end() -> Iterator[str]:
    """Functions that remember a result for every argument that they were ever given."""
    for module in project_modules():
        for name, value in vars(module).items():
            parameters = getattr(value, "cache_parameters", None)
            if parameters is None or value.__module__ != module.__name__:
                continue
            if parameters()["maxsize"] is None and inspect.signature(value).parameters:
                yield f"{module.__name__.rpartition('.')[2]}.{name}"


def test_no_cache_grows_with_what_is_read_or_asked() -> None:
    assert set(caches_without_end()) == WORD_LISTS
