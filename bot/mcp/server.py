"""The tools `ask`, `search` and `get_article`."""

from __future__ import annotations

import asyncio
from importlib.metadata import version
from typing import TYPE_CHECKING, Annotated, Any

from mcp.server import MCPServer
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import CallToolResult, InputRequiredResult, TextContent, ToolAnnotations
from pydantic import BaseModel, Field, ValidationError

from bot.answer_json import answer_json, article_json
from bot.cited_text import cited_text
from bot.days import in_order
from bot.engine import Engine, Inquiry
from bot.http.schemas.answers import AnswerModel
from bot.http.schemas.articles import ArticleTextModel, PassageModel
from bot.http.schemas.faults import in_words
from bot.http.schemas.words import SINCE, UNTIL, ConversationName, Day
from bot.narrowing import is_narrowed, missing_outlets
from corpus.errors import OnRecordError
from index.store import Filter

if TYPE_CHECKING:
    from bot.composition import Parts

INSTRUCTIONS = (
    "Answers questions from a collection of news articles with verbatim quotes. Every quote is"
    " the article's text between `start` and `end`, in code points. Where `answered` is false the"
    " articles do not say: do not answer from the `nearest` passages as if they did."
)
READS_ONLY = ToolAnnotations(read_only_hint=True, open_world_hint=False)

Since = Annotated[Day | None, Field(description=SINCE)]
Until = Annotated[Day | None, Field(description=UNTIL)]
Outlets = Annotated[list[str] | None, Field(description="Only these outlets.", max_length=50)]


class PassagesModel(BaseModel):
    """Passages that a search found, best first."""

    passages: list[PassageModel]


class Tools:
    """What a model can do here. Each method is one tool; its docstring is what the model reads."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def ask(
        self,
        question: Annotated[str, Field(description="In a sentence or a few words.")],
        since: Since = None,
        until: Until = None,
        sources: Outlets = None,
        max_quotes: Annotated[int | None, Field(ge=1, le=20)] = None,
        conversation_id: Annotated[
            ConversationName | None,
            Field(description="From an earlier answer, to ask a follow-up."),
        ] = None,
    ) -> Annotated[CallToolResult, AnswerModel]:
        """Answer a question with sentences quoted verbatim from the articles, each cited."""
        inquiry = Inquiry(
            text=question,
            conversation_id=conversation_id,
            since=since,
            until=until,
            sources=frozenset(sources or ()),
            max_quotes=max_quotes,
        )
        try:
            in_order(since, until)
            engine = await self._engine()
            reply = await engine.ask(inquiry)
            remarks = await missing_outlets(engine, inquiry, reply.answer)
        except OnRecordError as error:
            raise ToolError(str(error)) from error
        cited = cited_text(reply.answer, narrowed=is_narrowed(inquiry), remarks=remarks)
        document = answer_json(reply.answer, reply.conversation_id)
        document["notes"].extend(remarks)
        return CallToolResult(
            content=[TextContent(type="text", text=cited.text)], structured_content=document
        )

    async def search(
        self,
        query: Annotated[str, Field(description="Words or a question.")],
        k: Annotated[int, Field(ge=1, le=100, description="How many passages.")] = 10,
        since: Since = None,
        until: Until = None,
        sources: Outlets = None,
    ) -> PassagesModel:
        """Find the passages nearest to a text, best first, by meaning and by words."""
        where = Filter(since=since, until=until, sources=frozenset(sources or ()))
        try:
            in_order(since, until)
            found = await (await self._engine()).search(query, k, where)
        except OnRecordError as error:
            raise ToolError(str(error)) from error
        return PassagesModel(passages=[PassageModel.of(passage, score) for passage, score in found])

    async def get_article(
        self, article_id: Annotated[str, Field(description="As in a quote or a passage.")]
    ) -> ArticleTextModel:
        """Read one article whole: metadata and text, which the offsets of quotes count in."""
        try:
            article = await (await self._engine()).article(article_id)
        except OnRecordError as error:
            raise ToolError(str(error)) from error
        if article is None:
            raise ToolError("there is no article of that id; search gives the ids")
        return ArticleTextModel(**article_json(article), updated=article.updated, text=article.text)

    async def _engine(self) -> Engine:
        """The engine; making it loads models, which must not stop the event loop."""
        return await asyncio.to_thread(lambda: self._parts.engine)


class PlainServer(MCPServer[None]):
    """Says what is wrong with arguments in a line, where Pydantic would write a page."""

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[None, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        """Call a tool. Raises ToolError for arguments that do not fit, as for all else."""
        try:
            return await super().call_tool(name, arguments, context)
        except ToolError as error:
            if isinstance(error.__cause__, ValidationError):
                raise ToolError("; ".join(faults(error.__cause__))) from error.__cause__
            raise


def faults(error: ValidationError) -> list[str]:
    """Each fault, with the argument that has it."""
    return [
        f"{'/'.join(map(str, fault['loc']))}: {in_words(fault)}"
        for fault in error.errors(include_url=False, include_input=False)
    ]


def tool_server(parts: Parts) -> MCPServer[None]:
    """A server of the tools, for either transport."""
    server = PlainServer(
        "onrecord", title="OnRecord", instructions=INSTRUCTIONS, version=version("onrecord")
    )
    tools = Tools(parts)
    for tool in (tools.ask, tools.search, tools.get_article):
        server.add_tool(tool, annotations=READS_ONLY)
    return server
