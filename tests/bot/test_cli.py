"""The command line as a person uses it: a process of its own for every command."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.conftest import SAMPLES, UNHURRIED_MS
from tests.http.process import served
from tests.index.collections_of_articles import eventually
from tests.patience import PATIENCE
from tests.reserved_port import number_of, reserved_port

DONE, NOTHING_FOUND, WRONG_USE, IMPOSSIBLE = 0, 1, 2, 3
ANSWER_FIELDS = {
    "question",
    "standalone_question",
    "answered",
    "confidence",
    "answer",
    "quotes",
    "sides",
    "nearest",
    "conversation_id",
    "generation",
    "took_ms",
    "made_by",
}
QUOTE_FIELDS = {
    "number",
    "text",
    "start",
    "end",
    "highlight",
    "speaker",
    "before",
    "after",
    "score",
    "article",
}


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory, model_cache: Path) -> Path:
    """A folder with a few good articles among files that are none, not yet indexed."""
    folder = tmp_path_factory.mktemp("collection")
    (folder / "data").mkdir()
    (folder / "data" / "models").symlink_to(model_cache, target_is_directory=True)
    articles = folder / "articles"
    articles.mkdir()
    for sample in sorted(SAMPLES.glob("*.md"))[:6]:
        (articles / sample.name).write_bytes(sample.read_bytes())
    twin = min(articles.glob("*.md"))
    (articles / "twin.md").write_bytes(twin.read_bytes())
    (articles / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (articles / "broken.md").write_text("---\ntitle: [never closed\n---\nSome text here.\n")
    (articles / "someday.md").write_text(
        "---\ntitle: The ferry to Ostholm\ndate: some day in spring\n---\n"
        "The ferry to Ostholm carries 240 passengers, its captain said.\n"
    )
    (articles / "latin.txt").write_bytes(
        "Café Müller reopened on Friday. Its owner, Zoë Brühl, had closed it in June.\n".encode(
            "latin-1"
        )
    )
    (articles / "nothing.txt").write_bytes(b"")
    return folder


def run(
    folder: Path, *arguments: str, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    raw = run_raw(folder, *arguments, environment=environment)
    return subprocess.CompletedProcess(
        raw.args, raw.returncode, raw.stdout.decode(), raw.stderr.decode()
    )


def run_raw(
    folder: Path,
    *arguments: str,
    environment: dict[str, str] | None = None,
    standard_input: bytes | None = None,
) -> subprocess.CompletedProcess[bytes]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("ONRECORD_")}
    # Time to read, whatever else the machine does: answers must not depend on that here.
    own["ONRECORD_RERANK_BUDGET_MS"] = UNHURRIED_MS
    return subprocess.run(
        [sys.executable, "-m", "bot.cli", *arguments],
        cwd=folder,
        env={**own, "ONRECORD_ARTICLES": "articles", "COLUMNS": "200", **(environment or {})},
        capture_output=True,
        input=standard_input,
        timeout=240,
        check=False,
    )


def one_line(result: subprocess.CompletedProcess[str]) -> str:
    """The error: one line on stderr, and no traceback."""
    assert "Traceback" not in result.stderr
    lines = result.stderr.strip().splitlines()
    assert len(lines) == 1, result.stderr
    return lines[0]


def test_asking_before_indexing_says_what_to_do(tmp_path: Path) -> None:
    result = run(tmp_path, "ask", "Who won?")
    assert result.returncode == IMPOSSIBLE
    assert "onrecord index" in one_line(result)


def test_bad_files_are_named_and_the_others_are_indexed(collection: Path) -> None:
    result = run(collection, "index")
    assert result.returncode == DONE, result.stderr
    for bad in ("binary.txt", "broken.md", "nothing.txt"):
        assert any(bad in line and "skipped" in line for line in result.stdout.splitlines()), bad
    summary = result.stdout.strip().splitlines()[-1]
    assert "8 articles added" in summary
    again = run(collection, "index")
    assert "0 articles added, 0 changed, 0 removed" in again.stdout


@pytest.mark.parametrize("encoding", ["ascii", "koi8-r"])
def test_a_locale_that_lacks_characters_changes_no_exit_status(
    collection: Path, encoding: str
) -> None:
    environment = {"PYTHONIOENCODING": encoding}
    asking = ("ask", "How many passengers does the ferry carry?")
    shown = run_raw(collection, *asking, environment=environment)
    assert shown.returncode == DONE, shown.stderr
    assert "\\u201c" in shown.stdout.decode(encoding)
    written = run_raw(collection, *asking, "--json", environment=environment)
    assert written.returncode == DONE, written.stderr
    assert json.loads(written.stdout.decode("utf-8"))["answer"].startswith("“")
    proving = ("prove", "-")
    proven = run_raw(collection, *proving, environment=environment, standard_input=written.stdout)
    assert proven.returncode == DONE, proven.stdout + proven.stderr


def test_an_answer_as_json_has_every_field_of_the_contract(collection: Path) -> None:
    result = run(collection, "ask", "How many passengers does the ferry carry?", "--json")
    assert result.returncode == DONE, result.stderr
    answer = json.loads(result.stdout)
    assert answer.keys() >= ANSWER_FIELDS
    quote = answer["quotes"][0]
    assert quote.keys() >= QUOTE_FIELDS
    assert "240 passengers" in quote["text"]
    assert quote["article"]["published"] is None
    file = collection / "answer.json"
    file.write_text(result.stdout)
    proof = run(collection, "prove", str(file))
    assert proof.returncode == DONE, proof.stdout
    answer["quotes"][0]["text"] = quote["text"].replace("240", "250")
    file.write_text(json.dumps(answer))
    assert run(collection, "prove", str(file)).returncode == NOTHING_FOUND


def test_an_answer_for_people_shows_quote_outlet_date_and_place(collection: Path) -> None:
    result = run(collection, "ask", "How many passengers does the ferry carry?")
    assert result.returncode == DONE
    assert "“The ferry to Ostholm carries 240 passengers, its captain said.”" in result.stdout
    assert "date unknown" in result.stdout
    assert "characters" in result.stdout
    silent = run(collection, "ask", "How do I bake sourdough bread?")
    assert silent.returncode == NOTHING_FOUND
    assert "The articles don't say." in silent.stdout


def test_an_outlet_that_is_not_there_is_named(collection: Path) -> None:
    question = ("ask", "How many passengers does the ferry carry?", "--source", "Reuterss")
    remark = "there is no outlet called “Reuterss” here"
    told = run(collection, *question)
    assert told.returncode == NOTHING_FOUND, told.stderr
    assert remark in told.stdout
    assert remark in json.loads(run(collection, *question, "--json").stdout)["notes"]


def test_an_answer_without_quotes_has_nothing_to_prove(collection: Path) -> None:
    file = collection / "unanswered.json"
    file.write_text(json.dumps({"answered": False, "quotes": [], "nearest": []}))
    proof = run(collection, "prove", str(file))
    assert proof.returncode == DONE, proof.stderr
    assert "nothing to prove" in proof.stdout
    file.write_text(json.dumps({"answered": True, "quotes": [], "nearest": []}))
    assert run(collection, "prove", str(file)).returncode == NOTHING_FOUND
    forged = {"text": "No article says this.", "start": 0, "end": 21, "article": {"id": "none"}}
    file.write_text(json.dumps({"answered": False, "quotes": [], "nearest": [forged]}))
    assert run(collection, "prove", str(file)).returncode == NOTHING_FOUND


def test_what_is_stored_is_sound_and_listed(collection: Path) -> None:
    check = run(collection, "check")
    assert check.returncode == DONE, check.stdout
    assert "sound" in check.stdout
    listed = run(collection, "articles")
    assert listed.returncode == DONE
    assert "The ferry to Ostholm" in listed.stdout


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["ask", ""], WRONG_USE),
        (["ask", "x" * 100_000], WRONG_USE),
        (["ask", "Who?", "--since", "yesterday-ish"], WRONG_USE),
        (["ask", "Who?", "--since", "2024-06-02", "--until", "2024-06-01"], WRONG_USE),
        (["index", "no-such-folder"], IMPOSSIBLE),
        (["--embedding-model", "/no/such/model", "ask", "Who?"], IMPOSSIBLE),
        (["--data", "articles/someday.md", "ask", "Who?"], IMPOSSIBLE),
        (["prove", "no-such-file.json"], IMPOSSIBLE),
    ],
    ids=lambda value: " ".join(value)[:30] if isinstance(value, list) else str(value),
)
def test_wrong_use_gets_one_clear_line(collection: Path, arguments: list[str], status: int) -> None:
    result = run(collection, *arguments)
    assert result.returncode == status, result.stderr
    assert one_line(result).startswith("onrecord: ")


def test_an_unknown_setting_is_named(collection: Path) -> None:
    result = run(collection, "articles", environment={"ONRECORD_ARTICELS": "x"})
    assert result.returncode == WRONG_USE
    assert "ONRECORD_ARTICELS" in one_line(result)


def test_a_port_in_use_says_so(collection: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        result = run(collection, "serve", "--port", str(port))
    assert result.returncode == WRONG_USE
    assert str(port) in one_line(result)


def test_other_machines_are_not_served_without_an_admin_key(collection: Path) -> None:
    result = run(collection, "serve", "--host", "0.0.0.0")
    assert result.returncode == WRONG_USE
    assert "ONRECORD_ADMIN_KEYS" in one_line(result)


def test_a_webhook_is_for_a_single_process(collection: Path) -> None:
    telegram = {
        "ONRECORD_TELEGRAM_TOKEN": "1:a",
        "ONRECORD_TELEGRAM_WEBHOOK_URL": "https://bot.example",
    }
    result = run(collection, "serve", "--workers", "2", environment=telegram)
    assert result.returncode == WRONG_USE
    assert "ONRECORD_WORKERS=1" in one_line(result)


def test_a_server_starts_while_its_store_is_away(collection: Path) -> None:
    with reserved_port() as nobody:
        # By its name: by its number the server would be looked for there, as the log tells it.
        store = f"http://localhost:{number_of(nobody)}"
        with served(collection, STORE=store, MILVUS_TIMEOUT_SECONDS="3") as server:
            url = server.url()
            assert eventually(lambda: is_alive(url))
            refused = httpx.get(f"{url}/readyz", timeout=PATIENCE)
            assert refused.status_code == httpx.codes.SERVICE_UNAVAILABLE
            assert "see that it runs" in refused.json()["detail"]


def is_alive(url: str) -> bool:
    """Whether a server listens there by now; it tells its address a moment before it does."""
    try:
        return httpx.get(f"{url}/healthz", timeout=PATIENCE).status_code == httpx.codes.OK
    except httpx.ConnectError:
        return False


def test_an_empty_folder_is_told_of(tmp_path: Path, model_cache: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "models").symlink_to(model_cache, target_is_directory=True)
    result = run(tmp_path, "index")
    assert result.returncode == NOTHING_FOUND
    assert "no article files in articles" in result.stdout


def test_an_index_that_holds_nothing_says_how_to_fill_it(tmp_path: Path, model_cache: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "models").symlink_to(model_cache, target_is_directory=True)
    article = tmp_path / "ferry.txt"
    article.write_text("The ferry to Ostholm carries 240 passengers, its captain said.\n")
    added = run(tmp_path, "add", str(article)).stdout
    run(tmp_path, "remove", added.split()[1])
    listed = run(tmp_path, "articles")
    assert listed.returncode == NOTHING_FOUND, listed.stderr
    assert "the index holds no articles" in listed.stdout
    assert "onrecord add" in listed.stdout
