"""A real HTTP server that stands for a language model, well or badly behaved."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

released = threading.Event()


class Model(BaseHTTPRequestHandler):
    """Behaves as the name of the model in the request says."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        quotes = re.findall(r"^\[(\d+)\] (“.*”) \(", request["messages"][-1]["content"], re.M)
        said = [f"{words} [{number}]" for number, words in quotes]
        match request["model"]:
            case "answers":
                self._complete(" ".join(f"It also said {one}." for one in said))
            case "lies":
                self._complete("The border is 2,000 kilometres long [1]. War was declared [1].")
            case "misquotes":
                self._complete(" ".join(said).replace("1,084", "1,085"))
            case "embroiders":
                self._complete(" ".join([*said, "Experts are alarmed."]))
            case "fails":
                self.send_error(500)
            case "stalls":
                released.wait(30)
            case "garbage":
                self._send(b"\x00\xff data: {" * 1000)
            case "endless":
                self._send(b"x" * 1_000_000)
            case "nothing":
                self._send(b'{"choices": [{"message": {"content": null}}]}')
            case "dies":
                self.wfile.write(b'HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n{"choices"')
                self.close_connection = True

    def _complete(self, text: str) -> None:
        self._send(json.dumps({"choices": [{"message": {"content": text}}]}).encode())

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
