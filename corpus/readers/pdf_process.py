"""PDFium in a process of its own, which a PDF may break without harm to this one.

The process is started for the first PDF, kept for the next, and replaced where it died. It ends
when its standard input does: with this process, however that ends.
"""

from __future__ import annotations

import atexit
import json
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import structlog

from corpus.errors import UnreadableFile
from corpus.readers.pdf_lines import Line

logger = structlog.get_logger(__name__)

_CHILD = Path(__file__).with_name("pdf_child.py")
_BYTES_OF_A_CHARACTER = 400
"""The most that a reply needs: a line of one character comes with all of its measures."""


@dataclass(frozen=True, slots=True)
class PdfLimits:
    """Limits of one PDF. `memory` is in bytes, beside what the library takes by itself."""

    seconds: float = 120
    memory: int = 1_500_000_000
    pages: int = 3_000
    characters: int = 50_000_000


@dataclass(frozen=True, slots=True)
class PdfText:
    """The lines of each page as the library gives them, and the metadata of the file."""

    pages: list[list[Line]]
    metadata: dict[str, str]


class PdfProcess:
    """Reads one PDF after the other. May serve several threads, which wait for each other."""

    def __init__(self, limits: PdfLimits | None = None) -> None:
        self._limits = limits or PdfLimits()
        self._process: subprocess.Popen[bytes] | None = None
        self._asking = threading.Lock()

    def read(self, content: bytes) -> PdfText:
        """Raises UnreadableFile where the PDF is damaged or asks for more than the limits."""
        with self._asking:
            reply = json.loads(self._reply(content).decode("utf-8", "surrogatepass"))
        if "fault" in reply:
            raise UnreadableFile(self._faults()[reply["fault"]])
        pages = [[Line(**line) for line in page] for page in reply["pages"]]
        return PdfText(pages, reply["metadata"])

    def close(self) -> None:
        """End the process, if there is one. The next PDF starts another."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    def _reply(self, content: bytes) -> bytes:
        process = self._running()
        answered = False
        try:
            reply = _exchanged(process, content, self._most_bytes())
            answered = reply is not None
        finally:
            if not answered:  # nobody knows where in its answer it is
                self.close()
        if reply is None:
            logger.warning("a PDF ended the process that read it", status=process.returncode)
            raise UnreadableFile(self._cause_of_death(process.returncode))
        return reply

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.close()
        limits = self._limits
        numbers = (limits.seconds, limits.memory, limits.pages, limits.characters)
        # -P: the folder of the script has modules with the names of the standard library's.
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-P", str(_CHILD), *map(str, numbers)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        atexit.register(self.close)
        return self._process

    def _most_bytes(self) -> int:
        return self._limits.characters * _BYTES_OF_A_CHARACTER

    def _cause_of_death(self, status: int) -> str:
        if status == -signal.SIGALRM:
            return (
                f"the PDF takes more than {self._limits.seconds:g} seconds to read (a bomb?);"
                " print it to a new PDF"
            )
        return "the PDF unpacks to too much (a bomb?) or is damaged; print it to a new PDF"

    def _faults(self) -> Mapping[str, str]:
        return {
            "password": "the PDF has a password; save it without one",
            "torn": "the PDF is torn or none at all; save it again",
            "damaged": "a page of the PDF is damaged; save it again",
            "pages": f"the PDF has more than {self._limits.pages:,} pages; split it",
            "characters": f"the PDF has more than {self._limits.characters:,} characters; split it",
        }


def _exchanged(process: subprocess.Popen[bytes], content: bytes, most: int) -> bytes | None:
    """What the process answers to a file; None where it died over it."""
    if process.stdin is None or process.stdout is None:
        return None
    try:
        process.stdin.write(len(content).to_bytes(8, "big"))
        process.stdin.write(content)
        process.stdin.flush()
        size = int.from_bytes(process.stdout.read(8), "big")
        reply = process.stdout.read(size) if 0 < size <= most else b""
    except BrokenPipeError:
        reply, size = b"", 0
    if not reply or len(reply) < size:
        process.kill()
        return None
    return reply


SHARED = PdfProcess()
"""The one of this process: the library may not run twice at a time in another."""
