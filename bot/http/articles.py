"""The articles: list, read, add, remove."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from bot.answer_json import article_json
from bot.composition import Parts
from bot.days import in_order
from bot.http.dependencies import (
    ADMINS,
    ASKERS,
    EngineGiven,
    LibrarianGiven,
    PartsGiven,
    problems,
)
from bot.http.problems import Problem
from bot.http.schemas.adding import AddedModel, LinkRequest, TextRequest
from bot.http.schemas.articles import ArticlesModel, ArticleTextModel, SummaryModel
from bot.http.schemas.words import LONGEST_ARTICLE_ID
from bot.http.searching import Since, Sources, Until
from bot.http.uploading import UPLOAD_BODY, Upload, read_upload
from bot.librarian import Added
from index.store import Filter

router = APIRouter(tags=["articles"])

ArticleId = Annotated[
    str, Path(description="As in a quote or in the list.", max_length=LONGEST_ARTICLE_ID)
]
LARGEST_OFFSET = 1_000_000_000


@router.get(
    "/articles",
    summary="List articles",
    dependencies=ASKERS,
    responses=problems(401, 422, 429, 503),
)
async def list_articles(
    engine: EngineGiven,
    offset: Annotated[int, Query(ge=0, le=LARGEST_OFFSET)] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 50,
    source: Sources = None,
    since: Since = None,
    until: Until = None,
) -> ArticlesModel:
    """A page of the list, newest first."""
    in_order(since, until)
    where = Filter(since=since, until=until, sources=frozenset(source or ()))
    summaries, total = await engine.articles(where, offset, limit)
    return ArticlesModel(
        total=total,
        offset=offset,
        limit=limit,
        articles=[SummaryModel(**asdict(summary)) for summary in summaries],
    )


@router.get(
    "/articles/{article_id:path}",
    summary="Read an article",
    dependencies=ASKERS,
    responses=problems(401, 404, 422, 429, 503),
)
async def read_article(engine: EngineGiven, article_id: ArticleId) -> ArticleTextModel:
    """Metadata and text; the offsets of quotes count the code points of this text."""
    article = await engine.article(article_id)
    if article is None:
        raise Problem(404, "there is no article of that id; it may have been removed")
    return ArticleTextModel(**article_json(article), updated=article.updated, text=article.text)


@router.post(
    "/articles",
    summary="Add an article",
    status_code=201,
    dependencies=ADMINS,
    openapi_extra={"requestBody": UPLOAD_BODY},
    responses={
        200: {"model": AddedModel, "description": "It was already there."},
        **problems(400, 401, 403, 413, 415, 422, 429, 503),
    },
)
async def add_article(request: Request, response: Response, parts: PartsGiven) -> AddedModel:
    """Upload a file (multipart), or send `{url}` or `{title, text, …}`; answerable at once."""
    upload = await read_upload(request)
    added = await _add(parts, upload)
    if not added.article_ids and not added.already_there:
        reasons = "; ".join(added.skipped) or "no article was found in it"
        raise Problem(422, f"nothing was added: {reasons}")
    if not added.article_ids:
        response.status_code = 200
    return AddedModel(
        article_ids=list(added.article_ids),
        already_there=list(added.already_there),
        skipped=list(added.skipped),
        seconds=round(added.seconds, 3),
    )


async def _add(parts: Parts, upload: Upload) -> Added:
    match upload:
        case LinkRequest():
            if not parts.settings.url_import:
                raise Problem(403, "fetching links is switched off here: send the text or a file")
            return await parts.librarian.add_link(upload.url)
        case TextRequest():
            return await parts.librarian.add_text(
                upload.title,
                upload.text,
                author=upload.author,
                source=upload.source,
                published=upload.published.isoformat() if upload.published else None,
                url=upload.url,
                language=upload.language,
            )
        case _:
            return await parts.librarian.add_file(upload.name, upload.content)


@router.delete(
    "/articles/{article_id:path}",
    summary="Remove an article",
    status_code=204,
    dependencies=ADMINS,
    responses=problems(401, 403, 404, 422, 429, 503),
)
async def remove_article(librarian: LibrarianGiven, article_id: ArticleId) -> None:
    """Take an article out for good: it does not come back with the next sync."""
    if not await librarian.remove(article_id):
        raise Problem(404, "there is no article of that id; it may have been removed")
