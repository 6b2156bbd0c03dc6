"""What bad input gets: a reason on one line, bounded memory, and the rest goes in."""

from __future__ import annotations

import os
import threading
import time
import tracemalloc
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from corpus.errors import UnreadableFile
from corpus.files import safe_name
from corpus.imported import ImportedFile, ImportSettings
from corpus.importer import Importer
from corpus.readers.archives import MOST_MEMBERS
from tests.corpus.documents import PARAGRAPHS, epub, odt, page, pdf, zipped

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">'
    + "".join(
        f'<!ENTITY lol{number} "{f"&lol{number - 1 or str()};" * 10}">' for number in range(1, 10)
    )
    + "]><rss version='2.0'><channel><title>&lol9;</title></channel></rss>"
)

HIDDEN_IN_UTF_7 = (
    '<?xml version="1.0" encoding="UTF-7"?><!DOCTYPE a [+ADwAIQ-ENTITY b SYSTEM "file:///nowhere">]>'
    "<a>&b;</a>"
)


def imported(
    name: str, content: bytes | str, largest_unpacked: int = 1_000_000_000
) -> ImportedFile:
    raw = content.encode() if isinstance(content, str) else content
    return Importer(ImportSettings(largest_unpacked=largest_unpacked)).read_content(name, raw)


def reason(file: ImportedFile) -> str:
    assert file.articles == ()
    (skipped,) = file.skipped
    assert "\n" not in str(skipped)
    return skipped.reason


@pytest.mark.parametrize(
    ("name", "content", "wanted"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.md", b" \n\n ", "empty"),
        ("binary.txt", bytes(range(256)) * 50, "binary"),
        ("photo.jpg", b"\xff\xd8\xff\xe0", "not known"),
        ("no_ending", b"text", "not known"),
        ("half.md", b"---\ntitle: [a\n---\ntext", "front matter"),
        ("bad.json", b'{"title": ', "JSON"),
        ("number.json", b"42", "no article"),
        ("deep.json", b"[" * 200_000, "nested"),
        ("textless.json", b'{"title": "One"}', "no text"),
        ("torn.pdf", pdf([["Hello"]])[:60], "torn"),
        ("no.pdf", b"Hello", "torn"),
        ("no.docx", b"Hello", "torn"),
        ("other.docx", zipped({"a.txt": "b"}), "Word"),
        ("torn.odt", odt("a", ["b"])[:200], "torn"),
        ("no.epub", zipped({"a.txt": "b"}), "missing"),
        ("torn.json.xz", b"\xfd7zXZ\x00torn", "torn"),
        ("torn.json.gz", b"\x1f\x8b\x08torn", "torn"),
        ("laughs.xml", LAUGHS, "entities"),
        ("laughs.rss", LAUGHS.encode("utf-16"), "entities"),
        (
            "laughs32.xml",
            LAUGHS.replace('"1.0"', '"1.0" encoding="UTF-32"').encode("utf-32"),
            "entities",
        ),
        ("laughs.atom", LAUGHS.encode("utf-32-be"), "entities"),
        ("hidden.odt", zipped({"content.xml": HIDDEN_IN_UTF_7}), "entities"),
        ("crowd.html", b"<p>" * 120_000, "elements"),
        ("login.xml", page(), "login"),
        ("login.rss", b"<html><form>Password</form></html>", "login"),
        ("other.xml", b"<a><b/></a>", "no feed"),
        ("broken.xml", b"<a><b></a>", "XML"),
        ("nothing.html", b"<html><body></body></html>", "no article"),
        ("deep.html", b"<div>" * 100_000 + b"text" + b"</div>" * 100_000, "nested"),
        ("no.eml", b"\n\nHello", "mail"),
        ("header.eml", b"Subject: " + b"=?utf-8?q?a?= " * 2_500 + b"\n\nText", "header"),
        ("folded.eml", b"To: a\rFROM: a" + b"\r\n <b@c>," * 9_000 + b"\n\nText", "header"),
        (
            "headers.eml",
            b"".join([b"From: " + b"a@b, " * 3_000 + b"\n"] * 20) + b"\nText",
            "header",
        ),
        (
            "flat.eml",
            b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\n\n" * 5_000,
            "far too many parts",
        ),
        (
            "nested.eml",
            b"Content-Type: multipart/mixed; boundary=a\n\n--a\n" * 5_000,
            "far too many parts",
        ),
        (
            "lines.eml",
            b"Content-Type: multipart/mixed; boundary=a\n\n--a\n" * 150 + b"\n" * 500_000,
            "too large for so many parts",
        ),
        ("utf16.txt", b"\xff\xfea\x00b", "utf-16"),
        ("control.txt", b"0\x06", "binary"),
    ],
)
def test_each_is_skipped_with_its_reason(name: str, content: bytes | str, wanted: str) -> None:
    assert wanted in reason(imported(name, content))


def test_a_page_of_very_many_blocks_is_read() -> None:
    """Comparing each with all others would take many minutes."""
    blocks = b"<ul><li>x</li></ul>" * 40_000
    (article,) = imported(
        "a.html", page().encode().replace(b"</footer>", blocks + b"</footer>")
    ).articles
    assert PARAGRAPHS[0] in article.text


def test_a_file_name_turns_no_line_around() -> None:
    signs = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    assert not set(signs) & set(safe_name(f"news{signs}fdp.txt"))


def test_zip_bomb_is_stopped_within_its_limit() -> None:
    bomb = zipped({f"{number}.txt": b"a" * 5_000_000 for number in range(20)})
    tracemalloc.start()
    file = imported("bomb.zip", bomb, largest_unpacked=10_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert any("bomb" in skipped.reason for skipped in file.skipped)
    assert peak < 200_000_000


def test_an_archive_of_too_many_files_is_refused() -> None:
    crowd = zipped({f"{number}.txt": b"" for number in range(MOST_MEMBERS + 1)})
    assert "split" in reason(imported("crowd.zip", crowd))


def test_packed_bomb_is_stopped() -> None:
    import lzma

    bomb = lzma.compress(b" " * 50_000_000)
    assert "unpacks" in reason(imported("bomb.jsonl.xz", bomb, largest_unpacked=1_000_000))


def test_archives_inside_archives_end_somewhere() -> None:
    inner = zipped({"a.txt": PARAGRAPHS[0]})
    for _ in range(4):
        inner = zipped({"inner.zip": inner})
    assert "archives inside" in reason(imported("a.zip", inner))


def test_bombs_inside_office_documents_are_stopped() -> None:
    content = zipped({"word/document.xml": b" " * 5_000_000, "[Content_Types].xml": "<Types/>"})
    assert "unpacks" in reason(imported("a.docx", content, largest_unpacked=1_000_000))
    laughing = zipped({"content.xml": LAUGHS})
    assert "entities" in reason(imported("a.odt", laughing))


def test_encrypted_member_of_an_archive() -> None:
    content = bytearray(zipped({"a.txt": PARAGRAPHS[0]}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + place] |= 1
    assert "encrypted" in reason(imported("a.zip", bytes(content)))


def test_a_member_packed_by_an_unknown_method_is_not_called_encrypted() -> None:
    content = bytearray(zipped({"a.txt": PARAGRAPHS[0]}))
    for mark, place in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        content[content.index(mark) + place] = 97
    why = reason(imported("a.zip", bytes(content)))
    assert "unusual" in why
    assert "encrypted" not in why


def test_one_bad_chapter_does_not_spoil_the_rest() -> None:
    good = epub({"One": PARAGRAPHS, "Two": PARAGRAPHS})
    changed = BytesIO()
    with zipfile.ZipFile(BytesIO(good)) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            if name != "OPS/c0.xhtml":
                new.writestr(name, old.read(name))
    file = imported("a.epub", changed.getvalue())
    assert [article.title for article in file.articles] == ["Two"]
    assert [skipped.where for skipped in file.skipped] == ["OPS/c0.xhtml"]


def test_a_date_that_is_none_and_one_in_the_future_stay_unknown() -> None:
    for date in ("yesterday-ish", "2024-13-45", "31.02.2024", "2999-01-01", "99999999999999", "-1"):
        (article,) = imported(
            "a.md", f"---\ntitle: A\ndate: '{date}'\n---\n{PARAGRAPHS[0]}"
        ).articles
        assert article.published is None


def test_a_folder_with_all_kinds_of_trouble(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    (folder / "sub").mkdir(parents=True)
    (folder / "good.txt").write_text(PARAGRAPHS[0])
    (folder / "line\nbreak.txt").write_text(PARAGRAPHS[1])
    (folder / "sub" / "same.txt").write_text(PARAGRAPHS[0])
    (folder / ".hidden.txt").write_text("hidden")
    (folder / "draft.txt~").write_text("draft")
    (folder / "~$office.docx").write_text("lock")
    (folder / "unknown.xyz").write_text("x")
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    (folder / "link.txt").symlink_to(secret)
    (folder / "inside.txt").symlink_to(folder / "good.txt")
    (folder / "away").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe.txt")
    (folder / "huge.txt").touch()
    os.truncate(folder / "huge.txt", 2_000_000_000)
    importer = Importer()
    files = list(importer.read_all(importer.find([folder])))
    names = {file.path.name: file for file in files}
    assert [article.text for article in names["good.txt"].articles] == [PARAGRAPHS[0]]
    assert names["line\nbreak.txt"].articles
    assert names["inside.txt"].articles
    assert not {".hidden.txt", "draft.txt~", "~$office.docx"} & set(names)
    wrong = {name: file.skipped[0].reason for name, file in names.items() if file.skipped}
    assert "not known" in wrong["unknown.xyz"]
    assert "link" in wrong["link.txt"]
    assert "link" in wrong["away"]
    assert "regular" in wrong["pipe.txt"]
    assert "larger" in wrong["huge.txt"]
    assert len(wrong) == 5
    assert all("\n" not in str(skipped) for file in files for skipped in file.skipped)
    assert names["good.txt"].articles[0].id == names["same.txt"].articles[0].id


def test_a_path_that_is_not_there_is_said() -> None:
    with pytest.raises(UnreadableFile, match="check the path"):
        list(Importer().find([Path("/nowhere/at/all")]))


def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("x")
    gone = tmp_path / "gone.txt"
    assert "cannot be read" in reason(Importer().read(gone))


MOST_READS = 20


def test_a_file_that_grows_while_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "growing.txt"
    path.write_bytes(b"a line of text\n" * 2_000_000)
    stop = threading.Event()

    def grow() -> None:
        with path.open("ab", buffering=0) as file:
            while not stop.is_set():
                file.write(b"one more line\n")
                time.sleep(0.0001)

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        # Where nothing was written while it was read, nothing has changed: it is read again.
        files = (Importer().read(path) for _ in range(MOST_READS))
        assert any(file.skipped and "changed" in reason(file) for file in files)
    finally:
        stop.set()
        writer.join()


def test_a_text_of_fifty_megabytes_is_told_to_be_split() -> None:
    text = b"A sentence of some words that goes nowhere. " * 1_200_000
    assert "split it" in reason(imported("a.txt", text))


def test_the_folder_of_a_saved_page_is_passed_over(tmp_path: Path) -> None:
    for name in (
        "crane.html",
        "crane_files/frame.html",
        "crane_files/style.css",
        "notes_files/a.txt",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    names = [str(path.relative_to(tmp_path)) for path in Importer().find([tmp_path])]
    assert names == ["crane.html", "notes_files/a.txt"]
