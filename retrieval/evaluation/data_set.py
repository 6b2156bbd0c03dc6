"""A folder of articles and questions with known answers.

The folder holds `articles.jsonl` and `questions.jsonl`, each plain or compressed (`.xz`, `.gz`),
one JSON object a line.

    articles:  id, text; optional title, author, source, url, language, date (or published)
    questions: question; optional id, answers, article_ids, evidence, answerable, kind, date,
               since, until, sources

`evidence` are verbatim sentences of the article, `date` of a question is the day it was asked;
`since`, `until` (days, inclusive) and `sources` (outlets) are the filters that it is asked with.
Other fields are ignored.
"""

from __future__ import annotations

import gzip
import lzma
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated, BinaryIO, ClassVar, TypeVar, cast

import numpy as np
from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from corpus.article import Article, content_hash
from corpus.errors import UnreadableFile


def _day(value: object) -> object:
    """A time stamp counts as its day; an empty string as unknown."""
    if isinstance(value, str):
        return value.strip()[:10] or None
    return value


Day = Annotated[date | None, BeforeValidator(_day)]


class _Line(BaseModel):
    """One line of a file; identifiers may be numbers."""

    model_config: ClassVar[ConfigDict] = ConfigDict(coerce_numbers_to_str=True)


class ArticleRecord(_Line):
    """One line of `articles.jsonl`."""

    id: str = Field(min_length=1)
    text: str
    title: str = ""
    author: str | None = None
    source: str | None = None
    url: str | None = None
    language: str | None = None
    published: Day = Field(default=None, validation_alias=AliasChoices("published", "date"))


class QuestionRecord(_Line):
    """One line of `questions.jsonl`."""

    question: str = Field(min_length=1)
    id: str | None = None
    answers: tuple[str, ...] = ()
    article_ids: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    answerable: bool | None = None
    kind: str = "all"
    asked: Day = Field(default=None, validation_alias=AliasChoices("date", "asked"))
    since: Day = None
    until: Day = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownQuestion:
    """A question with what is known about its answer. `asked` is the day of asking.

    `since`, `until` and `sources` are the filters it is asked with, as in `Question`.
    """

    id: str
    text: str
    answers: tuple[str, ...]
    article_ids: frozenset[str]
    evidence: tuple[str, ...]
    answerable: bool
    kind: str
    asked: date
    since: date | None = None
    until: date | None = None
    sources: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class DataSet:
    """Articles and the questions asked of them. `name` is the folder's."""

    name: str
    articles_file: Path
    articles: tuple[Article, ...]
    questions: tuple[KnownQuestion, ...]

    def limited(self, count: int) -> DataSet:
        """At most `count` questions, at least one, evenly spaced over the file."""
        if count >= len(self.questions):
            return self
        chosen = np.linspace(0, len(self.questions) - 1, num=max(1, count)).round().astype(int)
        return replace(self, questions=tuple(self.questions[i] for i in chosen.tolist()))


def read_data_set(folder: Path) -> DataSet:
    """Read a folder of articles and questions.

    A question without a date counts as asked on the day of the newest article. `answerable`
    is, where it is not given, whether answers or evidence are.

    Raises UnreadableFile naming file, line and field at fault.
    """
    articles_file = _find(folder, "articles").resolve()
    articles = _articles(articles_file)
    newest = max((article.published for article in articles if article.published), default=None)
    questions = _questions(_find(folder, "questions"), newest or date.today())
    return DataSet(folder.resolve().name, articles_file, articles, questions)


Record = TypeVar("Record", bound=BaseModel)
SUFFIXES = (".jsonl", ".jsonl.xz", ".jsonl.gz")


def _find(folder: Path, stem: str) -> Path:
    for suffix in SUFFIXES:
        path = folder / f"{stem}{suffix}"
        if path.is_file():
            return path
    names = ", ".join(f"{stem}{suffix}" for suffix in SUFFIXES)
    raise UnreadableFile(f"{folder} holds none of {names}: name a folder that does")


def _opened(path: Path) -> BinaryIO:
    if path.suffix == ".xz":
        return cast(BinaryIO, lzma.open(path, "rb"))
    if path.suffix == ".gz":
        return cast(BinaryIO, gzip.open(path, "rb"))
    return path.open("rb")


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, with their numbers from 1."""
    try:
        with _opened(path) as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield number, line
    except (OSError, EOFError, lzma.LZMAError, zlib.error) as error:
        raise UnreadableFile(f"{path} cannot be read ({error}): fetch or write it again") from None


def _records(path: Path, form: type[Record]) -> Iterator[tuple[int, Record]]:
    for number, line in _lines(path):
        try:
            yield number, form.model_validate_json(line)
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            place = ".".join(str(part) for part in first["loc"])
            fault = f"{place}: {first['msg']}" if place else first["msg"]
            raise UnreadableFile(f"{path} line {number}: {fault}; correct the line") from None


def _refuse_repeated(path: Path, numbered_ids: Sequence[tuple[int, str]]) -> None:
    first_lines: dict[str, int] = {}
    for number, identity in numbered_ids:
        first = first_lines.setdefault(identity, number)
        if first != number:
            raise UnreadableFile(
                f"{path} line {number}: id {identity!r} is taken by line {first};"
                " give every line its own"
            )


def _articles(path: Path) -> tuple[Article, ...]:
    records = list(_records(path, ArticleRecord))
    if not records:
        raise UnreadableFile(f"{path} is empty: it must hold one article a line")
    _refuse_repeated(path, [(number, record.id) for number, record in records])
    return tuple(
        Article(
            id=record.id,
            title=record.title,
            text=record.text,
            content_hash=content_hash(record.title, record.text),
            author=record.author,
            source=record.source,
            published=record.published,
            url=record.url,
            language=record.language,
        )
        for _, record in records
    )


def _questions(path: Path, default_day: date) -> tuple[KnownQuestion, ...]:
    records = list(_records(path, QuestionRecord))
    if not records:
        raise UnreadableFile(f"{path} is empty: it must hold one question a line")
    named = [(number, record.id or f"line {number}") for number, record in records]
    _refuse_repeated(path, named)
    _refuse_undecided(path, records)
    return tuple(
        KnownQuestion(
            id=identity,
            text=record.question,
            answers=record.answers,
            article_ids=frozenset(record.article_ids),
            evidence=record.evidence,
            answerable=_is_answerable(record),
            kind=record.kind,
            asked=record.asked or default_day,
            since=record.since,
            until=record.until,
            sources=frozenset(record.sources),
        )
        for (_, identity), (_, record) in zip(named, records, strict=True)
    )


def _refuse_undecided(path: Path, numbered: Sequence[tuple[int, QuestionRecord]]) -> None:
    for number, record in numbered:
        if record.answerable is None and "answerable" in record.model_fields_set:
            raise UnreadableFile(
                f"{path} line {number}: answerable is null; write true or false, or leave it out"
            )


def _is_answerable(record: QuestionRecord) -> bool:
    if record.answerable is None:
        return bool(record.answers or record.evidence)
    return record.answerable
