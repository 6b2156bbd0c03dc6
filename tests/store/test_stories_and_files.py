"""Copies of one story, and the files that articles came from, whichever store it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.near_duplicates import signature
from index.fingerprints import fingerprint
from index.store import Change, Filter, Indexed, OpenWriter, Origin, StoreReader
from tests.index.collections_of_articles import article_of, indexed, small
from tests.store.shelf import Shelf, settled

OPEN = Filter()


def test_versions_are_fingerprints(writer: OpenWriter) -> None:
    put = small("a", source="Post")
    writer.apply(Change(put=[put]))
    assert dict(writer.versions()) == {"a": fingerprint(put.article)}


def test_origins_are_remembered_and_forgotten(writer: OpenWriter) -> None:
    origin = Origin("/a/b.txt", 3, 4, "digest", tuple(f"article {n}" for n in range(20_000)))
    writer.apply(Change(put=[small("x")], origins=[origin]))
    before = writer.generation
    kept = writer.origins()["/a/b.txt"]
    assert replace(kept, article_ids=()) == replace(origin, article_ids=())
    assert set(kept.article_ids) == set(origin.article_ids)
    shorter = Origin("/a/b.txt", 3, 5, "other", ("x",))
    writer.apply(Change(origins=[shorter]))
    assert writer.origins() == {"/a/b.txt": shorter}
    writer.apply(Change(forget=["/a/b.txt"]))
    assert writer.origins() == {}
    assert writer.generation == before, "files alone change nothing that readers see"


def test_files_are_looked_up_by_where_they_lie_and_by_what_they_gave(writer: OpenWriter) -> None:
    files = {
        "/a/b.txt": ("x", "y"),
        "/a/b.txt.old": ("y",),
        "/a/b/c.txt": ("x",),
        "/a/b/d/e.txt": ("z",),
        "/a/ba.txt": (),
    }
    origins = [Origin(path, 1, 2, "digest", ids) for path, ids in files.items()]
    writer.apply(Change(put=[small(one) for one in "xyz"], origins=origins))

    def found(*below: str) -> set[str]:
        return set(writer.origins(one for one in below))

    assert found("/a/b.txt") == {"/a/b.txt"}
    assert found("/a/b") == found("/a/b/") == {"/a/b/c.txt", "/a/b/d/e.txt"}
    assert found("/a/b", "/a/b/d", "/a/ba.txt", "/nowhere") == {*found("/a/b"), "/a/ba.txt"}
    assert found("/") == found("/a") == set(files)
    assert found() == set()
    assert writer.origins(["/a/b/d", "/a/b/d/e.txt"])["/a/b/d/e.txt"].article_ids == ("z",)
    assert writer.givers(["x", "z", "nobody"]) == {
        "x": {"/a/b.txt", "/a/b/c.txt"},
        "z": {"/a/b/d/e.txt"},
    }
    assert writer.givers([]) == {}
    assert set(writer.versions(["x", "nobody"])) == {"x"}
    assert writer.versions([]) == {}


def test_a_file_that_was_begun_is_to_be_read_again_and_keeps_what_it_gave(
    writer: OpenWriter,
) -> None:
    path = "/a/big.jsonl"
    writer.apply(Change(put=[small("x")], origins=[Origin(path, 3, 4, "digest", ("x",))]))
    writer.apply(Change(put=[small("y")], begun={path: ["y"]}))
    writer.apply(Change(put=[small("z")], begun={path: ["z"], "/new": ["z"]}))
    begun = writer.origins()
    assert {one: set(begun[one].article_ids) for one in begun} == {path: {*"xyz"}, "/new": {"z"}}
    assert {begun[one].digest for one in begun} == {""}
    done = Origin(path, 5, 6, "other", ("y", "z"))
    writer.apply(Change(origins=[done]))
    assert writer.origins([path]) == {path: done}


def test_copies_are_one_story_and_joined_ones_become_one(shelf: Shelf, writer: OpenWriter) -> None:
    words = [f"word{number}" for number in range(200)]
    texts = {
        "first": words[:140],
        "second": words[60:],
        "between": words[30:170],
        "apart": [f"other{number}" for number in range(140)],
    }
    puts = {name: _copy(name, " ".join(text)) for name, text in texts.items()}
    writer.apply(Change(put=[puts["first"], puts["apart"]]))
    writer.apply(Change(put=[puts["second"]]))
    with shelf.reading(writer) as store:
        assert len({_story(store, name) for name in ("first", "second", "apart")}) == 3
        writer.apply(Change(put=[puts["between"]]))
        settled(store, writer)
        stories = {name: _story(store, name) for name in texts}
        assert stories["first"] == stories["second"] == stories["between"] != stories["apart"]
        assert store.status().articles == 4
        assert store.status().passages == 4
        for name, put in puts.items():
            assert store.article(name) == put.article
            best = store.search_vectors(put.vectors[0].passage, 1, OPEN)[0]
            assert best.score == pytest.approx(1.0, abs=1e-3)


def _copy(name: str, text: str) -> Indexed:
    return replace(indexed(article_of(name, [text]), [text]), signature=signature(text))


def _story(store: StoreReader, name: str) -> str:
    return store.neighbours(name)[0].story
