from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from corpus.article import Span
from corpus.errors import ModelError
from index.embedding.embedder import Embedder, PassageText
from index.embedding.loading import load_embedder
from index.embedding.model_folder import PINNED, find_model, read_recipe
from index.embedding.onnx_cache import find_export
from index.embedding.preparation_child import SAMPLES
from tests.patience import PATIENCE

TEXT = "The bridge was closed in May. Engineers had found cracks. It will open again in autumn."
SENTENCES = (Span(0, 29), Span(30, 57), Span(58, len(TEXT)))


@pytest.fixture(scope="session")
def torch_embedder(model_cache: Path) -> Embedder:
    return load_embedder("all-MiniLM-L6-v2", backend="torch", cache=model_cache, threads=1)


@pytest.fixture
def model_copy(tmp_path: Path) -> Path:
    source = find_model("all-MiniLM-L6-v2", allow_downloads=False).path
    return Path(shutil.copytree(source, tmp_path / "model"))


def test_vectors_have_unit_length_and_shape(embedder: Embedder) -> None:
    passages = [PassageText("About a bridge", TEXT, SENTENCES), PassageText("", " ", ())]
    first, second = embedder.embed_passages(passages)
    assert first.passage.shape == (embedder.dimension,)
    assert first.sentences.shape == (3, embedder.dimension)
    assert second.sentences.shape == (0, embedder.dimension)
    rows = np.vstack([first.passage, first.sentences, second.passage])
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1.0, abs=1e-5)
    assert embedder.embed_questions([]).shape == (0, embedder.dimension)


def test_exported_and_torch_vectors_agree(embedder: Embedder, torch_embedder: Embedder) -> None:
    ours, theirs = (one.embed_questions(SAMPLES) for one in (embedder, torch_embedder))
    assert np.sum(ours * theirs, axis=1).min() > 0.97
    passages = [PassageText("About a bridge", TEXT, SENTENCES)]
    (ours_of_one,), (theirs_of_one,) = (
        one.embed_passages(passages) for one in (embedder, torch_embedder)
    )
    assert np.sum(ours_of_one.sentences * theirs_of_one.sentences, axis=1).min() > 0.97
    assert embedder.key != torch_embedder.key


def test_a_question_is_nearest_to_the_sentence_that_answers(embedder: Embedder) -> None:
    vectors = embedder.embed_passages([PassageText("", TEXT, SENTENCES)])[0]
    question = embedder.embed_questions(["What did the engineers discover?"])[0]
    assert int(np.argmax(vectors.sentences @ question)) == 1


def test_order_and_batching_do_not_matter(embedder: Embedder) -> None:
    texts = [PassageText("", f"{TEXT} " * (1 + number % 5), ()) for number in range(40)]
    together = embedder.embed_passages(texts)
    alone = [embedder.embed_passages([text])[0] for text in texts]
    for one, other in zip(together, alone, strict=True):
        # Eight-bit activations share one scale in a batch, so the last digits depend on it.
        assert float(one.passage @ other.passage) > 0.99


def test_what_exceeds_the_window_is_read_too(embedder: Embedder) -> None:
    text = "Nothing of note happened here. " * 200 + "The mayor resigned over the bridge."
    last = Span(len(text) - 35, len(text))
    vectors = embedder.embed_passages([PassageText("", text, (Span(0, 30), last))])[0]
    question = embedder.embed_questions(["Why did the mayor resign?"])[0]
    assert float(vectors.sentences[1] @ question) > float(vectors.sentences[0] @ question) + 0.2


@pytest.mark.parametrize("text", ["\ud800", "\x00", "😀" * 300, "İ" * 20, "\u200b", "x" * 5000])
def test_any_text_can_be_embedded(embedder: Embedder, text: str) -> None:
    vectors = embedder.embed_passages([PassageText(text, text, (Span(0, len(text)),))])[0]
    assert np.isfinite(vectors.passage).all()
    assert np.isfinite(vectors.sentences).all()
    assert np.isfinite(embedder.embed_questions([text, ""])).all()


def test_threads_get_the_same_vectors(embedder: Embedder) -> None:
    questions = [f"What happened in street {number}?" for number in range(40)]
    expected = [embedder.embed_questions([question])[0] for question in questions]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda one: embedder.embed_questions([one])[0], questions))
    assert np.allclose(found, expected, atol=1e-5)


def in_a_process_of_its_own(code: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Run code that loads a model; `cache` is its cache."""
    home.mkdir()
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "TMPDIR": str(home)}
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=environment
    )


def loading(cache: Path) -> str:
    """Code that loads the packaged model, asks it something and tells what it imported."""
    return (
        "import sys\nfrom pathlib import Path\n"
        "from index.embedding.loading import load_embedder\n"
        f"e = load_embedder('all-MiniLM-L6-v2', cache=Path({str(cache)!r}))\n"
        "e.embed_questions(['why?'])\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'onnx', 'huggingface_hub'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
        "import os\nprint(os.environ['ORT_DISABLE_TELEMETRY'])\n"
    )


def test_a_cold_start_imports_no_torch_and_reports_to_nobody(
    embedder: Embedder, model_cache: Path, tmp_path: Path
) -> None:
    done = in_a_process_of_its_own(loading(model_cache), tmp_path / "home")
    assert done.stdout.split("\n")[:2] == ["[]", "1"]
    assert list((tmp_path / "home").rglob("*")) == []


def test_nor_does_the_first_start_that_prepares_the_model(tmp_path: Path) -> None:
    done = in_a_process_of_its_own(loading(tmp_path / "cache"), tmp_path / "home")
    assert "[]" in done.stdout.split("\n"), done.stderr
    assert find_export(tmp_path / "cache", PINNED["all-minilm-l6-v2"]) is not None


def test_the_end_of_the_process_that_prepares_a_model_is_told(tmp_path: Path) -> None:
    """As the system ends it where memory runs out."""
    starting = subprocess.Popen(
        [sys.executable, "-c", loading(tmp_path / "cache")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    children = Path(f"/proc/{starting.pid}/task/{starting.pid}/children")
    deadline = time.monotonic() + PATIENCE
    while not children.read_text() and time.monotonic() < deadline:
        time.sleep(0.01)
    for child in children.read_text().split():
        os.kill(int(child), signal.SIGKILL)
    _, told = starting.communicate(timeout=PATIENCE)
    assert starting.returncode == 1
    assert "status -9; free some memory" in told.splitlines()[-1]
    assert list((tmp_path / "cache").glob("draft-*")) == []


def test_a_wrong_path_and_an_unknown_name_say_so(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="exists"):
        load_embedder(str(tmp_path / "nothing"), cache=tmp_path)
    with pytest.raises(ModelError, match=r"config\.json"):
        load_embedder(str(tmp_path), cache=tmp_path)
    with pytest.raises(ModelError, match="local path, or allow downloads"):
        load_embedder("no-such-owner/no-such-model", cache=tmp_path)


def test_pickled_weights_are_refused(model_copy: Path, tmp_path: Path) -> None:
    (model_copy / "model.safetensors").rename(model_copy / "pytorch_model.bin")
    with pytest.raises(ModelError, match="safetensors"):
        load_embedder(str(model_copy), cache=tmp_path / "cache")


def test_damaged_weights_are_refused(model_copy: Path, tmp_path: Path) -> None:
    weights = model_copy / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:100_000])
    with pytest.raises(ModelError, match="fetch it again"):
        load_embedder(str(model_copy), cache=tmp_path / "cache")


def test_a_recipe_follows_the_models_files(model_copy: Path) -> None:
    folder = find_model(str(model_copy), allow_downloads=False)
    plain = read_recipe(folder)
    assert (plain.pooling, plain.window, plain.plain) == ("mean", 256, True)
    prompts = {"prompts": {"query": "query: ", "passage": "passage: "}}
    (model_copy / "config_sentence_transformers.json").write_text(json.dumps(prompts))
    (model_copy / "1_Pooling" / "config.json").write_text('{"pooling_mode_cls_token": true}')
    changed = read_recipe(folder)
    assert (changed.question_prompt, changed.passage_prompt) == ("query: ", "passage: ")
    assert changed.pooling == "cls"
    assert changed.fingerprint() != plain.fingerprint()
