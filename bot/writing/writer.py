"""Asking a language model to connect the quotes of an answer."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass

import httpx
import structlog

from bot import metrics
from bot.own_words import in_own_words
from bot.settings import Settings
from bot.writing.guard import Guarded, guard
from retrieval.answer import Answer

SECONDS = 20.0
LARGEST_REPLY = 200_000
LONGEST_NAME = 100
LEAST_KEPT = 0.5
"""Where less than this share of a text holds, the model did not do what it was asked to."""

INSTRUCTIONS = (
    "Write a short text that answers the question by connecting all of the numbered quotes. Copy"
    " every quote whole and unchanged, between “ and ”, and put its number in brackets behind it,"
    " like [1]. One sentence for each quote, and each quote once. Name who speaks anew in each"
    " sentence, as the list does. Use nothing but the quotes, these names, and words such as said,"
    " writes, according to: no pronouns, and nothing that refers to another sentence."
)

logger = structlog.get_logger(__name__)


class WritingFailed(Exception):
    """The model gave no text; the reason is for the log."""


@dataclass(frozen=True, slots=True)
class Written:
    """What came of asking the model: a text that holds, or none; and a line for the reader.

    `model` is who wrote that text.
    """

    guarded: Guarded | None
    note: str
    model: str | None = None


class Writer:
    """A language model behind an OpenAI-compatible server."""

    def __init__(
        self, url: str, model: str | None, key: str | None, *, seconds: float = SECONDS
    ) -> None:
        self._url = f"{url.rstrip('/')}/chat/completions"
        self._model = model or "default"
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._seconds = seconds

    async def write(self, answer: Answer) -> Written | None:
        """A text around the quotes, as far as it holds; None where there is nothing to connect."""
        if not answer.answered or not answer.quotes:
            return None
        try:
            async with asyncio.timeout(self._seconds):
                text, model = await self._ask(_prompt(answer))
        except (WritingFailed, httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
            # What others raise may hold the address, and a key in it.
            reason = str(error) if isinstance(error, WritingFailed) else type(error).__name__
            logger.warning("writing failed", reason=reason)
            metrics.WRITTEN.labels("failed").inc()
            return Written(None, "The model that writes did not answer: the quotes stand alone.")
        guarded = guard(text, answer.quotes)
        if not _gives_all(guarded, answer):
            metrics.WRITTEN.labels("rejected").inc()
            return Written(
                None, "What a model wrote did not hold against all the quotes: they stand alone."
            )
        metrics.WRITTEN.labels("trimmed" if guarded.removed else "kept").inc()
        note = "Connected by a model; every sentence is checked and cited."
        return Written(guarded, note, model)

    async def _ask(self, prompt: str) -> tuple[str, str]:
        """What the model wrote, and its name."""
        body = {
            "model": self._model,
            "temperature": 0,
            "max_tokens": 800,
            "messages": [
                {"role": "system", "content": INSTRUCTIONS},
                {"role": "user", "content": prompt},
            ],
        }
        received = bytearray()
        async with (
            httpx.AsyncClient(trust_env=False, timeout=self._seconds) as client,
            client.stream("POST", self._url, json=body, headers=self._headers) as response,
        ):
            if response.status_code != httpx.codes.OK:
                raise WritingFailed(f"status {response.status_code}")
            async for part in response.aiter_bytes():
                received += part
                if len(received) > LARGEST_REPLY:
                    raise WritingFailed("the reply is too long")
        text, name = _read(bytes(received))
        return text, name or self._model


def writer_of(settings: Settings) -> Writer | None:
    """The model that the settings name, if any."""
    if settings.llm_url is None:
        return None
    key = settings.llm_key.get_secret_value() if settings.llm_key else None
    return Writer(settings.llm_url, settings.llm_model, key)


def _gives_all(guarded: Guarded, answer: Answer) -> bool:
    """Whether most of a text holds, and every quote is left in it.

    Without one of them a dispute might have one side only, or a figure lack its correction.
    """
    if guarded.kept < LEAST_KEPT * (guarded.kept + guarded.removed):
        return False
    return set(guarded.citations) == {quote.number for quote in answer.quotes}


def _prompt(answer: Answer) -> str:
    lines = [f"Question: {answer.standalone_question}", "", "Quotes:"]
    for quote in answer.quotes:
        published = quote.article.published.isoformat() if quote.article.published else ""
        speaker = quote.speaker if in_own_words(quote) else None
        origin = ", ".join(part for part in (speaker, quote.article.source, published) if part)
        lines.append(f"[{quote.number}] “{quote.text}” ({origin})")
    return "\n".join(lines)


def _read(body: bytes) -> tuple[str, str | None]:
    """Message and model of a completion. Raises WritingFailed for anything else."""
    try:
        completion = json.loads(body)
        text = completion["choices"][0]["message"]["content"]
        name = completion.get("model")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise WritingFailed("the reply is no completion") from None
    if not isinstance(text, str):
        raise WritingFailed("the reply has no text")
    # Servers know best which of their models answered; a name that could not be sent is none.
    named = isinstance(name, str) and name.isprintable() and len(name) <= LONGEST_NAME
    return text, name if named else None
