"""Small good files of every format: what fuzzing begins from."""

from __future__ import annotations

from pathlib import Path

from tests.corpus.documents import PARAGRAPHS, epub, odt, page, pdf, rss, zipped
from tests.fuzzing.targets import ENDINGS

SEEDS: dict[str, bytes | str] = {
    ".txt": PARAGRAPHS[0],
    ".md": f"---\ntitle: A\ndate: 2024-05-01\n---\n# B\n\n{PARAGRAPHS[0]}",
    ".json": '{"title": "A", "text": "One sentence. Two."}',
    ".jsonl": '{"title": "A", "text": "One sentence."}\n{"text": "Two."}\n',
    ".html": page(),
    ".pdf": pdf([["Hello", "world."]]),
    ".odt": odt("A", PARAGRAPHS[:1]),
    ".epub": epub({"One": PARAGRAPHS[:1]}),
    ".rss": rss([("A", "https://news.example/a", "Text.")]),
    ".zip": zipped({"a.txt": PARAGRAPHS[0]}),
    ".eml": "From: a@b.example\nSubject: A\n\nOne sentence. Two.\n",
}
WORDS = {
    "question": b"How long is the border?\0And since June 2024?",
    "rendering": PARAGRAPHS[0].encode(),
    "proof": b'data: {"quotes": [{"text": "a", "start": 0, "end": 1, "article": {"id": "a"}}]}',
    "guard": "The crane fell on Friday.\0He said “he crane fell on Fri” [1].".encode(),
}


def write_seeds(target: str, folder: Path) -> None:
    """Put the seeds of a target into a folder."""
    folder.mkdir(exist_ok=True)
    if target != "import":
        (folder / "seed").write_bytes(WORDS[target])
        return
    for ending, content in SEEDS.items():
        raw = content.encode() if isinstance(content, str) else content
        (folder / f"seed{ending}").write_bytes(bytes([ENDINGS.index(ending)]) + raw)
