"""Keys and tokens: compared in constant time, shown nowhere."""

from __future__ import annotations

import ast
import inspect
import json
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

import bot.http.access
import bot.telegram.application
from bot.settings import Settings, read_settings
from corpus.errors import SettingsError
from index.embedding.embedder import Embedder
from tests.http.serving import make_parts, serving
from tests.patience import PATIENCE

ROOT = Path(__file__).parents[2]
SECRET = "zanzibar-marzipan-7341"


@pytest.mark.parametrize(
    ("function", "comparison"),
    [
        (bot.http.access._known, "compare_digest"),
        (bot.telegram.application.TelegramFace.knows_secret, "compare_digest"),
    ],
)
def test_secrets_are_compared_in_constant_time(function: object, comparison: str) -> None:
    """No other comparison may stand in these functions: the time it takes would tell.

    That cannot be measured reliably on a busy machine, so the code itself is looked at.
    """
    tree = ast.parse(inspect.getsource(function).lstrip())  # type: ignore[arg-type]
    called = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert comparison in called
    compared = [node for node in ast.walk(tree) if isinstance(node, ast.Compare)]
    assert all(isinstance(node.ops[0], ast.Gt) for node in compared)  # of counts, not of keys
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Return | ast.If | ast.For)][
        1:
    ]


def test_every_known_key_is_compared_whichever_fits() -> None:
    """The number of comparisons does not depend on the key that is tried."""
    source = inspect.getsource(bot.http.access._known)
    assert "any(" not in source
    assert "sum(" in source


def test_a_secret_is_in_no_error_and_no_description(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    names = {
        name
        for name in Settings.model_fields
        if any(word in name for word in ("token", "key", "secret"))
    }
    given = dict.fromkeys(names, SECRET)
    settings = read_settings(**given)
    assert SECRET not in f"{settings!r} {settings} {settings.model_dump()}"
    assert SECRET not in settings.model_dump_json()
    with pytest.raises(SettingsError) as refused:
        read_settings(**given, port="no port")
    assert SECRET not in str(refused.value)
    for name in names:
        value = getattr(settings, name)
        assert all(isinstance(one, SecretStr) for one in _several(value)), name


FAILS = """
import logging, sys
from bot.logs import set_up_logging
from bot.settings import Settings

def answer(question):
    raise RuntimeError("no answer")

set_up_logging(Settings(log_json=sys.argv[1] == "json"))
try:
    answer("zanzibar-" + "marzipan-7341")
except RuntimeError:
    logging.getLogger("uvicorn.error").exception("request failed")
"""


@pytest.mark.parametrize("form", ["lines", "json"])
def test_a_traceback_shows_where_and_no_variables(form: str) -> None:
    """They hold questions and keys."""
    done = subprocess.run(
        [sys.executable, "-c", FAILS, form],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    assert "in answer" in done.stderr
    assert "RuntimeError: no answer" in done.stderr
    assert SECRET not in done.stderr


def _several(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else (value,)


def test_a_wrong_key_is_not_echoed(tmp_path: Path, model: Embedder) -> None:
    with serving(make_parts(tmp_path, model, api_keys=SECRET)) as base:
        wrong = {"Authorization": f"Bearer {SECRET[::-1]}"}
        refused = httpx.post(
            f"{base}/ask", json={"question": "Who?"}, headers=wrong, timeout=PATIENCE
        )
        assert refused.status_code == 401
        told = json.dumps(dict(refused.headers)) + refused.text
        assert SECRET not in told
        assert SECRET[::-1] not in told
        right = {"Authorization": f"Bearer {SECRET}"}
        taken = httpx.post(
            f"{base}/ask", json={"question": "Who?"}, headers=right, timeout=PATIENCE
        )
        assert taken.status_code == 200
        assert SECRET not in json.dumps(dict(taken.headers)) + taken.text
