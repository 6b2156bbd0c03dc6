"""Every text of ours in every language, and no English one to who reads another."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from bot.telegram.texts import ENGLISH, LANGUAGES, Texts
from bot.telegram.texts.reasons import known_reasons, reason_in
from corpus import errors
from tests.corpus.documents import rss, zipped
from tests.telegram.bot_process import BotProcess
from tests.telegram.botapi.person import Person, labels
from tests.telegram.botapi.world import Json
from tests.telegram.conftest import RUSSIAN_ADMINISTRATOR, UKRAINIAN_ADMINISTRATOR

ROOT = Path(__file__).parents[2]
TOLD = ("corpus", "index/embedded", "index/milvus")
"""Rooms whose errors reach an administrator, beside the files that follow."""
TOLD_FILES = (
    "index/check.py", "index/diff.py", "bot/added_files.py", "bot/composition.py", "bot/engine.py",
    "bot/intake.py", "bot/one_at_a_time.py", "bot/personal_data.py", "bot/removed_articles.py",
    "bot/selective_importer.py",
)  # fmt: skip
ERRORS = {name for name in vars(errors) if name[0].isupper()} | {"Flaw", "Skipped"}
CYRILLIC = re.compile(r"[а-яіїєґё]", re.IGNORECASE)
LATIN_WORD = re.compile(r"[A-Za-z]{4,}")
LATIN_WORDS = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}")


def strings(texts: object) -> Iterator[tuple[str, str]]:
    """Every text by its name, in order."""
    for field in fields(texts):  # type: ignore[arg-type]
        value = getattr(texts, field.name)
        if is_dataclass(value):
            yield from strings(value)
        elif isinstance(value, str) and field.name not in ("code", "name", "decimal_mark"):
            yield field.name, value


@pytest.mark.parametrize("texts", [LANGUAGES["ru"], LANGUAGES["uk"]], ids=["ru", "uk"])
def test_no_text_was_left_in_english(texts: Texts) -> None:
    for (name, text), (_, english) in zip(strings(texts), strings(ENGLISH), strict=True):
        if LATIN_WORD.search(re.sub(r"{\w+}", "", english)):
            assert CYRILLIC.search(text), name


def test_numbers_have_the_decimal_mark_of_the_language() -> None:
    told = [LANGUAGES[code].tenths(0.14) for code in ("en", "ru", "uk")]
    assert told == ["0.1", "0,1", "0,1"]


def template(node: ast.expr, constants: dict[str, str]) -> str | None:
    """The text that an expression makes, `{}` for what varies."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(template(part, constants) or "{}" for part in parts)
        case ast.FormattedValue(value=ast.Name(id=name)) if name in constants:
            return constants[name]
        case ast.Name(id=name):
            return constants.get(name)
        case _:
            return None


def raised_reasons(path: Path) -> Iterator[str]:
    """What the errors and flaws of a module say."""
    tree = ast.parse(path.read_text("utf-8"))
    constants = {
        node.targets[0].id: node.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    }
    for node in ast.walk(tree):
        texts: list[ast.expr] = []
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", "")
            texts = [node.args[-1]] if name in ERRORS and node.args else []
        elif isinstance(node, ast.Return) and isinstance(node.value, ast.JoinedStr):
            texts = [node.value] if "; " in ast.unparse(node) else []
        for text in texts:
            found = template(text, constants)
            if found and LATIN_WORD.search(found):
                yield found


def reasons_of_the_rooms() -> set[str]:
    modules = [path for room in TOLD for path in (ROOT / room).rglob("*.py")]
    modules += [ROOT / name for name in TOLD_FILES]
    return {reason for path in modules for reason in raised_reasons(path)}


def filled(reason: str) -> str:
    return reason.replace("{}", "7")


@pytest.mark.parametrize("code", ["ru", "uk"])
def test_every_reason_that_is_raised_has_its_translation(code: str) -> None:
    raised = reasons_of_the_rooms()
    assert len(raised) > 80
    missing = [reason for reason in sorted(raised) if reason_in(code, filled(reason)) is None]
    assert missing == []
    for reason, translations in known_reasons().items():
        assert [text.count("{}") for text in translations] == [reason.count("{}")] * 2
        assert all(map(CYRILLIC.search, translations))


def test_a_reason_keeps_its_place_and_its_values() -> None:
    reason = "news.zip (a.jsonl, line 12): larger than 1,000 bytes; split it into smaller files"
    assert reason_in("en", reason) == reason
    assert reason_in("ru", reason) == (
        "news.zip (a.jsonl, строка 12): больше 1,000 байт; разделите на файлы поменьше"
    )
    assert reason_in("uk", "http://127.0.0.1:1/a: the server answers 404; check the address in a"
                     " browser") == (
        "http://127.0.0.1:1/a: сервер відповідає 404; перевірте адресу в браузері"
    )  # fmt: skip
    inner = (
        "http://a.test/: the page could not be fetched (the host a.test is not known); check the"
    )
    told = reason_in("ru", inner + " address")
    assert told is not None
    assert "узел a.test неизвестен" in told
    assert not LATIN_WORDS.search(told)
    assert reason_in("ru", "the moon is full") is None
    assert LANGUAGES["ru"].reason("the moon is full") == LANGUAGES["ru"].trouble.in_the_log


def english_pieces() -> list[str]:
    """Parts of English texts between what varies, long enough to be known by."""
    texts = [text for _, text in strings(ENGLISH)] + list(known_reasons())
    pieces = {piece.strip() for text in texts for piece in re.split(r"{\w*}|[\n:;]", text)}
    return [piece for piece in pieces if LATIN_WORDS.search(piece) and not piece.startswith("/")]


FLAWED = {
    "a.pdf": b"%PDF-1.4 torn",
    "b.jsonl": b'{"title": "x"\n[1]\n',
    "c.docx": b"none",
    "d.exe": b"MZ",
    "e.xml": rss([]),
}


async def settled(administrator: Person, sent: Json, texts: Texts) -> None:
    """Wait until what was sent has its outcome."""
    [progress] = await administrator.reads(sent)
    waiting = (texts.administration.receiving[:5], texts.administration.fetching[:5])
    await administrator.world.until(lambda: not progress["text"].startswith(waiting))


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize(
    ("code", "number"), [("ru", RUSSIAN_ADMINISTRATOR), ("uk", UKRAINIAN_ADMINISTRATOR)]
)
async def test_administrators_read_their_own_language_only(
    bot: BotProcess, code: str, number: int
) -> None:
    administrator, texts = Person(bot.api, code, id=number), LANGUAGES[code]
    begun = administrator.says("/start")
    await administrator.reads(begun)
    for command in ("/help", "/status", "/feedback", "/remove", "/remove no-such", "/unknown"):
        await administrator.asks(command)
    await settled(administrator, administrator.sends_file("all.zip", zipped(FLAWED)), texts)
    await settled(administrator, administrator.sends_file("a.bin", bytes(range(256))), texts)
    await settled(administrator, administrator.says("http://127.0.0.1:1/feed"), texts)
    await administrator.reads(administrator.sends_file("big.pdf", b"x", claimed_size=30_000_000))

    listed = await administrator.asks("/articles")
    article_id = listed["text"].split("\n\n")[1].splitlines()[-1]
    asked = await administrator.asks(f"/remove {article_id}")
    await administrator.presses(asked, texts.administration.keep_button)
    await administrator.world.until(lambda: asked["text"] == texts.administration.kept)
    alert = await administrator.sends_press(asked, "nothing:1")
    indexing = await administrator.asks("/reindex")
    done = texts.administration.index_done.partition(":")[0]
    await administrator.world.until(lambda: indexing["text"].startswith(done))

    heard = administrator.heard(administrator.chat, begun)
    said = [alert["text"], *(label for one in heard for label in labels(one))]
    said += [one.get("text") or one.get("caption") or "" for one in heard]
    assert len(heard) >= 13
    shown = json.dumps(said, ensure_ascii=False)
    assert [piece for piece in english_pieces() if piece in shown] == []
