"""What the documentation of the routes shows."""

from __future__ import annotations

from typing import Any

# FastAPI leaves null out of examples, so every member has a value here.

_QUOTED = "The two countries share a border of 1,084 kilometres, the ministry said."
_TEXT = f"{_QUOTED} Most of it is forest and marsh."
_START = 1204
_CITED = f"Example News, reporting the ministry: “{_QUOTED}” [1]"

EXAMPLE_ARTICLE: dict[str, Any] = {
    "id": "0f8a2c64c1d39b7e",
    "title": "A border under strain",
    "author": "A. Reporter",
    "source": "Example News",
    "published": "2024-08-26",
    "url": "https://news.example/border",
    "language": "en",
    "content_hash": "3b1c…",
}

EXAMPLE_QUOTE: dict[str, Any] = {
    "number": 1,
    "text": _QUOTED,
    "start": _START,
    "end": _START + len(_QUOTED),
    "highlight": {"start": _START + 36, "end": _START + 52},
    "speaker": "the ministry",
    "direct": False,
    "before": "",
    "after": "",
    "score": 0.93,
    "article": EXAMPLE_ARTICLE,
    "copies": [],
}

EXAMPLE_ANSWER: dict[str, Any] = {
    "question": "How long is the border?",
    "standalone_question": "How long is the border?",
    "answered": True,
    "confidence": 0.91,
    "answer": f"“{_QUOTED}” [1]",
    "quotes": [EXAMPLE_QUOTE],
    "sides": [],
    "nearest": [],
    "notes": [],
    "conversation_id": "b7f3c1d2",
    "generation": 42,
    "took_ms": 11.8,
    "made_by": {
        "onrecord": "0.1.0",
        "embedding_model": "all-MiniLM-L6-v2@2e90fcb1caec/int8",
        "reader": "OnRecord passage reader@cc5100128f7c",
        "weights": "f0e485dfffe5",
        "store": "embedded/2",
        "reranker": None,
        "writer": None,
    },
}

EXAMPLE_PASSAGE: dict[str, Any] = {
    "text": _TEXT,
    "start": _START,
    "end": _START + len(_TEXT),
    "score": 0.71,
    "article": EXAMPLE_ARTICLE,
}

EXAMPLE_SEARCH: dict[str, Any] = {
    "query": "length of the border",
    "passages": [EXAMPLE_PASSAGE],
    "took_ms": 8.2,
}

EXAMPLE_ARTICLES: dict[str, Any] = {
    "total": 1,
    "offset": 0,
    "limit": 50,
    "articles": [{**EXAMPLE_ARTICLE, "passages": 7, "characters": 5210}],
}

EXAMPLE_ARTICLE_TEXT: dict[str, Any] = {
    **EXAMPLE_ARTICLE,
    "updated": "2024-08-27",
    "text": _TEXT,
}

EXAMPLE_ADDED: dict[str, Any] = {
    "article_ids": ["0f8a2c64c1d39b7e"],
    "already_there": [],
    "skipped": [],
    "seconds": 0.21,
}

EXAMPLE_JOB: dict[str, Any] = {
    "id": "5f0c2a9be1d84e6f",
    "state": "running",
    "rebuild": False,
    "articles": 120,
    "passages": 940,
    "passages_per_second": 31.5,
    "message": "300 files to read",
}

EXAMPLE_INDEX: dict[str, Any] = {
    "generation": 42,
    "articles": 120,
    "passages": 940,
    "embedder": "all-MiniLM-L6-v2@2e90fcb1caec/int8",
    "last_sync": "2024-08-27T06:30:00+00:00",
    "job": EXAMPLE_JOB,
    "sources": [
        {"source": "Example News", "articles": 120, "first": "2022-03-01", "last": "2024-08-26"}
    ],
    "may_change": True,
}

EXAMPLE_READY: dict[str, Any] = {
    "status": "ready",
    "generation": 42,
    "articles": 120,
}

EXAMPLE_PROBLEM: dict[str, Any] = {
    "type": "about:blank",
    "title": "Unprocessable Entity",
    "status": 422,
    "detail": "the request does not fit; see errors",
    "errors": [{"at": "body/since", "fault": "Value error, write the day as YYYY-MM-DD"}],
}

EXAMPLE_COMPLETION: dict[str, Any] = {
    "id": "chatcmpl-9b1f",
    "object": "chat.completion",
    "created": 1_724_652_000,
    "model": "onrecord",
    "choices": [
        {
            "index": 0,
            "message": {
                "role": "assistant",
                "content": f"{_CITED}\n\n"
                "[1] A border under strain, Example News, 2024-08-26, https://news.example/border",
                "annotations": [
                    {
                        "type": "url_citation",
                        "url_citation": {
                            "url": "https://news.example/border",
                            "title": "A border under strain",
                            "start_index": 0,
                            "end_index": len(_CITED),
                        },
                    }
                ],
            },
            "finish_reason": "stop",
        }
    ],
    "usage": {"prompt_tokens": 9, "completion_tokens": 44, "total_tokens": 53},
    "onrecord": EXAMPLE_ANSWER,
}
