"""PDFs are read in a process that they may end, and that ends with this one."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from corpus.errors import UnreadableFile
from corpus.readers.pdf_process import PdfLimits, PdfProcess
from tests.corpus.documents import pdf
from tests.corpus.nested_forms import nested_forms
from tests.patience import PATIENCE

PLAIN = pdf([["A harbour was opened."]])


@pytest.fixture
def process() -> Iterator[PdfProcess]:
    limits = PdfLimits(memory=200_000_000, pages=3, characters=1_000)
    with closing(PdfProcess(limits)) as made:
        yield made


def texts(process: PdfProcess, content: bytes) -> list[str]:
    return [" ".join(line.text for line in page) for page in process.read(content).pages]


def reason(process: PdfProcess, content: bytes) -> str:
    with pytest.raises(UnreadableFile) as refused:
        process.read(content)
    return str(refused.value)


def test_what_takes_all_memory_is_refused_and_the_next_is_read(process: PdfProcess) -> None:
    for _ in range(2):
        assert "unpacks to too much" in reason(process, nested_forms(8, "Hello"))
        assert texts(process, PLAIN) == ["A harbour was opened."]


def test_what_takes_for_ever_is_refused_and_the_next_is_read() -> None:
    with closing(PdfProcess(PdfLimits(seconds=0.5))) as process:
        assert "more than 0.5 seconds" in reason(process, nested_forms(8, ""))
    with closing(PdfProcess()) as process:
        assert texts(process, PLAIN) == ["A harbour was opened."]


def test_one_that_was_left_in_the_middle_of_a_pdf_is_not_asked_for_the_next() -> None:
    """Ctrl-C while it reads: what it answers then is no answer to what is asked next."""
    with closing(PdfProcess(PdfLimits(seconds=20))) as process:
        assert texts(process, PLAIN) == ["A harbour was opened."]
        assert process._process is not None
        endless, taken = nested_forms(8, ""), Path(f"/proc/{process._process.pid}/io")
        before = bytes_taken(taken)

        def interrupt_once_it_is_read() -> None:
            while bytes_taken(taken) < before + len(endless):
                time.sleep(0.01)
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)

        watching = threading.Thread(target=interrupt_once_it_is_read)
        watching.start()
        with pytest.raises(KeyboardInterrupt):
            process.read(endless)
        watching.join()
        assert texts(process, PLAIN) == ["A harbour was opened."]


def bytes_taken(path: Path) -> int:
    """How much a process has read in all."""
    return int(path.read_text().split()[1])


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (pdf([["One"]] * 4), "more than 3 pages"),
        (pdf([["word " * 15] * 40]), "more than 1,000 characters"),
        (b"Hello", "torn"),
        (b"", "torn"),
    ],
)
def test_limits_and_damage_leave_the_process_alive(
    process: PdfProcess, content: bytes, wanted: str
) -> None:
    assert texts(process, pdf([["One"]] * 3)) == ["One"] * 3
    assert wanted in reason(process, content)
    assert texts(process, PLAIN) == ["A harbour was opened."]


ENDING = """
import sys
from corpus.readers.pdf_process import SHARED
SHARED.read(sys.stdin.buffer.read())
print(SHARED._process.pid, flush=True)
sys.stdin.close()
import signal
signal.pause()
"""


def test_it_ends_with_its_parent_however_that_ends() -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", ENDING], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert parent.stdin is not None
    assert parent.stdout is not None
    parent.stdin.write(PLAIN)
    parent.stdin.close()
    child = int(parent.stdout.readline())
    handle = os.pidfd_open(child)
    parent.kill()
    parent.wait(PATIENCE)
    ended, _, _ = select.select([handle], [], [], PATIENCE)
    os.close(handle)
    assert ended


def test_nothing_is_started_before_the_first_pdf() -> None:
    code = "import bot.cli, corpus.importer, sys; print('pypdfium2' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=PATIENCE, check=True
    )
    assert done.stdout.strip() == "False"
