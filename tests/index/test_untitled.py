"""An article without a title is found by its beginning, which does not count twice."""

from __future__ import annotations

from pathlib import Path

from corpus.importer import Importer
from index.embedding.embedder import Embedder
from index.opening import open_store, open_writer
from index.passage_texts import passage_text, passages_of
from index.store import Filter
from index.sync import sync

BEGINNING = "The harbour of Port Essling was closed on Monday after a crane fell into the water."
REST = "Insurers put the damage at two million crowns, and an inquiry is to report by May. " * 12


def test_the_first_passage_goes_without_the_title_taken_from_it(embedder: Embedder) -> None:
    (article,) = Importer().read_content("a.txt", f"{BEGINNING}\n\n{REST}".encode()).articles
    first, second = (
        passage_text(article, passage)
        for passage in passages_of(article, embedder.count_tokens, embedder.window)[:2]
    )
    assert first.header == ""
    assert first.text.startswith(BEGINNING)
    assert second.header == f"{BEGINNING} […]"


def test_its_keywords_stand_beside_every_passage_but_the_first(
    tmp_path: Path, embedder: Embedder
) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text(f"{BEGINNING}\n\n{REST}")
    for number in range(8):
        (folder / f"other{number}.txt").write_text(f"Lime tree number {number} was felled today.")
    with open_writer(tmp_path / "data", embedder.key, embedder.dimension) as writer:
        sync([folder], writer, embedder, Importer())
    store = open_store(tmp_path / "data")
    ranked = [hit.passage_id for hit in store.search_keywords("crane", 10, Filter())]
    ordinals = {one.id: one.ordinal for one in store.passages(ranked)}
    assert sorted(ordinals.values()) == list(range(len(ranked)))
    assert len(ranked) > 1
    store.close()
