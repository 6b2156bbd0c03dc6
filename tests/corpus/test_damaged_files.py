"""Files that are damaged in any way: a reason each, never an exception, and bounded memory."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import zipfile
import zlib
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import docx
import pytest

from corpus.importer import Importer
from tests.corpus.documents import PARAGRAPHS, TITLE, epub, odt, page, pdf, rss, zipped
from tests.corpus.nested_forms import nested_forms

SPLICES = (b"<", b"&", b'"', b"\x00", b"<!--", b"]]>", b"&#x110000;", b"\xff\xfe", b"%", b"-1")
PACKED = (".docx", ".odt", ".epub", ".zip")
LARGEST_MEMORY = 400
"""Megabytes."""


def word() -> bytes:
    document = docx.Document()
    document.add_heading(TITLE, 1)
    document.add_table(rows=2, cols=2).rows[0].cells[0].text = "East"
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def mail() -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "Ann Ek <ann@example.org>", TITLE
    message.set_content("\n\n".join(PARAGRAPHS))
    message.add_attachment(page().encode(), "text", "html", filename="page.html")
    inner = EmailMessage()
    inner["From"], inner["Subject"] = "Bo Li <bo@example.org>", "Inner"
    inner.set_content(PARAGRAPHS[0])
    message.add_attachment(inner)
    return bytes(message)


DOCUMENTS = {
    "a.html": page(extra="<table><tr><td>East</td></tr></table>").encode(),
    "a.pdf": pdf([list(PARAGRAPHS)] * 2, "Title"),
    "a.docx": word(),
    "a.odt": odt(TITLE, PARAGRAPHS),
    "a.epub": epub({"One": PARAGRAPHS, "Two": PARAGRAPHS}),
    "a.xml": rss([("One", "https://example.org/1", f"<p>{PARAGRAPHS[0]}</p>")]),
    "a.eml": mail(),
    "a.zip": zipped({"a.txt": PARAGRAPHS[0], "b.html": page()}),
    "a.md": f"---\ntitle: A\ndate: 2024-07-02\nauthor: [x, y]\n---\n{PARAGRAPHS[0]}".encode(),
    "a.json": b'{"title": "a", "text": "b b", "author": {"name": "x"}, "date": "2024-07-02"}',
    "a.txt": "\n".join(PARAGRAPHS).encode("utf-16"),
}


def damaged(content: bytes, rng: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(rng.randint(1, 8)):
        place = rng.randrange(len(changed) + 1)
        match rng.randrange(5):
            case 0:
                changed[place : place + 1] = bytes([rng.randrange(256)])
            case 1:
                del changed[place : place + rng.randint(1, 40)]
            case 2:
                changed[place:place] = changed[max(0, place - 50) : place] * rng.randint(1, 5)
            case 3:
                changed[place:place] = rng.choice(SPLICES)
            case _:
                del changed[max(place, 1) :]
    return bytes(changed)


def damaged_inside(content: bytes, rng: random.Random) -> bytes:
    """The archive with one of its members damaged or gone."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        names = old.namelist()
        bad = rng.choice(names)
        for name in names:
            if name != bad:
                new.writestr(name, old.read(name))
            elif rng.random() < 0.8:
                new.writestr(name, damaged(old.read(name), rng))
    return out.getvalue()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_damage_anywhere_gives_articles_or_reasons(name: str) -> None:
    rng = random.Random(name)
    importer = Importer()
    for _ in range(30):
        inside = name.endswith(PACKED) and rng.random() < 0.7
        content = (damaged_inside if inside else damaged)(DOCUMENTS[name], rng)
        file = importer.read_content(name, content)
        assert all("\n" not in str(skipped) for skipped in file.skipped)


def deflated_pdf(megabytes: int) -> bytes:
    """A PDF whose only stream unpacks to so much."""
    packing = zlib.compressobj(9)
    packed = b"".join(packing.compress(b" " * 1_000_000) for _ in range(megabytes))
    packed += packing.flush()
    whole = pdf([["Hello"]])
    start, end = whole.index(b"<< /Length"), whole.index(b"endstream")
    head = b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(packed)
    return whole[:start] + head + packed + b"\n" + whole[end:]


READ = """
import re, sys
from pathlib import Path
from corpus.importer import Importer
importer = Importer()
for file in importer.read_all(importer.find([Path(sys.argv[1])])):
    for skipped in file.skipped:
        print(skipped)
    for article in file.articles:
        print("in:", article.title)
# What getrusage tells would count the process that started this one.
print(int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""


def test_memory_stays_bounded_and_the_rest_goes_in(tmp_path: Path) -> None:
    (tmp_path / "bomb.pdf").write_bytes(deflated_pdf(1_500))
    (tmp_path / "forms.pdf").write_bytes(nested_forms(8, "Hello"))
    (tmp_path / "later.pdf").write_bytes(pdf([[TITLE, *PARAGRAPHS]], TITLE))
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        file.writestr("a.txt", b"a" * 120_000_000)
    (tmp_path / "deep.html").write_bytes(b"<div>" * 100_000)
    (tmp_path / "deep.xml").write_bytes(b"<rss>" * 100_000)
    (tmp_path / "mail.eml").write_bytes(b"Subject: x\nContent-Type: message/rfc822\n\n" * 10_000)
    aliases = "".join(
        f"{after}: &{after} [{','.join([f'*{before}'] * 9)}]\n"
        for before, after in zip("abcdefgh", "bcdefghi", strict=True)
    )
    (tmp_path / "laughs.md").write_text(f"---\na: &a [x]\n{aliases}title: *i\n---\nThe text.\n")
    (tmp_path / "huge.txt").touch()
    os.truncate(tmp_path / "huge.txt", 2_000_000_000)
    (tmp_path / "good.txt").write_text(f"{TITLE}\n\n{PARAGRAPHS[0]}")
    run = subprocess.run(
        [sys.executable, "-c", READ, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=280,
        check=True,
    )
    *lines, memory = run.stdout.splitlines()
    assert lines.count(f"in: {TITLE}") == 2
    for bomb in ("bomb.pdf", "forms.pdf"):
        assert any(bomb in line and "unpacks to too much" in line for line in lines)
    reasons = {
        Path(line.split(":")[0].split(" (")[0]).name
        for line in lines
        if line.startswith(str(tmp_path))
    }
    assert reasons == {
        "bomb.pdf", "forms.pdf", "bomb.zip", "deep.html", "deep.xml", "mail.eml", "huge.txt",
        "laughs.md",
    }  # fmt: skip
    assert int(memory) < LARGEST_MEMORY
