"""The stages of one `onrecord ask`, for `cold_start`; imports nothing before it is measured."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


def stages(question: str) -> dict[str, float]:
    """Milliseconds of each stage, in the process that calls this; with its imports."""
    spent: dict[str, float] = {}

    @contextmanager
    def stage(name: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        spent[name] = (time.perf_counter() - started) * 1000

    with stage("the command line"):
        import bot.cli  # noqa: F401
    with stage("settings"):
        from bot.composition import compose
        from bot.engine import Inquiry
        from bot.settings import read_settings
        from retrieval.progress import Unwatched

        parts = compose(read_settings())
    with stage("embedding model"):
        _ = parts.model
    with stage("index opened"):
        _ = parts.store
    with stage("reader"):
        _ = parts.reader
    with stage("the rest of the program"):
        engine = parts.engine
    with stage("question"):
        engine.ask_now(Inquiry(text=question), Unwatched())
    with stage("the same question again"):
        engine.ask_now(Inquiry(text=question), Unwatched())
    with stage("closed"):
        parts.close()
    return spent
