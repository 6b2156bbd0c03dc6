"""A small data set, written for these tests."""

from __future__ import annotations

import gzip
import json
import lzma
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

ARTICLES: Sequence[Mapping[str, Any]] = (
    {
        "id": "bridge",
        "title": "Harbour bridge reopens after storm repairs",
        "date": "2023-05-04",
        "source": "coastpost.example",
        "text": (
            "The harbour bridge in Veldhaven reopened on Thursday after repairs that cost"
            " 14 million euros. Engineers had replaced 62 cables since the storm in January.\n\n"
            "“We waited until every bolt was tested,” said Ingrid Solheim, who led the works."
            " Lorries above 20 tonnes remain banned until autumn."
        ),
    },
    {
        "id": "observatory",
        "title": "Mountain observatory finds a faint comet",
        "date": "2023-05-06",
        "source": "skywatch.example",
        "text": (
            "Astronomers at the Karvala observatory have found a comet that nobody had seen before."
            " It was first noticed by Tomas Reyl, a doctoral student, on a plate taken in April."
            "\n\nThe comet will pass the Sun in November. It cannot be seen with the naked eye."
        ),
    },
    {
        "id": "bakery",
        "title": "Oldest bakery of the old town closes",
        "date": "2023-05-02",
        "text": (
            "The bakery on Mill Street closes after 131 years. Its owner, Petra Lindqvist, found"
            " nobody to take it over. The ovens go to a museum of crafts in the next town."
        ),
    },
    {
        "id": "ferry",
        "title": "Ferry line orders two electric ships",
        "date": "2023-04-28",
        "text": (
            "The ferry line between Veldhaven and the islands has ordered two electric ships."
            " They are to carry 400 passengers each and will be built in a yard in Gdynia 's port ."
        ),
    },
)

QUESTIONS: Sequence[Mapping[str, Any]] = (
    {
        "id": "cost",
        "question": "How much did the repairs of the harbour bridge cost?",
        "answers": ["14 million euros"],
        "article_ids": ["bridge"],
        "evidence": [
            "The harbour bridge in Veldhaven reopened on Thursday after repairs that cost"
            " 14 million euros."
        ],
        "answerable": True,
        "kind": "stated",
        "date": "2023-05-07",
    },
    {
        "id": "comet",
        "question": "Who first noticed the new comet?",
        "answers": ["Tomas Reyl"],
        "article_ids": ["observatory"],
        "evidence": [
            "It was first noticed by Tomas Reyl, a doctoral student, on a plate taken in April."
        ],
        "answerable": True,
        "kind": "stated",
    },
    {
        "id": "yard",
        "question": "Where will the electric ferries be built?",
        "answers": ["Gdynia's port", "Gdynia"],
        "article_ids": ["ferry"],
        "evidence": [],
        "answerable": True,
        "kind": "tokenised",
    },
    {
        "id": "sourdough",
        "question": "How long should sourdough rest before baking?",
        "answers": [],
        "article_ids": [],
        "answerable": False,
        "kind": "absent",
    },
    {
        "id": "age",
        "question": "How old is Ingrid Solheim?",
        "answerable": False,
        "article_ids": ["bridge"],
        "kind": "absent",
    },
)

_COMPRESS: Mapping[str, Callable[[bytes], bytes]] = {
    "jsonl": bytes,
    "jsonl.xz": lzma.compress,
    "jsonl.gz": gzip.compress,
}


def write_lines(folder: Path, stem: str, rows: Sequence[object], ending: str = "jsonl") -> Path:
    """Write rows as JSON lines; a row that is a string is written as it is."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{stem}.{ending}"
    lines = (row if isinstance(row, str) else json.dumps(row) for row in rows)
    path.write_bytes(_COMPRESS[ending]("".join(f"{line}\n" for line in lines).encode()))
    return path


def write_data_set(folder: Path, ending: str = "jsonl") -> Path:
    write_lines(folder, "articles", ARTICLES, ending)
    write_lines(folder, "questions", QUESTIONS, ending)
    return folder
