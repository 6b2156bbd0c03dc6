"""Bytes that are not what they say they are, or not quite."""

from __future__ import annotations

import pytest

from corpus.charsets import meant_by
from corpus.decoding import decode
from corpus.importer import Importer
from tests.corpus.documents import PARAGRAPHS, page

WINDOWS = (
    "The council’s vote – on Monday – closes the bridge. “We don’t see another way…” she told "
    "reporters. It costs €5m, the treasurer added."
)
RUSSIAN = "Совет проголосовал в понедельник за закрытие моста, сообщила его председатель. " * 3


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("ISO-8859-1", "cp1252"),
        (" us-ascii", "cp1252"),
        ("latin1", "cp1252"),
        ("iso-8859-9", "cp1254"),
        ("GB2312", "gb18030"),
        ("gbk", "gb18030"),
        ("Shift_JIS", "cp932"),
        ("x-sjis", "cp932"),
        ("euc-kr", "cp949"),
        ("tis-620", "cp874"),
        ("koi8-r", "koi8-r"),
        ("UTF8", "utf-8"),
        ("unicode_escape", None),
        ("base64\0", None),
        ("", None),
        (None, None),
    ],
)
def test_labels_mean_what_browsers_make_of_them(label: str | None, codec: str | None) -> None:
    assert meant_by(label) == codec


def test_a_page_sent_as_latin_1_keeps_its_quotation_marks() -> None:
    content = page(paragraphs=[WINDOWS, PARAGRAPHS[2]]).replace("utf-8", "iso-8859-1")
    file = Importer().read_content("a.html", content.encode("cp1252"), encoding="iso-8859-1")
    assert WINDOWS in file.articles[0].text.split("\n")


@pytest.mark.parametrize("label", ["iso-8859-1", "us-ascii", "windows-1252"])
def test_a_mail_of_that_label_keeps_its_quotation_marks_and_lines(label: str) -> None:
    head = (
        "From: Ann Ek <a@example.org>\nSubject: Bridge\nMIME-Version: 1.0\n"
        f"Content-Type: text/plain; charset={label}\nContent-Transfer-Encoding: 8bit\n\n"
    )
    (article,) = Importer().read_content("a.eml", head.encode() + WINDOWS.encode("cp1252")).articles
    assert article.text == WINDOWS


def test_a_mail_in_seven_bits_is_read_by_its_label() -> None:
    text = "港は月曜日に閉鎖された。クレーンが海に落ちたためだと港湾当局は発表した。"
    head = (
        "From: Ann Ek <a@example.org>\nSubject: Crane\nMIME-Version: 1.0\n"
        "Content-Type: text/plain; charset=ISO-2022-JP\nContent-Transfer-Encoding: 7bit\n\n"
    )
    content = head.encode() + text.encode("iso-2022-jp")
    (article,) = Importer().read_content("a.eml", content).articles
    assert article.text == text


@pytest.mark.parametrize("written", [RUSSIAN, WINDOWS * 2])
def test_a_bad_byte_costs_one_character_of_utf_8(written: str) -> None:
    content = written.encode()
    place = len(written[:20].encode())
    assert decode(content[:place] + b"\xff" + content[place:]) == (
        f"{written[:20]}\ufffd{written[20:]}"
    )


def test_a_character_cut_at_the_end_costs_itself_alone() -> None:
    assert decode(f"{RUSSIAN}ж".encode()[:-1]) == f"{RUSSIAN}\ufffd"


def test_a_page_that_names_its_encoding_is_not_guessed_at() -> None:
    short = "<html><head><meta charset=iso-8859-2></head><body>Źródło: gęś, mróz</body></html>"
    assert "Źródło: gęś, mróz" in decode(short.encode("iso-8859-2"))
    xml = "<?xml version='1.0' encoding='koi8-r'?><a>Мост</a>"
    assert "Мост" in decode(xml.encode("koi8-r"))
    # What is read in single bytes is no UTF-16, whatever it says.
    wrong = "<meta charset='utf-16'><p>Der Hafen wurde am Montag geschlossen: München grüßt Köln."
    assert decode(wrong.encode("cp1252")) == wrong
