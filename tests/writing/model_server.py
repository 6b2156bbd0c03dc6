"""A real HTTP server that stands for a language model, well or badly behaved."""

from __future__ import annotations

import contextlib
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

NAME = "a-model-of-7-billion"

PART, MOST_PARTS = 65_536, 4_000
"""An endless reply ends nevertheless, after a quarter of a gigabyte."""

released = threading.Event()
asked = threading.Event()
sent: list[int] = []
"""How much of an endless reply somebody took, in bytes."""


class Model(BaseHTTPRequestHandler):
    """Behaves as the name of the model in the request says."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        with contextlib.suppress(ConnectionError):  # who asked may have gone
            self._behave()

    def _behave(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        quotes = re.findall(r"^\[(\d+)\] (“.*”) \(", request["messages"][-1]["content"], re.M)
        said = [f"{words} [{number}]" for number, words in quotes]
        texts = {
            "answers": " ".join(f"The article said: {one}." for one in said),
            "lies": "The border is 2,000 kilometres long [1]. War was declared [1].",
            "misquotes": " ".join(said).replace("1,084", "1,085"),
            "drops a side": " ".join(said[1:] or ["Nothing."]),
            "embroiders": " ".join([*said, "Experts are alarmed."]),
            "buries": " ".join([*said, *["Experts are alarmed."] * (len(said) + 1)]),
        }
        match request["model"]:
            case name if name in texts:
                self._complete(texts[name])
            case "fails":
                self.send_error(500)
            case "waits":
                asked.set()
                released.wait(120)
                self._complete(" ".join(said))
            case "stalls":
                released.wait(30)
            case "drips":
                self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n")
                while not released.wait(0.05):
                    self.wfile.write(b"x")
                self.close_connection = True
            case "garbage":
                self._send(b"\x00\xff data: {" * 1000)
            case "endless":
                self.close_connection = True
                self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
                for _ in range(MOST_PARTS):
                    sent.append(self.wfile.write(b"x" * PART))
            case "nothing":
                self._send(b'{"choices": [{"message": {"content": null}}]}')
            case "dies":
                self.wfile.write(b'HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n{"choices"')
                self.close_connection = True

    def _complete(self, text: str) -> None:
        completion = {"model": NAME, "choices": [{"message": {"content": text}}]}
        self._send(json.dumps(completion).encode())

    def _send(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Keep quiet."""


@contextmanager
def model_server() -> Iterator[str]:
    """The base URL of a running model server."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Model)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        released.set()
        server.shutdown()
        thread.join()
        server.server_close()
